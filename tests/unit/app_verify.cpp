#include <atomic>

#include "app/verify/requirement.hpp"
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

// Counts how often each file is read.
struct Counting final : library::Content {
    explicit Counting(const library::Content& real) : of(real) {}
    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        ++reads[std::string(path)];
        return of.read(path);
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view prefix) const override {
        return of.list(prefix);
    }
    [[nodiscard]] std::string origin() const override { return of.origin(); }
    const library::Content& of;
    mutable std::map<std::string, int> reads{};
};

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
        report::PortfolioReport portfolio{.path = "somewhere"};
        for (const auto& [id, verdict] : projects) {
            portfolio.projects.push_back({.id = id, .authorship = authorship, .verdict = verdict});
        }
        return judge_requirement(world.index, *requirement, portfolio);
    };
    constexpr auto pass = Verdict::pass;
    constexpr auto wrong = Verdict::fail;
    constexpr auto open = Verdict::error;
    CHECK(judged("project:one", {{"one", pass}}).verdict == pass);
    CHECK(judged("project:one", {{"capstone", pass}}).verdict == pass);
    CHECK(judged("project:one", {{"one", wrong}, {"one", pass}}).verdict == pass);  // the better of two tries
    CHECK(judged("project:one", {{"two", pass}}).verdict == wrong);
    CHECK(judged("project:one", {{"two", pass}}).message == "`one` is not there");
    CHECK(judged("project:one", {{"one", pass}}).message == "it holds");
    CHECK(judged("stage:s", {{"one", pass}, {"three", pass}}).message == "2 of 2 hold");
    CHECK(judged("project:one", {{"one", open}}).verdict == open);
    CHECK(judged("stage:s", {{"one", pass}, {"three", pass}, {"two", wrong}}).verdict == pass);
    CHECK(judged("stage:s", {{"one", pass}, {"two", wrong}}).verdict == wrong);
    CHECK(judged("stage:s", {{"one", pass}, {"two", wrong}}).message ==
          "1 of 2 hold: 0 of the 1 that are to be chosen (`two` fails, `three` is not there)");
    CHECK(judged("stage:s", {{"one", pass}, {"two", open}}).verdict == open);
    CHECK(judged("stage:s", {{"one", wrong}, {"two", open}}).verdict == wrong);
    CHECK(judged("stage:c/s", {{"one", pass}, {"two", pass}}).verdict == pass);
    // A folder that does not say which project it is may be one that is missing, but not two of them.
    CHECK(judged("project:one", {{"", open}}).verdict == open);
    CHECK(judged("project:one", {{"", open}}).message ==
          "`one` is not there, unless the folder with a broken marker is it: `somewhere`");
    CHECK(judged("project:one", {{"one", wrong}, {"", open}}).verdict == wrong);
    CHECK(judged("stage:s", {{"one", pass}, {"", open}}).verdict == open);
    CHECK(judged("stage:s", {{"", open}}).verdict == wrong);
    CHECK(judged("all", {{"one", pass}}).verdict == wrong);
    CHECK(judged("own", {{"one", wrong}}).verdict == pass);
    CHECK(judged("own", {}).verdict == Verdict::skipped);  // of nothing nobody can say whose it is
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
    CHECK(outcome(world.verify({"w"}, {.require = {"project:alpha"}})) == "pass: good=pass later=skipped");
    CHECK(outcome(world.verify({"w"}, {.require = {"own"}})) == "error: good=pass later=error");
    CHECK(world.verify({"w"}, {.require = {"project:alhpa"}}).error().hint.find("alpha") != std::string::npos);
}

