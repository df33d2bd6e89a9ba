#include "run/interpreter.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "run/advice.hpp"
#include "run/probe.hpp"
#include "unit/words.hpp"

using namespace mlpath;
using namespace mlpath::run;

using test::contains;

namespace {

// A folder with interpreters that answer what a test wants, and count how often they were asked.
struct PythonsWorld {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    std::map<std::string, std::string, std::less<>> variables{{"PATH", (folder.path() / "bin").string()}};
    InterpreterSearch search{.workspace = folder.path() / "ws"};
    library::PythonNeeds needs{
        .version = "3.9",
        .packages = {
            {.import_name = "mlpath_sklearn", .pypi = "mlpath-scikit", .debian = "python3-mlpath", .version = "1.0"}}};
    system::RealProcesses processes{};

    [[nodiscard]] fs::path site() const { return folder.path() / "site"; }
    void python(const std::string& path, const std::string& version, const std::string& package,
                const std::string& prefix = "/usr") const {
        const auto file = folder.path() / path;
        REQUIRE(make_folders(site()));
        REQUIRE(write_file(file,
                           "#!/bin/sh\necho asked >> '" + file.string() + ".log'\n" +
                               R"(printf '{"executable": "%s", "version": ")" + version +
                               R"(", "packages": {"mlpath_sklearn": )" + package +
                               R"(}, "environments": true, "pip": true, "prefixes": [")" + prefix +
                               R"("], "folders": [")" + site().string() + "\"]}' \"$0\"\n",
                           Durability::cached, 0755));
    }
    [[nodiscard]] std::size_t asked(const std::string& path) const {
        const auto log = read_file(folder.path() / (path + ".log"));
        return log ? lines(*log).size() : 0;
    }
    Result<Interpreter> find() {
        return find_interpreter(needs, search, system::FixedEnvironment(variables), processes);
    }
    std::string found() {
        const auto python = find();
        return python ? python->path.lexically_relative(folder.path()).string() : python.error().message;
    }
};

}  // namespace

TEST_CASE("candidates are asked in the promised order, and the first that satisfies is taken") {
    PythonsWorld world;
    const std::vector<std::string> order{"named/python",      "configured/python", "ws/.venv/bin/python",
                                         "active/bin/python", "conda/bin/python",  "bin/python3"};
    world.variables["MLPATH_PYTHON"] = (world.folder.path() / order[0]).string();
    world.search.configured = world.folder.path() / order[1];
    world.variables["VIRTUAL_ENV"] = (world.folder.path() / "active").string();
    world.variables["CONDA_PREFIX"] = (world.folder.path() / "conda").string();
    for (const auto& path : order) {
        world.python(path, "3.11.2", "\"1.2.1\"");
    }
    for (const auto& path : order) {
        CHECK(world.found() == path);
        world.python(path, "3.11.2", "null");  // from now on it lacks the package
    }
    const auto none = world.find();
    REQUIRE(!none);
    CHECK(none.error().kind == ErrorKind::missing);
    for (const auto* name : {"MLPATH_PYTHON (", "the configuration (", "the workspace's .venv (",
                             "the active virtual environment (", "python3 on PATH (", "lacks `mlpath-scikit`"}) {
        CHECK_MESSAGE(contains(none.error().message, name), none.error().message);
    }
    CHECK(contains(none.error().hint, ".venv/bin/python -m pip install 'mlpath-scikit>=1.0'"));
}

TEST_CASE("what only some milestones need may lack where no interpreter has it") {
    PythonsWorld world;
    world.needs.environment = "base";
    world.variables["MLPATH_PYTHON"] = (world.folder.path() / "named/python").string();
    world.python("named/python", "3.11.2", "null");
    world.python("bin/python3", "3.11.2", "null");
    CHECK(!world.find());  // the whole project needs it
    world.needs.packages[0].milestones = {"chart"};
    const auto without = world.find();
    REQUIRE(without);
    CHECK(without->path == world.folder.path() / "named/python");
    REQUIRE(without->without.size() == 1);
    CHECK(without->without[0].milestones == std::vector<std::string>{"chart"});
    CHECK(contains(without->advice, "mlpath env base"));
    world.python("bin/python3", "3.11.2", "\"1.2.1\"");  // one that has it comes first, wherever it stands
    CHECK(world.found() == "bin/python3");
    CHECK(world.find()->without.empty());
    world.needs.version = "3.99";
    CHECK(!world.find());  // its version is not for some milestones alone
    CHECK(world.needs.of_all_milestones().packages[0].milestones.empty());
}

