// The report for people in a terminal.
#include "unit/report_support.hpp"

using namespace mlpath;
using namespace mlpath::test;

TEST_CASE("text: what a person needs, in a few lines") {
    CHECK(
        to_text(small_report()) ==
        ". fails: 0 of 2 projects pass\n"
        "  seed 42 (from the content), commit cccccccccccc, with changes that are not committed; seeds of the splits: "
        "flowers 1936\n"
        "  required project:iris: fail, `iris` fails\n"
        "  iris fails: 0 of 1 milestone, own work\n"
        "    fail  Split fairly\n"
        "      fail  seeded: two calls with the seed 7 differ\n"
        "        expected: the same lists\n"
        "        found: other lists\n"
        "        likely cause: the seed is not passed on\n"
        "        to look further: print both\n"
        "  no-such in x could not be judged\n"
        "    no project `no-such`\n"
        "  not taken: iris/data/, iris/model.pkl\n"
        "judged by mlpath 0.1.0, SHA-256 " +
            hash_of_tool + "; library built in, SHA-256 " + hash_of_library +
            "; isolation: none yet\n"
            "with Python 3.11.2 (numpy 1.24.2) for iris\n"
            "with data flowers, SHA-256 " +
            hash_of_data +
            " for iris\n"
            "again: mlpath verify .\n"
            "verdict: fail (demanded: project:iris)\n");
}

TEST_CASE("text: nothing that a terminal would act upon") {
    const auto text = to_text(hostile_report());
    CHECK_FALSE(steers_a_terminal(text));
    CHECK(is_utf8(text));
    CHECK(text.find("\n::error") == std::string::npos);
}

TEST_CASE("the command that reproduces it can be pasted into a shell") {
    auto report = small_report();
    report.command = {"mlpath", "verify", "my work", "it's", "", "$(rm -rf ~)"};
    CHECK(to_text(report).find("again: mlpath verify 'my work' 'it'\\''s' '' '$(rm -rf ~)'\n") != std::string::npos);
}
