// The use case behind `mlpath selftest`: whether a project judges rightly. The skeleton must fail every milestone, the
// solution pass all, each flawed solution fail at its milestone, at its check, with its message; over many splits. And
// whether quizzes claim what is so: their numbers, outputs, lines and katas are run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/judge/judging.hpp"

namespace mlpath::app {

struct SelftestRequest {
    std::vector<std::string> ids{};  // of projects and quizzes; empty: every project that is ready, and every quiz
    std::vector<std::string> libraries{};  // without ids: those of these guests alone; empty: of all there is
    // The project's own seed first, with every check; then as many other draws, with the checks whose verdict depends
    // on the draw (score, behaves, table).
    std::size_t splits = 1;
};

struct SelftestFault {
    std::string project{};
    std::string subject{};   // "skeleton", "solution", "flawed/lookup"
    std::uint64_t seed = 0;  // 0: the project's own
    std::string milestone{};
    std::string check{};
    std::string expected{};  // how it should end, a sentence without its full stop
    std::string found{};     // how it ended
    [[nodiscard]] std::string message() const { return "expected: " + expected + "; found: " + found; }
};

struct SelftestProject {
    std::string project{};
    std::size_t judged = 0;  // how many times something was judged
    std::vector<std::string> flaws{};
    std::vector<SelftestFault> faults{};
};

struct SelftestQuiz {
    std::string quiz{};
    std::size_t claims = 0;             // that were run
    std::vector<std::string> faults{};  // "axis-of-a-sum: …"
};

struct SelftestReport {
    std::vector<SelftestProject> projects{};
    std::vector<SelftestQuiz> quizzes{};
    [[nodiscard]] bool sound() const;
};

class SelftestObserver {
public:
    virtual ~SelftestObserver() = default;
    virtual void subject_begins(const std::string& /*project*/, const std::string& /*subject*/, std::size_t /*split*/,
                                std::size_t /*of*/) {}
    virtual void quizzes_begin(std::size_t /*count*/) {}
    virtual void found(const SelftestFault& /*fault*/) {}
};

[[nodiscard]] Result<SelftestReport> selftest(const Context& context, const JudgingTools& tools,
                                              const SelftestRequest& request, SelftestObserver& observer,
                                              std::stop_token stop = {});

}  // namespace mlpath::app
