#include "app/learn/quiz.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/project/measured.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "library/library.hpp"
#include "progress/course.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view own_results = "own-results";  // in place of a quiz

AskedQuestion asked(const Context& context, const library::Quiz& quiz, const library::Question& question,
                    std::uint64_t seed) {
    return {quiz.id, title_of_quiz(context, quiz.id), question, quiz::shuffle_of(question, seed)};
}

// The first topic on the road that is not learned and has a quiz.
std::string next_topic(const Context& context, const progress::Followed& followed, const progress::State& state) {
    const progress::Course course(followed, state);
    for (const auto& place : course.stages()) {
        for (const auto& entry : place.stage->topics) {
            std::vector<std::string_view> missing;
            course.missing_topics(entry.topic, missing);
            for (const auto id : missing) {
                if (context.index.quizzes.contains(std::string(id))) {
                    return std::string(id);
                }
            }
        }
    }
    return {};
}

Result<std::string> quiz_meant(const Context& context, std::string_view id, const progress::State& state) {
    const std::string named(context.index.renamed.now(library::IdKind::quiz, id));
    if (!named.empty()) {
        if (context.index.quizzes.contains(named)) {
            return named;
        }
        if (context.index.projects.contains(named)) {
            return fail(ErrorKind::usage, "`" + named + "` is a project: its checks ask the questions",
                        "`mlpath check " + named + "` runs them; `mlpath list topics` shows what has a quiz");
        }
        if (context.index.topics.contains(named)) {
            return fail(ErrorKind::not_found, "the topic `" + named + "` has no quiz",
                        "`mlpath done " + named + "` marks it as learned");
        }
        return fail(library::no_such("quiz", named, context.index.quizzes.ids()));
    }
    MLPATH_TRY(const auto here, find_here(context));
    if (!here.workspace) {
        return fail(ErrorKind::usage, "which topic?",
                    "`mlpath quiz numpy` asks about NumPy, and "
                    "`mlpath list topics` shows what there is");
    }
    auto topic = next_topic(context, followed_by(context, here), state);
    if (topic.empty()) {
        return fail(ErrorKind::usage, "every topic of your roadmap that has a quiz is learned",
                    "`mlpath review` asks again what is due, and `mlpath quiz TOPIC` any topic");
    }
    return topic;
}

// The quizzes that a sheet is made of, each read once.
class Quizzes {
public:
    explicit Quizzes(const library::Content& content) : m_content(content) {}
    [[nodiscard]] Result<const library::Quiz*> get(const std::string& id) {
        if (!m_loaded.contains(id)) {
            MLPATH_TRY(m_loaded[id], library::load_quiz(m_content, id));
        }
        return &m_loaded.at(id);
    }

private:
    const library::Content& m_content;
    std::map<std::string, library::Quiz> m_loaded{};
};

Sheet sheet_from(const Context& context, const library::Quiz& quiz, const std::vector<std::string>& ids,
                 std::uint64_t seed) {
    Sheet sheet{.quiz = quiz.id, .title = title_of_quiz(context, quiz.id), .seed = seed};
    for (const auto& id : ids) {
        sheet.questions.push_back(asked(context, quiz, *quiz.question(id), seed));
    }
    return sheet;
}

std::vector<std::string> ids_of(const std::vector<library::Question>& questions) {
    std::vector<std::string> ids;
    std::ranges::transform(questions, std::back_inserter(ids), &library::Question::id);
    return ids;
}

// The question "iris-recall" as it was served, made anew from the same counts.
Status take_own_result(const Context& context, const std::string& question_id, Sheet& sheet) {
    MLPATH_TRY(const auto here, find_here(context));
    const auto project_id = question_id.substr(0, question_id.rfind('-'));
    const auto* const project = context.index.projects.find(project_id);
    if (here.workspace && project != nullptr) {
        for (auto& question : quiz::questions_about(measured(here.workspace->folder, project_id))) {
            question.id.insert(0, project_id + "-");
            if (question.id == question_id) {
                sheet.questions.push_back({std::string(own_results), project->title, std::move(question), {}});
                return {};
            }
        }
    }
    return fail(ErrorKind::not_found, "your results hold nothing to ask `" + printable(question_id) + "` about",
                "`mlpath check` counts them anew");
}

