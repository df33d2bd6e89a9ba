#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "quiz/grade.hpp"

using namespace mlpath;
using namespace mlpath::quiz;
using library::Question;
using library::QuestionKind;

namespace {

Shuffle as_written(std::size_t count) {
    Shuffle shuffle(count);
    std::iota(shuffle.begin(), shuffle.end(), std::size_t{0});
    return shuffle;
}

Question choice(QuestionKind kind, std::vector<library::Option> options) {
    Question question;
    question.id = "q";
    question.kind = kind;
    question.options = std::move(options);
    return question;
}

struct Case {
    const char* typed;
    Judgement judgement;
    const char* says = "";  // of the first misconception
};

void check_cases(const Question& question, const Shuffle& shuffle, const std::vector<Case>& cases) {
    for (const auto& [typed, judgement, says] : cases) {
        CAPTURE(typed);
        const auto found = grade(question, shuffle, typed);
        CHECK(found.judgement == judgement);
        if (judgement == Judgement::wrong) {
            CHECK((found.says.empty() ? "" : found.says.front()) == std::string(says));
        }
        if (judgement == Judgement::unreadable) {
            REQUIRE(found.says.size() == 1);
            CHECK(found.says.front().find(how_to_answer(question)) != std::string::npos);
        }
    }
}

constexpr auto right = Judgement::right;
constexpr auto wrong = Judgement::wrong;
constexpr auto unreadable = Judgement::unreadable;

}  // namespace

TEST_CASE("one option") {
    const auto question =
        choice(QuestionKind::choice,
               {{"the mean", true, ""}, {"the sum", false, "adds up"}, {"the median", false, "takes the middle"}});
    check_cases(question, as_written(3),
                {{"a", right},
                 {"A", right},
                 {" a) ", right},
                 {"the mean", right},
                 {"b", wrong, "adds up"},
                 {"the median", wrong, "takes the middle"},
                 {"d", unreadable},
                 {"a b", unreadable},
                 {"", unreadable},
                 {"aa", unreadable},
                 {"1", unreadable},
                 {"\x1b[31m", unreadable}});
    // As shown: the letters follow the shuffle, not the file.
    check_cases(question, {2, 0, 1}, {{"b", right}, {"a", wrong, "takes the middle"}, {"c", wrong, "adds up"}});
    CHECK(right_answer(question, {2, 0, 1}) == std::vector<std::string>{"b) the mean"});
}

TEST_CASE("several options") {
    const auto question =
        choice(QuestionKind::choices, {{"x", true, ""}, {"y", false, "why y"}, {"z", true, ""}, {"v", false, "why v"}});
    check_cases(question, as_written(4),
                {{"a c", right},
                 {"ca", right},
                 {"c,a", right},
                 {"a", wrong},
                 {"abc", wrong, "why y"},
                 {"b d", wrong, "why y"},
                 {"abcd", wrong, "why y"},
                 {"a a", unreadable},
                 {"e", unreadable}});
    CHECK(grade(question, as_written(4), "bd").says == std::vector<std::string>{"why y", "why v"});
    CHECK(right_answer(question, as_written(4)) == std::vector<std::string>{"a) x", "c) z"});
}

TEST_CASE("steps in order") {
    Question question;
    question.id = "q";
    question.kind = QuestionKind::order;
    question.steps = {"split", "fit", "score"};
    check_cases(question, {1, 2, 0},
                {{"c a b", right},
                 {"cab", right},
                 {"c > a > b", right},
                 {"abc", wrong},
                 {"ca", unreadable},
                 {"caa", unreadable},
                 {"cabd", unreadable}});
    CHECK(right_answer(question, {1, 2, 0}) == std::vector<std::string>{"c) split", "a) fit", "b) score"});
}

