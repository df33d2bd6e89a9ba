#include "app/verify_many.hpp"

#include <mutex>

#include "base/side_by_side.hpp"

namespace mlpath::app {

namespace {

struct Task {
    Opened& portfolio;
    Case& one;
};

// One observer for the threads that judge: told by one at a time, and of ends in the order of the tasks.
class Relay {
public:
    Relay(VerifyObserver& observer, const std::vector<Task>& tasks)
        : m_observer(observer), m_tasks(tasks), m_ended(tasks.size(), false) {}

    void begins(std::size_t index) {
        const std::scoped_lock lock(m_mutex);
        const auto& [portfolio, one] = m_tasks[index];
        m_observer.project_begins(portfolio.report.path, one.report.id, index + 1, m_tasks.size());
    }
    void milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) {
        const std::scoped_lock lock(m_mutex);
        m_observer.milestone_begins(milestone, number, of);
    }
    void ended(std::size_t index) {
        const std::scoped_lock lock(m_mutex);
        m_ended[index] = true;
        while (m_told < m_ended.size() && m_ended[m_told]) {
            m_observer.project_ended(m_tasks[m_told++].one.report);
        }
    }

private:
    VerifyObserver& m_observer;
    const std::vector<Task>& m_tasks;
    std::mutex m_mutex{};  // guards what follows, and the observer
    std::vector<bool> m_ended;
    std::size_t m_told = 0;
};

class ProjectObserver final : public VerifyObserver {
public:
    explicit ProjectObserver(Relay& relay) : m_relay(relay) {}
    void milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) override {
        m_relay.milestone_begins(milestone, number, of);
    }

private:
    Relay& m_relay;
};

// Fetches are told from several threads now.
class SharedProgress final : public data::FetchProgress {
public:
    explicit SharedProgress(data::FetchProgress& inner) : m_inner(inner) {}
    void on(const data::FetchEvent& event) override {
        const std::scoped_lock lock(m_mutex);
        m_inner.on(event);
    }

private:
    data::FetchProgress& m_inner;
    std::mutex m_mutex{};
};

}  // namespace

Status judge_all(const Context& context, const JudgingTools& tools, data::Network network, Remembered* remembered,
                 std::vector<Opened>& portfolios, VerifyObserver& observer, std::stop_token stop) {
    std::vector<Task> tasks;
    for (auto& portfolio : portfolios) {
        for (auto& one : portfolio.cases) {
            if (one.copy) {
                tasks.push_back({portfolio, one});
            }
        }
    }
    if (tasks.empty()) {
        return {};
    }
    std::optional<SharedProgress> progress;
    auto shared = tools;
    if (shared.progress != nullptr) {
        shared.progress = &progress.emplace(*shared.progress);
    }
    MLPATH_TRY(auto judge_python, run::judge_interpreter(context.environment, tools.processes));
    const Bench bench{context, shared, std::move(judge_python), network, remembered};

    Relay relay(observer, tasks);
    // Each thread waits for its programs most of the time, and those are limited by the slots.
    const auto judge = [&](std::size_t index) -> Status {
        auto& [portfolio, one] = tasks[index];
        ProjectObserver each(relay);
        relay.begins(index);
        MLPATH_CHECK(judge_case(bench, portfolio.report.seed, one, each, stop));
        one.copy.reset();
        relay.ended(index);
        return {};
    };
    return side_by_side(tasks.size(), shared.schedule.slots.budget().jobs, judge);
}

}  // namespace mlpath::app
