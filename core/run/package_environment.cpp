#include "run/package_environment.hpp"

#include <algorithm>
#include <array>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/walk.hpp"
#include "json/document.hpp"
#include "json/json.hpp"

namespace mlpath::run {

namespace {

constexpr const char* whole_name = "mlpath-environment.json";
constexpr const char* pins_name = "mlpath-pins.txt";
constexpr std::uintmax_t most_bytes_said = 64 * 1024;

std::optional<MadeEnvironment> read_whole(const fs::path& folder) {
    std::error_code error;
    const auto text = read_file(folder / whole_name, most_bytes_said);
    if (!text || !fs::exists(folder / "bin/python", error)) {
        return std::nullopt;
    }
    const auto parsed = json::parse(*text, whole_name);
    if (!parsed.ok() || !parsed.value.is_object() || parsed.value.value("format", 0) != 1) {
        return std::nullopt;
    }
    try {
        return MadeEnvironment{folder, parsed.value.at("group").get<std::string>(),
                               parsed.value.at("pins").get<std::string>(), parsed.value.at("python").get<std::string>(),
                               parsed.value.at("made_with").get<std::string>()};
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

// What the tools need to find the network, their settings and their caches, and nothing that says where to install.
constexpr std::array passed_to_tools{"PATH",
                                     "HOME",
                                     "LANG",
                                     "TMPDIR",
                                     "XDG_CONFIG_HOME",
                                     "XDG_CONFIG_DIRS",
                                     "XDG_CACHE_HOME",
                                     "XDG_DATA_HOME",
                                     "HTTP_PROXY",
                                     "HTTPS_PROXY",
                                     "ALL_PROXY",
                                     "NO_PROXY",
                                     "http_proxy",
                                     "https_proxy",
                                     "all_proxy",
                                     "no_proxy",
                                     "SSL_CERT_FILE",
                                     "SSL_CERT_DIR",
                                     "REQUESTS_CA_BUNDLE",
                                     "CURL_CA_BUNDLE",
                                     "NETRC",
                                     "PIP_CONFIG_FILE",
                                     "PIP_INDEX_URL",
                                     "PIP_EXTRA_INDEX_URL",
                                     "PIP_FIND_LINKS",
                                     "PIP_NO_INDEX",
                                     "PIP_TRUSTED_HOST",
                                     "PIP_CERT",
                                     "PIP_CLIENT_CERT",
                                     "PIP_PROXY",
                                     "PIP_TIMEOUT",
                                     "PIP_DEFAULT_TIMEOUT",
                                     "PIP_RETRIES",
                                     "PIP_CACHE_DIR",
                                     "PIP_NO_CACHE_DIR",
                                     "UV_CACHE_DIR",
                                     "UV_NO_CACHE",
                                     "UV_CONFIG_FILE",
                                     "UV_NO_CONFIG",
                                     "UV_INDEX_URL",
                                     "UV_DEFAULT_INDEX",
                                     "UV_EXTRA_INDEX_URL",
                                     "UV_INDEX",
                                     "UV_FIND_LINKS",
                                     "UV_NO_INDEX",
                                     "UV_OFFLINE",
                                     "UV_HTTP_TIMEOUT",
                                     "UV_HTTP_RETRIES",
                                     "UV_NATIVE_TLS",
                                     "UV_INSECURE_HOST",
                                     "UV_LINK_MODE",
                                     "UV_KEYRING_PROVIDER"};

// Lines in pieces, as they come.
class LinesHeard {
public:
    LinesHeard(const MakingSays& says, std::size_t packages) : m_says(says), m_packages(packages) {}
    void add(std::string_view bytes) {
        for (const char c : bytes) {
            if (c == '\n' || c == '\r') {
                tell();
                m_line.clear();
            } else if (m_line.size() < most_bytes_said) {
                m_line += c;
            }
        }
    }

private:
    void tell() {
        auto told = tool_line(m_line);
        if (!told || !m_says) {
            return;
        }
        if (m_line.starts_with("Collecting ")) {
            *told += " (" + std::to_string(++m_told) + " of " + std::to_string(m_packages) + ")";
        }
        m_says(*told);
    }
    const MakingSays& m_says;
    std::size_t m_packages;
    std::size_t m_told = 0;
    std::string m_line{};
};

// Makes one, and takes away what was begun where that fails.
class Making {
public:
    Making(const MakingRequest& request, const system::Environment& environment, system::Processes& processes,
           const MakingSays& says, std::stop_token stop)
        : m_request(request),
          m_environment(environment),
          m_processes(processes),
          m_says(says),
          m_stop(std::move(stop)),
          m_folder(request.places / request.group),
          m_before(request.places / (request.group + ".before")) {}
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;
    ~Making() {
        if (!m_begun || m_done) {
            return;
        }
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
        fs::rename(m_before, m_folder, ignored);
    }

    Result<MadeEnvironment> make() {
        recover();
        MLPATH_CHECK(begin());
        MLPATH_CHECK(make_empty());
        MLPATH_CHECK(write_file(m_folder / pins_name, m_request.pins, Durability::cached));
        MLPATH_CHECK(install());
        MadeEnvironment made{m_folder, m_request.group, sha256_of(m_request.pins), m_request.python_version,
                             std::string(to_string(m_request.tool.kind))};
        const Json whole{{"format", 1},
                         {"group", made.group},
                         {"pins", made.pins},
                         {"python", made.python},
                         {"made_with", made.made_with}};
        MLPATH_CHECK(write_file(m_folder / whole_name, whole.dump(2) + "\n"));
        m_done = true;
        std::error_code ignored;
        fs::remove_all(m_before, ignored);
        return made;
    }

private:
    // What a killed run left behind.
    void recover() {
        std::error_code ignored;
        if (!read_whole(m_folder)) {
            fs::remove_all(m_folder, ignored);
            fs::rename(m_before, m_folder, ignored);
        }
        fs::remove_all(m_before, ignored);
    }

    Status begin() {
        MLPATH_CHECK(make_folders(m_request.places));
        std::error_code error;
        if (fs::exists(fs::symlink_status(m_folder, error))) {
            fs::rename(m_folder, m_before, error);
            if (error) {
                return fail(system_error("cannot move", m_folder, error.value()));
            }
        }
        m_begun = true;
        return {};
    }

    Status make_empty() {
        if (m_says) {
            m_says("making an environment of Python " + m_request.python_version);
        }
        if (m_request.tool.kind == PackageTool::Kind::uv) {
            return run({m_request.tool.program.string(), "venv", "--quiet", "--no-project", "--python",
                        m_request.python.string(), m_folder.string()});
        }
        return run({m_request.python.string(), "-I", "-m", "venv", m_folder.string()});
    }

    // Links first where there are some: what they hold need not be downloaded, nor the other index be reached.
    Status install() {
        const bool two = !m_request.links.empty() && !m_request.index.empty();
        auto installed = install_from(two ? std::string() : m_request.index);
        if (!installed && two && installed.error().kind == ErrorKind::missing) {
            installed = install_from(m_request.index);
        }
        return installed;
    }

    Status install_from(const std::string& index) {
        const auto python = (m_folder / "bin/python").string();
        std::vector<std::string> words;
        if (m_request.tool.kind == PackageTool::Kind::uv) {
            // uv compiles nothing of itself, pip does. In the sandbox an environment cannot be written to, so without
            // this each cold start of a learner's program would read pandas and its like from source, for seconds.
            words = {m_request.tool.program.string(),
                     "pip",
                     "sync",
                     "--compile-bytecode",
                     "--require-hashes",
                     "--only-binary",
                     ":all:",
                     "--python",
                     python};
            if (!index.empty()) {
                // An index that has a package of ours in other versions must not hide the one that has the right one.
                words.insert(words.end(), {"--index-strategy", "unsafe-best-match"});
            }
        } else {
            words = {python,
                     "-I",
                     "-m",
                     "pip",
                     "install",
                     "--disable-pip-version-check",
                     "--no-input",
                     "--no-deps",
                     "--no-user",
                     "--no-warn-script-location",
                     "--progress-bar",
                     "off",
                     "--require-hashes",
                     "--only-binary",
                     ":all:",
                     "-r"};
        }
        words.push_back((m_folder / pins_name).string());
        for (const auto& link : m_request.links) {
            words.insert(words.end(), {"--find-links", link});
        }
        if (!index.empty()) {
            words.insert(words.end(), {"--extra-index-url", index});
        }
        return run(std::move(words));
    }

    Status run(std::vector<std::string> words) {
        LinesHeard heard(m_says, m_request.packages);
        system::ProcessSpec spec{.argv = std::move(words),
                                 .environment = {{"LC_ALL", "C.UTF-8"}, {"PYTHONDONTWRITEBYTECODE", "1"}},
                                 .folder = m_request.places,
                                 .wall_limit = std::chrono::hours(6),
                                 .confinement = {.limits = {.open_files = 4096}}};
        spec.heard = [&heard](std::string_view bytes) { heard.add(bytes); };
        for (const auto* name : passed_to_tools) {
            if (auto value = m_environment.get(name)) {
                spec.environment[name] = std::move(*value);
            }
        }
        MLPATH_TRY(const auto outcome, m_processes.run(spec, m_stop));
        if (outcome.ending == system::Ending::interrupted) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        if (!outcome.succeeded()) {
            return fail(why(outcome.out.text() + '\n' + outcome.err.text()));
        }
        return {};
    }

    // Python's venv does not say why its pip could not be laid: a full disk is one reason.
    [[nodiscard]] Error why(const std::string& printed) const {
        constexpr std::uintmax_t little = 32'000'000;
        auto error = tool_error(m_request.tool, printed, m_request.group);
        const bool unclear = error.kind == ErrorKind::io || printed.find("ensurepip") != std::string::npos;
        std::error_code unknown;
        const auto space = fs::space(m_request.places, unknown);
        return unclear && !unknown && space.available < little
                   ? tool_error(m_request.tool, "No space left on device", m_request.group)
                   : error;
    }

    const MakingRequest& m_request;
    const system::Environment& m_environment;
    system::Processes& m_processes;
    const MakingSays& m_says;
    std::stop_token m_stop;
    fs::path m_folder;
    fs::path m_before;
    bool m_begun = false;
    bool m_done = false;
};

// Those that are whole, and else nothing that anybody wants.
bool holds_nothing(const fs::path& places) {
    bool nothing = true;
    const auto looked = walk(places, [&](const Met& met) -> Result<Step> {
        nothing = nothing && (met.path == ".lock" || met.path == ".gitignore");
        return Step::past;
    });
    return looked && nothing;
}

}  // namespace

std::optional<MadeEnvironment> made_environment(const fs::path& places, std::string_view group) {
    auto made = is_id(group) ? read_whole(places / group) : std::nullopt;
    return made && made->group == group ? made : std::nullopt;
}

std::vector<MadeEnvironment> made_environments(const fs::path& places) {
    std::vector<MadeEnvironment> found;
    const auto look = [&](const Met& met) -> Result<Step> {
        if (auto made = met.kind == Met::Kind::folder ? made_environment(places, met.path) : std::nullopt) {
            found.push_back(std::move(*made));
        }
        return Step::past;
    };
    static_cast<void>(walk(places, look, Unreadable::passed));
    return found;
}

fs::path environments_of_workspace(const fs::path& workspace) { return workspace / ".mlpath" / "environments"; }

fs::path environments_of_cache(const system::Environment& environment) {
    return system::cache_folder(environment) / "environments";
}

Result<MadeEnvironment> make_environment(const MakingRequest& request, const system::Environment& environment,
                                         system::Processes& processes, const MakingSays& says, std::stop_token stop) {
    MLPATH_TRY(auto folders, NewFolders::make(request.places));
    auto lock = FileLock::take(request.places / ".lock", 0);
    if (!lock) {
        return lock.error().kind == ErrorKind::busy
                   ? fail(ErrorKind::busy,
                          "another mlpath is making an environment in " + printable(request.places.string()),
                          "wait until it is done, and run this again")
                   : fail(lock.error());
    }
    auto made = [&]() -> Result<MadeEnvironment> {
        // A learner's folder is a git repository, and this is thousands of files that are made again by one command.
        MLPATH_CHECK(write_file(request.places / ".gitignore", "*\n", Durability::cached));
        return Making(request, environment, processes, says, std::move(stop)).make();
    }();
    if (!made && holds_nothing(request.places)) {
        std::error_code ignored;
        fs::remove(request.places / ".gitignore", ignored);
        fs::remove(request.places / ".lock", ignored);
        return made;
    }
    folders.keep();
    return made;
}

}  // namespace mlpath::run
