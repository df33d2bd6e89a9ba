#include "app/requirement.hpp"
#include "app_world.hpp"

using namespace mlpath;
using namespace mlpath::app;
using checks::Verdict;
using test::AppWorld;

namespace {

std::string outcome(const Result<report::Report>& report) {
    if (!report) {
        return "error: " + report.error().message;
    }
    std::string text = std::string(to_string(report->verdict)) + ":";
    for (const auto& portfolio : report->portfolios) {
        for (const auto& project : portfolio.projects) {
            text += " " + project.folder + "=" + std::string(to_string(project.verdict));
        }
    }
    return text;
}

}  // namespace

TEST_CASE("verify judges what is there, each project by itself") {
    AppWorld world;
    world.project("good", test::own_hello);
    world.project("bad", "print('bye')\n");
    world.project("later", "", "beta");
    world.project("odd", "", "gamma");
    world.project("up", "", "alpha");
    world.file("up/.mlpath-project.json", R"({"format":1,"project":"../../alpha","version":1,"skeleton":{}})");
    world.file("broken/.mlpath-project.json", "{\"format\":1,");
    CHECK(outcome(world.verify({"good"})) == "pass: =pass");
    CHECK(outcome(world.verify({"bad"})) == "fail: =fail");
    const auto all = world.verify({"."});
    CHECK(outcome(all) == "fail: bad=fail broken=error good=pass later=error odd=error up=error");
    REQUIRE(all->portfolios[0].projects.size() == 6);
    const auto message = [&](std::size_t i) { return all->portfolios[0].projects[i].message; };
    CHECK(message(1).find("no project") == std::string::npos);  // what is wrong with the marker, not with its id
    CHECK(message(3).find("planned") != std::string::npos);
    CHECK(message(4).find("gamma") != std::string::npos);
    CHECK_FALSE(message(5).empty());
    CHECK(world.verify({}).error().kind == ErrorKind::usage);
    world.file("empty/x", "");
    CHECK(world.verify({"empty"}).error().kind == ErrorKind::usage);
    CHECK(world.verify({"none"}).error().kind == ErrorKind::usage);
    std::stop_source stopped;
    stopped.request_stop();
    const auto interrupted = world.verify({"good"}, {}, stopped.get_token());
    REQUIRE_FALSE(interrupted.has_value());
    CHECK(interrupted.error().kind == ErrorKind::interrupted);
}

TEST_CASE("what one portfolio's code does changes nothing for the others") {
    AppWorld world;
    const auto other = (world.folder.path() / "b/hello.py").string();
    world.project(
        "a", "import os\nprint('hello')\nopen('" + other + "', 'w').write('print(1)')\nos.kill(os.getppid(), 0)\n");
    world.project("b", test::own_hello);
    CHECK(outcome(world.verify({"a", "b"})) == "pass: =pass =pass");
    CHECK(*read_file(other) == "print(1)");  // it did try
}

TEST_CASE("seeds: an unchanged commit keeps its own; then the content; fresh; given") {
    AppWorld world;
    world.project("w/p", test::own_hello);
    const auto seed_of = [&](VerifyRequest request = {}) {
        const auto report = world.verify({"w"}, std::move(request));
        REQUIRE(report.has_value());
        const auto& portfolio = report->portfolios.front();
        return std::pair(portfolio.seed_from, portfolio.seed);
    };
    const auto content = seed_of();
    CHECK(content.first == "the content");
    CHECK(content == seed_of());
    world.git("w", {"init", "-q"});
    CHECK(content == seed_of());
    world.git("w", {"add", "."});
    world.git("w", {"commit", "-qm", "x"});
    const auto committed = seed_of();
    CHECK(committed.first == "the commit");
    CHECK(committed == seed_of());
    world.git("w", {"commit", "-qm", "y", "--allow-empty"});
    CHECK(seed_of().second != committed.second);
    world.file("w/p/README.md", "not committed");
    CHECK(seed_of().first == "the content");
    CHECK(seed_of().second != content.second);
    CHECK(seed_of({.seed_from = SeedFrom::given, .seed = 77}) == std::pair(std::string("--seed"), std::uint64_t{77}));
    const auto fresh = seed_of({.seed_from = SeedFrom::fresh});
    CHECK(fresh.first == "--seed fresh");
    CHECK(fresh.second != seed_of({.seed_from = SeedFrom::fresh}).second);
    const auto report = world.verify({"w"}, {.seed_from = SeedFrom::given, .seed = 77});
    CHECK(join(report->command, " ") == "mlpath verify w --library memory --seed 77");
    CHECK(report->portfolios[0].projects[0].seeds.contains("people"));
    CHECK(report->portfolios[0].projects[0].data_hashes.at("people").size() == 64);
}

