#include "quiz/draw.hpp"

#include <algorithm>

namespace mlpath::quiz {

std::size_t needed_to_pass(std::size_t asked) { return (asked * 3 + 3) / 4; }

std::vector<std::string> draw(std::string_view quiz, std::span<const std::string> questions,
                              const progress::State& state, std::size_t most) {
    struct Candidate {
        std::size_t place;
        TimePoint asked;  // long ago where it never was
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        candidates.push_back({i, state.asked(std::string(quiz) + '/' + questions[i])});
    }
    std::ranges::stable_sort(candidates, {}, &Candidate::asked);
    candidates.resize(std::min(most, candidates.size()));
    std::ranges::sort(candidates, {}, &Candidate::place);
    std::vector<std::string> drawn;
    std::ranges::transform(candidates, std::back_inserter(drawn),
                           [&](const Candidate& each) { return questions[each.place]; });
    return drawn;
}

std::vector<DueQuestion> due_questions(const progress::State& state, Day today) {
    std::vector<DueQuestion> due;
    for (const auto& [id, memory] : state.memories) {
        const auto slash = id.find('/');
        if (progress::is_due(memory, today) && slash != std::string::npos) {
            due.push_back({id.substr(0, slash), id.substr(slash + 1), progress::retrievability(memory, today)});
        }
    }
    std::ranges::stable_sort(due, {}, &DueQuestion::chance);
    return due;
}

}  // namespace mlpath::quiz
