// Whether labels of two files can mean the same classes.
#include "metrics/meeting.hpp"

#include <doctest/doctest.h>

using namespace mlpath;
using namespace mlpath::metrics;

namespace {

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("booleans of any spelling are equal") {
    struct Case {
        Labels truth;
        Labels predictions;
        Spellings spellings;
        std::size_t notes;
    };
    const std::vector<Case> cases{
        {{"0", "1"}, {"0", "1"}, {}, 0},
        {{"0", "1"}, {"False", "True"}, {{"0", "0"}, {"1", "1"}, {"False", "0"}, {"True", "1"}}, 1},
        {{"0", "1"}, {"true"}, {{"0", "0"}, {"1", "1"}, {"true", "1"}}, 1},
        {{"FALSE", "TRUE"},
         {"False", "True"},
         {{"FALSE", "FALSE"}, {"TRUE", "TRUE"}, {"False", "FALSE"}, {"True", "TRUE"}},
         1},
        {{"True"}, {"false"}, {{"True", "True"}, {"false", "False"}}, 1},
        {{"false", "true"}, {"0", "1"}, {{"false", "false"}, {"true", "true"}, {"0", "false"}, {"1", "true"}}, 1},
        {{"0", "1", "True"}, {"1"}, {{"0", "0"}, {"1", "1"}, {"True", "1"}}, 0},
        {{"False", "True"}, {"False", "True"}, {{"False", "False"}, {"True", "True"}}, 0},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.truth);
        CAPTURE(wanted.predictions);
        const auto meeting = meet(wanted.truth, wanted.predictions);
        REQUIRE(meeting);
        CHECK(meeting->spellings == wanted.spellings);
        CHECK(meeting->notes.size() == wanted.notes);
    }
}

TEST_CASE("labels that cannot meet are refused by the cause") {
    struct Case {
        const char* name;
        Labels truth;
        Labels predictions;
        const char* says;  // empty: they meet; "note": with a note
    };
    const std::vector<Case> cases{
        {"the same", {"a", "b"}, {"a", "b"}, ""},
        {"a class that is never predicted", {"a", "b"}, {"a"}, ""},
        {"a class that never occurs", {"a", "b"}, {"a", "c"}, ""},
        {"one class each, of a kind", {"cat"}, {"dog"}, "note"},
        {"always wrong", {"1", "2"}, {"0"}, "note"},
        {"nothing in common", {"cat", "dog"}, {"red", "green"}, "no label of the predictions is one of the truth"},
        {"classes numbered", {"cat", "dog"}, {"0", "1"}, "words and the predictions numbers"},
        {"words for digits", {"0", "1"}, {"no", "yes"}, "the predictions words"},
        {"three classes and booleans", {"0", "1", "2"}, {"False", "True"}, "the predictions true or false"},
        {"probabilities", {"0", "1"}, {"0.2", "0.7"}, "roc_auc"},
        {"probabilities, some of which are whole", {"0", "1"}, {"0", "0.7", "1"}, "such as 1 from 0.5 up"},
        {"probabilities of words", {"no", "yes"}, {"0.2", "0.7"}, "are they probabilities?"},
        {"scores", {"0", "1"}, {"-3.5", "2.25"}, "are they scores"},
        {"numbers as truth", {"1.5", "2"}, {"1", "2"}, "ask for --metric mae"},
        {"ratings that meet", {"1", "1.5"}, {"1", "1.5"}, ""},
        {"capitals", {"Yes", "no"}, {"No", "yes"}, "differ only in capitals"},
        {"capitals of one of several", {"Yes", "no"}, {"no", "yes"}, "`Yes` of the truth and `yes`"},
        {"letters", {"A", "a"}, {"a"}, ""},
        {"blanks inside", {"New York", "x"}, {"NewYork", "x"}, "blanks, quotes or marks"},
        {"a BOM that went astray",
         {"a", "b"},
         {"\xEF\xBB\xBF"
          "a",
          "b"},
         "cannot be seen"},
        {"missing among numbers", {"0", "1", "NA"}, {"0", "1"}, "`NA` in the truth is a missing value"},
        {"missing among booleans", {"True", "False"}, {"True", "None"}, "`None` in the predictions"},
        {"a class called NA among words", {"NA", "EU"}, {"EU"}, ""},
        {"no rows", {}, {"a"}, ""},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        const auto meeting = meet(wanted.truth, wanted.predictions);
        const std::string_view says = wanted.says;
        if (says.empty() || says == "note") {
            CHECK_MESSAGE(meeting, (meeting ? "" : meeting.error().message));
            CHECK((meeting && !meeting->notes.empty()) == (says == "note"));
            continue;
        }
        REQUIRE_FALSE(meeting);
        const auto text = meeting.error().message + " | " + meeting.error().hint;
        CHECK_MESSAGE(text.find(says) != std::string::npos, text);
        CHECK(meeting.error().kind == ErrorKind::malformed);
    }
}
