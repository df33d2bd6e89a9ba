#include "run/sandbox.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/files.hpp"
#include "base/text.hpp"
#include "base/walk.hpp"
#include "confine/filter.hpp"
#include "confine/landlock.hpp"
#include "confine/memory_group.hpp"

namespace mlpath::run {

namespace {

using confine::Becomes;
using confine::Confinement;
using confine::Mount;
using confine::Rule;
using confine::Walls;

constexpr std::uint64_t mebi = 1u << 20;
constexpr std::uint64_t folder_bytes = 512 * mebi;
constexpr std::uint64_t temporary_bytes = 256 * mebi;
constexpr std::uint64_t home_bytes = 64 * mebi;
constexpr std::uint64_t shared_bytes = 256 * mebi;
constexpr std::uint64_t most_memory = 4096 * mebi;
constexpr std::uint32_t most_open_files = 1024;
constexpr std::uint32_t most_processes = 256;
constexpr int landlock_for_readers = 3;  // the first that also keeps files from being cut short
constexpr int landlock_for_ports = 4;    // the first that knows of TCP (Linux 6.7)
constexpr double cores_at_most = 4;      // processor time: as if it used so many all the time

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

// What an interpreter's folder holds that is the interpreter's.
constexpr std::array parts_of_python{"bin", "lib", "lib64", "share", "pyvenv.cfg"};

// The interpreter's own folders, save those that the system's hold already. Right below the root (the /venv of a
// container, but a /home as well) a folder would open too much: only the parts that are an interpreter's.
std::vector<fs::path> folders_of(const Interpreter& python) {
    std::vector<fs::path> wanted;
    const auto add = [&](const fs::path& folder) {
        const bool known = std::ranges::any_of(system_folders, [&](const char* s) { return is_below(folder, s); }) ||
                           std::ranges::any_of(wanted, [&](const fs::path& w) { return is_below(folder, w); });
        if (!known) {
            wanted.push_back(folder);
        }
    };
    for (const auto& each : python.folders) {
        const auto folder = each.lexically_normal();
        const auto depth = std::distance(folder.begin(), folder.end());
        if (folder.is_absolute() && depth > 2) {
            add(folder);
        } else if (folder.is_absolute() && depth == 2 && folder.has_filename()) {
            for (const auto* part : parts_of_python) {
                add(folder / part);
            }
        }
    }
    return wanted;
}

// Whether every user can come as far as into the folder.
bool everybody_enters(const fs::path& folder) {
    for (auto each = folder.lexically_normal();; each = each.parent_path()) {
        struct stat status{};
        if (::stat(each.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) {
            return false;
        }
        if (each == each.parent_path()) {
            return true;
        }
    }
}

fs::path systems_temporary() {
    std::error_code error;
    const auto folder = fs::temp_directory_path(error);
    return fs::absolute(error ? fs::path("/tmp") : folder, error);
}

// Empty where the system's own will do, or nothing is better.
fs::path place_for_another() {
    if (everybody_enters(systems_temporary())) {
        return {};
    }
    for (const auto& place : places_for_another()) {
        if (everybody_enters(place) && ::access(place.c_str(), W_OK | X_OK) == 0) {
            return place;
        }
    }
    return {};
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

// What was laid upon us before we began, that a program inherits: limits on its memory and stack as they are, those
// that we lower further as far as they are lower still, and how many filters of system calls there are.
std::string bounds_seen() {
    std::string seen;
    const auto add_limit = [&](int resource, std::uint64_t ours) {
        rlimit limit{};
        if (::getrlimit(static_cast<decltype(RLIMIT_CORE)>(resource), &limit) != 0) {
            seen += "? ";
            return;
        }
        const bool lowered = ours != 0;
        seen += std::to_string(lowered ? std::min<std::uint64_t>(limit.rlim_max, ours) : limit.rlim_cur) + ' ';
        seen += lowered ? "" : std::to_string(limit.rlim_max) + ' ';
    };
    for (const int resource : {RLIMIT_AS, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CPU}) {
        add_limit(resource, 0);
    }
    add_limit(RLIMIT_NOFILE, most_open_files);
    add_limit(RLIMIT_FSIZE, folder_bytes);
    add_limit(RLIMIT_NPROC, most_processes);
    const auto status = read_file("/proc/self/status", 1u << 20).value_or(std::string());
    for (const auto line : lines(status)) {
        if (line.starts_with("NoNewPrivs:") || line.starts_with("Seccomp")) {
            seen += std::string(line) + ' ';
        }
    }
    return seen;
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

std::vector<fs::path> places_for_another() { return {"/tmp", "/var/tmp"}; }

Confinement Sandbox::around(const Surroundings& around) const {
    Confinement confinement{.walls = m_walls,
                            .network = around.network,
                            .becomes = m_becomes,
                            .user = nobody,
                            .group = nobody,
                            .ports = around.ports,
                            .filter = around.ports.empty() ? m_filter : m_filter_with_ports,
                            .limits = {.file_bytes = std::uint64_t{4} << 30, .open_files = 4096}};
    if (m_walls == Walls::none) {
        return confinement;
    }
    const auto seconds = std::clamp(around.seconds, 1.0, 1e6);
    confinement.limits = {.file_bytes = folder_bytes,
                          .memory_bytes = most_memory,
                          .cpu_seconds = static_cast<std::uint64_t>(std::ceil(seconds * cores_at_most)),
                          .processes = most_processes,
                          .open_files = most_open_files,
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
    if (m_walls != Walls::rules || m_becomes == Becomes::own) {
        return {};
    }
    const auto give = [](int folder, const char* name, const fs::path& path) -> Result<Step> {
        return ::fchownat(folder, name, nobody, nobody, AT_SYMLINK_NOFOLLOW) == 0
                   ? Result<Step>(Step::on)
                   : fail(system_error("cannot give to an unprivileged user", path, errno));
    };
    for (const auto& folder : folders) {
        MLPATH_CHECK(give(AT_FDCWD, folder.c_str(), folder));
        const auto give_entry = [&](const Met& met) { return give(met.folder, met.name, folder / met.path); };
        MLPATH_CHECK(walk(folder, give_entry, Unreadable::passed));
    }
    return {};
}

Result<bool> Sandbox::works(system::Processes& processes, const std::stop_token& stop) {
    MLPATH_TRY(const auto folder, TemporaryFolder::make("mlpath-home-", m_place));
    const Interpreter nothing;
    const Surroundings bare{
        .folder = folder.path(), .home = folder.path() / "home", .temporary = "/tmp", .files = {}, .python = nothing};
    const auto given = hand_over({folder.path()});
    const auto tried = given ? processes.run({.argv = {"/bin/true"},
                                              .environment = {},
                                              .folder = folder.path(),
                                              .input = {},
                                              .confinement = around(bare)},
                                             stop)
                             : fail(given.error());
    if (!tried && tried.error().kind == ErrorKind::interrupted) {
        return fail(tried.error());
    }
    const bool succeeded = tried && tried->succeeded();
    if (m_walls == Walls::name_spaces && !succeeded) {
        m_why_not = tried ? "a program that does nothing did not succeed in it" : tried.error().message;
    }
    return succeeded;
}

Result<bool> Sandbox::stands(Walls walls, system::Processes& processes, const std::stop_token& stop) {
    m_walls = walls;
    m_becomes = m_rights.may_become_another ? Becomes::another : Becomes::own;
    m_place = walls == Walls::rules && m_becomes == Becomes::another ? place_for_another() : fs::path();
    const bool owns_the_system = m_rights.is_the_machines && m_becomes == Becomes::own;
    const auto set_id = owns_the_system ? confine::SetId::refused : confine::SetId::allowed;
    MLPATH_TRY(m_filter, confine::make_filter(walls, confine::Network::none, set_id));
    if (walls == Walls::rules) {
        MLPATH_TRY(m_filter_with_ports, confine::make_filter(walls, confine::Network::loopback, set_id));
    }
    return works(processes, stop);
}

Result<Sandbox> Sandbox::open(SandboxWish wish, system::Processes& processes, std::stop_token stop,
                              confine::Walls best) {
    Sandbox sandbox;
    if (wish == SandboxWish::off) {
        return sandbox;
    }
    sandbox.m_wish = wish;
    sandbox.m_landlock = confine::landlock_version();
    sandbox.m_rights = rights_here();
    if (const auto group = confine::MemoryGroup::make(most_memory)) {
        group->remove();
        sandbox.m_counting = confine::Counting::group;
    }
    if (best == Walls::name_spaces) {
        MLPATH_TRY(const bool own_world, sandbox.stands(Walls::name_spaces, processes, stop));
        if (own_world) {
            return sandbox;
        }
    }
    if (wish == SandboxWish::required) {
        return fail(ErrorKind::missing, "a sandbox was demanded and cannot be had: " + sandbox.m_why_not,
                    "see `mlpath doctor`; in a container, allow it user namespaces; or run with `--sandbox auto`");
    }
    MLPATH_TRY(const bool rules, sandbox.stands(Walls::rules, processes, stop));
    if (!rules) {
        sandbox.m_walls = Walls::none;
        sandbox.m_becomes = Becomes::own;
        sandbox.m_place.clear();
        sandbox.m_filter.clear();
        sandbox.m_filter_with_ports.clear();
    }
    return sandbox;
}

Result<std::optional<Sandbox>> Sandbox::next_best(std::string because, system::Processes& processes,
                                                  std::stop_token stop) const {
    auto next = *this;
    next.m_because = std::move(because);
    if (m_becomes == Becomes::another && m_landlock >= landlock_for_readers) {
        next.m_becomes = Becomes::reader;
        MLPATH_TRY(const bool reads, next.works(processes, stop));
        if (reads) {
            return next;
        }
    }
    // Not without Landlock: nothing else there keeps a program from our caches, which are believed in namespaces.
    if (m_walls == Walls::name_spaces && m_wish == SandboxWish::automatic && m_landlock > 0) {
        next.m_why_not = next.m_because;
        MLPATH_TRY(const bool rules, next.stands(Walls::rules, processes, stop));
        if (rules) {
            return next;
        }
    }
    return std::nullopt;
}

bool Sandbox::holds_to_ports() const {
    return m_walls == Walls::name_spaces || (m_walls == Walls::rules && m_landlock >= landlock_for_ports);
}

std::vector<std::string> Sandbox::compromises() const {
    std::vector<std::string> given;
    if (m_walls != Walls::none && m_rights.is_root && m_becomes == Becomes::own) {
        given.push_back("programs kept your user, without its capabilities, since " + m_rights.why_not +
                        (m_rights.is_the_machines && m_walls == Walls::rules
                             ? "; no limit on the number of processes binds them"
                             : ""));
    }
    if (m_becomes == Becomes::reader) {
        given.push_back(
            "programs were allowed to read what root keeps to itself among the files that they are shown, since " +
            m_because);
    }
    if (!m_place.empty()) {
        given.push_back("the folders of programs were made in " + m_place.string() +
                        ", since the unprivileged user that programs run as cannot enter " +
                        printable(systems_temporary().string()));
    }
    return given;
}

void log_sandbox(const Log& log, const Sandbox& sandbox) {
    log.info("sandbox", [&] {
        const auto walls = sandbox.walls() == Walls::name_spaces ? "namespaces"
                           : sandbox.walls() == Walls::rules     ? "rules"
                                                                 : "none";
        return LogFields{
            {"wanted", sandbox.wish() == SandboxWish::off        ? "off"
                       : sandbox.wish() == SandboxWish::required ? "require"
                                                                 : "auto"},
            {"walls", walls},
            {"landlock", std::to_string(sandbox.landlock())},
            {"memory", sandbox.counting() == confine::Counting::group ? "held by a control group" : "summed"}};
    });
    if (!sandbox.why_not().empty()) {
        log.warning("sandbox without namespaces", [&] { return LogFields{{"why", sandbox.why_not()}}; });
    }
    for (const auto& given : sandbox.compromises()) {
        log.warning("sandbox gave way", [&] { return LogFields{{"how", given}}; });
    }
}

std::string Sandbox::seen() const {
    return std::to_string(static_cast<int>(m_walls)) + ' ' + std::to_string(static_cast<int>(m_becomes)) + ' ' +
           std::to_string(m_landlock) + ' ' + std::to_string(static_cast<int>(m_counting)) + ' ' + bounds_seen();
}

}  // namespace mlpath::run