TEST_CASE("verify takes no interpreter that it was handed, also when it is active") {
    PythonsWorld world;
    world.python("ws/.venv/bin/python", "3.11.2", "\"1.2.1\"");
    world.python("ws/.venv/bin/python3", "3.11.2", "\"1.2.1\"");
    world.python("elsewhere/bin/python", "3.11.2", "\"1.2.1\"");
    world.search.trust = Trust::portfolio;
    world.variables["VIRTUAL_ENV"] = (world.folder.path() / "ws/.venv").string();
    world.variables["PATH"] = (world.folder.path() / "ws/.venv/bin").string();
    const auto none = world.find();
    REQUIRE(!none);
    CHECK(!contains(none.error().message, ".venv"));
    CHECK(world.asked("ws/.venv/bin/python") == 0);
    world.variables["VIRTUAL_ENV"] = (world.folder.path() / "elsewhere").string();
    CHECK(world.found() == "elsewhere/bin/python");
    world.search.trust = Trust::workspace;
    CHECK(world.found() == "ws/.venv/bin/python");
}

TEST_CASE("environments that were made are found, and by verify only as they are pinned") {
    PythonsWorld world;
    const auto places = world.folder.path() / "made";
    const auto make = [&](const std::string& group, const std::string& pins) {
        world.python("made/" + group + "/bin/python", "3.11.2", "\"1.2.1\"");
        REQUIRE(write_file(places / group / "mlpath-environment.json",
                           R"({"format": 1, "group": ")" + group + R"(", "pins": ")" + pins +
                               R"(", "python": "3.11.2", "made_with": "uv"})"));
    };
    world.search.environments = {places};
    world.needs.environment = "base";
    world.needs.pins = "now";
    world.python("ws/.venv/bin/python", "3.11.2", "\"1.2.1\"");
    CHECK(world.found() == "ws/.venv/bin/python");
    make("apps", "now");
    CHECK(world.found() == "made/apps/bin/python");  // another group of the learner's has it too
    make("base", "before");
    CHECK(world.found() == "made/base/bin/python");
    world.search.trust = Trust::portfolio;
    const auto none = world.find();
    REQUIRE(!none);
    CHECK(contains(none.error().hint, "`mlpath env base`"));
    world.search.made_by = MadeBy::verify;
    CHECK(contains(world.find().error().hint, "`--make-environments`"));
    make("base", "now");
    CHECK(world.found() == "made/base/bin/python");
    // Handed in with the portfolio: not even then.
    world.search.workspace = world.folder.path() / "made";
    CHECK(!world.find());
}

TEST_CASE("what an interpreter lacks is told, and versions are compared as numbers") {
    struct Case {
        std::string version;
        std::string package;
        std::string says;  // empty: it satisfies
    };
    const std::vector<Case> cases{
        {"3.11.2", "\"1.2.1\"", ""},
        {"3.9.0", "\"1.0\"", ""},
        {"3.10.0", "\"1.10rc1\"", ""},
        {"3.11.2", "\"\"", ""},  // installed, its version untold
        {"3.8.10", "\"1.2.1\"", "is Python 3.8.10 (needed: 3.9)"},
        {"3.11.2", "\"0.24.2\"", "has `mlpath-scikit` 0.24.2 (needed: 1.0)"},
        {"3.11.2", "null", "lacks `mlpath-scikit`"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.version);
        CAPTURE(each.package);
        PythonsWorld world;
        world.python("bin/python3", each.version, each.package);
        const auto found =
            survey(world.needs, world.search, system::FixedEnvironment(world.variables), world.processes);
        REQUIRE(!found.empty());
        CHECK(found.front().from == "python3 on PATH");
        CHECK(join(found.front().lacks, "|") == each.says);
    }
}