bool is_interview(const library::IndexQuiz& quiz) { return !quiz.title.empty(); }

// Projects with a milestone that passes, and how many passes: the more, the more there is to talk about.
std::vector<std::string> verified_projects(const progress::State& state) {
    std::vector<std::string> ids;
    for (const auto& [id, project] : state.projects) {
        if (std::ranges::any_of(project.milestones, [](const auto& each) { return each.second.done.has_value(); })) {
            ids.push_back(id);
        }
    }
    return ids;
}

// One question about what the last check of a verified project counted, if there is such a count.
void add_own_results(const Context& context, const std::vector<std::string>& verified, std::uint64_t seed,
                     Sheet& sheet) {
    const auto here = find_here(context);
    if (!here || !here->workspace) {
        return;
    }
    std::vector<AskedQuestion> own;
    for (const auto& id : verified) {
        const auto* const project = context.index.projects.find(id);
        for (auto& question : quiz::questions_about(measured(here->workspace->folder, id))) {
            question.id.insert(0, id + "-");
            own.push_back(
                {std::string(own_results), project == nullptr ? id : project->title, std::move(question), {}});
        }
    }
    if (!own.empty()) {
        sheet.questions.push_back(std::move(own[seed % own.size()]));
    }
}

// Blanks do not count where a line of code is compared with those that are often written.
std::string without_blanks(std::string_view text) {
    std::string kept(text);
    std::erase_if(kept, [](char c) { return c == ' ' || c == '\t' || c == ';'; });
    return kept;
}

std::string told(const checks::Finding& finding) {
    return finding.because.empty() ? finding.message : finding.message + ". " + finding.because;
}

}  // namespace

std::string asked_today(const library::Index& index, std::string_view id) {
    const auto slash = std::min(id.find('/'), id.size());
    std::string quiz(index.renamed.now(library::IdKind::quiz, id.substr(0, slash)));
    if (slash == id.size()) {
        return quiz;
    }
    const std::string question(index.renamed.now(library::IdKind::question, id.substr(slash + 1), quiz));
    return quiz + '/' + question;
}

std::string title_of_quiz(const Context& context, const std::string& id) {
    if (const auto* const topic = context.index.topics.find(id)) {
        return topic->title;
    }
    const auto* const quiz = context.index.quizzes.find(id);
    return quiz == nullptr || quiz->title.empty() ? id : quiz->title;
}

Result<Sheet> quiz_sheet(const Context& context, std::string_view id, std::uint64_t seed) {
    MLPATH_TRY(const auto state, state_here(context));
    MLPATH_TRY(const auto meant, quiz_meant(context, id, state));
    MLPATH_TRY(const auto quiz, library::load_quiz(context.content, meant));
    const auto ids = quiz::draw(meant, ids_of(quiz.questions), state);
    auto sheet = sheet_from(context, quiz, ids, seed);
    sheet.needed = quiz::needed_to_pass(ids.size());
    return sheet;
}

Result<Sheet> assess_sheet(const Context& context, std::string_view topic, std::uint64_t seed) {
    MLPATH_TRY(const auto state, state_here(context));
    MLPATH_TRY(const auto meant, quiz_meant(context, topic, state));
    MLPATH_TRY(const auto quiz, library::load_quiz(context.content, meant));
    auto hardest_first = ids_of(quiz.questions);  // the author's order is easiest first
    std::ranges::reverse(hardest_first);
    auto ids = quiz::draw(meant, hardest_first, state);
    std::ranges::reverse(ids);
    auto sheet = sheet_from(context, quiz, ids, seed);
    sheet.needed = quiz::needed_to_pass(ids.size());
    return sheet;
}

