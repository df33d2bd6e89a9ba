#include "progress/line.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/text.hpp"
#include "json/json.hpp"
#include "progress/timestamp.hpp"

namespace mlpath::progress {

namespace {

constexpr std::array<std::pair<std::string_view, EventType>, 11> types{
    {{"checked", EventType::checked},
     {"answered", EventType::answered},
     {"hinted", EventType::hinted},
     {"started", EventType::started},
     {"said", EventType::said},
     {"unsaid", EventType::unsaid},
     {"solution-shown", EventType::solution_shown},
     {"solution-applied", EventType::solution_applied},
     {"goal-checked", EventType::goal_checked},
     {"quizzed", EventType::quizzed},
     {"planned", EventType::planned}}};

// What a line says, not yet judged. The views are empty where the key is absent.
struct Fields {
    static constexpr std::int64_t absent = -1;
    std::int64_t format = absent;
    std::string_view id{}, at{}, type{}, project{}, milestone{}, topic{}, goal{}, verdict{}, quiz{}, question{},
        curriculum{}, start{}, order{}, zone{}, data{};
    std::int64_t version = 0;
    std::int64_t step = 0;
    std::int64_t minutes = 0;

    std::string_view* text(std::string_view key) {
        switch (key.size()) {
            case 2: return key == "id" ? &id : key == "at" ? &at : nullptr;
            case 4:
                return key == "type"   ? &type
                       : key == "goal" ? &goal
                       : key == "quiz" ? &quiz
                       : key == "zone" ? &zone
                       : key == "data" ? &data
                                       : nullptr;
            case 5: return key == "topic" ? &topic : key == "start" ? &start : key == "order" ? &order : nullptr;
            case 7: return key == "project" ? &project : key == "verdict" ? &verdict : nullptr;
            case 8: return key == "question" ? &question : nullptr;
            case 9: return key == "milestone" ? &milestone : nullptr;
            case 10: return key == "curriculum" ? &curriculum : nullptr;
            default: return nullptr;
        }
    }
    std::int64_t* number(std::string_view key) {
        return key == "format"    ? &format
               : key == "version" ? &version
               : key == "step"    ? &step
               : key == "minutes" ? &minutes
                                  : nullptr;
    }
};

// A flat object of plain strings and small whole numbers. False: not that simple, ask the JSON library.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_next(text.data()), m_end(text.data() + text.size()) {}

    bool scan(Fields& fields) {
        if (!take('{')) {
            return false;
        }
        do {
            std::string_view key;
            if (!string(key) || !take(':')) {
                return false;
            }
            skip_space();
            if (m_next != m_end && *m_next == '"') {
                std::string_view value;
                if (!string(value)) {
                    return false;
                }
                auto* const field = fields.text(key);
                // Of a key that comes twice the last one counts, which the library knows how to tell.
                if (field == nullptr ? fields.number(key) != nullptr : !field->empty()) {
                    return false;
                }
                if (field != nullptr) {
                    *field = value;
                }
            } else if (std::int64_t value = 0; number(value)) {
                if (fields.text(key) != nullptr) {
                    return false;
                }
                if (auto* const field = fields.number(key)) {
                    *field = value;
                }
            } else {
                return false;
            }
        } while (take(','));
        if (!take('}')) {
            return false;
        }
        skip_space();
        return m_next == m_end;
    }

private:
    void skip_space() {
        while (m_next != m_end && (*m_next == ' ' || *m_next == '\t' || *m_next == '\r')) {
            ++m_next;
        }
    }
    bool take(char wanted) {
        skip_space();
        if (m_next == m_end || *m_next != wanted) {
            return false;
        }
        ++m_next;
        return true;
    }
    bool string(std::string_view& value) {
        if (!take('"')) {
            return false;
        }
        const char* const begin = m_next;
        while (m_next != m_end && *m_next != '"') {
            // Escapes, control characters and anything beyond ASCII are left to those who know all about them.
            if (*m_next < ' ' || *m_next == '\\' || *m_next == 0x7f) {
                return false;
            }
            ++m_next;
        }
        if (m_next == m_end) {
            return false;
        }
        value = {begin, static_cast<std::size_t>(m_next++ - begin)};
        return true;
    }
    bool number(std::int64_t& value) {
        const char* const begin = m_next;
        while (m_next != m_end && m_next - begin <= 9 && *m_next >= '0' && *m_next <= '9') {
            value = value * 10 + (*m_next++ - '0');
        }
        const auto digits = m_next - begin;
        return digits > 0 && digits <= 9 && (*begin != '0' || digits == 1) && m_next != m_end &&
               (*m_next == ',' || *m_next == '}' || *m_next == ' ');
    }

