#include "run/step.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "base/text.hpp"

using namespace mlpath;
using namespace mlpath::run;
using namespace std::chrono_literals;

namespace {

struct StepWorld {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    library::Project project{.id = "p", .sources = {"*.py", "**/*.md", "lib/*.py"}};
    system::RealProcesses processes{};
    StepRunner runner{processes, Interpreter{.path = "/usr/bin/python3", .version = "3.11"}};

    void file(const std::string& path, std::string_view text = "") const {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    }
    void step(const std::string& id, const std::string& code, std::vector<std::string> needs = {}) {
        file(id + ".py", code);
        project.steps.push_back({.id = id, .run = {"{python}", id + ".py"}, .needs = std::move(needs), .seconds = 40});
    }
    [[nodiscard]] Workplace place(const std::vector<LaidFile>& data = {}) const {
        const auto sources = collect_sources(project, folder.path());
        REQUIRE_MESSAGE(sources.has_value(), sources.error().message);
        auto made = Workplace::make(*sources, data);
        REQUIRE_MESSAGE(made.has_value(), made.error().message);
        return std::move(*made);
    }
    [[nodiscard]] std::string collected() const { return join(collect_sources(project, folder.path())->files, " "); }
};

}  // namespace

TEST_CASE("sources are the learner's own files, whatever lies about") {
    StepWorld world;
    for (const auto* path :
         {"predict.py", "README.md", "notes/a.md", "lib/tools.py", "lib/deep/no.py", "data/train.csv", "model.pkl",
          ".hidden.py", ".venv/lib/x.md", "__pycache__/predict.cpython-311.md", ".git/HEAD.md", "env/pyvenv.cfg",
          "env/lib/readme.md", "out/report.md", "laid/words.md", "predict.pyc", ".github/workflows/ci.yml"}) {
        world.file(path);
    }
    world.project.steps = {{.id = "s", .writes = {"out/report.md"}}};
    world.project.data = {{.id = "d", .to = "laid"}};
    fs::create_symlink("/etc/passwd", world.folder.path() / "linked.py");
    fs::create_directory_symlink("/etc", world.folder.path() / "linked");
    REQUIRE(::mkfifo((world.folder.path() / "pipe.py").c_str(), 0600) == 0);
    CHECK(world.collected() == "README.md lib/tools.py notes/a.md predict.py");
    world.project.sources.emplace_back(".github/workflows/*.yml");
    CHECK(world.collected() == ".github/workflows/ci.yml README.md lib/tools.py notes/a.md predict.py");
}

TEST_CASE("links in the place of sources, or of folders that hold them, are named and not followed") {
    StepWorld world;
    world.project.sources.emplace_back("more/deep/*.py");
    world.project.data = {{.id = "d", .to = "laid"}};
    world.file("notes/a.md");
    for (const auto* path : {"linked.py", "notes/b.md", "lib", "more", "elsewhere", "b.txt", "notes/.hidden.md", "laid",
                             "cached.pyc", "node_modules", "notes/none"}) {
        fs::create_symlink("/no/such/place", world.folder.path() / path);
    }
    const auto found = collect_sources(world.project, world.folder.path());
    CHECK(join(found->links, " ") == "lib linked.py more notes/b.md");
    CHECK(join(found->files, " ") == "notes/a.md");
}

TEST_CASE("only folders that a glob leads into are looked through") {
    StepWorld world;
    for (const auto* path : {"a/b/c.md", "a/x/c.md", "data/many.csv", "deep/er/d.py"}) {
        world.file(path);
    }
    world.project.sources = {"a/b/c.md", "top.py"};
    const auto named = collect_sources(world.project, world.folder.path());
    CHECK(named->files == std::vector<std::string>{"a/b/c.md"});
    CHECK(join(named->entered, " ") == " a a/b");
    world.project.sources = {"de*/**/*.py"};
    CHECK(world.collected() == "deep/er/d.py");
}

TEST_CASE("sources are bounded") {
    StepWorld world;
    world.file("large.py");
    fs::resize_file(world.folder.path() / "large.py", 20u << 20);
    const auto sources = collect_sources(world.project, world.folder.path());
    REQUIRE(!sources);
    CHECK(sources.error().kind == ErrorKind::malformed);
    CHECK(collect_sources(world.project, "/no/such/folder").error().kind == ErrorKind::not_found);
}

