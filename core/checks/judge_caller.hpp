// The process in which the learner's functions are called (caller.py): started at the first call, replaced when it
// breaks. What it answers to a call is passed on unread. Inside of core/checks; others use judge.hpp.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "run/step.hpp"
#include "system/process.hpp"

namespace mlpath::checks {

class Caller {
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Time = std::chrono::milliseconds;

    // `calls`: the time that all calls have together, from now on. What an import takes is given back: a learner's
    // function is not slow because a library is.
    Caller(std::filesystem::path harness, const run::StepRunner& runner, run::Workplace& place, Time calls,
           std::stop_token stop)
        : m_harness(std::move(harness)),
          m_runner(runner),
          m_place(place),
          m_stop(std::move(stop)),
          m_calls(calls),
          m_deadline(std::chrono::steady_clock::now() + calls) {}
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller() { m_place.show_to(nullptr); }

    // What a request came to. Where the process gave no line, the line is ours: "timeout", "crashed", "too_large",
    // or of `untried`.
    struct Answer {
        std::string line{};
        bool in_time = true;   // whether time and memory were enough for it
        std::string hung{};    // what did not come back in time: the function, or its module while it was imported
        bool lacking = false;  // the machine may have been too full for it, and it was the first that the process did
    };
    // What a request may take at most, whatever time is left.
    struct Patience {
        Time import = Time::max();
        Time call = Time::max();
    };
    // `function` ("module.function") is the one that the request calls. Only a stop is an Error.
    [[nodiscard]] Result<Answer> ask(std::string_view request, const std::string& function, Patience patience);

    [[nodiscard]] Moment deadline() const { return m_deadline; }
    // What was done meanwhile was no call: its time is given back.
    void give_back(std::chrono::steady_clock::duration time) { m_deadline += time; }
    // Ends the process: what its calls came to is known. What the last one that ran has printed, as run::Shown has it.
    [[nodiscard]] std::string printed();

private:
    [[nodiscard]] Status start();
    [[nodiscard]] Result<Answer> try_once(std::string_view request, const std::string& function, Patience patience);
    system::ProcessOutcome finish();
    // Ends the process; how it ended goes into the answer.
    [[nodiscard]] Answer give_up(std::string_view problem);
    struct Wait {
        std::string_view during{};  // "import", "call", or "before" it
        std::string what{};
        Time limit{0};
        Time used{0};  // of it, by the calls before
        Time patience = Time::max();
    };
    [[nodiscard]] std::string timed_out(const Wait& wait);
    // One line there and one back.
    [[nodiscard]] Result<Answer> exchange(std::string_view request, const Wait& wait);
    [[nodiscard]] Time left() const;

    std::filesystem::path m_harness;
    const run::StepRunner& m_runner;
    run::Workplace& m_place;
    std::stop_token m_stop;
    Time m_calls;
    Moment m_deadline;
    std::unique_ptr<system::Conversation> m_conversation{};
    std::string m_printed{};             // by the process that ended last
    std::set<std::string> m_imported{};  // modules, by the process that runs now
    bool m_called = false;               // so has it a function: what that left behind another would not have
    system::Concurrency m_concurrency = system::Concurrency::shared;
};

// The line for what nobody can tell. It begins as no line of the process can that reaches the judge.
[[nodiscard]] std::string untried(std::string_view message);
// {"ok":false,"problem":…,"message":…}
[[nodiscard]] std::string refusal(std::string_view problem, std::string_view message);

}  // namespace mlpath::checks
