#include <doctest/doctest.h>

#include <map>

#include "app/learn/done.hpp"
#include "app/learn/next.hpp"
#include "app/learn/status.hpp"
#include "app/project/diff.hpp"
#include "app/project/hint.hpp"
#include "app/project/new_project.hpp"
#include "app/project/reset.hpp"
#include "app/project/solution.hpp"
#include "app/setup/init.hpp"
#include "unit/progress_support.hpp"
#include "workspace/marker.hpp"

using namespace mlpath;
using namespace mlpath::app;
using namespace mlpath::test;

namespace {

const char* const manifest = R"({
  "$schema": "../../curricula/schemas/project.schema.json",
  "format": 2, "id": "text", "version": 2, "status": "ready", "title": "Text", "summary": "Count words.",
  "hours": { "min": 1, "max": 2 }, "skills": ["python"], "sources": ["*.py"],
  "milestones": [
    { "id": "count", "title": "Count", "goal": "Count the words.", "hints": ["one", "two", "three"],
      "checks": [ { "id": "file", "kind": "file", "says": "There is a file.", "path": "text.py" } ] },
    { "id": "rank", "title": "Rank", "goal": "Rank them.", "hints": ["uno", "due", "tre"],
      "checks": [ { "id": "file-2", "kind": "file", "says": "There is a file.", "path": "text.py" } ] } ] })";

class MapContent final : public library::Content {
public:
    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        if (path.starts_with("curricula/schemas/")) {
            return read_file(fs::path(MLPATH_SOURCE_DIR) / path);
        }
        const auto found = files.find(path);
        return found == files.end() ? Result<std::string>(fail(ErrorKind::not_found, "no " + std::string(path)))
                                    : Result<std::string>(found->second);
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view prefix) const override {
        std::vector<std::string> paths;
        for (const auto& [path, bytes] : files) {
            if (path.starts_with(prefix)) {
                paths.push_back(path);
            }
        }
        return paths;
    }
    [[nodiscard]] std::string origin() const override { return "built in"; }
    std::map<std::string, std::string, std::less<>> files{
        {"templates/text/project.json", manifest},       {"templates/text/brief.md", "# Text\n\n{{checked}}\n"},
        {"templates/text/skeleton/text.py", "TODO\n"},   {"templates/text/skeleton/words/count.py", "TODO\n"},
        {"templates/text/solution/text.py", "solved\n"}, {"templates/text/solution/extra.py", "extra\n"},
    };
};

struct Fixture {
    TemporaryFolder temporary = std::move(*TemporaryFolder::make("mlpath-app-"));
    fs::path root = temporary.path();
    system::FixedEnvironment environment{{}};
    SetClock clock{minute(0)};
    system::RealRandom random{};
    MapContent content{};
    library::Index index{};

    Fixture() {
        auto text = project("text", {"count", "rank"});
        text.version = 2;
        index.projects.add(text);
        index.projects.add(project("second", {"a"}));
        index.projects.add(planned("later"));
        index.topics.add(topic("numpy"));
        library::Stage stage{.id = "zero",
                             .title = "Zero",
                             .topics = {{.topic = "numpy"}},
                             .projects = {{.project = "later"}, {.project = "text"}, {.project = "second"}}};
        stage.goals = {{.id = "repo", .text = "Have a repository"}};
        index.curricula.add({.id = "levels", .title = "Levels", .stages = {stage}});
        index.curricula.add({.id = "other", .title = "Other"});
    }
    [[nodiscard]] Context at(const fs::path& folder) {
        return {environment, clock, random, content, index, root / folder};
    }
    void make_workspace(const fs::path& folder = "ml") { REQUIRE(init(at(""), {.folder = folder})); }
    void make_text(const fs::path& from = "ml") {
        const auto made = new_project(at(from), {.project = "text"}, {});
        if (!made) {
            MESSAGE(made.error().message);
        }
        REQUIRE(made);
    }
    void pass(const fs::path& home, const std::string& milestone) {
        REQUIRE(record(at(home), root / home, {checked("text", milestone, true, 2)}).ok);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "from nothing to the first project") {
    const auto nowhere = app::next(at(""));
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().kind == ErrorKind::not_found);
    CHECK(nowhere.error().hint.find("mlpath init") != std::string::npos);