Result<std::vector<std::vector<std::string>>> topics_to_assess(const Context& context) {
    MLPATH_TRY(const auto here, in_workspace(context));
    MLPATH_TRY(const auto history, progress::Journal(here.workspace->folder, context.log).load(context.index.renamed));
    const auto followed = followed_by(context, here);
    const progress::Course course(followed, history.state);
    const auto at = progress::whereabouts(progress::frontier(followed, history.state));
    std::vector<std::vector<std::string>> stages(1);
    std::vector<std::string_view> missing;
    bool ahead = false;
    for (const auto& place : course.stages()) {
        if (ahead && !stages.back().empty()) {
            stages.emplace_back();
        }
        const auto before = missing.size();
        for (const auto& entry : place.stage->topics) {
            course.missing_topics(entry.topic, missing);
        }
        for (auto i = before; i < missing.size(); ++i) {
            if (context.index.quizzes.contains(std::string(missing[i]))) {
                stages.back().emplace_back(missing[i]);
            }
        }
        ahead = ahead || (place.stage->id == at.stage && place.curriculum->id == at.curriculum);
    }
    while (!stages.empty() && stages.back().empty()) {
        stages.pop_back();
    }
    return stages;
}

Result<Sheet> review_sheet(const Context& context, std::uint64_t seed, std::size_t most) {
    MLPATH_TRY(const auto here, in_workspace(context));
    MLPATH_TRY(const auto state, state_here(context));
    const auto today = context.clock.today();
    Sheet sheet{.kind = SheetKind::review, .title = "What is due", .seed = seed};
    Quizzes quizzes(context.content);
    for (const auto& [quiz_id, question_id, chance] : quiz::due_questions(state, today)) {
        if (!library::has_question(context.index, quiz_id + '/' + question_id)) {
            continue;
        }
        ++sheet.due;
        if (sheet.questions.size() < most) {
            MLPATH_TRY(const auto* const quiz, quizzes.get(quiz_id));
            sheet.questions.push_back(asked(context, *quiz, *quiz->question(question_id), seed));
        }
    }
    for (const auto& [id, memory] : state.memories) {
        const auto when = progress::due_day(memory, today);
        if (library::has_question(context.index, id) && when > today && (!sheet.later || when < *sheet.later)) {
            sheet.later = when;
        }
    }
    return sheet;
}

Result<Sheet> interview_sheet(const Context& context, std::uint64_t seed, std::size_t most) {
    MLPATH_TRY(const auto state, state_here(context));
    Sheet sheet{.kind = SheetKind::interview, .title = "Interview", .seed = seed};
    const auto verified = verified_projects(state);
    struct Candidate {
        const library::Quiz* quiz;
        const library::Question* question;
        bool leans;         // on a verified project
        TimePoint asked;    // long ago where it never was
        std::uint64_t lot;  // among equals
    };
    std::vector<library::Quiz> banks;
    for (const auto& entry : context.index.quizzes) {
        if (is_interview(entry)) {
            MLPATH_TRY(auto bank, library::load_quiz(context.content, context.index.renamed, entry.id));
            banks.push_back(std::move(bank));
        }
    }
    std::vector<Candidate> candidates;
    std::set<std::string> leans_on;
    for (const auto& bank : banks) {
        for (const auto& question : bank.questions) {
            const auto project = std::ranges::find_if(
                question.projects, [&](const auto& id) { return std::ranges::find(verified, id) != verified.end(); });
            if (!question.projects.empty() && project == question.projects.end()) {
                continue;  // about work that the learner has not shown
            }
            candidates.push_back({&bank, &question, !question.projects.empty(),
                                  state.asked(bank.id + '/' + question.id),
                                  hash64(std::to_string(seed) + bank.id + question.id)});
            if (!question.projects.empty()) {
                leans_on.insert(*project);
            }
        }
    }
    add_own_results(context, verified, seed, sheet);
    most -= std::min(most, sheet.questions.size());
    std::ranges::sort(candidates, {}, [](const Candidate& c) { return std::tuple(c.asked, !c.leans, c.lot); });
    candidates.resize(std::min(most, candidates.size()));
    for (const auto& each : candidates) {
        sheet.questions.push_back(asked(context, *each.quiz, *each.question, seed));
    }
    sheet.leans_on.assign(leans_on.begin(), leans_on.end());
    if (sheet.questions.empty()) {
        return fail(ErrorKind::not_found, "this library has no interview questions");
    }
    return sheet;
}

