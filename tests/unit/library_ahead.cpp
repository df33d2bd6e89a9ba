// What is read ahead, at speed and side by side, is held against reading one file after the other.
#include <doctest/doctest.h>

#include <random>

#include "library/ahead.hpp"
#include "library/index.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

// All that `load` says.
std::string told(const library::Content& content) {
    const auto loaded = library::load(content);
    if (!loaded) {
        return "error: " + loaded.error().message;
    }
    std::string text;
    for (const auto& fault : loaded->faults) {
        text +=
            std::to_string(static_cast<int>(fault.severity)) + ' ' + fault.place.pointer + ' ' + to_line(fault) + '\n';
    }
    return text + library::write_index(library::make_index(loaded->library));
}

std::string damaged(std::string text, std::mt19937& random) {
    const auto at = random() % text.size();
    switch (random() % 5) {
        case 0: text.resize(at); break;
        case 1: text[at] = std::string_view("{}[]\",:0a\x80\n")[random() % 11]; break;
        case 2: text.erase(at, 1 + random() % 12); break;
        case 3: text.insert(at, text.substr(at, 1 + random() % 60)); break;
        default: {  // one of its words for another
            const auto a = text.find('"', at);
            const auto b = a == std::string::npos ? a : text.find('"', a + 1);
            if (b != std::string::npos) {
                text.replace(a, b - a + 1, random() % 2 == 0 ? "\"id\"" : "\"sink\"");
            }
        }
    }
    return text;
}

}  // namespace

TEST_CASE("a file without faults is read ahead, once") {
    auto content = test::sound_library();
    content.files["templates/swim/project.json"] += "]";
    library::Ahead ahead;
    ahead.read(content, {{"curricula/topics.json", "topics"},
                         {"curricula/road.json", "curriculum"},
                         {"templates/sink/project.json", "project"},
                         {"templates/swim/project.json", "project"},
                         {"curricula/quizzes/none.json", "quiz"}});
    const auto topics = ahead.take<library::Catalogue<library::Topic>>("curricula/topics.json");
    REQUIRE(topics);
    CHECK(topics->value.ids() == std::vector<std::string>{"numpy", "python"});
    CHECK(topics->document.line_of("/topics/1") == 6);
    CHECK_FALSE(ahead.take<library::Catalogue<library::Topic>>("curricula/topics.json"));
    CHECK(ahead.take<library::Curriculum>("curricula/road.json")->value.stages.size() == 2);
    CHECK_FALSE(ahead.take<library::Curriculum>("templates/sink/project.json"));
    CHECK(ahead.take<library::Project>("templates/sink/project.json")->value.milestones.size() == 2);
    CHECK_FALSE(ahead.take<library::Project>("templates/swim/project.json"));
    CHECK_FALSE(ahead.take<library::Quiz>("curricula/quizzes/none.json"));
    CHECK_FALSE(ahead.take<library::Project>("templates/other/project.json"));

    const test::WithoutHaste slowly(content);
    library::Ahead nothing;
    nothing.read(slowly, {{"curricula/topics.json", "topics"}});
    CHECK_FALSE(nothing.take<library::Catalogue<library::Topic>>("curricula/topics.json"));
}

TEST_CASE("a library is told the same whether it was read ahead or not") {
    const auto whole = test::sound_library();
    REQUIRE(told(whole) == told(test::WithoutHaste(whole)));
    const std::vector<std::string> paths{"curricula/topics.json",       "curricula/skills.json",
                                         "curricula/datasets.json",     "curricula/road.json",
                                         "templates/sink/project.json", "templates/swim/project.json"};
    std::mt19937 random(11);
    std::size_t changed = 0;
    for (int round = 0; round < 600; ++round) {
        auto content = whole;
        for (auto times = 1 + random() % 2; times > 0; --times) {
            const auto& path = paths[random() % paths.size()];
            content.files[path] = damaged(content.files[path], random);
        }
        const auto ahead = told(content);
        REQUIRE(ahead == told(test::WithoutHaste(content)));
        changed += ahead == told(whole) ? 0 : 1;
    }
    CHECK(changed > 100);
}

TEST_CASE("ids of a list that are taken, lost or broken are told the same") {
    const auto whole = test::sound_library();
    const std::string topic = R"(, "title": "T", "summary": "S", "hours": {"min": 9, "max": 1}, "skills": ["none"],
"requires": ["t-1", "other"], "resources": [ { "title": "Book", "kind": "book", "origin": "source" } ] })";
    std::string many;
    for (const std::string id : {"numpy", "python", "t-1", "t-2", "t-1"}) {
        many += std::string(many.empty() ? "" : ",\n") + "{ \"id\": \"" + id + '"' + topic;
    }
    for (const auto& list : {many, many.substr(0, many.rfind(",\n{")), many + ", 7", many + ", {}"}) {
        auto content = whole;
        content.files["curricula/topics.json"] = "{\"format\": 1, \"topics\": [\n" + list + "]}";
        CHECK(told(content) == told(test::WithoutHaste(content)));
    }
}
