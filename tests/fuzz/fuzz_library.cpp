// A curriculum, a project, a quiz, the list of topics, skills or datasets, or of flaws, put into a library that is
// sound but for it: what `lint` and every command read from an author's folder.
#include "fuzz/support.hpp"
#include "library/index.hpp"
#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

// Where the library has such a file, going by the keys that only one kind has.
std::string place_of(std::string_view text) {
    const auto has = [&](std::string_view key) { return text.find(key) != std::string_view::npos; };
    return has("\"milestones\"")  ? "templates/sink/project.json"
           : has("\"stages\"")    ? "curricula/road.json"
           : has("\"questions\"") ? "curricula/quizzes/water.json"
           : has("\"datasets\"")  ? "curricula/datasets.json"
           : has("\"topics\"")    ? "curricula/topics.json"
           : has("\"skills\"")    ? "curricula/skills.json"
                                  : "templates/sink/flaws.json";
}

template <typename T>
void insist_on_part(const Result<T>& part, bool sound) {
    if (!part) {
        fuzz::insist_on(part.error());
    }
    fuzz::insist(part.has_value() || !sound, "what the whole library takes is taken alone");
}

}  // namespace

FUZZ(input) {
    static const auto whole = test::sound_library();
    auto library = whole;
    const auto place = place_of(input);
    library.files[place] = input;
    const auto loaded = library::load(library);
    if (!loaded) {
        fuzz::insist_on(loaded.error());
        return;
    }
    for (const auto& fault : loaded->faults) {
        fuzz::insist_on({fault}, library.files[fault.place.file]);
        fuzz::insist_on_line(to_line(fault), "a fault is one line");
    }
    const bool sound = loaded->ok();
    if (place.ends_with("project.json")) {
        insist_on_part(library::load_project(library, "sink"), sound);
    } else if (place.ends_with("road.json")) {
        insist_on_part(library::load_curriculum(library, "road"), sound);
    } else if (place.ends_with("topics.json")) {
        insist_on_part(library::load_topics(library), sound);
    } else if (place.ends_with("datasets.json")) {
        insist_on_part(library::load_datasets(library), sound);
    } else if (place.ends_with("water.json")) {
        insist_on_part(library::load_quiz(library, "water"), sound);
    } else {
        insist_on_part(library::load_flaws(library, library::load_project(whole, "sink").value()), sound);
    }
    if (sound) {
        const auto bytes = library::write_index(library::make_index(loaded->library));
        const auto index = library::read_index(bytes);
        fuzz::insist(index.has_value() && library::write_index(*index) == bytes, "an index is read as it was written");
    }
}