Result<Sheet> sheet_of(const Context& context, SheetKind kind, const std::vector<std::string>& questions,
                       std::uint64_t seed) {
    Sheet sheet{.kind = kind, .seed = seed};
    std::set<std::string> seen;
    Quizzes quizzes(context.content);
    for (const auto& given : questions) {
        const auto id = asked_today(context.index, given);
        if (!seen.insert(id).second) {
            return fail(ErrorKind::usage,
                        "`" + printable(id) + "` is answered twice" +
                            (given == id ? "" : ", once as `" + printable(given) + "`, which it was called before"));
        }
        const auto slash = std::min(id.find('/'), id.size());
        const auto quiz_id = id.substr(0, slash);
        const auto question_id = slash < id.size() ? id.substr(slash + 1) : std::string();
        if (quiz_id == own_results && kind == SheetKind::interview) {
            MLPATH_CHECK(take_own_result(context, question_id, sheet));
            continue;
        }
        if (!context.index.quizzes.contains(quiz_id)) {
            return fail(library::no_such("quiz", quiz_id, context.index.quizzes.ids()));
        }
        MLPATH_TRY(const auto* const quiz, quizzes.get(quiz_id));
        const auto* const question = quiz->question(question_id);
        if (question == nullptr) {
            return fail(ErrorKind::not_found, "`" + quiz_id + "` has no question `" + printable(question_id) + "`",
                        "take the ids from what was served");
        }
        if (kind == SheetKind::quiz && !sheet.quiz.empty() && sheet.quiz != quiz_id) {
            return fail(ErrorKind::usage, "answers to `" + sheet.quiz + "` and to `" + quiz_id + "` came together",
                        "a quiz is about one topic");
        }
        sheet.questions.push_back(asked(context, *quiz, *question, seed));
        sheet.quiz = quiz_id;
        sheet.title = title_of_quiz(context, quiz_id);
    }
    if (kind == SheetKind::quiz) {
        const auto* const quiz = context.index.quizzes.find(sheet.quiz);
        const auto fair = quiz == nullptr ? 0 : std::min(quiz::asked_at_once, quiz->questions.size());
        if (sheet.questions.size() < fair) {
            return fail(ErrorKind::usage,
                        "a quiz has " + count_of(fair, "question") + ", and " + std::to_string(sheet.questions.size()) +
                            " of them came",
                        "answer all that were served; `?` stands for \"I do not know\"");
        }
        sheet.needed = quiz::needed_to_pass(sheet.questions.size());
    }
    return sheet;
}

Result<Judged> judge_answer(const Context& context, const ToolsWhenNeeded& tools, const AskedQuestion& asked,
                            std::string_view typed, const std::stop_token& stop) {
    const auto& question = asked.question;
    Judged judged{.answer = quiz::right_answer(question, asked.shuffle)};
    if (trim(typed) == "?") {
        judged.not_known = true;
        return judged;
    }
    judged.grade = quiz::grade(question, asked.shuffle, typed);
    if (judged.grade.judgement != quiz::Judgement::to_be_run) {
        return judged;
    }
    MLPATH_TRY(const auto* const ready, tools());
    MLPATH_TRY(const auto finding, judge_exercise(context, *ready, exercise_of(question, trim(typed)), stop));
    if (finding.verdict == checks::Verdict::pass) {
        judged.grade = {quiz::Judgement::right, {}};
        return judged;
    }
    judged.grade = {quiz::Judgement::wrong, {}};
    judged.got = told(finding);
    for (const auto& known : question.wrong) {
        if (without_blanks(known.text) == without_blanks(typed)) {
            judged.grade.says.push_back(known.misconception);
        }
    }
    return judged;
}

namespace {

Recorded record_here(const Context& context, progress::Event event) {
    const auto here = find_here(context);
    if (!here || !here->workspace) {
        return {false, here ? "there is no workspace here; `mlpath init` makes one" : here.error().message};
    }
    return record(context, here->workspace->folder, {std::move(event)});
}

}  // namespace

Recorded record_answer(const Context& context, std::string_view quiz, std::string_view question, Answered answered) {
    return record_here(context, {.type = progress::EventType::answered,
                                 .quiz = std::string(quiz),
                                 .question = std::string(question),
                                 .passed = answered == Answered::right});
}

Recorded record_quiz(const Context& context, std::string_view quiz, Answered all) {
    return record_here(
        context, {.type = progress::EventType::quizzed, .quiz = std::string(quiz), .passed = all == Answered::right});
}

}  // namespace mlpath::app