TEST_CASE("only what is demanded is judged, and the rest is named") {
    AppWorld world;
    world.project("w/a", test::own_hello);
    world.project("w/b", "import pathlib\npathlib.Path('" + (world.folder.path() / "ran").string() + "').touch()\n",
                  "other");
    auto manifest = replace_all(test::alpha_manifest, "\"alpha\"", "\"other\"");
    world.content.files["templates/other/project.json"] = manifest;
    world.content.files["templates/other/data/people.csv"] = world.content.files["templates/alpha/data/people.csv"];
    world.index.projects.add({.id = "other", .title = "Other", .milestones = {{"greet", "Greet", "", 1}}});
    world.file("w/c/.mlpath-project.json", "{\"format\":1,");
    const auto narrow = world.verify({"w"}, {.require = {"project:alpha"}});
    CHECK(outcome(narrow) == "pass: a=pass b=skipped c=skipped");
    CHECK_FALSE(fs::exists(world.folder.path() / "ran"));
    REQUIRE(narrow.has_value());
    const auto& portfolio = narrow->portfolios[0];
    CHECK(portfolio.verdict == Verdict::pass);
    CHECK(portfolio.left_out.empty());  // whether they are sources was not asked
    CHECK(portfolio.projects[0].standing == report::Standing::demanded);
    CHECK(portfolio.projects[1].standing == report::Standing::not_demanded);
    CHECK(portfolio.projects[1].message.empty());
    CHECK(portfolio.projects[2].message.find("never closed") != std::string::npos);
    // Two tries at it: the worse one was judged, and counts for nothing.
    world.project("w/again", "print('bye')\n");
    const auto twice = world.verify({"w"}, {.require = {"project:alpha", "own"}});
    CHECK(outcome(twice) == "pass: a=pass again=fail b=skipped c=skipped");
    REQUIRE(twice.has_value());
    CHECK(twice->portfolios[0].projects[1].standing == report::Standing::not_needed);
    CHECK(twice->portfolios[0].verdict == Verdict::pass);
    // Nothing of what is demanded is here.
    fs::remove_all(world.folder.path() / "w/a");
    fs::remove_all(world.folder.path() / "w/again");
    fs::remove_all(world.folder.path() / "w/c");
    const auto none = world.verify({"w"}, {.require = {"project:alpha"}});
    CHECK(outcome(none) == "fail: b=skipped");
    CHECK(none->portfolios[0].verdict == Verdict::fail);
    CHECK(outcome(world.verify({"w"})) == "fail: b=fail");  // it does run where all is demanded
    CHECK(fs::exists(world.folder.path() / "ran"));
}

TEST_CASE("a portfolio that brings nothing has proved nothing, and costs the others nothing") {
    AppWorld world;
    world.project("full", test::own_hello);
    world.file("empty/x", "");
    const auto both = world.verify({"full", "empty"});
    CHECK(outcome(both) == "error: =pass");
    REQUIRE(both.has_value());
    CHECK(both->portfolios[0].verdict == Verdict::pass);
    CHECK(both->portfolios[1].verdict == Verdict::error);
    CHECK(both->portfolios[1].message.find("no project folder") != std::string::npos);
    const auto required = world.verify({"full", "empty"}, {.require = {"project:alpha"}});
    CHECK(outcome(required) == "fail: =pass");
    REQUIRE(required.has_value());
    CHECK(required->portfolios[0].verdict == Verdict::pass);
    CHECK(required->portfolios[1].verdict == Verdict::fail);
}

