#include "checks/judge_requests.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

constexpr std::uintmax_t most_bytes = 64u << 20;  // of one source or artifact that a script reads

// Whatever the learner's program printed has to pass: what is no UTF-8 is replaced.
std::string line_of(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

std::string text_in(const Json& asked, const char* key) {
    const auto found = asked.find(key);
    return found != asked.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<std::optional<std::string>> JudgeRequests::answer(std::string_view word, std::string_view line) {
    if (word == "fields") {
        return std::optional(line_of({{"ok", true}, {"fields", m_check.fields}}));
    }
    const auto request = word == "source"     ? &JudgeRequests::source
                         : word == "step"     ? &JudgeRequests::step
                         : word == "artifact" ? &JudgeRequests::artifact
                                              : nullptr;
    if (request == nullptr) {
        return std::optional<std::string>();
    }
    const auto asked = Json::parse(line, nullptr, false);
    MLPATH_TRY(auto told, (this->*request)(asked.is_object() ? asked : Json::object()));
    return std::optional(std::move(told));
}

std::string JudgeRequests::refuse(Finding finding) {
    auto line = line_of({{"ok", false}, {"message", finding.message}});
    m_refused = std::move(finding);
    return line;
}

Result<std::string> JudgeRequests::shown(const std::string& path, std::string_view bytes) {
    if (bytes.size() > most_bytes) {
        auto finding = failed("`" + path + "` is too large to be judged");
        finding.expected = "at most " + human_bytes(most_bytes);
        finding.actual = human_bytes(bytes.size());
        return refuse(std::move(finding));
    }
    if (!m_folder) {
        MLPATH_TRY(m_folder, TemporaryFolder::make("mlpath-judge-"));
    }
    const auto copy = m_folder->path() / std::to_string(m_copies++);
    MLPATH_CHECK(write_file(copy, bytes, Durability::cached));
    return line_of({{"ok", true}, {"path", copy.string()}});
}

Result<std::string> JudgeRequests::source(const Json& asked) {
    auto check = m_check;
    check.fields = Json{{"path", text_in(asked, "path")}};
    MLPATH_TRY(auto bytes, subject_of(check, m_evaluation));
    return bytes ? shown(text_in(asked, "path"), *bytes) : Result<std::string>(refuse(std::move(bytes.error())));
}

Result<std::string> JudgeRequests::step(const Json& asked) {
    const auto id = text_in(asked, "step");
    const auto& steps = m_evaluation.project().steps;
    if (std::ranges::find(steps, id, &library::Step::id) == steps.end()) {
        return fail(ErrorKind::malformed, "the script asks for a step `" + printable(id) + "`, which there is not");
    }
    MLPATH_TRY(auto evidence, m_evaluation.run(id));
    if (!evidence->succeeded()) {
        return refuse(step_failed(*evidence));
    }
    const auto printed = run::shown_of(evidence->outcome.process).output;
    m_runs.push_back(std::move(evidence));
    return line_of({{"ok", true}, {"run", m_runs.size() - 1}, {"printed", printed}});
}

Result<std::string> JudgeRequests::artifact(const Json& asked) {
    const auto run = asked.find("run");
    if (run == asked.end() || !run->is_number_unsigned() || run->get<std::size_t>() >= m_runs.size()) {
        return fail(ErrorKind::malformed, "the script asks for an artifact of a run that there is not");
    }
    const auto path = text_in(asked, "path");
    auto bytes = artifact_of(*m_runs[run->get<std::size_t>()], path);
    return bytes ? shown(path, *bytes) : Result<std::string>(refuse(std::move(bytes.error())));
}

}  // namespace mlpath::checks