    const auto made = init(at(""), {.folder = "ml"});
    REQUIRE(made);
    CHECK(made->next == "cd ml && mlpath next");
    CHECK(made->curriculum_title == "Levels");
    CHECK(init(at("ml"), {})->made.outcome == workspace::InitOutcome::already);
    CHECK(init(at("ml"), {})->next == "mlpath next");
    const auto unknown = init(at(""), {.folder = "x", .curriculum = "levls"});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::not_found);
    CHECK_FALSE(fs::exists(root / "x"));

    auto first = app::next(at("ml"));
    REQUIRE(first);
    CHECK(first->command == "mlpath new text");
    make_text();
    CHECK(app::next(at("ml"))->command == "cd text && mlpath check");
    CHECK(app::next(at("ml/text"))->command == "mlpath check");
    CHECK(app::next(at("ml/text/words"))->command == "mlpath check");
    pass("ml", "count");
    CHECK(app::next(at("ml"))->advice.next.milestone == "rank");
    pass("ml", "rank");
    CHECK(app::next(at("ml/text"))->command == "mlpath new second");
    const auto view = status(at("ml/text"));
    REQUIRE(view);
    CHECK(view->project == "text");
    CHECK(view->overview.curricula.front().projects == progress::Count{1, 2});
    CHECK(view->command == "mlpath new second");
    // The folder is gone, the journal is not.
    REQUIRE(record(at("ml"), root / "ml", {checked("text", "rank", false)}).ok);
    fs::remove_all(root / "ml/text");
    CHECK(app::next(at("ml"))->command == "mlpath new text");
}

TEST_CASE_FIXTURE(Fixture, "new: where, and where not") {
    make_workspace();
    int asked = 0;
    const LayData lay = [&](const library::Project& project,
                            library::DataKind kind) -> Result<std::vector<run::LaidFile>> {
        CHECK(kind == library::DataKind::real);
        ++asked;
        CHECK(project.id == "text");
        return std::vector<run::LaidFile>{{.path = "data/words.txt", .bytes = "words\n"}};
    };
    const auto made = new_project(at("ml"), {.project = "text"}, lay);
    REQUIRE(made);
    CHECK(made->made.folder == root / "ml/text");
    CHECK(made->made.data == std::vector<std::string>{"data/words.txt"});
    CHECK(made->milestone_title == "Count");
    CHECK(made->version == 2);
    CHECK(made->recorded.ok);
    CHECK(made->next == "cd text && mlpath check");

    struct Case {
        const char* from;
        NewRequest request;
        ErrorKind kind;
        const char* hint;
    };
    for (const auto& [from, request, kind, hint] :
         std::vector<Case>{{"ml", {.project = "text"}, ErrorKind::usage, "cd text && mlpath check"},
                           {"ml", {.project = "later"}, ErrorKind::usage, "mlpath next"},
                           {"ml", {.project = "texd"}, ErrorKind::not_found, "text"},
                           {"ml", {.project = "text", .folder = "text/again"}, ErrorKind::usage, "beside"},
                           {"ml/text", {.project = "text", .folder = "again"}, ErrorKind::usage, "beside"}}) {
        CAPTURE(from);
        CAPTURE(request.project);
        const auto refused = new_project(at(from), request, lay);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == kind);
        CHECK(refused.error().hint.find(hint) != std::string::npos);
    }
    CHECK(asked == 1);  // nothing is fetched for what is refused
    // In another project's folder: beside it.
    REQUIRE(write_file(root / "ml/second/.mlpath-project.json", workspace::marker_text({"second", 1, {}})));
    fs::remove_all(root / "ml/text");
    CHECK(new_project(at("ml/second"), {.project = "text"}, lay)->made.folder == root / "ml/text");
    CHECK(new_project(at("ml"), {.project = "text", .folder = "sub dir/t"}, lay)->next ==
          "cd 'sub dir/t' && mlpath check");
    // Outside of any workspace it works as well, and remembers.
    const auto alone = new_project(at(""), {.project = "text"}, lay);
    REQUIRE(alone);
    CHECK(alone->recorded.ok);
    CHECK(hint(at("text"), {})->step == 1);
    CHECK(hint(at("text"), {})->step == 2);
    // A source of data that fails leaves nothing.
    const auto offline =
        new_project(at("ml"), {.project = "text", .folder = "off"}, [](const library::Project&, library::DataKind) {
            return Result<std::vector<run::LaidFile>>(fail(ErrorKind::network, "offline"));
        });
    REQUIRE_FALSE(offline);
    CHECK(offline.error().kind == ErrorKind::network);
    CHECK_FALSE(fs::exists(root / "ml/off"));
}

