#include <doctest/doctest.h>

#include "library/library.hpp"
#include "library/package_group.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using namespace mlpath::library;
using test::faults_of;
using test::sound_library;

namespace {

const std::string one_hash = " \\\n    --hash=sha256:" + std::string(64, 'a');
const std::string two_hashes = one_hash + one_hash;

std::string names_for(const std::string& text, const PinnedFor& machine) {
    const auto pins = read_pins(text, "p.txt");
    REQUIRE_MESSAGE(pins, pins.error().message);
    std::string names;
    for (const auto& pin : pins_for(*pins, machine)) {
        names += pin.name + " " + pin.version + ";";
    }
    return names;
}

const std::string group_file = "curricula/environments/tools.json";
const std::string group_pins = "curricula/environments/tools.txt";
const std::string group_text = R"({ "format": 1, "id": "tools", "title": "Tools", "summary": "What it is for.",
"python": { "min": "3.10", "max": "3.13" },
"packages": [ { "import": "sklearn", "pypi": "scikit-learn", "version": "1.2" } ] })";

test::MemoryContent library_with_group() {
    auto content = sound_library();
    content.files[group_file] = group_text;
    content.files[group_pins] = "scikit-learn==1.5.0" + one_hash + "\n    # bytes: 7\n";
    return content;
}

void ask_for(test::MemoryContent& content, const std::string& python) {
    auto& text = content.files["templates/sink/project.json"];
    text.insert(text.find("\"id\""), "\"python\": " + python + ", ");
}

}  // namespace

TEST_CASE("which pins are for a machine") {
    const std::string text = "# a comment\nalpha==1.0" + two_hashes + "\n    # bytes: 12\n" +
                             "beta==2.0.post1 ; python_version < '3.11'" + one_hash + "\n" +
                             "beta==3.0+cpu ; python_version >= '3.11' and sys_platform == 'linux'" + one_hash + "\n" +
                             "beta==3.0 ; python_version >= '3.11' and sys_platform == 'darwin'" + one_hash + "\n" +
                             "gamma==1 ; platform_machine == 'arm64'" + one_hash + "\n";
    struct Row {
        std::string python;
        std::string platform;
        std::string names;
    };
    for (const auto& row : std::vector<Row>{
             {"3.10.4", "linux-x86_64", "alpha 1.0;beta 2.0.post1;"},
             {"3.9.2", "linux-x86_64", "alpha 1.0;beta 2.0.post1;"},
             {"3.11.0", "linux-aarch64", "alpha 1.0;beta 3.0+cpu;"},
             {"3.12.1", "macos-arm64", "alpha 1.0;beta 3.0;gamma 1;"},
             {"3.12.1", "macos-x86_64", "alpha 1.0;beta 3.0;"},
         }) {
        CAPTURE(row.python);
        CAPTURE(row.platform);
        CHECK(names_for(text, {row.python, row.platform}) == row.names);
    }
}

TEST_CASE("what pins download") {
    const auto pins = read_pins("alpha==1.0" + one_hash + "\n    # bytes: linux-x86_64 100, macos-arm64 20\nbeta==2" +
                                    one_hash + "\n    # bytes: 3\ngamma==1" + one_hash + "\n",
                                "p.txt");
    REQUIRE(pins);
    CHECK(bytes_of(*pins, "linux-x86_64") == 103);
    CHECK(bytes_of(*pins, "macos-arm64") == 23);
    CHECK(bytes_of(*pins, "linux-aarch64") == 3);
}