TEST_CASE("programs that are no Python are told, never taken") {
    for (const auto* text :
         {"#!/bin/sh\nexit 3\n", "#!/bin/sh\necho hello\n", "#!/bin/sh\necho '{}'\n", "no program"}) {
        CAPTURE(text);
        PythonsWorld world;
        REQUIRE(write_file(world.folder.path() / "bin/python3", text, Durability::cached, 0755));
        const auto none = world.find();
        REQUIRE(!none);
        CHECK_MESSAGE(contains(none.error().message, "python3 on PATH"), none.error().message);
        CHECK_MESSAGE(contains(none.error().message, "cannot be used"), none.error().message);
    }
}

TEST_CASE("a MLPATH_PYTHON that is nothing is an error, also where others would do") {
    PythonsWorld world;
    world.python("bin/python3", "3.11.2", "\"1.2.1\"");
    world.variables["MLPATH_PYTHON"] = "/no/such/python";
    const auto none = world.find();
    REQUIRE(!none);
    CHECK(none.error().kind == ErrorKind::missing);
    CHECK(contains(none.error().message, "MLPATH_PYTHON names /no/such/python"));
    world.variables["MLPATH_PYTHON"] = "python3";  // a name is sought on PATH
    CHECK(world.found() == "bin/python3");
}

TEST_CASE("what an interpreter said is kept until something changes") {
    PythonsWorld world;
    world.search.cache = world.folder.path() / "cache";
    world.python("bin/python3", "3.11.2", "\"1.2.1\"");
    CHECK(world.found() == "bin/python3");
    const auto first = world.find();
    CHECK(world.asked("bin/python3") == 1);
    CHECK(first->version == "3.11.2");
    CHECK(first->packages.at("mlpath_sklearn") == "1.2.1");

    REQUIRE(make_folders(world.site() / "mlpath_scikit-2.dist-info"));  // something was installed
    CHECK(world.found() == "bin/python3");
    CHECK(world.asked("bin/python3") == 2);

    world.needs.packages.push_back({.import_name = "other"});  // another question
    CHECK(!world.find());
    CHECK(world.asked("bin/python3") == 3);
    world.needs.packages.pop_back();

    world.python("bin/python3", "3.12.0", "\"1.2.1\"");  // another program
    CHECK(world.find()->version == "3.12.0");
    CHECK(world.asked("bin/python3") == 4);

    const auto kept = files_below(world.search.cache);
    REQUIRE(kept->size() >= 2);
    for (const auto& file : *kept) {
        REQUIRE(write_file(world.search.cache / file, "{\"evidence\": {}, \"answer\": {}}"));
    }
    CHECK(world.find()->version == "3.12.0");  // a damaged cache is asked anew
    CHECK(world.asked("bin/python3") == 5);

    for (const auto& file : *kept) {
        CHECK(fs::path(file).parent_path() == "interpreters");
        fs::permissions(world.search.cache / file, fs::perms(0666));
    }
    CHECK(world.find()->version == "3.12.0");  // and so is one that others could have written
    CHECK(world.asked("bin/python3") == 6);
    CHECK(world.find()->version == "3.12.0");
    CHECK(world.asked("bin/python3") == 6);
}

TEST_CASE("behind a shim the real interpreter is taken, and the shim is asked each time") {
    PythonsWorld world;
    world.search.cache = world.folder.path() / "cache";
    world.python("real/bin/python3", "3.11.2", "\"1.2.1\"");
    REQUIRE(write_file(world.folder.path() / "bin/python3",
                       "#!/bin/sh\nexec '" + (world.folder.path() / "real/bin/python3").string() + "' \"$@\"\n",
                       Durability::cached, 0755));
    CHECK(world.found() == "real/bin/python3");
    CHECK(world.found() == "real/bin/python3");
    CHECK(world.asked("real/bin/python3") == 2);
}

TEST_CASE("the system's Python answers for itself, without importing what it is asked for") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    const library::PythonNeeds needs{.packages = {{.import_name = "json"},
                                                  {.import_name = "sys"},
                                                  {.import_name = "importlib.metadata"},
                                                  {.import_name = "this"},
                                                  {.import_name = "no_such_package"},
                                                  {.import_name = "json.no_such_part"}}};
    system::RealProcesses processes;
    const system::FixedEnvironment environment({});
    const auto answer = probe({.python = "/usr/bin/python3", .needs = needs}, environment, processes);
    REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
    CHECK(answer->version.starts_with("3."));
    CHECK(answer->executable == "/usr/bin/python3");
    std::vector<std::string> found;
    for (const auto& [name, version] : answer->packages) {
        found.push_back(name);
    }
    CHECK(join(found, " ") == "importlib.metadata json sys this");
    const auto judge = judge_interpreter(environment, processes);
    REQUIRE(judge.has_value());
    CHECK(at_least(judge->version, "3.9"));
}