TEST_CASE("a workplace holds copies, and nothing of it is left") {
    StepWorld world;
    world.file("predict.py", "original");
    world.file("from.csv", "copied");
    fs::path folder;
    {
        const auto place = world.place({{.path = "data/a.csv", .bytes = "a,b\n"},
                                        {.path = "data/deep/b.csv", .copy_of = world.folder.path() / "from.csv"}});
        folder = place.folder();
        CHECK(*place.artifact("predict.py") == "original");
        CHECK(*place.artifact("data/a.csv") == "a,b\n");
        CHECK(*place.artifact("data/deep/b.csv") == "copied");
        REQUIRE(write_file(folder / "predict.py", "changed"));
        CHECK(*read_file(world.folder.path() / "predict.py") == "original");
    }
    CHECK(!fs::exists(folder));
}

TEST_CASE("nothing is laid outside of the workplace") {
    StepWorld world;
    auto place = world.place();
    for (const auto* path : {"../x", "/tmp/x", "", "a/../../x", "./x", "a//b", "a/"}) {
        CAPTURE(path);
        CHECK(place.lay({.path = path, .bytes = "x"}).error().kind == ErrorKind::malformed);
    }
    fs::create_directory_symlink(world.folder.path(), place.folder() / "out");
    CHECK(!place.lay({.path = "out/x", .bytes = "x"}));
    CHECK(!fs::exists(world.folder.path() / "x"));
    // A link that bears the file's own name is replaced, not followed.
    world.file("target", "theirs");
    fs::create_symlink(world.folder.path() / "target", place.folder() / "words.csv");
    REQUIRE(place.lay({.path = "words.csv", .bytes = "ours"}));
    CHECK(*read_file(world.folder.path() / "target") == "theirs");
    CHECK(*place.artifact("words.csv") == "ours");
}

TEST_CASE("an artifact is an ordinary file of its own, or it is told what it is") {
    StepWorld world;
    world.file("secret", "truth");
    const auto place = world.place();
    const auto& folder = place.folder();
    REQUIRE(write_file(folder / "good.csv", "rows"));
    fs::create_symlink(world.folder.path() / "secret", folder / "link.csv");
    fs::create_symlink("good.csv", folder / "inner.csv");
    fs::create_symlink("nowhere", folder / "dangling.csv");
    fs::create_directory_symlink(world.folder.path(), folder / "linked");
    fs::create_directories(folder / "folder.csv");
    fs::create_hard_link(world.folder.path() / "secret", folder / "hard.csv");
    REQUIRE(::mkfifo((folder / "pipe.csv").c_str(), 0600) == 0);
    REQUIRE(write_file(folder / "huge.csv", ""));
    fs::resize_file(folder / "huge.csv", std::uintmax_t{1} << 40);  // sparse: takes no room
    struct Case {
        std::string path;
        ErrorKind kind;
        std::string says;
    };
    const std::vector<Case> cases{
        {"link.csv", ErrorKind::malformed, "is a link"},
        {"inner.csv", ErrorKind::malformed, "is a link"},
        {"dangling.csv", ErrorKind::malformed, "is a link"},
        {"linked/secret", ErrorKind::malformed, "behind a link"},
        {"folder.csv", ErrorKind::malformed, "is a folder"},
        {"hard.csv", ErrorKind::malformed, "is a hard link"},
        {"pipe.csv", ErrorKind::malformed, "is a named pipe"},
        {"huge.csv", ErrorKind::malformed, "is larger than"},
        {"good.csv/x", ErrorKind::malformed, "below a file"},
        {"../secret", ErrorKind::malformed, "not a path inside"},
        {"/etc/passwd", ErrorKind::malformed, "not a path inside"},
        {"absent.csv", ErrorKind::not_found, "absent.csv"},
        {"absent/absent.csv", ErrorKind::not_found, "absent.csv"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.path);
        const auto bytes = place.artifact(each.path);
        REQUIRE(!bytes);
        CHECK(bytes.error().kind == each.kind);
        CHECK_MESSAGE(bytes.error().message.find(each.says) != std::string::npos, bytes.error().message);
    }
    CHECK(*place.artifact("good.csv") == "rows");
    CHECK(*place.artifact("good.csv", 4) == "rows");
    CHECK(!place.artifact("good.csv", 3));
    // Whoever moves the folder away and puts another in its place gains nothing.
    fs::rename(folder, folder.string() + ".away");
    fs::create_directory_symlink(world.folder.path(), folder);
    CHECK(!place.artifact("secret"));
    CHECK(*place.artifact("good.csv") == "rows");
    fs::remove(folder);
    fs::rename(folder.string() + ".away", folder);
}