TEST_CASE("numbers") {
    Question question;
    question.id = "q";
    question.kind = QuestionKind::number;
    question.number = 0.75;
    question.tolerance = 0.01;
    question.wrong = {{"", 0.6, "recall, not precision"}, {"", 75, "a share, not a percentage"}};
    check_cases(question, {},
                {{"0.75", right},
                 {".75", right},
                 {"0,75", right},
                 {"75%", right},
                 {"75 %", right},
                 {"75%%", unreadable},
                 {"75 % %", unreadable},
                 {"7%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%", unreadable},
                 {"3/4", right},
                 {"+0.75", right},
                 {"7.5e-1", right},
                 {"0.76", right},
                 {"0.761", wrong},
                 {"0.6", wrong, "recall, not precision"},
                 {"75", wrong, "a share, not a percentage"},
                 {"-0.75", wrong},
                 {"nan", unreadable},
                 {"inf", unreadable},
                 {"1/0", unreadable},
                 {"three", unreadable},
                 {"0.75x", unreadable},
                 {"", unreadable},
                 {"1e999", unreadable}});
    CHECK(right_answer(question, {}) == std::vector<std::string>{"0.75"});
    // Where a percentage is asked for, its sign changes nothing; groups of three digits are read as people mean them.
    question.number = 9.56;
    check_cases(question, {}, {{"9.56%", right}, {"9.56", right}, {"0.0956", wrong}});
    question.number = 80000;
    check_cases(question, {},
                {{"80,000", right}, {"80 000", right}, {"80000", right}, {"8,0000", wrong}, {"80,00,000", unreadable}});
    question.number = 2099712;
    check_cases(question, {}, {{"2,099,712", right}, {"2,099.712", unreadable}});
    question.number = 3;
    CHECK(right_answer(question, {}) == std::vector<std::string>{"3"});
}

TEST_CASE("words") {
    Question question;
    question.id = "q";
    question.kind = QuestionKind::text;
    question.accept = {"one-hot encoding", "get_dummies"};
    question.wrong = {{"label encoding", 0, "it makes an order"}};
    check_cases(question, {},
                {{"one-hot encoding", right},
                 {"One hot  Encoding.", right},
                 {"`get_dummies`", right},
                 {"\"get dummies\"", right},
                 {"label-encoding", wrong, "it makes an order"},
                 {"the one-hot encoding", right},
                 {"A one-hot encoding", right},
                 {"the", wrong},
                 {"hashing", wrong},
                 {" ... ", unreadable},
                 {"", unreadable}});
}

TEST_CASE("what is printed") {
    Question question;
    question.id = "q";
    question.kind = QuestionKind::output;
    question.answer = "1 2\n\n  3";
    question.wrong = {{"1 2 3", 0, "print ends the line"}};
    check_cases(question, {},
                {{"1 2\n\n  3", right},
                 {"1 2  \r\n\n  3\n", right},
                 {"\n1 2\n\n  3\n\n", right},
                 {"1 2\n\n3", unreadable},  // only blanks differ: to be looked at again
                 {"1  2\n\n  3", unreadable},
                 {"1 2\n\n  4", wrong},
                 {"1 2 3", wrong, "print ends the line"},
                 {"", unreadable}});
}

TEST_CASE("the line with the bug") {
    Question question;
    question.id = "q";
    question.kind = QuestionKind::bug;
    question.code = {"a = 1", "b = a", "c = b"};
    question.line = 2;
    question.fix = "b = -a";
    question.wrong = {{"", 3, "it is as it should be"}};
    check_cases(question, {},
                {{"2", right},
                 {"line 2", right},
                 {"Line 2", right},
                 {"3", wrong, "it is as it should be"},
                 {"1", wrong},
                 {"0", unreadable},
                 {"4", unreadable},
                 {"2.5", unreadable},
                 {"two", unreadable}});
    CHECK(right_answer(question, {}) == std::vector<std::string>{"line 2: b = -a"});
}

TEST_CASE("a line of code is for others to run, unless there is none") {
    Question question;
    question.kind = QuestionKind::code;
    CHECK(grade(question, {}, "a.mean()").judgement == Judgement::to_be_run);
    CHECK(grade(question, {}, "  ").judgement == Judgement::unreadable);
    CHECK(grade(question, {}, "1)\nimport os\n(2").judgement == Judgement::unreadable);
}

TEST_CASE("the order that is shown follows from seed and question, and gives no step away") {
    Question question;
    question.kind = QuestionKind::order;
    question.steps = {"1", "2", "3", "4"};
    std::size_t different = 0;
    Shuffle before;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        question.id = "q" + std::to_string(seed % 7);
        const auto shuffle = shuffle_of(question, seed);
        CHECK(shuffle == shuffle_of(question, seed));
        CHECK_FALSE(std::ranges::is_sorted(shuffle));
        auto sorted = shuffle;
        std::ranges::sort(sorted);
        CHECK(sorted == as_written(4));
        different += shuffle != before ? 1 : 0;
        before = shuffle;
    }
    CHECK(different > 150);
    // The same on every machine: a face may have been served elsewhere.
    question.id = "q";
    CHECK(shuffle_of(question, 7) == shuffle_of(question, 7));
    question.steps = {"only"};
    CHECK(shuffle_of(question, 1) == Shuffle{0});
}
