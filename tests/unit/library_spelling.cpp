#include <doctest/doctest.h>

#include "library/guest.hpp"
#include "library/index.hpp"
#include "library/spelling.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

std::string american_of(std::string_view text) {
    std::string said;
    for (const auto& found : library::british_words(text)) {
        CHECK(text.substr(found.at, found.word.size()) == found.word);
        said.append(said.empty() ? "" : " ").append(found.american);
    }
    return said;
}

}  // namespace

TEST_CASE("words that are spelled the British way are found, whatever stands around them") {
    struct Case {
        std::string_view text;
        std::string_view american;
    };
    for (const auto& [text, american] : std::initializer_list<Case>{
             {"k-nearest neighbours", "neighbors"},
             {"Regularisation penalises large weights", "regularization penalizes"},
             {"NORMALISED", "normalized"},
             {"the colours' order; colourless", "colors colorless"},
             {"nearest_centre(square_metres)", "center meters"},
             {"two-colour", "color"},
             {"labelled, unlabelled and mislabelled rows", "labeled unlabeled mislabeled"},
             {"a modeller's modelling", "modeler modeling"},
             {"an optimiser, a tokeniser", "optimizer tokenizer"},
             {"the behaviour in 3 litres", "behavior liters"},
             {"practise with judgement", "practice judgment"},
             {"a licence, in its defence", "license defense"},
             {"catalogue, analogue", "catalog analog"},
             {"analysed by an analyser", "analyzed analyzer"},
             {"greyscale artefacts, learnt", "grayscale artifacts learned"},
             {"a programme of study", "program"},
             {"maths", "math"},
             {"sceptical", "skeptical"},
             // American, or spelled so by both.
             {"neighbors colored the center of the meter; license, practice, judgment, program, programmer", ""},
             {"promise precise exercise advise surprise otherwise likewise noise rise wise", ""},
             {"our hours, four tours, your source, a contour", ""},
             {"called, filled, pulled, controlled, compelled, enrolled, distilled, rolling", ""},
             {"dialogue, analyses, towards, cancellation, excellence, sentence, difference", ""},
             {"parameter, perimeter, thermometer", ""},
             {"na\xc3\xafve caf\xc3\xa9 colour\xc3\xa9", ""},
             {"", ""},
             {"x", ""},
             {"@@grey@@", "gray"},
             {"greyhoundgrey", ""},
         }) {
        CAPTURE(text);
        CHECK(american_of(text) == american);
    }
}

TEST_CASE("lint tells such words once a file, of what a reader reads") {
    auto content = test::sound_library();
    auto& topics = content.files["curricula/topics.json"];
    topics.replace(topics.find("Arrays."), 7, "Colours, and more colours.");
    topics.replace(topics.find("Basics"), 6, "Colour for all");  // somebody's title
    content.files["templates/sink/brief.md"] =
        "# Sink\n\n{{checked}}\n\nLook at the\nneighbours of `centre`.\n\n```\ngrey\n```\n";
    content.files["templates/sink/solution/ships.py"] += "# normalised\n";
    CHECK(test::faults_of(content) ==
          "curricula/topics.json:4: /topics/0/summary: warning: `colours` is spelled `colors` in American English (2 "
          "times in this file)\n"
          "templates/sink/brief.md:6: warning: `neighbours` is spelled `neighbors` in American English\n"
          "templates/sink/solution/ships.py:4: warning: `normalised` is spelled `normalized` in American English");
}

TEST_CASE("a library beside ours may be in British English, and says so") {
    const auto host = test::sound_library();
    const auto index = library::make_index(library::load(host)->library);
    const library::Basis basis{&index, library::load_datasets(host).value()};
    auto guest = host;
    std::erase_if(guest.files, [](const auto& file) { return !file.first.starts_with("curricula/schemas/"); });
    guest.files["library.json"] = R"({ "format": 1, "name": "acme", "title": "Acme" })";
    guest.files["curricula/acme-road.json"] =
        R"({ "format": 2, "id": "acme-road", "title": "Colour", "summary": "R.", "stages": [
{ "id": "one", "kind": "stage", "title": "One", "topics": [ { "topic": "numpy" } ] } ] })";
    const auto loaded = library::load_guest(guest, basis, "acme");
    REQUIRE(loaded->faults.size() == 1);
    CHECK(loaded->ok());
    CHECK(to_line(loaded->faults.front()) ==
          "curricula/acme-road.json:1: /title: warning: `colour` is spelled `color` in American English; or write "
          "`\"spelling\": \"british\"` in library.json");
    guest.files["library.json"] = R"({ "format": 1, "name": "acme", "title": "Acme", "spelling": "british" })";
    CHECK(library::load_guest(guest, basis, "acme")->faults.empty());
    guest.files["library.json"] = R"({ "format": 1, "name": "acme", "title": "Acme", "spelling": "scottish" })";
    CHECK_FALSE(library::load_guest(guest, basis, "acme")->ok());
}
