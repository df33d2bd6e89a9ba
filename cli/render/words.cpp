#include "render/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/figures.hpp"
#include "base/text.hpp"
#include "host.hpp"
#include "workspace/links.hpp"

namespace mlpath::cli {

namespace {

std::string range(double min, double max, std::string_view unit) {
    const bool same = max <= min;
    const bool one = same && std::abs(min - 1) < 1e-9;
    return (same ? figure(min) : figure(min) + " to " + figure(max)) + " " + std::string(unit) + (one ? "" : "s");
}

std::string_view name_of(library::LengthUnit unit) {
    switch (unit) {
        case library::LengthUnit::hours: return "hour";
        case library::LengthUnit::days: return "day";
        case library::LengthUnit::weeks: return "week";
        case library::LengthUnit::months: return "month";
    }
    return "";
}

}  // namespace

std::string words_for(const library::Hours& hours) {
    const auto most = std::max(hours.min, hours.max);
    return most < 1 ? range(hours.min * 60, most * 60, "minute") : range(hours.min, most, "hour");
}

std::string words_for(const library::Length& length) {
    return length.ongoing ? "ongoing" : range(length.min, length.max, name_of(length.unit));
}

std::string words_for(const progress::Count& count) {
    return std::to_string(count.done) + " of " + std::to_string(count.total);
}

std::string words_for(const progress::Count& count, std::string_view what) {
    return std::to_string(count.done) + " of " + count_of(count.total, what);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const auto& part : parts) {
        if (!part.empty()) {
            text += (text.empty() ? "" : std::string(separator)) + part;
        }
    }
    return text;
}

std::string near_path(const std::filesystem::path& path) {
    const auto here = workspace::folder_we_stand_in(system::RealEnvironment());
    if (!here) {
        return path.string();
    }
    const auto near = path.lexically_proximate(*here).string();
    return near.starts_with("../../..") ? path.string() : near;
}

void put(Json& object, std::string_view key, const std::string& text) {
    if (!text.empty()) {
        object[std::string(key)] = text;
    }
}

void put(Json& object, std::string_view key, const std::vector<std::string>& texts) {
    if (!texts.empty()) {
        object[std::string(key)] = texts;
    }
}

Json json_of(const library::Hours& hours) {
    return Json{{"min", hours.min}, {"max", hours.max}, {"estimate", hours.estimate}};
}

Json json_of(const progress::Count& count) { return Json{{"done", count.done}, {"total", count.total}}; }

Json json_of(const progress::NextThing& next, const std::string& command) {
    Json object{{"kind", progress::to_string(next.kind)}};
    put(object, "command", command);
    put(object, "curriculum", next.curriculum);
    put(object, "stage", next.stage);
    put(object, "stage_title", next.stage_title);
    put(object, "project", next.project);
    put(object, "milestone", next.milestone);
    put(object, "topic", next.topic);
    put(object, "goal", next.goal);
    put(object, "title", next.title);
    put(object, "milestone_title", next.milestone_title);
    put(object, "says", next.says);
    put(object, "why", next.why);
    if (next.hours) {
        object["hours"] = json_of(*next.hours);
    }
    if (next.total > 0) {
        object["milestones"] = Json{{"done", next.done}, {"total", next.total}};
    }
    if (next.choose > 0) {
        object["choose"] = next.choose;
        object["others"] = next.others;
    }
    if (next.optional) {
        object["optional"] = true;
    }
    if (!next.project.empty()) {
        object["core"] = next.core && !next.optional;
    }
    return object;
}

Json json_of(const std::vector<progress::Note>& notes) {
    auto list = Json::array();
    for (const auto& note : notes) {
        list.push_back(Json{{"file", note.file}, {"line", note.line}, {"text", note.text}});
    }
    return list;
}

void remark_notes(Host& host, const std::vector<progress::Note>& notes) {
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < notes.size() && i < shown; ++i) {
        host.remark("note: " + progress::to_line(notes[i]));
    }
    if (notes.size() > shown) {
        host.remark("note: and " + count_of(notes.size() - shown, "more line") + " of the journal passed over");
    }
}

}  // namespace mlpath::cli