TEST_CASE("steps run in order, each once in a workplace, and stop at the first that fails") {
    StepWorld world;
    world.step("train", "print(open('data.csv').read()); open('model', 'a').write('m')");
    world.step("predict", "open('out.csv', 'w').write(open('model').read())", {"train"});
    world.step("broken", "import sys\ndef f():\n    raise KeyError('Agee')\nf()", {"train"});
    world.step("late", "", {"broken"});
    auto place = world.place({{.path = "data.csv", .bytes = "1"}});
    auto outcome = world.runner.run(world.project, "predict", place);
    REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
    CHECK(outcome->process.succeeded());
    CHECK(outcome->step == "predict");
    CHECK(*place.artifact("out.csv") == "m");
    outcome = world.runner.run(world.project, "late", place);
    CHECK(outcome->step == "broken");
    CHECK(outcome->raised_at == "broken.py:3: KeyError: 'Agee'");
    CHECK(describe(outcome->process).ends_with("s: broken.py:3: KeyError: 'Agee'"));
    CHECK(describe(outcome->process).starts_with("ended with exit code 1 after "));
    CHECK(*place.artifact("model") == "m");  // train ran once
    CHECK(world.runner.run(world.project, "unknown", place).error().kind == ErrorKind::internal);
    CHECK(!fs::exists(place.folder() / "__pycache__"));
}

TEST_CASE("what runs sees a defined environment, and homes of its own that are gone afterwards") {
    StepWorld world;
    auto place = world.place();
    const auto outcome = world.runner.run_command(
        {"{python}", "-c",
         "import os, pathlib, sys, tempfile\nprint(*sorted(os.environ))\nprint(sys.flags.hash_randomization, "
         "sys.dont_write_bytecode, sys.flags.utf8_mode, sys.flags.no_user_site)\nprint(os.environ['EXTRA'], input())\n"
         "print(pathlib.Path.home(), tempfile.gettempdir())\nprint(os.getcwd())"},
        "typed", {.environment = {{"EXTRA", "more"}, {"TZ", "CET"}}}, 10, place);
    REQUIRE(outcome.has_value());
    const auto said = lines(outcome->out.head);
    REQUIRE_MESSAGE(said.size() == 5, outcome->err.text());
    CHECK(said[0] ==
          "EXTRA HOME JE_ARROW_MALLOC_CONF LC_ALL MKL_NUM_THREADS MPLBACKEND NUMEXPR_NUM_THREADS OMP_NUM_THREADS "
          "OPENBLAS_NUM_THREADS PATH "
          "PYTHONDONTWRITEBYTECODE PYTHONFAULTHANDLER PYTHONHASHSEED PYTHONNOUSERSITE PYTHONUNBUFFERED PYTHONUTF8 "
          "RAYON_NUM_THREADS "
          "TMPDIR TZ VECLIB_MAXIMUM_THREADS");
    CHECK(said[1] == "0 True 1 1");
    CHECK(said[2] == "more typed");
    const auto homes = split(said[3], ' ');
    CHECK(fs::is_directory(homes[0]));
    CHECK(homes[0].find(place.folder().string()) == std::string_view::npos);
    CHECK(said[4] == fs::canonical(place.folder()).string());
}