TEST_CASE("what is required is required of each portfolio by itself") {
    AppWorld world;
    auto manifest = replace_all(test::alpha_manifest, "\"alpha\"", "\"other\"");
    world.content.files["templates/other/project.json"] = manifest;
    world.content.files["templates/other/data/people.csv"] = world.content.files["templates/alpha/data/people.csv"];
    world.index.projects.add({.id = "other", .title = "Other", .milestones = {{"greet", "Greet", "", 1}}});
    world.index.curricula.add(
        {.id = "c",
         .stages = {{.id = "s", .projects = {{.choose = 1, .from = {{.project = "alpha"}, {.project = "other"}}}}},
                    {.id = "both", .projects = {{.project = "alpha"}, {.project = "other"}}}}});
    world.project("full/a", test::own_hello);
    world.project("full/b", test::own_hello, "other");
    world.project("alpha-only/a", test::own_hello);
    world.project("other-only/b", test::own_hello, "other");
    world.project("wrong/a", "print('bye')\n");
    world.project("copied/a", test::published_hello);
    world.project("twice/good", test::own_hello);
    world.project("twice/bad", "print('bye')\n");
    world.file("empty/x", "");
    world.file("torn/a/.mlpath-project.json", "{");

    const auto verdicts = [&](const std::vector<fs::path>& paths, std::vector<std::string> require) {
        const auto report = world.verify(paths, {.require = std::move(require)});
        REQUIRE_MESSAGE(report.has_value(), report.error().message);
        std::string text = std::string(to_string(report->verdict)) + ":";
        for (const auto& portfolio : report->portfolios) {
            text += " " + portfolio.path + "=" + std::string(to_string(portfolio.verdict));
            checks::Verdict of_requirements = Verdict::pass;
            for (const auto& requirement : portfolio.requirements) {
                of_requirements = checks::worst(of_requirements, requirement.verdict);
            }
            // Nothing passes above a requirement that does not hold.
            CHECK(checks::worst(portfolio.verdict, of_requirements) == portfolio.verdict);
        }
        return text;
    };
    CHECK(verdicts({"full", "other-only"}, {"project:alpha"}) == "fail: full=pass other-only=fail");
    CHECK(verdicts({"other-only", "full"}, {"project:alpha"}) == "fail: other-only=fail full=pass");
    CHECK(verdicts({"alpha-only", "other-only"}, {"stage:s"}) == "pass: alpha-only=pass other-only=pass");
    CHECK(verdicts({"alpha-only", "other-only"}, {"stage:both"}) == "fail: alpha-only=fail other-only=fail");
    CHECK(verdicts({"full", "alpha-only"}, {"all"}) == "fail: full=pass alpha-only=fail");
    CHECK(verdicts({"alpha-only", "copied"}, {"own"}) == "fail: alpha-only=pass copied=fail");
    CHECK(verdicts({"alpha-only", "empty"}, {"own"}) == "error: alpha-only=pass empty=error");
    CHECK(verdicts({"full", "torn"}, {"project:alpha"}) == "error: full=pass torn=error");
    // What another one passes does not excuse: his own try at it decides.
    CHECK(verdicts({"full", "wrong"}, {"project:alpha"}) == "fail: full=pass wrong=fail");
    CHECK(verdicts({"wrong", "twice"}, {"project:alpha"}) == "fail: wrong=fail twice=pass");
    CHECK(verdicts({"full", "copied"}, {"project:alpha", "own"}) == "fail: full=pass copied=fail");

    // One folder under several names is one portfolio.
    fs::create_directory_symlink(world.folder.path() / "full", world.folder.path() / "link");
    CHECK(verdicts({"full", "./full/", "link", "full"}, {"all"}) == "pass: full=pass");
    const auto twice = world.verify({"full", "full", "link"}, {});
    REQUIRE(twice.has_value());
    CHECK(twice->remarks ==
          std::vector<std::string>{"`full` was given more than once, and is judged once",
                                   "`link` is the folder `full` under another name, and is judged once"});
    CHECK(twice->command == std::vector<std::string>{"mlpath", "verify", "full", "--library", "memory"});

    // Two projects of one workspace, given one by one, are two portfolios: who meant one is told.
    const auto apart = world.verify({"full/a", "full/b"}, {.require = {"project:alpha"}});
    REQUIRE(apart.has_value());
    CHECK(apart->verdict == Verdict::fail);
    REQUIRE(apart->remarks.size() == 1);
    CHECK(apart->remarks[0].find("give that folder instead") != std::string::npos);
    CHECK(verdicts({"full"}, {"project:alpha"}) == "pass: full=pass");
}

TEST_CASE("a broken marker: nothing is said of the files around it, and the tree is dirty") {
    AppWorld world;
    world.project("w", test::own_hello);
    world.git("w", {"init", "-q"});
    world.git("w", {"add", "."});
    world.git("w", {"commit", "-qm", "x"});
    const auto broken_by = [&](std::string_view marker) {
        world.file("w/.mlpath-project.json", marker);
        const auto report = world.verify({"w"});
        REQUIRE(report.has_value());
        return report->portfolios[0];
    };
    for (const auto* marker : {"", "{\"format\":1,", "hello", "\xff\xfe", "[]", "{\"format\":1,\"project\":7}"}) {
        CAPTURE(marker);
        const auto portfolio = broken_by(marker);
        CHECK(portfolio.verdict == Verdict::error);
        CHECK(portfolio.dirty == true);
        CHECK(portfolio.left_out.empty());
        const auto& message = portfolio.projects[0].message;
        CHECK(message.starts_with("its `.mlpath-project.json` does not say which project it is: "));
        CHECK(message.find(world.folder.path().string()) == std::string::npos);
    }
}

TEST_CASE("a marker that is a link is not followed") {
    AppWorld world;
    world.project("w/a", test::own_hello);
    world.project("w/b", test::own_hello);
    world.file("outside", "secret");
    const auto marker = world.folder.path() / "w/a/.mlpath-project.json";
    for (const auto* target : {"outside", "w/b/.mlpath-project.json"}) {
        CAPTURE(target);
        fs::remove(marker);
        fs::create_symlink(world.folder.path() / target, marker);
        const auto report = world.verify({"w"});
        CHECK(outcome(report) == "error: a=error b=pass");
        CHECK(report->portfolios[0].projects[0].message.find("it is a link") != std::string::npos);
        CHECK(outcome(world.verify({"w/a", "w/b"})) == "error: =error =pass");
    }
}

