// The use case behind `mlpath selftest`: whether a project judges rightly. The skeleton must fail every milestone, the
// solution pass all, each flawed solution fail at its milestone, at its check, with its message; over many splits. And
// whether quizzes claim what is so: their numbers, outputs, lines and katas are run. What was sound is not judged again
// while nothing changed that its judging could see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/author/proof_key.hpp"
#include "app/judge/judging.hpp"

namespace mlpath::app {

// One of `of` parts of all that is asked for; together they are all of it.
struct Shard {
    std::size_t number = 1;  // 1 … of
    std::size_t of = 1;
};

// "2/3". usage: it is none.
[[nodiscard]] Result<Shard> read_shard(const std::string& text);

struct SelftestRequest {
    enum class Kinds { projects_and_quizzes, projects };
    std::vector<std::string> ids{};  // of projects and quizzes; empty: every project that is ready, and every quiz
    Kinds kinds = Kinds::projects_and_quizzes;  // what an id may be of: a topic and a project may share one
    std::vector<std::string> libraries{};       // without ids: those of these guests alone; empty: of all there is
    // The project's own seed first, with every check; then as many other draws, with the checks whose verdict depends
    // on the draw (score, behaves, table, claims of a document), and of a flaw with the check that catches it.
    std::size_t splits = 1;
    Shard shard{};
    library::DataKind data = library::DataKind::real;  // synthetic: with no network
    Freshness freshness = Freshness::cached;
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

// How a check ended whose verdict hangs on the draw.
struct DrawnCheck {
    std::string milestone{};
    std::string check{};
    checks::Verdict verdict = checks::Verdict::pass;
    std::optional<checks::Judged> judged{};
};

// The check that a subject failed at, and what it was told there; empty where all passed.
struct SubjectEnd {
    std::string milestone{};
    std::string check{};
    std::string told{};               // a line
    std::vector<DrawnCheck> drawn{};  // those that hang on the draw
    double run_seconds = 0;           // the quickest run of its program; 0: none succeeded
};

// One subject, judged once, by one seed.
struct SelftestSubject {
    std::string subject{};
    std::uint64_t seed = 0;
    bool sound = true;
    bool remembered = false;  // nothing changed since it was proved: it was not judged now
    SubjectEnd end{};
};

struct SelftestProject {
    std::string project{};
    ProofData data = ProofData::none;  // what it was judged on
    std::vector<std::string> flaws{};
    std::vector<SelftestSubject> subjects{};  // in the order of the template
    std::vector<SelftestFault> faults{};      // in that order too
    [[nodiscard]] std::size_t remembered() const;
    [[nodiscard]] std::size_t judged() const { return subjects.size() - remembered(); }
};

struct SelftestQuiz {
    std::string quiz{};
    std::size_t claims = 0;             // that were run
    std::vector<std::string> faults{};  // "axis-of-a-sum: …"
    bool remembered = false;
};

struct SelftestReport {
    std::vector<SelftestProject> projects{};
    std::vector<SelftestQuiz> quizzes{};
    [[nodiscard]] bool sound() const;
};

// Told by one thread at a time, while others judge.
class SelftestObserver {
public:
    virtual ~SelftestObserver() = default;
    // `split` of `of`: 0 for the project's own seed.
    virtual void subject_begins(const std::string& /*project*/, const std::string& /*subject*/, std::size_t /*split*/,
                                std::size_t /*of*/) {}
    virtual void quizzes_begin(std::size_t /*count*/) {}
};

[[nodiscard]] Result<SelftestReport> selftest(const Context& context, const JudgingTools& tools,
                                              const SelftestRequest& request, SelftestObserver& observer,
                                              std::stop_token stop = {});

// Of the projects alone: what decides how the proof of each ends. Judges nothing.
[[nodiscard]] Result<std::vector<ProofKey>> proof_keys(const Context& context, system::Processes& processes,
                                                       const SelftestRequest& request,
                                                       const std::stop_token& stop = {});

}  // namespace mlpath::app
