#include "system/shell_limits.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"

namespace mlpath::system {

namespace {

constexpr std::uint64_t endless = UINT64_MAX;
constexpr std::uint64_t mebi = 1U << 20U;

struct Kind {
    Limited what;
    decltype(RLIMIT_CPU) resource;
    std::uint64_t least;   // below it nothing can be judged
    std::uint64_t plenty;  // from it on nothing that is right fails by it
    std::string_view option;
    std::uint64_t unit;  // of the option's number, as bash has it
};
constexpr std::array kinds{
    Kind{Limited::open_files, RLIMIT_NOFILE, 200, 256, "-n", 1},
    Kind{Limited::file_size, RLIMIT_FSIZE, 64 * mebi, 512 * mebi, "-f", 1024},
    Kind{Limited::address_space, RLIMIT_AS, 1024 * mebi, endless, "-v", 1024},
    Kind{Limited::processor_time, RLIMIT_CPU, 60, endless, "-t", 1},
    Kind{Limited::processes, RLIMIT_NPROC, 0, 256, "-u", 1},
};

std::uint64_t plain(rlim_t value) { return value == RLIM_INFINITY ? endless : value; }

const Kind& kind_of(Limited what) { return *std::ranges::find(kinds, what, &Kind::what); }

}  // namespace

std::vector<ShellLimit> tight_limits() {
    std::vector<ShellLimit> tight;
    for (const auto& kind : kinds) {
        struct rlimit is{};
        if (::getrlimit(kind.resource, &is) == 0 && plain(is.rlim_cur) < kind.plenty) {
            const auto value = plain(is.rlim_cur);
            tight.push_back({kind.what, value, plain(is.rlim_max), value < kind.least});
        }
    }
    return tight;
}

std::string in_words(const ShellLimit& limit) {
    const auto option = " here (`ulimit " + std::string(kind_of(limit.what).option) + "`)";
    switch (limit.what) {
        case Limited::open_files:
            return "a process may have only " + count_of(limit.value, "file") + " open at a time" + option;
        case Limited::file_size: return "a file may grow to " + human_bytes(limit.value) + " at most" + option;
        case Limited::address_space:
            return "a process may use only " + human_bytes(limit.value) + " of address space" + option;
        case Limited::processor_time:
            return "a process may use only " + std::to_string(limit.value) + " s of processor time" + option;
        case Limited::processes:
            return "your user may have only " + std::to_string(limit.value) + " processes and threads" + option;
    }
    return {};
}

std::string remedy_of(const ShellLimit& limit) {
    const auto& kind = kind_of(limit.what);
    const auto command = "ulimit " + std::string(kind.option) + " ";
    if (limit.most == endless) {
        return "run `" + command + "unlimited` and then the command again";
    }
    const bool helps = limit.most > limit.value && limit.most >= kind.least;
    return helps ? "run `" + command + std::to_string(limit.most / kind.unit) + "` and then the command again"
                 : "open a new shell, where the limit may be another one, or ask whoever runs this machine to raise it";
}

Status enough_to_judge() {
    for (const auto& limit : tight_limits()) {
        if (limit.too_low) {
            return fail(ErrorKind::io, in_words(limit) + ", which is too little to judge anything", remedy_of(limit));
        }
    }
    return {};
}

void raise_open_files() {
    constexpr rlim_t plenty = 4096;
    struct rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < plenty && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = std::min(files.rlim_max, plenty);
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

}  // namespace mlpath::system