TEST_CASE("what is no pin is refused, with its line") {
    struct Row {
        std::string text;
        std::size_t line;
    };
    for (const auto& row : std::vector<Row>{
             {"alpha==1.0\n", 1},                                            // no hash
             {"# x\nalpha>=1.0" + one_hash + "\n", 2},                       // no version
             {"alpha==1.0 --hash=sha256:abc\n", 1},                          // no hash either
             {"alpha==1.0 --hash=md5:" + std::string(64, 'a') + "\n", 1},    // of another kind
             {"-e ." + one_hash + "\n", 1},                                  // an option of pip
             {"--index-url https://x.org" + one_hash + "\n", 1},             //
             {"alpha @ https://x.org/a.whl" + one_hash + "\n", 1},           // an address
             {"alpha==1.0 ; os_name == 'nt'" + one_hash + "\n", 1},          // a marker that we do not know
             {"alpha==1.0 ; sys_platform >= 'linux'" + one_hash + "\n", 1},  // one that makes no sense
             {"alpha==1.0 --config-settings=x" + one_hash + "\n", 1},        // more than a pin
             {"alpha==1.0" + one_hash + " --no-binary\n", 1},                //
             {"beta==1" + one_hash + "\nalpha==1.0 \\\n", 3},                // no end
             {"# bytes: 12\n", 1},                                           // of nothing
             {"alpha==1" + one_hash + "\n    # bytes: many\n", 3},           // no number
         }) {
        CAPTURE(row.text);
        const auto pins = read_pins(row.text, "p.txt");
        REQUIRE(!pins);
        CHECK(pins.error().kind == ErrorKind::malformed);
        CHECK(pins.error().place.file == "p.txt");
        CHECK(pins.error().place.line == row.line);
    }
}

TEST_CASE("the versions of Python that a group is for") {
    const PackageGroup group{.python_min = "3.10", .python_max = "3.13"};
    for (const auto& [version, holds] : {std::pair("3.9.18", false),
                                         {"3.10.0", true},
                                         {"3.11.2", true},
                                         {"3.13.9", true},
                                         {"3.14.0", false},
                                         {"3.2", false}}) {
        CAPTURE(version);
        CHECK(fits(group, version) == holds);
    }
}

TEST_CASE("faults of groups, and of projects that ask for one") {
    CHECK(faults_of(library_with_group()) == "");
    struct Row {
        std::string python;  // of the project; empty: it says nothing
        std::string file;
        std::string from;
        std::string to;
        std::string says;
    };
    const std::string named = R"({ "environment": "tools" })";
    for (
        const auto& row : std::vector<Row>{
            {named, "", "", "", ""},
            {R"({ "environment": "tolls" })", "", "", "", "no environment `tolls`; did you mean `tools`?"},
            {R"({ "environment": "tools", "packages": [ { "import": "numpy" } ] })", "", "", "",
             "the environment `tools` has no `numpy`"},
            {R"({ "environment": "tools", "packages": [ { "import": "sklearn", "pypi": "scikit-learn", "version": "1.6" } ] })",
             "", "", "", "the environment `tools` has `scikit-learn` 1.5.0, and 1.6 is needed"},
            {"", group_file, "\"id\": \"tools\"", "\"id\": \"toolz\"", "the id is `toolz`"},
            {"", group_file, "\"3.13\"", "\"3.8\"", "it ends before it begins"},
            {"", group_file, "\"format\"", "\"extends\": \"tols\", \"format\"", "no environment `tols`"},
            {"", group_pins, "==", ">=", "this is no pin"},
            {"", group_pins, "scikit-learn", "scikit-lern", "the file has no `scikit-learn`"},
            {"", group_pins, "", "", "its pins are missing"},
        }) {
        auto content = library_with_group();
        if (!row.python.empty()) {
            ask_for(content, row.python);
        }
        if (!row.file.empty() && row.from.empty()) {
            content.files.erase(row.file);
        } else if (!row.file.empty()) {
            auto& text = content.files[row.file];
            text.replace(text.find(row.from), row.from.size(), row.to);
        }
        const auto faults = faults_of(content);
        CAPTURE(row.says);
        CAPTURE(faults);
        CHECK((row.says.empty() ? faults.empty() : faults.find(row.says) != std::string::npos));
    }
}

TEST_CASE("a project that names its group alone needs all that the group is for") {
    auto content = library_with_group();
    ask_for(content, R"({ "environment": "tools" })");
    const auto project = load_project(content, "sink");
    REQUIRE_MESSAGE(project, project.error().message);
    CHECK(project->python.environment == "tools");
    REQUIRE(project->python.packages.size() == 1);
    CHECK(project->python.packages[0].import_name == "sklearn");
    CHECK(project->python.pins.size() == 64);
}
