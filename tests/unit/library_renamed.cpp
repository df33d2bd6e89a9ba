#include <doctest/doctest.h>

#include "library/guest.hpp"
#include "library/index.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using library::IdKind;
using library::Renamed;

namespace {

struct RenamedEdit {
    const char* file;
    const char* from;
    const char* to;
};

test::MemoryContent renamed_library(std::initializer_list<RenamedEdit> edits) {
    auto content = test::sound_library();
    for (const auto& [file, from, to] : edits) {
        auto& text = content.files[file];
        const auto at = text.find(from);
        REQUIRE_MESSAGE(at != std::string::npos, from);
        text.replace(at, std::string_view(from).size(), to);
    }
    return content;
}

constexpr const char* topics_file = "curricula/topics.json";
constexpr const char* road_file = "curricula/road.json";
constexpr const char* sink_file = "templates/sink/project.json";
constexpr const char* swim_file = "templates/swim/project.json";

}  // namespace

TEST_CASE("an id of before means that of today, within what it is named in") {
    Renamed renamed;
    CHECK(renamed.empty());
    CHECK(renamed.fingerprint() == 0);
    renamed.add(IdKind::topic, "modelling", "modeling");
    renamed.add(IdKind::question, "colour", "color", "opencv");
    CHECK(renamed.now(IdKind::topic, "modelling") == "modeling");
    CHECK(renamed.now(IdKind::topic, "modeling") == "modeling");
    CHECK(renamed.now(IdKind::project, "modelling") == "modelling");
    CHECK(renamed.now(IdKind::question, "colour", "opencv") == "color");
    CHECK(renamed.now(IdKind::question, "colour", "numpy") == "colour");
    CHECK(renamed.before(IdKind::topic, "modeling") == "modelling");
    CHECK(renamed.before(IdKind::topic, "numpy").empty());
    const auto one = renamed.fingerprint();
    CHECK(one != 0);
    Renamed other;
    other.add(IdKind::topic, "modelling", "models");
    CHECK(other.fingerprint() != one);
    other.add(renamed);  // what is known already stays
    CHECK(other.now(IdKind::topic, "modelling") == "models");
    CHECK(other.now(IdKind::question, "colour", "opencv") == "color");
}

TEST_CASE("the index knows the ids of before of all that has aliases, and comes back with them") {
    const auto content = renamed_library({
        {topics_file, R"("id": "numpy",)", R"("id": "numpy", "aliases": ["numeric", "numarray"],)"},
        {"curricula/skills.json", R"("id": "csv",)", R"("id": "csv", "aliases": ["tables"],)"},
        {"curricula/datasets.json", R"("id": "ships",)", R"("id": "ships", "aliases": ["boats"],)"},
        {road_file, R"("id": "road",)", R"("id": "road", "aliases": ["way"],)"},
        {road_file, R"("id": "second",)", R"("id": "second", "aliases": ["next"],)"},
        {road_file, R"("id": "repo",)", R"("id": "repo", "aliases": ["repository"],)"},
        {sink_file, R"("id": "sink",)", R"("id": "sink", "aliases": ["drown"],)"},
        {sink_file, R"("id": "read",)", R"("id": "read", "aliases": ["load-rows"],)"},
    });
    CHECK(test::faults_of(content).empty());
    const auto index = library::read_index(library::write_index(library::make_index(library::load(content)->library)));
    REQUIRE(index);
    const auto& renamed = index->renamed;
    CHECK(renamed.now(IdKind::topic, "numarray") == "numpy");
    CHECK(renamed.now(IdKind::quiz, "numeric") == "numpy");  // a quiz is called as its topic was
    CHECK(renamed.now(IdKind::skill, "tables") == "csv");
    CHECK(renamed.now(IdKind::dataset, "boats") == "ships");
    CHECK(renamed.now(IdKind::curriculum, "way") == "road");
    CHECK(renamed.now(IdKind::stage, "next", "road") == "second");
    CHECK(renamed.now(IdKind::goal, "repository") == "repo");
    CHECK(renamed.now(IdKind::project, "drown") == "sink");
    CHECK(renamed.now(IdKind::milestone, "load-rows", "sink") == "read");
    CHECK(index->topics.ids() == std::vector<std::string>{"numpy", "python"});  // there are no more of them
}

TEST_CASE("what is named by an id of before is meant, and lint says how it is called today") {
    const auto content = renamed_library({
        {topics_file, R"("id": "python",)", R"("id": "python", "aliases": ["snake"],)"},
        {topics_file, R"("requires": ["python"])", R"("requires": ["snake"])"},
        {sink_file, R"("id": "sink",)", R"("id": "sink", "aliases": ["drown"],)"},
        {swim_file, R"("extends": "sink")", R"("extends": "drown")"},
    });
    CHECK(test::faults_of(content) ==
          "curricula/topics.json:5: /topics/0/requires/0: warning: the topic `snake` is called `python` today; write "
          "`python`; the id of before is still understood\n"
          "templates/swim/project.json:3: /extends: warning: the project `drown` is called `sink` today; write `sink`; "
          "the id of before is still understood");
    const auto loaded = library::load(content);
    CHECK(loaded->library.topics.find("numpy")->requires_topics == std::vector<std::string>{"python"});
    const auto index = library::make_index(loaded->library);
    CHECK(index.projects.find("swim")->extends == "sink");
    const auto swim = library::load_project(content, index.renamed, "swim");
    REQUIRE(swim);
    CHECK(swim->extends == "sink");
    CHECK(library::load_project(content, index.renamed, "drown")->id == "sink");
    CHECK_FALSE(library::load_project(content, "drown"));
}