    const char* m_next;
    const char* m_end;
};

// A plan of another age is no plan: dates must leave room for the years that it takes.
bool is_day_to_plan(std::string_view text) {
    const auto day = parse_date(text);
    return day && std::chrono::year_month_day(*day).year() < std::chrono::year(2200);
}

// What an event of a type must say to be one; empty: nothing is missing.
std::string_view missing(const Record& record) {
    switch (record.type) {
        case EventType::said:
        case EventType::unsaid: return record.topic.empty() == record.goal.empty() ? "topic" : "";
        case EventType::goal_checked: return record.goal.empty() ? "goal" : "";
        case EventType::answered: return record.quiz.empty() ? "quiz" : record.question.empty() ? "question" : "";
        case EventType::quizzed: return record.quiz.empty() ? "quiz" : "";
        case EventType::planned:
            return record.curriculum.empty()                            ? "curriculum"
                   : !is_day_to_plan(record.start)                      ? "start"
                   : record.minutes < 1 || record.minutes > 7 * 24 * 60 ? "minutes"
                                                                        : "";
        case EventType::checked:
        case EventType::hinted:
            if (!record.project.empty() && record.milestone.empty()) {
                return "milestone";
            }
            [[fallthrough]];
        case EventType::started:
        case EventType::solution_shown:
        case EventType::solution_applied: return record.project.empty() ? "project" : "";
    }
    return "";
}

bool has_verdict(EventType type) {
    return type == EventType::checked || type == EventType::goal_checked || type == EventType::answered ||
           type == EventType::quizzed;
}

bool read_id_into(std::string_view text, Id& id) {
    if (text.size() != 32) {
        return false;
    }
    for (std::size_t i = 0; i < 32; ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'a' || c > 'f')) {
            return false;
        }
        id[i / 16] = (id[i / 16] << 4) | static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
    }
    return true;
}

// "+05:45": no place on Earth is further from UTC than this.
constexpr int furthest_zone = 18 * 60;
bool read_zone(std::string_view text, int& minutes) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100'000; };
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return false;
    }
    const int ahead = (digit(1) * 10 + digit(2)) * 60 + digit(4) * 10 + digit(5);
    if (ahead > furthest_zone || digit(4) > 5) {
        return false;
    }
    minutes = text[0] == '-' ? -ahead : ahead;
    return true;
}

std::string format_zone(std::chrono::minutes zone) {
    const auto ahead = std::clamp(static_cast<int>(zone.count()), -furthest_zone, furthest_zone);
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", ahead < 0 ? '-' : '+', std::abs(ahead) / 60,
                  std::abs(ahead) % 60);
    return buffer.data();
}

Line problem(LineKind kind, std::string text) { return {kind, {}, std::move(text)}; }

Line judge(const Fields& fields) {
    if (fields.format == Fields::absent) {
        return problem(LineKind::foreign, "has no `format`");
    }
    if (fields.format != 1) {
        return problem(LineKind::later, "is of a format that this mlpath does not know");
    }
    Line line{LineKind::event, {}, {}};
    auto& record = line.record;
    const auto type = std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.first == fields.type; });
    if (type == types.end()) {
        return fields.type.empty() ? problem(LineKind::foreign, "has no `type`")
                                   : problem(LineKind::later, "is of a type that this mlpath does not know");
    }
    record.type = type->second;
    if (!read_id_into(fields.id, record.id)) {
        return problem(LineKind::foreign, "has no sound `id`");
    }
    if (!read_timestamp(fields.at, record.at)) {
        return problem(LineKind::foreign, "has no sound `at`");
    }
    record.order = record.at;
    if (!fields.order.empty() && !read_timestamp(fields.order, record.order)) {
        return problem(LineKind::foreign, "has no sound `order`");
    }
    record.order = std::max(record.order, record.at);
    if (!fields.zone.empty() && !read_zone(fields.zone, record.zone)) {
        return problem(LineKind::foreign, "has no sound `zone`");
    }
    for (const auto& [name, value] : {std::pair{"project", fields.project},
                                      {"milestone", fields.milestone},
                                      {"topic", fields.topic},
                                      {"goal", fields.goal},
                                      {"quiz", fields.quiz},
                                      {"question", fields.question},
                                      {"curriculum", fields.curriculum}}) {
        if (!value.empty() && !is_id(value)) {
            return problem(LineKind::foreign, std::string("has no sound `") + name + "`");
        }
    }
    record.project = fields.project;
    record.milestone = fields.milestone;
    record.topic = fields.topic;
    record.goal = fields.goal;
    record.quiz = fields.quiz;
    record.question = fields.question;
    record.curriculum = fields.curriculum;
    record.start = fields.start;
    record.data = library::data_kind_of(fields.data);
    record.minutes = static_cast<int>(fields.minutes);
    record.version = static_cast<int>(fields.version);
    record.step = static_cast<int>(fields.step);
    record.passed = fields.verdict == "pass";

    if (const auto key = missing(record); !key.empty()) {
        return problem(LineKind::foreign, "has no sound `" + std::string(key) + "`");
    }
    if (has_verdict(record.type) && !record.passed && fields.verdict != "fail") {
        return problem(LineKind::foreign, "has no sound `verdict`");
    }
    if (record.type == EventType::hinted && (fields.step < 1 || fields.step > 3)) {
        return problem(LineKind::foreign, "has no sound `step`");
    }
    return line;
}