TEST_CASE("versions compare by their numbers") {
    CHECK(at_least("1.10", "1.9"));
    CHECK(!at_least("1.9", "1.10"));
    CHECK(at_least("2", "1.5"));
    CHECK(!at_least("2", "2.1"));
    CHECK(at_least("2.0", "2"));
    CHECK(at_least("2.0+dfsg", "2.0"));
    CHECK(at_least("1.26.0rc1", "1.26"));
    CHECK(at_least("", "9"));
    CHECK(at_least("0.1", ""));
    CHECK(!at_least("1.0.0", "1.0.1"));
}

TEST_CASE("advice is one command that works where it is given") {
    const library::PythonPackage scikit{.import_name = "sklearn", .pypi = "scikit-learn", .debian = "python3-sklearn"};
    const library::PythonPackage pandas{.import_name = "pandas", .pypi = "pandas", .debian = "python3-pandas"};
    const library::PythonPackage torch{.import_name = "torch", .pypi = "torch"};
    const library::PythonNeeds both{.packages = {scikit, pandas}};
    const library::PythonNeeds with_torch{.packages = {torch}};
    const auto base = [](std::string path, std::vector<library::PythonPackage> lacks) {
        return Base{.path = std::move(path),
                    .new_enough = true,
                    .to_install = std::move(lacks),
                    .can_make_environments = true,
                    .has_pip = true};
    };
    const auto system = base("/usr/bin/python3", {scikit});

    // Debian's packages, only what is lacking, and without sudo for root.
    CHECK(advice({.has_apt = true, .system = system, .any = system, .needs = both}) ==
          "run `sudo apt install python3-sklearn` (it downloads scikit-learn and what it needs)");
    CHECK(contains(advice({.has_apt = true, .is_root = true, .system = system, .any = system, .needs = both}),
                   "run `apt install python3-sklearn`"));
    CHECK(contains(advice({.has_apt = true, .needs = both}),
                   "`sudo apt install python3 python3-sklearn python3-pandas`"));

    // No apt, a package that Debian does not have, or has too old: an environment.
    CHECK(advice({.system = system, .any = system, .environment = "/w/.venv", .shown = ".venv", .needs = both}) ==
          "run `/usr/bin/python3 -m venv .venv && .venv/bin/python -m pip install scikit-learn pandas` (it downloads "
          "scikit-learn, pandas and what they need, roughly 80 MB)");
    const auto lacks_torch = base("/usr/bin/python3", {torch});
    CHECK(advice({.has_apt = true,
                  .system = lacks_torch,
                  .any = lacks_torch,
                  .environment = "/a b/.venv",
                  .shown = "/a b/.venv",
                  .needs = with_torch}) ==
          "run `/usr/bin/python3 -m venv '/a b/.venv' && '/a b/.venv'/bin/python -m pip install torch` (it downloads "
          "torch and what it needs)");
    auto too_old = system;
    too_old.too_old_package = true;
    CHECK(contains(advice({.has_apt = true,
                           .system = too_old,
                           .any = too_old,
                           .environment = "/w/.venv",
                           .shown = ".venv",
                           .needs = both}),
                   "-m venv .venv"));

    // Where the venv module lacks, it comes first; where no folder is looked at by itself, MLPATH_PYTHON names it.
    auto bare = lacks_torch;
    bare.can_make_environments = false;
    CHECK(advice({.has_apt = true, .system = bare, .any = bare, .needs = with_torch}) ==
          "run `sudo apt install python3-venv && /usr/bin/python3 -m venv ~/mlpath-python && "
          "~/mlpath-python/bin/python -m pip install torch && export MLPATH_PYTHON=~/mlpath-python/bin/python` (it "
          "downloads torch and what it needs)");

    // An environment of the learner's own is added to.
    auto own = base("/w/.venv/bin/python", {scikit});
    CHECK(contains(advice({.has_apt = true, .system = system, .own = own, .any = own, .needs = both}),
                   "run `/w/.venv/bin/python -m pip install scikit-learn`"));
    own.has_pip = false;
    CHECK(contains(advice({.has_apt = true, .system = system, .own = own, .any = own, .needs = both}), "apt install"));
    CHECK(contains(advice({.needs = both}), "python.org"));

    // Tk belongs to Python's own library, and no pip has it.
    const library::PythonPackage tk{.import_name = "tkinter", .debian = "python3-tk"};
    const library::PythonNeeds window{.packages = {tk}};
    const auto without = base("/usr/bin/python3", {tk});
    const auto mine = base("/w/.venv/bin/python", {tk});
    CHECK(contains(advice({.has_apt = true, .system = without, .own = mine, .any = mine, .needs = window}),
                   "run `sudo apt install python3-tk`"));
    CHECK(contains(advice({.system = without, .own = mine, .any = mine, .needs = window}), "a Python that has Tk"));
}