TEST_CASE("an id of before that means two things is refused, in a sentence") {
    struct Case {
        std::vector<RenamedEdit> edits;
        const char* says;
    };
    const auto numpy = R"("id": "numpy",)";
    const auto python = R"("id": "python",)";
    for (const auto& [edits, says] : std::initializer_list<Case>{
             // The new id and that of before side by side: two entries.
             {{{topics_file, numpy, R"("id": "numpy", "aliases": ["python"],)"}},
              "there is another topic `python`, so that cannot be an id that `numpy` had before"},
             {{{topics_file, numpy, R"("id": "numpy", "aliases": ["numpy"],)"}},
              "`numpy` is the id that the topic has today, and an alias is one that it had before"},
             {{{topics_file, numpy, R"("id": "numpy", "aliases": ["old"],)"},
               {topics_file, python, R"("id": "python", "aliases": ["old"],)"}},
              "`old` is an alias of `numpy` already"},
             {{{sink_file, R"("id": "sink",)", R"("id": "sink", "aliases": ["swim"],)"}},
              "there is another project `swim`, so that cannot be an id that `sink` had before"},
             {{{sink_file, R"("id": "read",)", R"("id": "read", "aliases": ["guess"],)"}},
              "there is another milestone `guess`, so that cannot be an id that `read` had before"},
             {{{road_file, R"("id": "first",)", R"("id": "first", "aliases": ["inner"],)"}},
              "there is another stage `inner`, so that cannot be an id that `first` had before"},
             // The stage has the topic by both of its ids.
             {{{topics_file, numpy, R"("id": "numpy", "aliases": ["old"],)"},
               {road_file, R"({ "topic": "numpy", "heading": "Arrays" })",
                R"({ "topic": "numpy" }, { "topic": "old" })"}},
              "the topic `numpy` is in this stage twice"},
         }) {
        CAPTURE(says);
        auto content = test::sound_library();
        for (const auto& [file, from, to] : edits) {
            auto& text = content.files[file];
            REQUIRE(text.find(from) != std::string::npos);
            text.replace(text.find(from), std::string_view(from).size(), to);
        }
        const auto loaded = library::load(content);
        CHECK_FALSE(loaded->ok());
        CHECK_MESSAGE(test::faults_of(content).find(says) != std::string::npos, test::faults_of(content));
    }
    // Of different kinds they do not meet.
    CHECK(test::faults_of(renamed_library({{topics_file, numpy, R"("id": "numpy", "aliases": ["swim"],)"}})).empty());
}

TEST_CASE("a library beside ours goes on when we rename, and takes no id of ours") {
    const auto host = renamed_library({
        {topics_file, R"("id": "numpy",)", R"("id": "numpy", "aliases": ["array-basics"],)"},
        {sink_file, R"("id": "sink",)", R"("id": "sink", "aliases": ["drown-lab"],)"},
    });
    const auto index = library::make_index(library::load(host)->library);
    const library::Basis basis{&index, library::load_datasets(host).value()};
    test::MemoryContent guest;
    for (const auto& [path, text] : host.files) {
        if (path.starts_with("curricula/schemas/")) {
            guest.files[path] = text;
        }
    }
    guest.files["library.json"] = R"({ "format": 1, "name": "acme", "title": "Acme" })";
    guest.files["curricula/acme-road.json"] =
        R"({ "format": 2, "id": "acme-road", "title": "R", "summary": "R.", "stages": [
{ "id": "one", "kind": "stage", "title": "One", "topics": [ { "topic": "array-basics" } ],
  "projects": [ { "project": "drown-lab" } ] } ] })";
    const auto loaded = library::load_guest(guest, basis, "acme");
    REQUIRE(loaded);
    REQUIRE(loaded->ok());
    CHECK(loaded->faults.size() == 2);
    const auto& stage = loaded->library.curricula.find("acme-road")->stages.front();
    CHECK(stage.topics.front().topic == "numpy");
    CHECK(stage.projects.front().project == "sink");

    // A name with which an id of before begins would change what that id means.
    CHECK(library::taken_by(index, "drown") == "drown-lab");
    auto joined = index;
    library::add_guest(joined, library::make_index(loaded->library));
    CHECK(joined.renamed.now(IdKind::project, "drown-lab") == "sink");

    guest.files[topics_file] = R"({ "format": 1, "topics": [ { "id": "acme-tea", "aliases": ["tea"], "title": "Tea",
  "summary": "Tea.", "resources": [ { "title": "T", "kind": "book", "origin": "ours" } ] } ] })";
    const auto greedy = library::load_guest(guest, basis, "acme");
    REQUIRE_FALSE(greedy->ok());
    CHECK(
        to_error(greedy->faults).message.find("the alias `tea` does not begin with `acme-`, the name of its library") !=
        std::string::npos);
}