TEST_CASE_FIXTURE(Fixture, "hints come one step at a time, and open the solution") {
    make_workspace();
    make_text();
    const auto closed = solution(at("ml/text"), {});
    REQUIRE_FALSE(closed);
    CHECK(closed.error().kind == ErrorKind::usage);
    struct Step {
        HintFrom from;
        int step;
        const char* text;
        bool last;
        bool repeated;
    };
    for (const auto& [from, step, text, last, repeated] :
         std::vector<Step>{{HintFrom::where_it_was, 1, "one", false, false},
                           {HintFrom::where_it_was, 2, "two", false, false},
                           {HintFrom::start, 1, "one", false, false},
                           {HintFrom::where_it_was, 2, "two", false, false},
                           {HintFrom::where_it_was, 3, "three", true, false},
                           {HintFrom::where_it_was, 3, "three", true, true},
                           {HintFrom::start, 1, "one", false, false}}) {
        const auto shown = hint(at("ml"), {.project = "text", .from = from});
        REQUIRE(shown);
        CHECK(shown->step == step);
        CHECK(shown->of == 3);
        CHECK(shown->text == text);
        CHECK(shown->last == last);
        CHECK(shown->repeated == repeated);
        CHECK(shown->milestone == "count");
        CHECK(shown->recorded.ok);
    }
    CHECK(hint(at("ml/text"), {})->solution_open);  // the third was taken once
    CHECK(solution(at("ml/text"), {}));
    CHECK(hint(at("ml/text"), {.milestone = "rank"})->text == "uno");
    CHECK_FALSE(hint(at("ml/text"), {.milestone = "rink"}));
    pass("ml", "count");
    CHECK(hint(at("ml/text"), {})->text == "due");
    pass("ml", "rank");
    CHECK(hint(at("ml/text"), {})->finished);
    CHECK_FALSE(hint(at("ml"), {}));
    CHECK(hint(at("ml"), {.project = "second"}).error().hint.find("mlpath new second") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "a solution is read when it may be, and applied over a backup") {
    make_workspace();
    make_text();
    REQUIRE(write_file(root / "ml/text/text.py", "mine\n"));
    SUBCASE("once everything passes") {
        pass("ml", "count");
        CHECK_FALSE(solution(at("ml/text"), {}));
        pass("ml", "rank");
        const auto shown = solution(at("ml/text"), {});
        REQUIRE(shown);
        CHECK(shown->files.size() == 2);
        CHECK(shown->files[1].bytes == "solved\n");
        CHECK_FALSE(shown->applied);
        CHECK(*read_file(root / "ml/text/text.py") == "mine\n");
    }
    SUBCASE("at once when it is applied") {
        const auto applied = solution(at("ml/text"), {.use = SolutionUse::apply});
        REQUIRE(applied);
        CHECK(applied->laid.kept == std::vector<std::string>{"text.py"});
        CHECK(*read_file(root / "ml/text/text.py") == "solved\n");
        CHECK(*read_file(root / "ml/text/.mlpath-backup/20261120-000000/text.py") == "mine\n");
        CHECK(solution(at("ml/text"), {}));  // it was seen: it may be read
        CHECK(status(at("ml"))->overview.curricula.front().stages.front().project_list[1].solution_applied);
    }
    const auto events = progress::Journal(root / "ml").load({})->events;
    CHECK(solution(at("ml/text"), {}));
    CHECK(progress::Journal(root / "ml").load({})->events == events);
}

TEST_CASE_FIXTURE(Fixture, "diff and reset work against what was given, with no library") {
    make_workspace();
    make_text();
    index = {};
    content.files.clear();
    REQUIRE(write_file(root / "ml/text/text.py", "mine\n"));
    REQUIRE(write_file(root / "ml/text/words/count.py", "mine too\n"));
    const auto seen = diff(at("ml/text/words"), {});
    REQUIRE(seen);
    CHECK(seen->version == 2);
    CHECK(seen->library_version == 0);
    REQUIRE(seen->files.size() == 2);
    CHECK(seen->files[0].text.find("-TODO\n+mine\n") != std::string::npos);
    CHECK(diff(at("ml/text/words"), {.file = "count.py"})->files.front().path == "words/count.py");
    CHECK(diff(at("ml/text/words"), {.file = "text.py"})->files.front().path == "text.py");
    CHECK(diff(at("ml"), {.project = "text", .file = "text/text.py"})->files.front().path == "text.py");
    CHECK_FALSE(diff(at("ml/text"), {.file = "../../etc/passwd"}));

    const auto once = reset(at("ml/text"), {.file = "text.py"});
    REQUIRE(once);
    CHECK(once->laid.kept == std::vector<std::string>{"text.py"});
    CHECK(*read_file(root / "ml/text/text.py") == "TODO\n");
    CHECK(*read_file(root / "ml/text/words/count.py") == "mine too\n");
    CHECK(*read_file(root / "ml/text/.mlpath-backup/20261120-000000/text.py") == "mine\n");
    CHECK(reset(at("ml"), {.project = "text"})->laid.written == std::vector<std::string>{"words/count.py"});
}

TEST_CASE_FIXTURE(Fixture, "one word may be a project or a file") {
    make_workspace();
    make_text();
    struct Case {
        const char* from;
        std::vector<std::string> words;
        const char* project;
        const char* file;
    };
    for (const auto& [from, words, project_id, file] :
         std::vector<Case>{{"ml/text", {}, "", ""},
                           {"ml/text", {"text.py"}, "", "text.py"},
                           {"ml/text", {"text"}, "text", ""},
                           {"ml/text", {"texd.py"}, "", "texd.py"},
                           {"ml/text/words", {"count.py"}, "", "count.py"},
                           {"ml", {"text"}, "text", ""},
                           {"ml", {"texd"}, "texd", ""},
                           {"ml", {"text", "text.py"}, "text", "text.py"}}) {
        const auto read = read_diff_words(at(from), words);
        CHECK(read.project == project_id);
        CHECK(read.file == file);
    }
}

TEST_CASE_FIXTURE(Fixture, "the learner's word for topics and goals") {
    make_workspace();
    CHECK(done(at("ml"), {.id = "numpy"})->title == "Topic numpy");
    CHECK(done(at("ml"), {.id = "numpy"})->already);
    CHECK_FALSE(done(at("ml"), {.id = "numpy", .say = Say::not_done})->already);
    CHECK(done(at("ml"), {.id = "numpy", .say = Say::not_done})->already);
    CHECK_FALSE(done(at("ml"), {.id = "numpy"})->already);
    CHECK(done(at("ml"), {.id = "repo"})->of == SaidOf::goal);
    CHECK(progress::Journal(root / "ml").load({})->state.goals.contains("repo"));
    CHECK(done(at("ml"), {.id = "text"}).error().kind == ErrorKind::usage);
    CHECK(done(at("ml"), {.id = "nunpy"}).error().kind == ErrorKind::not_found);
    CHECK_FALSE(done(at(""), {.id = "numpy"}));
}

TEST_CASE_FIXTURE(Fixture, "in a workspace that may only be read everything that shows still shows") {
    make_workspace();
    make_text();
    CHECK(hint(at("ml/text"), {})->step == 1);
    fs::permissions(root, fs::perms(0755));
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        fs::permissions(entry.path(), fs::perms(entry.is_directory() ? 0555 : 0444));
    }
    const int status_of_child = unprivileged([&] {
        const auto shown = app::next(at("ml"));
        const auto view = status(at("ml"));
        if (!shown || shown->command != "cd text && mlpath check" || !view) {
            return 1;
        }
        for (int i = 0; i < 2; ++i) {
            const auto step = hint(at("ml/text"), {});
            if (!step || step->step != 2 || step->recorded.ok || step->recorded.why_not.empty()) {
                return 2;
            }
        }
        if (!diff(at("ml/text"), {}) || solution(at("ml/text"), {.use = SolutionUse::apply})) {
            return 3;
        }
        const auto said_so = done(at("ml"), {.id = "numpy"});
        return !said_so && said_so.error().kind == ErrorKind::io ? 0 : 4;
    });
    CHECK(status_of_child == 0);
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        fs::permissions(entry.path(), fs::perms(entry.is_directory() ? 0755 : 0644));
    }
}

TEST_CASE("commands that a shell takes") {
    CHECK(command_in("/a/b", "/a/b", "mlpath check") == "mlpath check");
    CHECK(command_in("/a/b/c/d", "/a/b", "mlpath check") == "mlpath check");
    CHECK(command_in("/a", "/a/b c", "mlpath check") == "cd 'b c' && mlpath check");
    CHECK(command_in("/a/b", "/a/c", "mlpath check") == "cd ../c && mlpath check");
    CHECK(command_in("/a/b/c/d", "/x", "mlpath check") == "cd /x && mlpath check");
    CHECK(command_in("/a", "/a/-b", "mlpath check") == "cd ./-b && mlpath check");
}
