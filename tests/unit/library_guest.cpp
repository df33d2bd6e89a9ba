#include <doctest/doctest.h>

#include "library/guest.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

using Files = std::map<std::string, std::string>;
using Paths = std::vector<std::string>;

constexpr auto guest_road = R"({ "format": 2, "id": "acme-road", "title": "R", "summary": "R.", "stages": [
{ "id": "one", "kind": "stage", "title": "One", "goal": "G.", "topics": [ { "topic": "acme-tea" } ],
  "projects": [ { "project": "sink" } ],
  "goals": [ { "id": "acme-cup", "text": "A cup." } ] } ] })";
constexpr auto tea = R"({ "format": 1, "topics": [
{ "id": "acme-tea", "title": "Tea", "summary": "Tea.", "skills": [], "requires": [],
  "resources": [ { "title": "T", "url": "https://example.org/t", "kind": "docs", "origin": "ours" } ] } ] })";

// A guest of the sound library, with its schemas.
test::MemoryContent guest() {
    test::MemoryContent content;
    for (const auto& [path, text] : test::sound_library().files) {
        if (path.starts_with("curricula/schemas/")) {
            content.files[path] = text;
        }
    }
    content.files["library.json"] = R"({ "format": 1, "name": "acme", "title": "Acme" })";
    content.files["curricula/topics.json"] = tea;
    content.files["curricula/acme-road.json"] = guest_road;
    return content;
}

library::Index host_index() { return library::make_index(library::load(test::sound_library()).value().library); }

std::string guest_faults(const test::MemoryContent& content, const std::string& name = "acme") {
    const auto index = host_index();
    const library::Basis basis{&index, library::load_datasets(test::sound_library()).value()};
    const auto loaded = library::load_guest(content, basis, name);
    REQUIRE(loaded);
    std::string text;
    for (const auto& fault : loaded->faults) {
        text += (text.empty() ? "" : "\n") + to_line(fault);
    }
    return text;
}

void swap(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

std::shared_ptr<test::MemoryContent> shared(Files files) {
    auto content = std::make_shared<test::MemoryContent>();
    content->files = std::move(files);
    return content;
}

}  // namespace

TEST_CASE("whose an id is can be read off its first word") {
    CHECK(library::belongs_to("acme-chess", "acme"));
    CHECK(library::belongs_to("acme", "acme"));
    CHECK_FALSE(library::belongs_to("acmes-chess", "acme"));
    CHECK_FALSE(library::belongs_to("chess-acme", "acme"));
    CHECK_FALSE(library::belongs_to("acme-chess", ""));
    CHECK(library::first_word("a-b-c") == "a");
    const auto index = host_index();
    CHECK(library::taken_by(index, "sink") == "sink");
    CHECK_FALSE(library::taken_by(index, "acme"));
}

TEST_CASE("a guest refers to what is there, and to itself") {
    CHECK(guest_faults(guest()).empty());
    auto content = guest();
    swap(content.files["curricula/acme-road.json"], "\"sink\"", "\"sunk\"");
    CHECK(guest_faults(content) ==
          "curricula/acme-road.json:3: /stages/0/projects/0/project: no project `sunk`; did you mean `sink`?");
}

TEST_CASE("a guest names all that it brings by its own name") {
    struct Case {
        const char* file;
        const char* from;
        const char* to;
        const char* says;
    };
    for (const auto& [file, from, to, says] : std::initializer_list<Case>{
             {"curricula/topics.json", "acme-tea", "tea",
              "curricula/topics.json:2: /topics/0/id: the id `tea` does not begin with `acme-`, the name of its "
              "library; name it `acme-tea`"},
             {"curricula/acme-road.json", "acme-cup", "cup",
              "curricula/acme-road.json:4: /stages/0/goals/0/id: the id `cup` does not begin with `acme-`, the name of "
              "its library; name it `acme-cup`"},
         }) {
        CAPTURE(file);
        auto content = guest();
        swap(content.files[file], from, to);
        swap(content.files["curricula/acme-road.json"], "\"acme-tea\"",
             std::string("\"") + (std::string(from) == "acme-tea" ? to : "acme-tea") + "\"");
        CHECK(guest_faults(content) == says);
    }
    auto content = guest();
    content.files["curricula/road.json"] = content.files["curricula/acme-road.json"];
    content.files.erase("curricula/acme-road.json");
    swap(content.files["curricula/road.json"], "acme-road", "road");
    CHECK(guest_faults(content).find("the id `road` does not begin with `acme-`") != std::string::npos);
}

