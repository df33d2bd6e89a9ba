// One journal line as text. Reading is tuned by hand (a journal may hold a hundred thousand lines and `mlpath next`
// must not notice); anything out of the ordinary goes to the JSON library, so that the two never disagree on what JSON
// is.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "progress/event.hpp"

namespace mlpath::progress {

// {"format":1,"id":"…","at":"…","type":"checked","project":"iris",…} and a newline. "order" only where it is not `at`,
// "zone" only where it is not UTC, "data" only where they were synthetic.
[[nodiscard]] std::string to_line(const Event& event);

using Id = std::array<std::uint64_t, 2>;  // 32 hex digits
[[nodiscard]] std::optional<Id> read_id(std::string_view text);
[[nodiscard]] std::string to_string(const Id& id);

// An event as replay sees it: views into the text that it was read from, no allocation.
struct Record {
    Id id{};
    std::int64_t at = 0;     // microseconds since 1970
    std::int64_t order = 0;  // the same; `at` where the line names none, and never less
    EventType type = EventType::started;
    bool passed = false;
    int step = 0;
    int version = 0;
    int minutes = 0;
    int zone = 0;  // minutes ahead of UTC
    library::DataKind data = library::DataKind::real;
    std::string_view project{};
    std::string_view milestone{};
    std::string_view topic{};
    std::string_view goal{};
    std::string_view quiz{};
    std::string_view question{};
    std::string_view curriculum{};
    std::string_view start{};
};

enum class LineKind {
    event,
    later,    // sound JSON of ours, but of a format or type that this mlpath does not know
    foreign,  // anything else
};

struct Line {
    LineKind kind = LineKind::foreign;
    Record record{};
    std::string problem{};  // why it is not an event: "is not JSON", "has no sound `milestone`"
};

// Reads one line (without its newline). Texts that had to be unescaped are kept in `storage`, which must outlive the
// record, as must the line.
[[nodiscard]] Line read_line(std::string_view line, std::deque<std::string>& storage);

// The same as a value, for what is not hot.
[[nodiscard]] Event to_event(const Record& record);

}  // namespace mlpath::progress