TEST_CASE("an environment whose Python is gone is told as one, with the command that makes it anew") {
    PythonsWorld world;
    world.python("bin/python3", "3.11.2", "null");
    REQUIRE(make_folders(world.folder.path() / "ws/.venv/bin"));
    fs::create_symlink(world.folder.path() / "python3.9", world.folder.path() / "ws/.venv/bin/python");
    const auto none = world.find();
    REQUIRE(!none);
    CHECK_MESSAGE(contains(none.error().message, "python3.9, which is gone"), none.error().message);
    CHECK_MESSAGE(contains(none.error().hint, "-m venv --clear "), none.error().hint);
    world.python("bin/python3", "3.11.2", "\"1.2.1\"");
    CHECK(world.found() == "bin/python3");
}

TEST_CASE("another Python in the learner's shell is told with what to do") {
    PythonsWorld world;
    const auto at = [&](const char* path) { return world.folder.path() / path; };
    world.python("bin/python3", "3.12.1", "null", at("shell").string());
    world.python("judge/bin/python", "3.11.2", "\"1.2.1\"", at("judge").string());
    world.variables["MLPATH_PYTHON"] = at("judge/bin/python").string();
    const auto judge = world.find();
    REQUIRE(judge);
    const auto other = [&] {
        const system::FixedEnvironment environment(world.variables);
        const auto shell = python_of_shell(environment);
        REQUIRE(shell);
        return other_python(*shell, *judge, world.needs, world.search, environment, world.processes);
    };
    const auto lacking = other();
    REQUIRE(lacking);
    CHECK(lacking->path == at("bin/python3"));
    CHECK(lacking->version == "3.12.1");
    CHECK(lacking->lacks == std::vector<std::string>{"lacks `mlpath-scikit`"});
    CHECK_MESSAGE(contains(lacking->advice, at("judge/bin/python").string() + " FILE.py"), lacking->advice);
    CHECK_MESSAGE(contains(lacking->advice, "bin/python3 -m pip install 'mlpath-scikit>=1.0'"), lacking->advice);

    // Where pip may not install (PEP 668), an environment.
    REQUIRE(write_file(world.site() / "EXTERNALLY-MANAGED", "[externally-managed]\n"));
    CHECK_MESSAGE(contains(other()->advice, "bin/python3 -m venv "), other()->advice);
    fs::remove(world.site() / "EXTERNALLY-MANAGED");

    // It has all: either may be used.
    world.python("bin/python3", "3.12.1", "\"1.2.1\"", at("shell").string());
    CHECK_MESSAGE(contains(other()->advice, "export MLPATH_PYTHON="), other()->advice);

    // The judge's is an environment, which can be made active.
    REQUIRE(write_file(at("judge/bin/activate"), ""));
    CHECK_MESSAGE(contains(other()->advice, "source " + at("judge/bin/activate").string()), other()->advice);

    // Of the same environment, under another name.
    world.python("bin/python3", "3.11.2", "\"1.2.1\"", at("judge").string());
    CHECK_FALSE(other());

    // The active environment is the shell's, whatever stands on PATH.
    world.python("active/bin/python", "3.11.2", "null", at("active").string());
    world.variables["VIRTUAL_ENV"] = at("active").string();
    CHECK(other()->path == at("active/bin/python"));
}
