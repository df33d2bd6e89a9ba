#include "app/learn/goal.hpp"

#include "app/learn/done.hpp"
#include "unit/app_world.hpp"
#include "workspace/init.hpp"

using namespace mlpath;
using namespace mlpath::test;

namespace {

constexpr auto road = R"({ "format": 2, "id": "road", "title": "Road", "summary": "S.", "stages": [
  { "id": "one", "kind": "stage", "title": "One", "goals": [
    { "id": "told", "text": "Tell of it.", "checks": [
      { "id": "words", "kind": "document", "says": "it is told", "path": "told/it.md", "min_words": 3, "links": {} } ] },
    { "id": "history", "text": "Have a history.", "checks": [
      { "id": "commits", "kind": "command", "says": "there are two commits",
        "run": ["sh", "-c", "git log --format=%s | cat; ls"], "stdout": [
          { "matches": "second\nfirst\n$", "because": "nothing was committed" } ] } ] },
    { "id": "spoken", "text": "Speak of it." } ] } ] })";

struct GoalWorld : AppWorld {
    GoalWorld() {
        content.files["curricula/road.json"] = road;
        content.files["curricula/topics.json"] = R"({ "format": 1, "topics": [] })";
        content.files["curricula/datasets.json"] = R"({ "format": 1, "datasets": [] })";
        const auto loaded = library::load_curriculum(content, "road");
        REQUIRE_MESSAGE(loaded.has_value(), loaded.error().message);
        library::Library whole;
        whole.curricula.add(*loaded);
        index = library::make_index(whole);
        file(".mlpath/workspace.json", R"({ "format": 1, "curricula": ["road"] })");
    }
    Result<app::GoalReport> judge(std::string_view id) {
        checks::Observer quiet;
        return app::check_goal(context(), tools(), id, quiet);
    }
    checks::Finding finding(const Result<app::GoalReport>& report) {
        REQUIRE_MESSAGE(report.has_value(), report.error().message);
        return report->judged.milestones.at(0).checks.at(0).finding;
    }
    std::size_t events() { return progress::Journal(folder.path()).load({})->events; }
};

}  // namespace

TEST_CASE_FIXTURE(GoalWorld, "a goal is judged in the workspace, and what is news is recorded") {
    const auto absent = judge("told");
    CHECK(finding(absent).message == "there is no file `told/it.md` in the workspace");
    CHECK(absent->judged.verdict == checks::Verdict::fail);
    CHECK(events() == 0);
    file("told/it.md", "three whole [words](other.md)\n");
    CHECK(finding(judge("told")).message == "`told/it.md` links to `other.md` (line 1), which is not in the workspace");
    file("told/other.md", "");
    const auto reached = judge("told");
    CHECK(finding(reached).verdict == checks::Verdict::pass);
    CHECK(reached->before == app::GoalStanding::open);
    CHECK(reached->now == app::GoalStanding::proved);
    CHECK(events() == 1);
    CHECK(judge("told")->before == app::GoalStanding::proved);
    CHECK(events() == 1);
    file("told/it.md", "two words\n");
    const auto open = judge("told");
    CHECK(open->before == app::GoalStanding::proved);
    CHECK(open->now == app::GoalStanding::open);
    CHECK(events() == 2);
    CHECK_FALSE(app::state_here(context()).value().has_reached("told"));
}

TEST_CASE_FIXTURE(GoalWorld, "a command sees the repository, and of the workspace what checks name alone") {
    const auto none = finding(judge("history"));
    CHECK(none.verdict == checks::Verdict::fail);
    CHECK(none.because == "nothing was committed");
    git("", {"init", "-q"});
    git("", {"commit", "-q", "--allow-empty", "-m", "first"});
    CHECK(finding(judge("history")).output.find("first") == 0);
    git("", {"commit", "-q", "--allow-empty", "-m", "second"});
    file("secret.txt", "not to be seen\n");
    CHECK(finding(judge("history")).verdict == checks::Verdict::pass);
}

TEST_CASE_FIXTURE(GoalWorld, "what has no checks is said, and what has them is not") {
    CHECK(judge("spoken").error().kind == ErrorKind::usage);
    CHECK(judge("spoken").error().hint.find("mlpath done spoken") != std::string::npos);
    CHECK(judge("spokn").error().kind == ErrorKind::not_found);
    CHECK(judge("spokn").error().hint.find("spoken") != std::string::npos);
    CHECK(app::has_checks(index, "told"));
    CHECK_FALSE(app::has_checks(index, "spoken"));
    REQUIRE(app::done(context(), {.id = "spoken"}).has_value());
    CHECK(app::done(context(), {.id = "told"}).error().hint.find("mlpath check told") != std::string::npos);
    CHECK(app::standing_of(app::state_here(context()).value(), "spoken") == app::GoalStanding::said);
    file("told/it.md", "three whole words\n");
    REQUIRE(judge("told").has_value());
    CHECK(app::standing_of(app::state_here(context()).value(), "told") == app::GoalStanding::proved);
    CHECK_FALSE(app::done(context(), {.id = "told", .say = app::Say::not_done})->already);
    CHECK(app::standing_of(app::state_here(context()).value(), "told") == app::GoalStanding::open);
    CHECK(app::done(context(), {.id = "told", .say = app::Say::not_done})->already);
}

TEST_CASE_FIXTURE(GoalWorld, "a word of an older journal for a goal with checks stays said until they pass") {
    progress::Event said;
    said.type = progress::EventType::said;
    said.goal = "told";
    REQUIRE(app::record(context(), folder.path(), {said}).ok);
    CHECK(judge("told")->now == app::GoalStanding::said);
    file("told/it.md", "three whole words\n");
    CHECK(judge("told")->before == app::GoalStanding::said);
    CHECK(app::standing_of(app::state_here(context()).value(), "told") == app::GoalStanding::proved);
}
