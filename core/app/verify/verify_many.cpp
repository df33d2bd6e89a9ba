#include "app/verify/verify_many.hpp"

#include <mutex>

#include "base/side_by_side.hpp"
#include "data/shared_progress.hpp"

namespace mlpath::app {

namespace {

struct Task {
    Opened& portfolio;
    Case& one;
};

// As a person finds the project's folder: "anna/iris". In the folder that one stands in "iris".
std::string task_name(const Task& task) {
    const auto folder = (fs::path(task.portfolio.report.path) / task.one.claim.folder).lexically_normal();
    const auto name = folder.has_filename() ? folder : folder.parent_path();
    return name.empty() || name == "." ? task.one.report.id : name.string();
}

// One observer for the threads that judge: told by one at a time.
class Relay {
public:
    explicit Relay(VerifyObserver& observer) : m_observer(observer) {}

    template <typename Tell>
    void tell(const Tell& tell) {
        const std::scoped_lock lock(m_mutex);
        tell(m_observer);
    }

private:
    VerifyObserver& m_observer;
    std::mutex m_mutex{};  // guards the observer
};

// Of one project.
class ProjectObserver final : public checks::Observer {
public:
    ProjectObserver(Relay& relay, VerifyObserver::Place place) : m_relay(relay), m_place(std::move(place)) {}
    void begins() {
        m_relay.tell([this](VerifyObserver& observer) { observer.project_begins(m_place); });
    }
    void milestone_begins(const library::Milestone& milestone, std::size_t /*number*/, std::size_t /*of*/) override {
        m_relay.tell([&](VerifyObserver& observer) { observer.milestone_begins(m_place, milestone); });
    }
    void ended(const report::ProjectReport& result) {
        m_relay.tell([&](VerifyObserver& observer) { observer.project_ended(m_place, result); });
    }

private:
    Relay& m_relay;
    VerifyObserver::Place m_place;
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
    std::optional<data::SharedProgress> progress;
    auto shared = tools;
    if (shared.progress != nullptr) {
        shared.progress = &progress.emplace(*shared.progress);
    }
    MLPATH_TRY(auto judge_python, run::judge_interpreter(context.environment, tools.processes, context.log));
    const VerifyRun all{context, shared, std::move(judge_python), network, remembered};

    Relay relay(observer);
    // Each thread waits for its programs most of the time, and those are limited by the slots.
    const auto judge = [&](std::size_t index) -> Status {
        auto& [portfolio, one] = tasks[index];
        ProjectObserver each(relay, {.number = index + 1, .of = tasks.size(), .name = task_name(tasks[index])});
        each.begins();
        MLPATH_CHECK(judge_case(all, portfolio.report.seed, one, each, stop));
        one.copy.reset();
        each.ended(one.report);
        return {};
    };
    return side_by_side(tasks.size(), shared.schedule.slots.budget().jobs, judge);
}

}  // namespace mlpath::app
