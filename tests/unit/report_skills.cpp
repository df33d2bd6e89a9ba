#include "progress/skills.hpp"

#include <doctest/doctest.h>

#include "report/skills.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

library::Index small_index() {
    library::Index index;
    index.skills.add({"sql", "SQL"});
    index.skills.add({"python", "Python"});
    index.skills.add({"web", "The *web*"});
    auto words = project("words", {"count", "rank"});
    words.skills = {"python", "text"};
    index.projects.add(words);
    auto site = planned("site");
    site.skills = {"web"};
    index.projects.add(site);
    auto numpy = topic("numpy");
    numpy.skills = {"python"};
    index.topics.add(numpy);
    auto tables = topic("tables");
    tables.skills = {"sql"};
    index.topics.add(tables);
    return index;
}

// "python proved: project words 2/2 at 3, quiz numpy": what there is to show, in short.
std::string in_short(const std::vector<Event>& events, Author author) {
    std::string text;
    for (const auto& skill : skills(small_index(), replay(dated(events)), {{"words", author}})) {
        if (skill.evidence.empty()) {
            CHECK(skill.standing == SkillStanding::open);
            continue;
        }
        text += (text.empty() ? "" : "; ") + skill.id + " " + std::string(to_string(skill.standing)) + ":";
        for (const auto& evidence : skill.evidence) {
            const auto after = std::chrono::duration_cast<std::chrono::minutes>(evidence.when - minute(0)).count();
            text += " " + std::string(to_string(evidence.kind)) + " " + evidence.id;
            text += evidence.milestones.total > 0 ? " " + std::to_string(evidence.milestones.done) + "/" +
                                                        std::to_string(evidence.milestones.total)
                                                  : "";
            text += " at " + std::to_string(after);
        }
    }
    return text;
}

Event solution(EventType type) { return {.type = type, .project = "words"}; }
Event quizzed(const std::string& topic, bool passed) {
    return {.type = EventType::quizzed, .quiz = topic, .passed = passed};
}
const auto counted = checked("words", "count", true);
const auto ranked = checked("words", "rank", true);

}  // namespace

TEST_CASE("what shows a skill, and what proves it") {
    const auto shown = solution(EventType::solution_shown);
    const auto applied = solution(EventType::solution_applied);
    struct Case {
        std::string name;
        std::vector<Event> events;
        std::string expected;
        Author author = Author::own;
    };
    for (const auto& [name, events, expected, author] : std::vector<Case>{
             {"nothing", {}, ""},
             {"started", {started("words"), hinted("words", "count", 3)}, ""},
             {"a milestone is a beginning",
              {counted},
              "python begun: begun words 1/2 at 0; text begun: begun words 1/2 at 0"},
             {"a project",
              {counted, ranked},
              "python proved: project words 2/2 at 1; text proved: project words 2/2 at 1"},
             {"which fails again",
              {counted, ranked, checked("words", "count", false)},
              "python begun: begun words 1/2 at 1; text begun: begun words 1/2 at 1"},
             {"with our solution",
              {counted, applied, ranked},
              "python assisted: our-solution words 2/2 at 2; text assisted: our-solution words 2/2 at 2"},
             {"after reading it, and whose work it is could not be told",
              {shown, counted, ranked},
              "python assisted: read-solution words 2/2 at 2; text assisted: read-solution words 2/2 at 2",
              Author::unknown},
             {"after reading it, written anew: own work",
              {shown, counted, ranked},
              "python proved: project words 2/2 at 2; text proved: project words 2/2 at 2"},
             {"the files are ours, whoever copied them",
              {counted, ranked},
              "python assisted: our-solution words 2/2 at 1; text assisted: our-solution words 2/2 at 1",
              Author::published},
             {"whose work it is could not be told",
              {counted, ranked},
              "python passed: unattributed words 2/2 at 1; text passed: unattributed words 2/2 at 1",
              Author::unknown},
             {"seen and taken when all was done: own work",
              {counted, ranked, shown, applied},
              "python proved: project words 2/2 at 1; text proved: project words 2/2 at 1"},
             {"said", {said("numpy")}, "python said: said numpy at 0"},
             {"said, and taken back", {said("numpy"), unsaid("numpy")}, ""},
             {"a quiz", {quizzed("tables", true)}, "sql proved: quiz tables at 0"},
             {"a quiz that was not passed", {quizzed("tables", false)}, ""},
             {"the best first",
              {said("numpy"), counted, quizzed("numpy", true), applied, ranked},
              "python proved: quiz numpy at 2 our-solution words 2/2 at 4 said numpy at 0; "
              "text assisted: our-solution words 2/2 at 4"},
             {"what the library does not have", {checked("gone", "a", true), said("gone")}, ""},
         }) {
        CAPTURE(name);
        CHECK(in_short(events, author) == expected);
    }
    const auto all = skills(small_index(), {}, {});
    REQUIRE(all.size() == 4);
    CHECK(all[0].id == "sql");  // as the table has them, then what is in none
    CHECK(all[3].id == "text");
    CHECK(all[3].title == "text");
    CHECK(all[1].topics == std::vector<std::string>{"numpy"});
    CHECK(all[1].projects == std::vector<std::string>{"words"});
    const auto begun = skills(small_index(), replay(dated({counted})), {});
    CHECK(begun[1].evidence.at(0).passed.at(0).title == "Title of count");
}