// Everything that the scanner would not decide: escapes, nested values of a later mlpath, broken lines.
Line read_by_library(std::string_view text, std::deque<std::string>& storage) {
    const auto value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) {
        return problem(LineKind::foreign, "is not JSON");
    }
    if (!value.is_object()) {
        return problem(LineKind::foreign, "is not a JSON object");
    }
    Fields fields;
    for (const auto& [key, item] : value.items()) {
        if (item.is_string()) {
            if (auto* const field = fields.text(key)) {
                *field = storage.emplace_back(item.get<std::string>());
            }
        } else if (item.is_number_integer() && item.get<std::int64_t>() >= 0 &&
                   item.get<std::int64_t>() <= 999'999'999) {
            if (auto* const field = fields.number(key)) {
                *field = item.get<std::int64_t>();
            }
        }
    }
    return judge(fields);
}

void add(std::string& line, std::string_view key, std::string_view value) {
    if (!value.empty()) {
        line.append(",\"").append(key).append("\":\"").append(value).append("\"");
    }
}

}  // namespace

Line read_line(std::string_view line, std::deque<std::string>& storage) {
    Fields fields;
    return Scanner(line).scan(fields) ? judge(fields) : read_by_library(line, storage);
}

std::string to_line(const Event& event) {
    std::string line = R"({"format":1)";
    line.reserve(256);
    add(line, "id", event.id);
    add(line, "at", format_time(event.at));
    if (event.order > event.at) {
        add(line, "order", format_time(event.order));
    }
    for (const auto& [name, type] : types) {
        if (type == event.type) {
            add(line, "type", name);
        }
    }
    add(line, "project", event.project);
    add(line, "milestone", event.milestone);
    add(line, "topic", event.topic);
    add(line, "goal", event.goal);
    add(line, "quiz", event.quiz);
    add(line, "question", event.question);
    add(line, "curriculum", event.curriculum);
    add(line, "start", event.start);
    if (event.version > 0) {
        line.append(",\"version\":").append(std::to_string(event.version));
    }
    if (event.step > 0) {
        line.append(",\"step\":").append(std::to_string(event.step));
    }
    if (event.minutes > 0) {
        line.append(",\"minutes\":").append(std::to_string(event.minutes));
    }
    if (event.zone != std::chrono::minutes::zero()) {
        add(line, "zone", format_zone(event.zone));
    }
    if (has_verdict(event.type)) {
        add(line, "verdict", event.passed ? "pass" : "fail");
    }
    if (event.data != library::DataKind::real) {
        add(line, "data", to_string(event.data));
    }
    return line += "}\n";
}

std::optional<Id> read_id(std::string_view text) {
    Id id{};
    return read_id_into(text, id) ? std::optional(id) : std::nullopt;
}

std::string to_string(const Id& id) {
    std::array<char, 33> text{};
    std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(id[0]),
                  static_cast<unsigned long long>(id[1]));
    return text.data();
}

Event to_event(const Record& record) {
    return {.id = to_string(record.id),
            .at = TimePoint(std::chrono::microseconds(record.at)),
            .order = TimePoint(std::chrono::microseconds(record.order)),
            .zone = std::chrono::minutes(record.zone),
            .type = record.type,
            .project = std::string(record.project),
            .milestone = std::string(record.milestone),
            .topic = std::string(record.topic),
            .goal = std::string(record.goal),
            .quiz = std::string(record.quiz),
            .question = std::string(record.question),
            .curriculum = std::string(record.curriculum),
            .start = std::string(record.start),
            .version = record.version,
            .passed = record.passed,
            .step = record.step,
            .minutes = record.minutes,
            .data = record.data};
}

}  // namespace mlpath::progress
