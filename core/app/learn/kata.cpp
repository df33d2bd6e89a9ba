#include "app/learn/kata.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/learn/quiz.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "library/library.hpp"
#include "progress/course.hpp"

namespace mlpath::app {

namespace {

struct Candidate {
    std::string quiz;
    std::string kata;
    bool strange;    // of a topic that is not learned
    TimePoint last;  // long ago where it never was solved
    std::uint64_t lot;
};

// The topics that are known, and those that were taught.
struct TopicsMet {
    std::set<std::string, std::less<>> learned{};
    std::set<std::string, std::less<>> taught{};
};

Result<TopicsMet> known(const Context& context, const progress::State& state) {
    MLPATH_TRY(const auto here, find_here(context));
    auto followed = followed_by(context, here);
    if (followed.curricula.empty()) {
        followed.curricula = {usual_curriculum(context.index)};
    }
    const progress::Course course(followed, state);
    TopicsMet known;
    for (const auto id : progress::taught(context.index, course, progress::whereabouts(frontier(followed, state)))) {
        known.taught.emplace(id);
        if (course.is_learned(id)) {
            known.learned.emplace(id);
        }
    }
    return known;
}

enum class Katas { of_what_was_taught, any };

std::vector<Candidate> candidates(const Context& context, const progress::State& state, const TopicsMet& known,
                                  std::string_view of, Katas katas, std::uint64_t lot) {
    std::vector<Candidate> found;
    for (const auto& quiz : context.index.quizzes) {
        if (of.empty() && katas == Katas::of_what_was_taught && !known.taught.contains(quiz.id)) {
            continue;
        }
        for (const auto& kata : quiz.katas) {
            const auto id = quiz.id + '/' + kata;
            if (!of.empty() && of != quiz.id && of != id) {
                continue;
            }
            found.push_back(
                {quiz.id, kata, !known.learned.contains(quiz.id), state.asked(id), hash64(std::to_string(lot) + id)});
        }
    }
    return found;
}

bool is_body(std::string_view line) { return trim(line) == "..." || trim(line) == "pass"; }

}  // namespace

Result<KataSheet> kata_sheet(const Context& context, std::string_view given, std::uint64_t lot) {
    const auto named = asked_today(context.index, given);
    MLPATH_TRY(const auto state, state_here(context));
    MLPATH_TRY(const auto learner, known(context, state));
    auto found = candidates(context, state, learner, named, Katas::of_what_was_taught, lot);
    if (found.empty()) {  // a roadmap without katas so far
        found = candidates(context, state, learner, named, Katas::any, lot);
    }
    if (found.empty()) {
        const auto id = named.substr(0, named.find('/'));
        if (!named.empty() && !context.index.quizzes.contains(id) && !context.index.topics.contains(id)) {
            return fail(library::no_such("topic", id, context.index.topics.ids()));
        }
        return fail(ErrorKind::not_found,
                    named.empty() ? "this library has no katas" : "there is no kata `" + printable(named) + "`",
                    "`mlpath kata` picks one");
    }
    const auto& best = *std::ranges::min_element(
        found, {}, [](const Candidate& each) { return std::tuple(each.last, each.strange, each.lot); });
    MLPATH_TRY(const auto quiz, library::load_quiz(context.content, best.quiz));
    return KataSheet{best.quiz, title_of_quiz(context, best.quiz), *quiz.kata(best.kata)};
}

std::string whole_program(const library::Kata& kata, std::string_view typed) {
    const auto given = lines(typed);
    const bool whole = std::ranges::any_of(given, [](std::string_view line) {
        return line.starts_with("def ");  // an import may stand in a body too
    });
    std::string text;
    for (const auto& line : kata.start) {
        const bool is_head = line.starts_with("def ") && whole;
        if (is_head) {
            break;  // the imports stay, the function comes whole
        }
        if (!is_body(line)) {
            text += line + '\n';
        }
    }
    const bool indented = !given.empty() && (given.front().starts_with(' ') || given.front().starts_with('\t'));
    for (const auto line : given) {
        text += whole || indented || line.empty() ? "" : "    ";
        text.append(line) += '\n';
    }
    return text;
}

Recorded record_kata(const Context& context, const KataSheet& sheet, Solved solved) {
    return record_answer(context, sheet.quiz, sheet.kata.id, solved == Solved::yes ? Answered::right : Answered::wrong);
}

}  // namespace mlpath::app
