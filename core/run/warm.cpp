#include "run/warm.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "confine/passing.hpp"
#include "json/json.hpp"
#include "run/logged.hpp"
#include "run/warm_answer.hpp"

namespace mlpath::run {

namespace {

constexpr auto lifetime = std::chrono::hours(24);
constexpr timeval patience{.tv_sec = 60, .tv_usec = 0};  // with an interpreter that imports, or answers

// Settings that differ from program to program (PRIVATE of warm.py); with all others an interpreter is started, and
// keeps them.
constexpr std::array own_folders{"HOME", "TMPDIR"};
constexpr std::array not_for_it{"PYTHONPATH", "MLPATH_FITS"};

// They start threads when they are imported, or hold what a fork may not share.
constexpr std::array unfit{"tensorflow", "keras", "torch", "torchvision", "torchaudio", "jax", "polars", "ray", "grpc"};

std::string top_of(const std::string& module) { return module.substr(0, module.find('.')); }

WarmAnswer receive_answer(int door) {
    std::array<char, 4096> bytes{};
    ssize_t got = 0;
    while ((got = ::recv(door, bytes.data(), bytes.size(), 0)) < 0 && errno == EINTR) {
    }
    return read_warm_answer({bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))});
}

}  // namespace

// One interpreter process.
class WarmServer {
public:
    enum class Begins { at_once, when_asked_again };

    WarmServer(system::Processes& cold, const std::filesystem::path& files, const WarmUp& warm_up, const Log& log,
               Begins begins)
        : m_cold(cold),
          m_files(files),
          m_warm_up(warm_up),
          m_log(log),
          m_state(begins == Begins::at_once ? State::due : State::unborn) {}

    // False: it is to be run cold.
    [[nodiscard]] bool ask(const system::ProcessSpec& spec, const system::StartDescriptors& descriptors) {
        const std::scoped_lock lock(m_mutex);
        if (m_state == State::unborn) {
            m_state = State::due;
            return false;
        }
        if (m_state == State::due) {
            const auto begun = begin(spec);
            m_state = begun ? State::alive : State::gone;
            if (!begun) {
                m_log.info("no warm interpreter", [&] {
                    return LogFields{{"interpreter", m_warm_up.python.string()}, {"why", begun.error().message}};
                });
            }
        }
        if (m_state == State::gone) {
            return false;
        }
        const auto script = spec.argv.begin() + 1 + static_cast<std::ptrdiff_t>(m_warm_up.options.size());
        const Json request{{"argv", std::vector(script, spec.argv.end())},
                           {"folder", spec.folder.string()},
                           {"environment", spec.environment},
                           {"talks", descriptors.reads >= 0}};
        std::vector<int> given{descriptors.input,   descriptors.output, descriptors.errors,
                               descriptors.control, descriptors.gift,   descriptors.confinement};
        if (descriptors.reads >= 0) {
            given.insert(given.end(), {descriptors.reads, descriptors.writes});
        }
        std::string text;
        try {
            text = request.dump();
        } catch (const Json::exception&) {  // a name that is no UTF-8
            return false;
        }
        if (!confine::pass(m_door.get(), text, given)) {
            m_state = errno == EMSGSIZE ? m_state : State::gone;
            return false;
        }
        const auto answer = receive_answer(m_door.get());
        m_state = answer == WarmAnswer::none ? State::gone : m_state;
        return answer == WarmAnswer::started;
    }

private:
    [[nodiscard]] Status begin(const system::ProcessSpec& first) {
        std::array<int, 2> ends{-1, -1};
        if (!survives_fork(m_warm_up.imports)) {
            return fail(ErrorKind::missing, "a package of it does not survive a fork");
        }
        if (::access((m_files / "shim.so").c_str(), R_OK) != 0 || ::access((m_files / "helper").c_str(), X_OK) != 0) {
            return fail(ErrorKind::missing, "its files cannot be used in " + m_files.string());
        }
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
            return fail(system_error("cannot make a socket in", m_files, errno));
        }
        m_door = Descriptor(ends[0]);
        Descriptor theirs(ends[1]);
        ::setsockopt(m_door.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        system::ProcessSpec server{.argv = {m_warm_up.python.string()},
                                   .environment = first.environment,
                                   .folder = m_files,
                                   .input = {},
                                   .wall_limit = lifetime,
                                   .passed = theirs.get()};
        for (const auto* name : own_folders) {
            if (server.environment.contains(name)) {
                server.environment[name] = m_files.string();
            }
        }
        for (const auto* name : not_for_it) {
            server.environment.erase(name);
        }
        server.argv.insert(server.argv.end(), m_warm_up.options.begin(), m_warm_up.options.end());
        for (const auto& word : {m_files / "warm.py", m_files, m_warm_up.folder}) {
            server.argv.push_back(word.string());
        }
        server.argv.insert(server.argv.end(), m_warm_up.imports.begin(), m_warm_up.imports.end());
        auto started = m_cold.converse(server);
        if (!started) {
            return fail(started.error());
        }
        m_server = std::move(*started);
        theirs.close();  // so that its end is heard, should it be gone before it is ready
        return receive_answer(m_door.get()) != WarmAnswer::none
                   ? Status()
                   : fail(ErrorKind::busy, "it gave no answer while it imported its packages");
    }