TEST_CASE("what is the same for a whole run or project is made once") {
    AppWorld world;
    world.content.files["curricula/datasets.json"] = R"({"format":1,"datasets":[]})";
    world.project("w/a", test::own_hello);
    const Counting counting(world.content);
    const app::Context context{world.environment, world.clock, world.random,
                               counting,          world.index, world.folder.path()};
    app::VerifyObserver quiet;
    const auto report = app::verify(context, world.tools(), {.paths = {"w"}}, quiet);
    CHECK(outcome(report) == "pass: a=pass");
    // For the hash of the library; the harness was made of the world's own content.
    CHECK(counting.reads["harness/caller.py"] == 1);

    const auto for_the_hash = counting.reads["curricula/datasets.json"];
    // The catalog of the datasets, however many entries name one.
    const auto project = library::load_project(counting, "alpha");
    ProjectData data(context, *project, data::Network::offline, nullptr, {});
    for (const auto* id : {"one", "two"}) {
        CHECK(data.table({.id = id, .dataset = "no-such", .file = "x.csv"}).error().kind == ErrorKind::not_found);
    }
    CHECK(counting.reads["curricula/datasets.json"] == for_the_hash + 1);
}

namespace {

// What verify tells, and whether it ever told two things at a time.
class Told final : public app::VerifyObserver {
public:
    void project_begins(const Place& project) override {
        const Alone alone(*this);
        lines.push_back("begins " + project.name + " " + std::to_string(project.number) + "/" +
                        std::to_string(project.of));
    }
    void milestone_begins(const Place& project, const library::Milestone& milestone) override {
        const Alone alone(*this);
        milestones.insert(project.name + ": " + milestone.title);
    }
    void project_ended(const Place& project, const report::ProjectReport& result) override {
        const Alone alone(*this);
        CHECK(project.name == "w/" + result.folder);
        ended.insert(result.folder);
    }
    std::vector<std::string> lines{};
    std::set<std::string> milestones{};
    std::set<std::string> ended{};
    bool one_at_a_time = true;

private:
    struct Alone {
        explicit Alone(Told& told) : busy(told.m_busy) {
            told.one_at_a_time = !busy.exchange(true) && told.one_at_a_time;
        }
        ~Alone() { busy = false; }
        std::atomic<bool>& busy;
    };
    std::atomic<bool> m_busy{false};
};

// Says hello when the other one is there as well, which it tells by a file.
std::string meets(const fs::path& place, const std::string& self, const std::string& other, double seconds) {
    return "import pathlib, time\nplace = pathlib.Path('" + place.string() + "')\n(place / '" + self +
           "').touch()\nend = time.monotonic() + " + std::to_string(seconds) + "\nwhile not (place / '" + other +
           "').exists() and time.monotonic() < end:\n    time.sleep(0.01)\nprint('hello' if (place / '" + other +
           "').exists() else 'alone')\n";
}

}  // namespace

TEST_CASE("projects are judged side by side, as many as there are slots, and each is told of by its name") {
    for (const unsigned jobs : {1U, 3U}) {
        CAPTURE(jobs);
        AppWorld world;
        const auto place = *TemporaryFolder::make("mlpath-meeting-");
        const double patience = jobs == 1 ? 0.2 : 60;
        world.project("w/a", meets(place.path(), "a", "b", patience));
        world.project("w/b", meets(place.path(), "b", "c", patience));
        world.project("w/c", meets(place.path(), "c", "b", patience));
        world.project("w/d", test::own_hello);
        Told told;
        run::Schedule schedule({.jobs = jobs});
        const auto report = app::verify(world.context(), world.tools(schedule), {.paths = {"w"}}, told);
        REQUIRE(report);
        CHECK(told.one_at_a_time);
        CHECK(told.ended == std::set<std::string>{"a", "b", "c", "d"});
        CHECK(told.milestones == std::set<std::string>{"w/a: Greet", "w/b: Greet", "w/c: Greet", "w/d: Greet"});
        CHECK(told.lines.size() == 4);
        // Side by side, it is for the machine to say which thread comes first.
        CHECK(std::ranges::count(told.lines, "begins w/a 1/4") == 1);
        CHECK((jobs > 1 || told.lines.front() == "begins w/a 1/4"));
        std::vector<checks::Verdict> verdicts;
        for (const auto& project : report->portfolios.front().projects) {
            verdicts.push_back(project.verdict);
        }
        const auto met = jobs == 1 ? checks::Verdict::fail : checks::Verdict::pass;
        CHECK(verdicts == std::vector{met, met, checks::Verdict::pass, checks::Verdict::pass});
    }
}
