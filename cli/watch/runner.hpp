// Runs the checks in a thread of its own, again and again, with everything kept warm between two runs.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/judge/check.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"
#include "system/wake.hpp"

namespace mlpath::cli {

struct Ended {
    Result<app::CheckReport> report;
    std::chrono::microseconds took{};
};

// What a run has to tell: what it is doing, a file that it begins to fetch, or its end.
struct News {
    std::string doing{};
    std::string fetching{};
    std::optional<Ended> ended{};
};

enum class From {
    what_is_known,
    nothing,  // the project, the sandbox and the interpreters are sought anew
};

class Runner {
public:
    // Fails as a check would that cannot begin: no such project, no Python, no sandbox where one is required.
    [[nodiscard]] static Result<std::unique_ptr<Runner>> open(Host& host, const app::Context& context,
                                                              const app::CheckRequest& words, run::SandboxWish sandbox,
                                                              std::shared_ptr<const system::Wake> wake);
    // Ends what runs, and waits for it.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    // Nothing may be running.
    void start(From from);
    // Asks what runs to end; its end is told as any other.
    void stop();
    [[nodiscard]] bool is_running() const { return m_running; }
    // What was told since the last call; the wake rings whenever there is something.
    [[nodiscard]] std::vector<News> take();

    [[nodiscard]] const library::Project& project() const { return m_project; }
    [[nodiscard]] const app::ProjectHere& here() const { return m_here; }

private:
    class Reporter;
    struct Room {
        JudgingSetup setup;
        std::unique_ptr<app::CheckDesk> desk;
    };
    Runner(Host& host, const app::Context& context, app::CheckRequest words, run::SandboxWish sandbox,
           std::shared_ptr<const system::Wake> wake);
    [[nodiscard]] Status set_up();
    [[nodiscard]] Result<app::CheckReport> run(From from, const std::stop_token& stop);
    void tell(News news);

    Host& m_host;
    const app::Context& m_context;
    app::CheckRequest m_words;
    run::SandboxWish m_sandbox;
    std::shared_ptr<const system::Wake> m_wake;
    std::unique_ptr<Reporter> m_reporter;
    library::Project m_project{};
    app::ProjectHere m_here{};
    std::unique_ptr<Room> m_room{};  // of the thread, while it runs
    std::mutex m_mutex{};            // guards what follows
    std::vector<News> m_news{};
    bool m_running = false;  // of the thread that asks
    std::jthread m_thread{};
};

}  // namespace mlpath::cli