TEST_CASE("whose work it is") {
    AppWorld world;
    const std::string published = test::published_hello;
    auto renamed = replace_all(replace_all(published, "greeting", "say"), "parts", "pieces");
    renamed = "# all my own\n" + replace_all(renamed, "names", "people");
    const auto authorship = [&](std::string_view hello) {
        world.project("p", hello);
        const auto report = world.verify({"p"});
        REQUIRE(report.has_value());
        return report->portfolios[0].projects[0].authorship;
    };
    CHECK(authorship(published) == report::Authorship::published);
    CHECK(authorship(renamed) == report::Authorship::published);
    CHECK(authorship(test::own_hello) == report::Authorship::own);
    // Moved to another file.
    world.file("p/tools.py", renamed);
    CHECK(authorship("import tools\n") == report::Authorship::published);
}

TEST_CASE("requirements: own, all, a project, a stage with choices") {
    AppWorld world;
    for (const auto* id : {"one", "two", "three", "bonus"}) {
        world.index.projects.add({.id = id, .title = id});
    }
    world.index.projects.add({.id = "capstone", .title = "x", .satisfies = {"one"}});
    library::Stage inner{.id = "inner", .optional = true, .projects = {{.project = "bonus"}}};
    library::Stage stage{.id = "s",
                         .projects = {{.project = "one"},
                                      {.project = "beta"},
                                      {.project = "bonus", .optional = true},
                                      {.choose = 1, .from = {{.project = "two"}, {.project = "three"}}}},
                         .stages = {inner}};
    library::Stage nothing{.id = "later", .projects = {{.project = "beta"}}};
    world.index.curricula.add({.id = "c", .stages = {stage, nothing}});
    world.index.curricula.add({.id = "d", .stages = {nothing}});

    const auto judged = [&](const std::string& text, const std::vector<std::pair<std::string, Verdict>>& projects,
                            report::Authorship authorship = report::Authorship::own) {
        const auto requirement = parse_requirement(world.index, text);
        REQUIRE_MESSAGE(requirement.has_value(), requirement.error().message);
        report::PortfolioReport portfolio;
        for (const auto& [id, verdict] : projects) {
            portfolio.projects.push_back({.id = id, .authorship = authorship, .verdict = verdict});
        }
        return judge_requirement(world.index, *requirement, {portfolio});
    };
    constexpr auto pass = Verdict::pass;
    constexpr auto wrong = Verdict::fail;
    constexpr auto open = Verdict::error;
    CHECK(judged("project:one", {{"one", pass}}).verdict == pass);
    CHECK(judged("project:one", {{"capstone", pass}}).verdict == pass);
    CHECK(judged("project:one", {{"one", wrong}, {"one", pass}}).verdict == pass);  // the better of two tries
    CHECK(judged("project:one", {{"two", pass}}).verdict == wrong);
    CHECK(judged("project:one", {{"two", pass}}).message == "0 of 1 hold: `one` is not there");
    CHECK(judged("project:one", {{"one", open}}).verdict == open);
    CHECK(judged("stage:s", {{"one", pass}, {"three", pass}, {"two", wrong}}).verdict == pass);
    CHECK(judged("stage:s", {{"one", pass}, {"two", wrong}}).verdict == wrong);
    CHECK(judged("stage:s", {{"one", pass}, {"two", wrong}}).message ==
          "1 of 2 hold: 0 of the 1 that are to be chosen (`two` fails, `three` is not there)");
    CHECK(judged("stage:s", {{"one", pass}, {"two", open}}).verdict == open);
    CHECK(judged("stage:s", {{"one", wrong}, {"two", open}}).verdict == wrong);
    CHECK(judged("stage:c/s", {{"one", pass}, {"two", pass}}).verdict == pass);
    CHECK(judged("all", {{"one", pass}}).verdict == wrong);
    CHECK(judged("own", {{"one", wrong}}).verdict == pass);
    CHECK(judged("own", {{"one", pass}}, report::Authorship::published).verdict == wrong);
    CHECK(judged("own", {{"one", pass}}, report::Authorship::unknown).verdict == open);
    for (const auto* text : {"", "everything", "stage:", "project:", "stage:none", "project:none", "project:beta",
                             "stage:c/later", "stage:later", "stage:x/s"}) {
        CAPTURE(text);
        const auto refused = parse_requirement(world.index, text);
        REQUIRE_FALSE(refused.has_value());
        const bool usage = refused.error().kind == ErrorKind::usage || refused.error().kind == ErrorKind::not_found;
        CHECK(usage);
    }
    CHECK(parse_requirement(world.index, "stage:later").error().hint == "say which: stage:c/later or stage:d/later");
}

TEST_CASE("a requirement that is met lets other projects fail; own does not") {
    AppWorld world;
    world.project("w/good", test::own_hello);
    world.project("w/later", "", "beta");
    CHECK(outcome(world.verify({"w"})) == "error: good=pass later=error");
    CHECK(outcome(world.verify({"w"}, {.require = {"project:alpha"}})) == "pass: good=pass later=error");
    CHECK(outcome(world.verify({"w"}, {.require = {"own"}})) == "error: good=pass later=error");
    CHECK(world.verify({"w"}, {.require = {"project:alhpa"}}).error().hint.find("alpha") != std::string::npos);
}
