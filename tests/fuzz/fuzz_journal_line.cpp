// One line of the journal. What the quick scanner takes the JSON library must read alike.
#include "fuzz/support.hpp"
#include "progress/line.hpp"

using namespace mlpath;

namespace {

bool same(const progress::Record& a, const progress::Record& b) {
    return a.id == b.id && a.at == b.at && a.type == b.type && a.passed == b.passed && a.step == b.step &&
           a.version == b.version && a.project == b.project && a.milestone == b.milestone && a.topic == b.topic &&
           a.goal == b.goal;
}

}  // namespace

FUZZ(input) {
    std::deque<std::string> storage;
    const auto line = progress::read_line(input, storage);
    // A line end is blank to JSON, and unknown to the scanner, which leaves such a line to the library.
    const auto slow_text = std::string(input) + "\n";
    const auto slow = progress::read_line(slow_text, storage);
    fuzz::insist(line.kind == slow.kind && line.problem == slow.problem, "scanner and library agree on what a line is");
    if (line.kind != progress::LineKind::event) {
        fuzz::insist(!line.problem.empty(), "a line that does not count has a reason");
        fuzz::insist_on_line(line.problem, "the reason is one line");
        return;
    }
    fuzz::insist(same(line.record, slow.record), "scanner and library read the same");
    const auto event = progress::to_event(line.record);
    const auto text = progress::to_line(event);
    fuzz::insist_on_line(std::string_view(text).substr(0, text.size() - 1), "what we write is one line");
    const auto again = progress::read_line(std::string_view(text).substr(0, text.size() - 1), storage);
    fuzz::insist(again.kind == progress::LineKind::event && progress::to_line(progress::to_event(again.record)) == text,
                 "what is written is read as it was");
}