TEST_CASE("a name that something has already is taken, whatever else is wrong") {
    auto content = guest();
    CHECK(guest_faults(content, "sink").find("library.json: the name `sink` is taken: `sink` begins with it") == 0);
    content.files["library.json"] = R"({ "format": 1, "name": "two-words", "title": "Acme" })";
    CHECK(guest_faults(content).find("library.json") == 0);
}

TEST_CASE("joined, a guest is seen where it is at home, and nothing of it beside that") {
    const auto base = shared({{"curricula/topics.json", "base topics"},
                              {"curricula/levels.json", "base levels"},
                              {"templates/iris/project.json", "base iris"},
                              {"harness/judge.py", "base judge"}});
    const auto acme = shared({{"library.json", "its name"},
                              {"curricula/topics.json", "its topics"},
                              {"curricula/levels.json", "a false levels"},
                              {"curricula/acme-road.json", "its road"},
                              {"curricula/quizzes/acme-tea.json", "its quiz"},
                              {"curricula/quizzes/numpy.json", "a false quiz"},
                              {"templates/iris/project.json", "a false iris"},
                              {"templates/acme-x/project.json", "its project"},
                              {"templates/acmes/project.json", "a false one"},
                              {"harness/judge.py", "a false judge"},
                              {"libraries/acme/curricula/topics.json", "a trick"}});
    const auto content = library::joined_content(base, {{"acme", acme}});
    CHECK(content->list("").value() == Paths{"curricula/acme-road.json", "curricula/levels.json",
                                             "curricula/quizzes/acme-tea.json", "curricula/topics.json",
                                             "harness/judge.py", "libraries/acme/curricula/topics.json",
                                             "templates/acme-x/project.json", "templates/iris/project.json"});
    CHECK(content->list("templates/acme").value() == Paths{"templates/acme-x/project.json"});
    const Files wanted{{"curricula/topics.json", "base topics"},
                       {"curricula/levels.json", "base levels"},
                       {"templates/iris/project.json", "base iris"},
                       {"harness/judge.py", "base judge"},
                       {"libraries/acme/curricula/topics.json", "its topics"},
                       {"curricula/acme-road.json", "its road"},
                       {"curricula/quizzes/acme-tea.json", "its quiz"},
                       {"templates/acme-x/project.json", "its project"}};
    for (const auto& [path, text] : wanted) {
        CAPTURE(path);
        CHECK(content->read(path).value() == text);
    }
    for (const std::string path :
         {"curricula/quizzes/numpy.json", "templates/acmes/project.json", "library.json", "libraries/acme/library.json",
          "libraries/acme/harness/judge.py", "libraries/other/curricula/topics.json", "templates/acme-x"}) {
        CAPTURE(path);
        CHECK_FALSE(content->read(path));
    }
    CHECK(content->origin() == "memory");
}

TEST_CASE("what is in the index stays, and what is new joins it") {
    library::Index index;
    index.projects.add({.id = "iris", .title = "ours"});
    library::Index other;
    other.projects.add({.id = "iris", .title = "theirs"});
    other.projects.add({.id = "acme-x", .title = "new"});
    library::add_guest(index, std::move(other));
    CHECK(index.projects.find("iris")->title == "ours");
    CHECK(index.projects.find("acme-x")->title == "new");
}

TEST_CASE("topics and datasets of guests are found beside ours") {
    const auto host = std::make_shared<test::MemoryContent>(test::sound_library());
    const auto acme = std::make_shared<test::MemoryContent>(guest());
    const auto content = library::joined_content(host, {{"acme", acme}});
    const auto topics = library::load_topics(*content).value();
    CHECK(topics.contains("acme-tea"));
    CHECK(topics.size() == library::load_topics(*host).value().size() + 1);
    CHECK(library::load_curriculum(*content, "acme-road").value().title == "R");
    CHECK(library::load_curriculum(*content, "acme-rood").error().hint.find("acme-road") != std::string::npos);
}
