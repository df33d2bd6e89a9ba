// The three-state answer of a check, with everything that teaches.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_place.hpp"
#include "checks/measurements.hpp"

namespace mlpath::checks {

enum class Verdict {
    pass,
    fail,     // the work is wrong
    error,    // we could not tell
    skipped,  // a prerequisite did not hold
};
[[nodiscard]] std::string_view to_string(Verdict verdict);

// The number that a verdict hangs on, and what it was held against.
struct Judged {
    enum class Side { at_least, at_most };
    std::string what{};  // "improvement over the baseline"
    double value = 0;
    double required = 0;
    Side side = Side::at_least;
    // How much there is to spare; below 0: how much is missing.
    [[nodiscard]] double to_spare() const { return side == Side::at_least ? value - required : required - value; }
    friend bool operator==(const Judged&, const Judged&) = default;
};

// What a check found. Texts come through base `printable` before they are shown.
struct Finding {
    Verdict verdict = Verdict::pass;
    std::string message{};  // what happened, to what
    std::string expected{};
    std::string actual{};
    std::string because{};  // the likely cause
    std::string look{};     // how to look further
    // Both as run::Shown has them, of the learner's program: several lines that nothing may wrap.
    std::string code{};
    std::string output{};
    std::string warning{};  // what is shown whatever the verdict, since it asks for a second look
    std::string drawing{};  // a picture in one line of plain text, shown as it is …
    std::string legend{};   // … and what it means
    SourcePlace place{};   // the line of a file of the learner's that it names, from the project folder; without one: 0
    std::string raised{};  // the exception behind it: "KeyError: 'Agee'"; one error may break several checks
    // Whether the claim itself was decided. False where something before it failed (the step crashed, the file is not
    // well-formed): the cause that the author wrote for the claim would then mislead.
    bool decided = true;
    // Whether it would be found again. False where time or memory ran out, which may be this machine's load.
    bool lasting = true;
    bool remembered = false;  // found before, when everything that the check sees was the same
    std::map<std::string, double>
        facts{};  // figures that reports and `claims` use: "mean", "sd", "baseline", "lift", "n"
    std::vector<Measurement> measurements{};  // what is more than one figure
    std::optional<Judged> judged{};           // where one number decided
};

struct CheckResult {
    std::string id{};
    std::string kind{};
    std::string says{};
    Finding finding{};
    std::string file{};  // the learner's file that it is about, relative to the project; may be empty
    std::optional<std::chrono::milliseconds> took{};  // none where nothing was run for it
};

// Where a reader looks first: the place that the finding names, or else the file that the check is about.
[[nodiscard]] SourcePlace place_of(const CheckResult& check);

struct MilestoneResult {
    std::string id{};
    std::string title{};
    Verdict verdict = Verdict::pass;
    std::vector<CheckResult> checks{};
    std::vector<std::string> notes{};  // what the warnings mean that the learner's programs printed meanwhile
};

// fail outranks error outranks skipped outranks pass.
[[nodiscard]] Verdict worst(Verdict a, Verdict b);

}  // namespace mlpath::checks
