#include "run/sandbox.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/files.hpp"
#include "base/text.hpp"
#include "confine/filter.hpp"
#include "confine/landlock.hpp"
#include "confine/memory_group.hpp"

namespace mlpath::run {

namespace {

using confine::Confinement;
using confine::Mount;
using confine::Rule;
using confine::Walls;

// Whoever runs mlpath as root has the programs run as nobody.
constexpr std::uint32_t nobody = 65534;

constexpr std::uint64_t mebi = 1u << 20;
constexpr std::uint64_t folder_bytes = 512 * mebi;
constexpr std::uint64_t temporary_bytes = 256 * mebi;
constexpr std::uint64_t home_bytes = 64 * mebi;
constexpr std::uint64_t shared_bytes = 256 * mebi;
constexpr std::uint64_t most_memory = 4096 * mebi;
constexpr double cores_at_most = 4;  // processor time: as if it used so many all the time

// What programs are made of. Links among them (/bin -> usr/bin) are made again.
constexpr std::array system_folders{"/usr",   "/bin",    "/sbin",      "/lib", "/lib32",
                                    "/lib64", "/libx32", "/nix/store", "/gnu", "/sys/devices/system/cpu"};

// What Python, NumPy and Matplotlib look up in /etc, none of it about a person or this machine's secrets.
constexpr std::array settings{"alternatives", "ld.so.cache", "ld.so.conf",   "ld.so.conf.d", "localtime",
                              "timezone",     "fonts",       "matplotlibrc", "mime.types",   "protocols",
                              "services",     "ssl/certs",   "python3",      "python3.9",    "python3.10",
                              "python3.11",   "python3.12",  "python3.13",   "python3.14",   "ca-certificates"};

constexpr std::array devices{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};

bool is_below(const fs::path& path, const fs::path& folder) {
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

// The interpreter's own folders, save those that the system's hold already, and those that would open too much.
std::vector<fs::path> folders_of(const Interpreter& python) {
    std::vector<fs::path> wanted;
    for (const auto& each : python.folders) {
        const auto folder = each.lexically_normal();
        const bool whole_machine = !folder.is_absolute() || std::distance(folder.begin(), folder.end()) <= 2;
        const bool known = std::ranges::any_of(system_folders, [&](const char* s) { return is_below(folder, s); }) ||
                           std::ranges::any_of(wanted, [&](const fs::path& w) { return is_below(folder, w); });
        if (!whole_machine && !known) {
            wanted.push_back(folder);
        }
    }
    return wanted;
}

void add(Confinement& confinement, Mount::Kind kind, std::string target, std::string source = {},
         std::uint64_t bytes = 0) {
    confinement.mounts.push_back({kind, std::move(target), std::move(source), bytes});
}

void add_system(Confinement& confinement) {
    for (const auto* folder : system_folders) {
        std::error_code error;
        if (const auto link = fs::read_symlink(folder, error); !error) {
            add(confinement, Mount::Kind::link, folder, link.string());
        } else {
            add(confinement, Mount::Kind::read_only, folder, folder);
        }
    }
    for (const auto* name : settings) {
        const auto path = std::string("/etc/") + name;
        add(confinement, Mount::Kind::read_only, path, path);
    }
    const auto user = std::to_string(::geteuid() == 0 ? nobody : ::geteuid());
    const auto group = std::to_string(::geteuid() == 0 ? nobody : ::getegid());
    add(confinement, Mount::Kind::file, "/etc/passwd", "learner:x:" + user + ":" + group + "::/tmp:/bin/sh\n");
    add(confinement, Mount::Kind::file, "/etc/group", "learner:x:" + group + ":\n");
    add(confinement, Mount::Kind::file, "/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n");
    add(confinement, Mount::Kind::file, "/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    for (const auto* device : devices) {
        add(confinement, Mount::Kind::device, device, device);
    }
    add(confinement, Mount::Kind::link, "/dev/fd", "/proc/self/fd");
    add(confinement, Mount::Kind::link, "/dev/stdin", "/proc/self/fd/0");
    add(confinement, Mount::Kind::link, "/dev/stdout", "/proc/self/fd/1");
    add(confinement, Mount::Kind::link, "/dev/stderr", "/proc/self/fd/2");
    add(confinement, Mount::Kind::scratch, "/dev/shm", {}, shared_bytes);
    add(confinement, Mount::Kind::processes, "/proc");
    add(confinement, Mount::Kind::scratch, "/tmp", {}, temporary_bytes);
    add(confinement, Mount::Kind::link, "/var/tmp", "/tmp");
}

void add_rule(Confinement& confinement, const fs::path& path, Rule::Allows allows) {
    confinement.rules.push_back({path.string(), allows});
}

// Landlock for a program that sees the whole machine: what it needs of it, and where it works.
void add_rules_without_world(Confinement& confinement, const Surroundings& around) {
    for (const auto* folder : system_folders) {
        add_rule(confinement, folder, Rule::Allows::reading);
    }
    for (const auto* name : settings) {
        add_rule(confinement, std::string("/etc/") + name, Rule::Allows::reading);
    }
    for (const auto* name : {"/etc/passwd", "/etc/group", "/etc/hosts", "/etc/nsswitch.conf", "/proc/cpuinfo",
                             "/proc/meminfo", "/proc/stat"}) {
        add_rule(confinement, name, Rule::Allows::reading);
    }
    for (const auto& folder : folders_of(around.python)) {
        add_rule(confinement, folder, Rule::Allows::reading);
    }
    for (const auto& file : around.also) {
        add_rule(confinement, file, Rule::Allows::reading);
    }
}

}  // namespace

Confinement Sandbox::around(const Surroundings& around) const {
    Confinement confinement{.walls = m_walls,
                            .user = nobody,
                            .group = nobody,
                            .filter = m_filter,
                            .limits = {.file_bytes = std::uint64_t{4} << 30, .open_files = 4096}};
    if (m_walls == Walls::none) {
        return confinement;
    }
    const auto seconds = std::clamp(around.seconds, 1.0, 1e6);
    confinement.limits = {.file_bytes = folder_bytes,
                          .memory_bytes = most_memory,
                          .cpu_seconds = static_cast<std::uint64_t>(std::ceil(seconds * cores_at_most)),
                          .processes = 256,
                          .open_files = 1024,
                          .counting = m_counting};
    if (m_walls == Walls::name_spaces) {
        confinement.folder = around.folder.string();
        add_system(confinement);
        // Before what may lie below it: an interpreter of somebody whose home has the same name.
        add(confinement, Mount::Kind::scratch, around.home.string(), {}, home_bytes);
        for (const auto& folder : folders_of(around.python)) {
            add(confinement, Mount::Kind::read_only, folder.string(), folder.string());
        }
        add(confinement, Mount::Kind::scratch, around.folder.string(), {}, folder_bytes);
        for (const auto& file : around.files) {
            const auto path = (around.folder / file).string();
            add(confinement, Mount::Kind::read_only, path, path);
        }
        for (const auto& file : around.also) {
            add(confinement, Mount::Kind::read_only, file.string(), file.string());
        }
        add_rule(confinement, "/", Rule::Allows::reading);
    } else {
        add_rules_without_world(confinement, around);
    }
    for (const auto& folder : {around.folder, around.home, around.temporary}) {
        add_rule(confinement, folder, Rule::Allows::writing);
    }
    if (m_walls == Walls::name_spaces) {
        add_rule(confinement, "/dev/shm", Rule::Allows::writing);
    }
    for (const auto* device : devices) {
        add_rule(confinement, device, Rule::Allows::device);
    }
    return confinement;
}

Status Sandbox::hand_over(const std::vector<std::filesystem::path>& folders) const {
    if (m_walls != Walls::rules || ::geteuid() != 0) {
        return {};
    }
    const auto give = [](const fs::path& path) -> Status {
        return ::lchown(path.c_str(), nobody, nobody) == 0
                   ? Status()
                   : fail(system_error("cannot give to an unprivileged user", path, errno));
    };
    for (const auto& folder : folders) {
        MLPATH_CHECK(give(folder));
        std::error_code error;
        for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
            MLPATH_CHECK(give(entry.path()));
        }
    }
    return {};
}

Result<Sandbox> Sandbox::open(SandboxWish wish, system::Processes& processes, std::stop_token stop,
                              confine::Walls best) {
    Sandbox sandbox;
    if (wish == SandboxWish::off) {
        return sandbox;
    }
    sandbox.m_wanted = true;
    sandbox.m_landlock = confine::landlock_version();
    if (const auto group = confine::MemoryGroup::make(most_memory)) {
        group->remove();
        sandbox.m_counting = confine::Counting::group;
    }
    MLPATH_TRY(const auto place, TemporaryFolder::make("mlpath-home-"));
    const Interpreter nothing;
    const Surroundings around{
        .folder = place.path(), .home = place.path() / "home", .temporary = "/tmp", .files = {}, .python = nothing};
    const auto works = [&](Walls walls) -> Result<bool> {
        sandbox.m_walls = walls;
        MLPATH_TRY(sandbox.m_filter, confine::make_filter(walls, confine::Network::none));
        MLPATH_CHECK(sandbox.hand_over({place.path()}));
        const auto tried = processes.run({.argv = {"/bin/true"},
                                          .environment = {},
                                          .folder = place.path(),
                                          .input = {},
                                          .confinement = sandbox.around(around)},
                                         stop);
        if (!tried && tried.error().kind == ErrorKind::interrupted) {
            return fail(tried.error());
        }
        if (walls == Walls::name_spaces && (!tried || !tried->succeeded())) {
            sandbox.m_why_not = tried ? "a program that does nothing did not succeed in it" : tried.error().message;
        }
        return tried && tried->succeeded();
    };
    if (best == Walls::name_spaces) {
        MLPATH_TRY(const bool own_world, works(Walls::name_spaces));
        if (own_world) {
            return sandbox;
        }
    }
    if (wish == SandboxWish::required) {
        return fail(ErrorKind::missing, "a sandbox was demanded and cannot be had: " + sandbox.m_why_not,
                    "see `mlpath doctor`; in a container, allow it user name spaces; or run with `--sandbox auto`");
    }
    MLPATH_TRY(const bool rules, works(Walls::rules));
    if (!rules) {
        sandbox.m_walls = Walls::none;
        sandbox.m_filter.clear();
    }
    return sandbox;
}

}  // namespace mlpath::run