TEST_CASE("what is laid and made can be reached whatever the umask is") {
    const auto before = ::umask(0077);
    auto place = Workplace::make({}, {{"deep/er/file.txt", "text", {}}});
    ::umask(before);
    REQUIRE(place.has_value());
    for (const auto* path : {"deep", "deep/er", "deep/er/file.txt"}) {
        CAPTURE(path);
        struct stat status{};
        REQUIRE(::stat((place->folder() / path).c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == (S_ISDIR(status.st_mode) ? 0755 : 0644));
    }
}

TEST_CASE("an interpreter that lies below the HOME of a world is found there all the same") {
    system::RealProcesses processes;
    const auto sandbox = Sandbox::open(SandboxWish::automatic, processes);
    REQUIRE(sandbox);
    if (sandbox->walls() != confine::Walls::name_spaces) {
        MESSAGE("skipped: no namespaces can be had here");
        return;
    }
    const auto home = *TemporaryFolder::make("mlpath-test-");
    const auto work = *TemporaryFolder::make("mlpath-test-");
    REQUIRE(write_file(home.path() / "env/lib/module", "there"));
    const Interpreter python{.folders = {home.path() / "env"}};
    const auto outcome = processes.run(
        {.argv = {"/bin/cat", (home.path() / "env/lib/module").string()},
         .folder = work.path(),
         .input = {},
         .confinement = sandbox->around(
             {.folder = work.path(), .home = home.path(), .temporary = "/tmp", .files = {}, .python = python})});
    REQUIRE(outcome);
    CHECK(outcome->out.text() == "there");
    CHECK(outcome->err.text().empty());
}

TEST_CASE("how a program ended is told in a sentence") {
    StepWorld world;
    auto place = world.place();
    struct Case {
        std::string code;
        std::string says;
        double seconds = 40;
    };
    const std::vector<Case> cases{
        {"exit 3", "ended with exit code 3 after "},
        {"echo 'no such column' >&2; echo >&2; exit 1", ": no such column"},
        {"printf 'bad \\033[31m' >&2; exit 1", ": bad \\x1b[31m"},
        {"kill -SEGV $$", "was ended by signal 11 (SIGSEGV) after "},
        {"kill -KILL $$", "memory runs out"},
        {"sleep 100", "did not end within 0.5 s and was stopped", 0.5},
        {"sleep 100", "did not end within 1 s and was stopped", 1},
        {"head -c 9000000 /dev/zero; exit 1", "; it printed 9.0 MB to stdout, of which only the first and last 2.1 MB"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.code);
        const auto outcome = world.runner.run_command({"sh", "-c", each.code}, {}, {}, each.seconds, place);
        REQUIRE(outcome.has_value());
        CHECK_MESSAGE(describe(*outcome).find(each.says) != std::string::npos, describe(*outcome));
    }
}

TEST_CASE("a traceback is read to the innermost line of the learner's") {
    const std::string work = "/tmp/mlpath-work-a1B2c3/";
    const std::string head = "Traceback (most recent call last):\n";
    struct Case {
        std::string text;
        std::string where;
    };
    const std::vector<Case> cases{
        {"", ""},
        {"Error: nothing\n", ""},
        {head + "  File \"" + work + "a.py\", line 3, in <module>\n    f()\n  File \"" + work +
             "lib/b.py\", line 12, in f\n    x\n  File \"/usr/lib/python3/pandas/x.py\", line 9, in g\n    "
             "y\nKeyError: 'Agee'\n",
         "lib/b.py:12: KeyError: 'Agee'"},
        {head + "  File \"/usr/lib/python3/x.py\", line 9, in g\nValueError: no\n", ""},
        {head + "  File \"" + work +
             "a.py\", line 3, in f\nKeyError: 1\n\nDuring handling of the above exception, "
             "another exception occurred:\n\n" +
             head + "  File \"" + work + "a.py\", line 5, in f\nTypeError: 2\n",
         "a.py:5: TypeError: 2"},
        {"  File \"" + work + "a.py\", line 7\n    def f(\n         ^\nSyntaxError: '(' was never closed\n",
         "a.py:7: SyntaxError: '(' was never closed"},
        {head + "  File \"./a.py\", line 2, in f\nValueError: first\nsecond line\n", "a.py:2: ValueError: first"},
        {head + "  File \"<string>\", line 2, in f\nValueError: x\n", ""},
        {head + "  File \"" + work + "a.py\", line x, in f\nValueError: x\n", ""},
        {"Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  File "
         "\"/usr/lib/python3.11/ctypes/__init__.py\", line 519 in string_at\n  File \"" +
             work + "a.py\", line 2 in f\n  File \"" + work + "b.py\", line 9 in <module>\n\nExtension modules: x\n",
         "a.py:2: Fatal Python error: Segmentation fault"},
        {head + "  File \"" + work + "a\x1b.py\", line 2, in f\nValueError: \x1b[2J\n",
         "a\\x1b.py:2: ValueError: \\x1b[2J"},
        {head + "  File \"" + std::string(100'000, 'x') + "\", line 2, in f\nValueError: x\n",
         std::string(300, 'x') + "…:2: ValueError: x"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.text);
        CHECK(raised_at(each.text) == each.where);
    }
}

TEST_CASE("a stop ends a step") {
    StepWorld world;
    world.step("slow", "import time; time.sleep(100)");
    auto place = world.place();
    std::stop_source source;
    std::jthread other([&source] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    });
    const auto outcome = world.runner.run(world.project, "slow", place, source.get_token());
    CHECK(outcome->process.ending == system::Ending::interrupted);
}
