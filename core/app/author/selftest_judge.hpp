// Judges one subject of a project for selftest, and says what does not end as it should.
#pragma once

#include "app/author/selftest.hpp"
#include "app/project/subject.hpp"

namespace mlpath::app {

// What every subject of a project is judged with.
struct SubjectTools {
    const Context& context;
    const JudgingTools& tools;
    const library::Project& project;
    const CheckFiles& check_files;
    const run::Interpreter& judge_python;
    const run::Interpreter& python;
    library::DataKind data = library::DataKind::real;  // to judge on
    unsigned checks_at_a_time = 0;                     // as JudgingRequest
};

// The subject with the seed that it is judged by; 0 stands for the project's own, with every check.
struct Round {
    Subject subject{};
    std::uint64_t seed = 0;
};

// The kinds whose checks are judged in it; empty: all.
[[nodiscard]] std::vector<std::string> kinds_of(const Round& round);
// Not where what catches a flaw does not depend on the draw.
[[nodiscard]] bool is_judged(const library::Project& project, const Round& round);

struct SubjectVerdict {
    std::vector<SelftestFault> faults{};
    SubjectEnd end{};
    bool lasting = true;  // another time would find the same
};

// An Error: it could not be judged at all (no data, interrupted).
[[nodiscard]] Result<SubjectVerdict> judge_subject(const SubjectTools& tools, const Round& round,
                                                   const SubjectFiles& files, std::stop_token stop);

}  // namespace mlpath::app