TEST_CASE("what came before our solution is decided by the order, not by what a clock showed") {
    auto events = dated({solution(EventType::solution_applied), counted, ranked});
    events[0].at = events[0].order = minute(0) + std::chrono::days(400);
    events[1].order = events[0].order + std::chrono::microseconds(1);
    events[2].order = events[0].order + std::chrono::microseconds(2);
    const auto shown = skills(small_index(), replay(events), {{"words", Author::own}});
    CHECK(shown[1].standing == SkillStanding::assisted);
    CHECK(shown[1].evidence.at(0).when == minute(2));
}

TEST_CASE("days are those of the learner's calendar") {
    auto events = dated({quizzed("tables", true)});  // at midnight in UTC
    const auto all = skills(small_index(), replay(events), {});
    CHECK(report::skills_markdown(all, SetClock(minute(0), std::chrono::hours(-5))) ==
          "## Skills\n\n- **SQL**: Topic tables (quiz passed, 19 Nov 2026)\n");
    CHECK(report::skills_markdown(all, SetClock(minute(0), std::chrono::hours(14))) ==
          "## Skills\n\n- **SQL**: Topic tables (quiz passed, 20 Nov 2026)\n");
}

TEST_CASE("what was proved on synthetic data says so, until it is proved on the real ones") {
    const auto words = [](const std::vector<Event>& events) {
        const auto all = skills(small_index(), replay(dated(events)), {{"words", Author::own}});
        const auto markdown = report::skills_markdown(all, SetClock(minute(0), std::chrono::hours(0)));
        CHECK((all[1].evidence.at(0).data == library::DataKind::synthetic) ==
              (markdown.find("(2 milestones verified on synthetic data, ") != std::string::npos));
        return all[1].evidence.at(0).data;
    };
    auto made = counted;
    made.data = library::DataKind::synthetic;
    CHECK(words({counted, ranked}) == library::DataKind::real);
    CHECK(words({made, ranked}) == library::DataKind::synthetic);
    CHECK(words({made, ranked, counted}) == library::DataKind::real);
}

TEST_CASE("in Markdown stands what is proved, and nothing else") {
    const auto markdown = [](const std::vector<Event>& events, Author author = Author::own) {
        return report::skills_markdown(skills(small_index(), replay(dated(events)), {{"words", author}}),
                                       SetClock(minute(0)));
    };
    CHECK(markdown({}) == "No skill is proved yet.\n");
    const auto unproved = std::vector{said("numpy"), said("tables"), counted};
    CHECK(markdown(unproved) == "No skill is proved yet.\n");
    CHECK(markdown({counted, solution(EventType::solution_applied), ranked}) == "No skill is proved yet.\n");
    CHECK(markdown({counted, ranked}, Author::published) == "No skill is proved yet.\n");
    CHECK(markdown({counted, ranked}, Author::unknown) == "No skill is proved yet.\n");
    CHECK(finished_projects(small_index(), replay(dated(unproved))).empty());
    CHECK(finished_projects(small_index(), replay(dated({counted, ranked}))) == std::vector<std::string>{"words"});
    CHECK(markdown({said("numpy"), said("tables"), quizzed("tables", true), counted, ranked}) ==
          "## Skills\n\n"
          "- **SQL**: Topic tables (quiz passed, 20 Nov 2026)\n"
          "- **Python**: The words (2 milestones verified, 20 Nov 2026)\n"
          "- **text**: The words (2 milestones verified, 20 Nov 2026)\n"
          "\nEach project is own work that passed all of its checks by mlpath; `mlpath verify .` proves it again from "
          "the "
          "sources.\n");
    CHECK(markdown({quizzed("tables", true)}) == "## Skills\n\n- **SQL**: Topic tables (quiz passed, 20 Nov 2026)\n");
    // Titles are text from outside.
    std::vector<SkillProgress> hostile{{.id = "x",
                                        .title = "<b>*x*",
                                        .standing = SkillStanding::proved,
                                        .evidence = {{.kind = EvidenceKind::quiz, .id = "y", .title = "[a](b)\n# c"}}}};
    CHECK(report::skills_markdown(hostile, SetClock(minute(0)))
              .find("- **&lt;b\\>\\*x\\***: \\[a\\]\\(b\\)\\\\n\\# c (") != std::string::npos);
}
