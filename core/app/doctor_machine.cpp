#include "app/doctor_machine.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "base/files.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

constexpr std::uintmax_t little_room = 200'000'000;

void look_at_temporary(std::vector<Symptom>& found) {
    const auto folder = TemporaryFolder::make("mlpath-doctor-");
    if (!folder) {
        found.push_back({"machine", Health::bad, printable(folder.error().message), folder.error().hint});
        return;
    }
    const auto parent = printable(folder->path().parent_path().string());
    std::error_code error;
    const auto space = fs::space(folder->path(), error);
    const bool tight = !error && space.available < little_room;
    found.push_back({"machine", tight ? Health::poor : Health::good,
                     "temporary folders are made in " + parent +
                         (error ? std::string() : ", where " + human_bytes(space.available) + " are free"),
                     tight ? "make room there, or set TMPDIR to a folder of yours on another disk" : ""});
}

void look_at_home(const Context& context, std::vector<Symptom>& found) {
    const auto home = context.environment.get("HOME");
    std::error_code error;
    const std::string why =
        !home                                ? "HOME is not set"
        : !fs::is_directory(*home, error)    ? "HOME names " + printable(*home) + ", which is no folder"
        : ::access(home->c_str(), W_OK) != 0 ? "the home " + printable(*home) + " cannot be written to"
                                             : "";
    if (!why.empty()) {
        found.push_back({"machine", Health::poor, why + ": what is fetched or found out is kept nowhere",
                         "set HOME to your folder, or MLPATH_CACHE_DIR to one that can be written"});
    }
}

struct Limit {
    decltype(RLIMIT_CPU) resource;
    rlim_t enough;  // below it something does not work
    std::string_view what;
    std::string_view option;  // of ulimit
    enum class Unit { bytes, seconds, count } unit;
};

std::string amount(const Limit& limit, rlim_t value) {
    switch (limit.unit) {
        case Limit::Unit::bytes: return human_bytes(value);
        case Limit::Unit::seconds: return std::to_string(value) + " s";
        case Limit::Unit::count: break;
    }
    return std::to_string(value);
}

void look_at_limits(std::vector<Symptom>& found) {
    constexpr rlim_t gigabyte = 1'000'000'000;
    constexpr std::array limits{
        Limit{RLIMIT_NOFILE, 256, "a process may have only so many files open: ", "-n", Limit::Unit::count},
        Limit{RLIMIT_FSIZE, RLIM_INFINITY, "a file may only grow to ", "-f", Limit::Unit::bytes},
        Limit{RLIMIT_AS, 8 * gigabyte,
              "a process may use only so much address space, of which numeric libraries want more: ", "-v",
              Limit::Unit::bytes},
        Limit{RLIMIT_CPU, RLIM_INFINITY, "a process is ended after so much processor time: ", "-t",
              Limit::Unit::seconds},
        Limit{RLIMIT_NPROC, 256, "your user may have only so many processes and threads: ", "-u", Limit::Unit::count},
    };
    bool any = false;
    for (const auto& limit : limits) {
        struct rlimit is{};
        if (::getrlimit(limit.resource, &is) != 0 || is.rlim_cur >= limit.enough) {
            continue;
        }
        any = true;
        const auto option = std::string(limit.option);
        const bool may = is.rlim_max == RLIM_INFINITY || is.rlim_max >= limit.enough;
        found.push_back(
            {"machine", Health::poor,
             std::string(limit.what) + amount(limit, is.rlim_cur) + " (`ulimit " + option + "`)",
             may ? "ulimit " + option + " " + (is.rlim_max == RLIM_INFINITY ? "unlimited" : std::to_string(is.rlim_max))
                 : "ask whoever runs this machine to raise it"});
    }
    if (!any) {
        found.push_back({"machine", Health::good, "no limit of the shell (`ulimit -a`) stands in the way", {}});
    }
}

}  // namespace

void look_at_machine(const Context& context, std::vector<Symptom>& found) {
    look_at_temporary(found);
    look_at_home(context, found);
    look_at_limits(found);
}

}  // namespace mlpath::app
