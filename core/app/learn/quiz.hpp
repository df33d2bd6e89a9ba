// The use cases behind `mlpath quiz`, `review`, `interview` and `assess`: which questions are asked, what an answer is
// worth, and what is remembered of it. Who asks (a terminal, another program) is somebody else.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/judge/exercise.hpp"
#include "app/project/here.hpp"
#include "quiz/draw.hpp"
#include "quiz/grade.hpp"

namespace mlpath::app {

enum class SheetKind {
    quiz,       // of one topic; a pass marks it as learned
    review,     // what is due
    interview,  // from what the learner has verified
};

struct AskedQuestion {
    std::string quiz{};        // the id
    std::string quiz_title{};  // "NumPy"
    library::Question question{};
    quiz::Shuffle shuffle{};
};

struct Sheet {
    SheetKind kind = SheetKind::quiz;
    std::string quiz{};  // empty for review and interview
    std::string title{};
    std::uint64_t seed = 0;  // of the order of options
    std::vector<AskedQuestion> questions{};
    std::size_t needed = 0;               // right answers to pass; 0: there is nothing to pass
    std::size_t due = 0;                  // for review: how many are due, asked now or not
    std::optional<Day> later{};           // for review: when the next one will be, beside those that are due
    std::vector<std::string> leans_on{};  // for interview: the verified projects that it draws from
};

// "numpy", an interview's id, or empty for the topic that comes next. not_found with "did you mean"; usage for the id
// of a project, or where everything is learned.
[[nodiscard]] Result<Sheet> quiz_sheet(const Context& context, std::string_view id, std::uint64_t seed);
// At most `most` of what is due by spaced repetition.
[[nodiscard]] Result<Sheet> review_sheet(const Context& context, std::uint64_t seed, std::size_t most);
// At most `most`: first what leans on projects whose milestones pass, then the general banks.
[[nodiscard]] Result<Sheet> interview_sheet(const Context& context, std::uint64_t seed, std::size_t most);
// Exactly these questions ("numpy/axis-of-a-sum"): to take the answers of another program.
[[nodiscard]] Result<Sheet> sheet_of(const Context& context, SheetKind kind, const std::vector<std::string>& questions,
                                     std::uint64_t seed);

// The topics of the followed curricula that are not learned and have a quiz, in order; prerequisites first. The first
// entry holds those up to the stage where the learner is, each further one those of the next stage that adds any: what
// is ahead is asked about only by those who know what comes before.
[[nodiscard]] Result<std::vector<std::vector<std::string>>> topics_to_assess(const Context& context);
// The hardest few of a topic, `needed` of which prove it; those that were never asked first. not_found and usage as
// `quiz_sheet`.
//
// Asked one by one they are a sequential test: it ends once `needed` are right, or so many wrong that they cannot be
// any more. Of five, four are needed. Who knows an answer to nine in ten of such questions fails it in 8 of 100 cases;
// who guesses among four options passes it in 2 of 100, and who knows half in 19.
[[nodiscard]] Result<Sheet> assess_sheet(const Context& context, std::string_view topic, std::uint64_t seed);

struct Judged {
    quiz::Grade grade{};                // never to_be_run
    std::string got{};                  // of code: what it gave instead
    std::vector<std::string> answer{};  // the right one
    bool not_known = false;             // `?` was answered: wrong, and no mistake
};
// `tools` is asked for where code has to be run, and only then. An Error: it could not be told.
using ToolsWhenNeeded = std::function<Result<const JudgingTools*>()>;
[[nodiscard]] Result<Judged> judge_answer(const Context& context, const ToolsWhenNeeded& tools,
                                          const AskedQuestion& asked, std::string_view typed,
                                          const std::stop_token& stop);

enum class Answered { right, wrong };
// In the journal of the workspace; not `ok` where there is none.
[[nodiscard]] Recorded record_answer(const Context& context, std::string_view quiz, std::string_view question,
                                     Answered answered);
[[nodiscard]] Recorded record_quiz(const Context& context, std::string_view quiz, Answered all);

// By the ids of today: of a quiz, or of a question or kata of one ("numpy/axis-of-a-sum").
[[nodiscard]] std::string asked_today(const library::Index& index, std::string_view id);

// The topic's title, or the quiz's own.
[[nodiscard]] std::string title_of_quiz(const Context& context, const std::string& id);

}  // namespace mlpath::app