    enum class State { unborn, due, alive, gone };

    system::Processes& m_cold;
    const std::filesystem::path& m_files;
    const WarmUp& m_warm_up;
    const Log& m_log;
    std::mutex m_mutex{};  // guards what follows
    State m_state;
    std::unique_ptr<system::Conversation> m_server{};
    Descriptor m_door{};  // after the server: it closes first, and the server ends by itself
};

// The interpreters of a package set: an interpreter has its hash seed from its start on, so that there is one for each
// seed. Where none can be had, or it is gone, everything is run cold.
class WarmInterpreter final : public system::Processes {
public:
    WarmInterpreter(system::Processes& cold, std::filesystem::path files, WarmUp warm_up, Log log)
        : m_cold(cold), m_files(std::move(files)), m_warm_up(std::move(warm_up)), m_log(log) {}

    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override {
        if (serves(spec)) {
            Request request(server_of(spec));
            auto outcome = system::run_by(request, spec, stop);
            if (!request.refused()) {
                log_run(m_log, "warm", spec, outcome);
                return outcome;
            }
        }
        return m_cold.run(spec, stop);
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop) override {
        if (serves(spec)) {
            Request request(server_of(spec));
            auto conversation = system::converse_by(request, spec, stop);
            if (!request.refused()) {
                return log_conversation(m_log, "warm", spec, std::move(conversation));
            }
        }
        return m_cold.converse(spec, stop);
    }

private:
    class Request final : public system::Starter {
    public:
        explicit Request(WarmServer& server) : m_server(server) {}
        [[nodiscard]] Status start(const system::ProcessSpec& spec,
                                   const system::StartDescriptors& descriptors) override {
            m_refused = !m_server.ask(spec, descriptors);
            return m_refused ? fail(ErrorKind::busy, "the warm interpreter does not serve this") : Status();
        }
        [[nodiscard]] bool refused() const { return m_refused; }

    private:
        WarmServer& m_server;
        bool m_refused = false;
    };

    [[nodiscard]] bool serves(const system::ProcessSpec& spec) const {
        const auto script = 1 + m_warm_up.options.size();
        return spec.start == system::Start::any && spec.argv.size() > script && spec.argv[0] == m_warm_up.python &&
               std::equal(m_warm_up.options.begin(), m_warm_up.options.end(), spec.argv.begin() + 1) &&
               spec.argv[script].ends_with(".py");
    }

    // Another seed than the usual is asked for once or twice a project: only from the second time on is an interpreter
    // worth its start.
    [[nodiscard]] WarmServer& server_of(const system::ProcessSpec& spec) {
        const auto found = spec.environment.find("PYTHONHASHSEED");
        const auto seed = found == spec.environment.end() ? std::string() : found->second;
        const std::scoped_lock lock(m_mutex);
        auto& server = m_servers[seed];
        if (!server) {
            const auto begins =
                m_servers.size() == 1 ? WarmServer::Begins::at_once : WarmServer::Begins::when_asked_again;
            server = std::make_unique<WarmServer>(m_cold, m_files, m_warm_up, m_log, begins);
        }
        return *server;
    }

    system::Processes& m_cold;
    std::filesystem::path m_files;
    WarmUp m_warm_up;
    Log m_log;
    std::mutex m_mutex{};  // guards the servers
    std::map<std::string, std::unique_ptr<WarmServer>> m_servers{};
};

bool survives_fork(const std::vector<std::string>& imports) {
    return std::ranges::none_of(
        imports, [](const std::string& module) { return std::ranges::find(unfit, top_of(module)) != unfit.end(); });
}

WarmPool::WarmPool(system::Processes& cold, std::filesystem::path files, Log log)
    : m_cold(cold), m_files(std::move(files)), m_log(log) {}

WarmPool::~WarmPool() = default;

system::Processes& WarmPool::processes(const WarmUp& warm_up) {
    const std::scoped_lock lock(m_mutex);
    auto& found = m_interpreters[warm_up];
    if (!found) {
        found = std::make_unique<WarmInterpreter>(m_cold, m_files, warm_up, m_log);
    }
    return *found;
}

}  // namespace mlpath::run
