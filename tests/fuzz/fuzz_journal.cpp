// A whole journal file, as git or a crash may leave it, and what a next event makes of it.
#include <map>

#include "fuzz/support.hpp"
#include "progress/journal.hpp"

using namespace mlpath;

namespace {

class Numbers final : public system::Random {
public:
    std::uint64_t next() override { return ++m_last; }

private:
    std::uint64_t m_last = 0x0123456789abcdef;
};

class Noon final : public system::Clock {
public:
    [[nodiscard]] TimePoint now() const override { return *parse_time("2026-11-20T12:00:00.000000Z"); }
};

constexpr std::string_view own = "0123456789abcdef0123456789abcdef";

}  // namespace

FUZZ(input) {
    fuzz::clear(fuzz::scratch());
    const auto progress = fuzz::scratch() / ".mlpath" / "progress";
    fs::create_directories(progress);
    fs::create_directories(fuzz::scratch() / ".mlpath" / "local");
    fuzz::put(".mlpath/local/journal-id", own);
    fuzz::put(".mlpath/progress/" + std::string(own) + ".jsonl", input);
    progress::Journal journal(fuzz::scratch());
    const auto history = journal.replay_all();
    fuzz::insist(history.has_value(), "no text of a journal is an error");
    fuzz::insist(history->notes.size() <= 100, "the notes are bounded");
    for (const auto& note : history->notes) {
        fuzz::insist_on_line(to_line(note), "a note is one line");
    }
    const auto loaded = journal.load({});
    fuzz::insist(loaded && *loaded == *history, "with a snapshot or without: the same");

    Noon clock;
    Numbers random;
    const auto written =
        journal.append({{.type = progress::EventType::started, .project = "iris", .version = 1}}, clock, random);
    fuzz::insist(written.has_value(), "a journal can be gone on with");
    const auto after = journal.replay_all();
    fuzz::insist(after && after->events == history->events + 1, "what is written after is read, and nothing is lost");
    fuzz::insist(after->state.project("iris") != nullptr && after->state.project("iris")->started, "it counts");
}
