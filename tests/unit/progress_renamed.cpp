#include <doctest/doctest.h>

#include <thread>

#include "progress/snapshot.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;
using library::IdKind;

namespace {

library::Renamed american_ids() {
    library::Renamed renamed;
    renamed.add(IdKind::project, "regularisation-lab", "regularization-lab");
    renamed.add(IdKind::milestone, "penalise", "penalize", "regularization-lab");
    renamed.add(IdKind::topic, "modelling", "modeling");
    renamed.add(IdKind::quiz, "modelling", "modeling");
    renamed.add(IdKind::question, "colour", "color", "modeling");
    renamed.add(IdKind::goal, "practise", "practice");
    renamed.add(IdKind::curriculum, "maths", "math");
    return renamed;
}

Event answer_to(std::string quiz, std::string question, bool right) {
    return {.type = EventType::answered, .quiz = std::move(quiz), .question = std::move(question), .passed = right};
}

// The same life: named as before, as today, and one after the other.
std::vector<Event> life(bool begins_before, bool ends_before) {
    const std::string project = begins_before ? "regularisation-lab" : "regularization-lab";
    const std::string later_project = ends_before ? "regularisation-lab" : "regularization-lab";
    std::vector<Event> events{
        started(project),
        hinted(project, begins_before ? "penalise" : "penalize", 2),
        checked(project, begins_before ? "penalise" : "penalize", true),
        answer_to(begins_before ? "modelling" : "modeling", begins_before ? "colour" : "color", false),
        {.type = EventType::said, .topic = begins_before ? "modelling" : "modeling"},
        {.type = EventType::said, .goal = begins_before ? "practise" : "practice"},
        {.type = EventType::planned,
         .curriculum = begins_before ? "maths" : "math",
         .start = "2026-11-20",
         .minutes = 60},
        checked(later_project, ends_before ? "penalise" : "penalize", false),
        checked(later_project, ends_before ? "penalise" : "penalize", true, 2),
        answer_to(ends_before ? "modelling" : "modeling", ends_before ? "colour" : "color", true),
        {.type = EventType::quizzed, .quiz = ends_before ? "modelling" : "modeling", .passed = true},
        {.type = EventType::planned,
         .curriculum = ends_before ? "maths" : "math",
         .start = "2026-11-21",
         .minutes = 90},
    };
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].id = id_of(static_cast<unsigned>(i + 1));
        events[i].at = minute(static_cast<int>(i));
        events[i].order = events[i].at;
    }
    return events;
}

State replayed(const std::vector<Event>& events, const library::Renamed& renamed) {
    std::deque<std::string> storage;
    std::vector<Record> records;
    for (const auto& event : events) {
        storage.push_back(to_line(event));
        storage.back().pop_back();
        records.push_back(read_line(storage.back(), storage).record);
    }
    return replay(records, renamed);
}

}  // namespace

TEST_CASE("what was recorded by ids of before counts as if it had been recorded by those of today") {
    const auto renamed = american_ids();
    const auto expected = replayed(life(false, false), {});
    REQUIRE(expected.passes("regularization-lab", "penalize"));
    REQUIRE(expected.memories.at("modeling/color").answers == 2);
    REQUIRE(expected.plans.at("math").revision == 1);
    CHECK(replayed(life(true, true), renamed) == expected);
    CHECK(replayed(life(true, false), renamed) == expected);  // both, in one journal
    CHECK(replayed(life(false, true), renamed) == expected);  // a later clone that is older
    CHECK(replayed(life(false, false), renamed) == expected);
    CHECK_FALSE(replayed(life(true, true), {}) == expected);
}

TEST_CASE("the journal stays as it was written, and a snapshot by other ids does not count") {
    auto folder = std::move(*TemporaryFolder::make("mlpath-renamed-"));
    const SetClock clock(minute(0));
    system::RealRandom random;
    Journal journal(folder.path());
    REQUIRE(journal.append(life(true, true), clock, random));
    const auto file = journal.folder() / "progress" / journal_files(journal.folder() / "progress")->front().name;
    const auto before = *read_file(file);
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    CHECK(journal.load({})->state.projects.contains("regularisation-lab"));
    REQUIRE(fs::exists(journal.folder() / "local/snapshot"));
    const auto renamed = american_ids();
    for (int i = 0; i < 2; ++i) {  // replayed, and from the snapshot that was made then
        const auto state = journal.load(renamed)->state;
        CHECK(state.passes("regularization-lab", "penalize"));
        CHECK_FALSE(state.projects.contains("regularisation-lab"));
    }
    CHECK(journal.load({})->state.projects.contains("regularisation-lab"));
    CHECK(*read_file(file) == before);
}
