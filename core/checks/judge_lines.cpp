#include "checks/judge_lines.hpp"

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/document.hpp"

namespace mlpath::checks {

namespace {

// The text behind `key`, near the beginning of the line.
std::string_view early_text(std::string_view line, std::string_view key) {
    line = line.substr(0, 300);
    const auto found = line.find("\"" + std::string(key) + "\":");
    if (found == std::string_view::npos) {
        return {};
    }
    line = trim(line.substr(found + key.size() + 3));
    const auto end = line.find('"', 1);
    return line.starts_with('"') && end != std::string_view::npos ? line.substr(1, end - 1) : std::string_view();
}

std::optional<Json> read_line(std::string_view line) {
    auto parsed = json::parse(line, "a line of the judge", {.bytes = 128u << 20});
    if (!parsed.ok() || !parsed.value.is_object()) {
        return std::nullopt;
    }
    return std::move(parsed.value);
}

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) {
        return {};
    }
    auto text = found->get<std::string>();
    if (text.size() > max_verdict_text) {
        text.resize(max_verdict_text);
        text = printable_block(text) + "…";  // also where the cut went through a character
    }
    return text;
}

// A line of the learner's.
SourcePlace told_place(const Json& told) {
    const auto number = [&](const char* key) {
        const auto found = told.find(key);
        return found != told.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
    };
    return run::checked({.file = text_of(told, "file"), .line = number("line"), .column = number("column")});
}

}  // namespace

std::string_view word_of(std::string_view line) { return early_text(line, "do"); }
std::string_view name_of(std::string_view line) { return early_text(line, "name"); }

bool is_refusal(std::string_view line) {
    return word_of(line) == "verdict" && early_text(line, "verdict") == "refused";
}

Finding read_verdict(std::string_view line, const run::Scene& scene) {
    const auto told = read_line(line);
    const auto verdict = told ? text_of(*told, "verdict") : std::string();
    if (verdict != "pass" && verdict != "fail" && verdict != "error") {
        return {.verdict = Verdict::error, .message = "the check script's verdict cannot be read"};
    }
    Finding finding{.verdict = verdict == "pass"   ? Verdict::pass
                               : verdict == "fail" ? Verdict::fail
                                                   : Verdict::error,
                    .message = text_of(*told, "message"),
                    .expected = text_of(*told, "expected"),
                    .actual = text_of(*told, "actual"),
                    .because = text_of(*told, "because"),
                    .look = text_of(*told, "look"),
                    .code = text_of(*told, "code")};
    finding.raised = text_of(*told, "raised");
    finding.lasting = told->value("lasting", Json()) != false;
    if (const auto place = told->find("place"); place != told->end() && place->is_object()) {
        finding.place = told_place(*place);
    }
    if (finding.because.empty() && !finding.raised.empty()) {
        const auto& at = finding.place;
        const auto where = at.file.empty() ? std::string() : at.file + ":" + std::to_string(at.line) + ": ";
        finding.because = run::cause_of_exception(where + finding.raised, scene);
    }
    if (const auto facts = told->find("facts"); facts != told->end() && facts->is_object()) {
        for (const auto& [name, value] : facts->items()) {
            if (value.is_number()) {
                finding.facts[name] = value.get<double>();
            }
        }
    }
    if (const auto told_of = told->find("measurements"); told_of != told->end()) {
        finding.measurements = measurements_from(*told_of);
    }
    return finding;
}

std::optional<run::LaidFile> read_lay(std::string_view line) {
    auto told = read_line(line);
    if (!told || !told->contains("path") || !told->at("path").is_string() || !told->contains("text") ||
        !told->at("text").is_string() || !stays_inside(told->at("path").get_ref<const std::string&>())) {
        return std::nullopt;
    }
    return run::LaidFile{told->at("path").get<std::string>(), told->at("text").get<std::string>(), {}};
}

}  // namespace mlpath::checks
