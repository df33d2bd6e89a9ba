#include "library/check_lint.hpp"

#include <algorithm>
#include <set>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "library/paths.hpp"
#include "library/read.hpp"
#include "metrics/metric.hpp"

namespace mlpath::library {

void lint_split_data(Draft& draft, const Project& project, const json::Document& document, const std::string& id,
                     const std::string& pointer) {
    KnownIds known;
    bool split = false;
    for (const auto& entry : project.data) {
        known.add(entry.id);
        split = split || (entry.id == id && entry.split);
    }
    if (known.contains(id) && !split) {
        draft.error(document, pointer, "the data `" + id + "` has no `split`, so there is no test part");
    }
    draft.refer(document, pointer, "data", id, known);
}

void lint_programs(Draft& draft, const Project& project, const json::Document& document,
                   const std::vector<std::string>& argv, const std::string& pointer, const Json& laid) {
    for (std::size_t i = 0; i < argv.size(); ++i) {
        if (argv[i].ends_with(".py") && !laid.contains(argv[i]) && !any_glob_matches(project.sources, argv[i])) {
            draft.error(document, json::pointer_to(pointer, i),
                        "`" + argv[i] + "` is none of the `sources`, so `verify` would not have it",
                        "a glob in `sources` must match it");
        }
    }
}

const Step* CheckLint::step_named(const std::string& id) const {
    const auto found = std::ranges::find(m_project.steps, id, &Step::id);
    return found == m_project.steps.end() ? nullptr : &*found;
}

// What the step writes, and the steps before it in the same folder.
std::vector<std::string> CheckLint::written_by(const std::string& step) const {
    std::vector<std::string> written;
    std::vector<std::string> queue{step};
    std::set<std::string> seen;
    while (!queue.empty()) {
        const auto id = queue.back();
        queue.pop_back();
        const auto* found = step_named(id);
        if (found != nullptr && seen.insert(id).second) {
            written.insert(written.end(), found->writes.begin(), found->writes.end());
            queue.insert(queue.end(), found->needs.begin(), found->needs.end());
        }
    }
    return written;
}

bool CheckLint::known_step(const std::string& id, const std::string& below) {
    if (step_named(id) != nullptr) {
        return true;
    }
    KnownIds known;
    std::ranges::for_each(m_project.steps, [&](const Step& step) { known.add(step.id); });
    refer(below, "step", id, known);
    return false;
}

bool CheckLint::needs(const std::string& id, const std::string& other) const {
    std::vector<std::string> queue{id};
    std::set<std::string> seen;
    while (!queue.empty()) {
        const auto next = queue.back();
        queue.pop_back();
        const auto* step = step_named(next);
        if (step == nullptr || !seen.insert(next).second) {
            continue;
        }
        if (next != id && next == other) {
            return true;
        }
        queue.insert(queue.end(), step->needs.begin(), step->needs.end());
    }
    return false;
}

void CheckLint::artifact(const char* field) {
    const auto path = text_or(fields(), field);
    const auto at = std::string("/") + field;
    if (const auto fault = path_fault(path)) {
        error(at, *fault);
        return;
    }
    const auto step = text_or(fields(), "step");
    if (step.empty()) {
        if (!any_glob_matches(m_project.sources, path)) {
            std::vector<std::string> written;
            for (const auto& each : m_project.steps) {
                written.insert(written.end(), each.writes.begin(), each.writes.end());
            }
            const auto meant = m_draft.guess(path, written);
            error(at, "`" + path + "` is none of the `sources`, so `verify` would not have it",
                  meant.empty() ? "name the `step` that writes it, or let a glob in `sources` match it" : meant);
        }
        return;
    }
    if (!known_step(step, "/step")) {
        return;
    }
    const auto written = written_by(step);
    if (std::ranges::find(written, path) == written.end()) {
        const auto meant = m_draft.guess(path, written);
        error(at, "the step `" + step + "` does not write `" + path + "`",
              !meant.empty()    ? meant
              : written.empty() ? "name it in the step's `writes`"
                                : "its `writes` are " + list_of(written));
    }
}

void CheckLint::other_check(const std::string& below, std::string_view what, const std::string& id,
                            const std::function<bool(const Check&)>& fits) {
    KnownIds known;
    for (const auto& [name, check] : m_checks) {
        if (fits(*check)) {
            known.add(name);
        }
    }
    refer(below, what, id, known);
}

void CheckLint::template_file(const std::string& path, const std::string& below) {
    if (const auto fault = path_fault(path)) {
        error(below, *fault);
    } else if (!m_files.has_file(path)) {
        error(below, "the template has no `" + path + "`", guess(path, m_files.files));
    }
}

void CheckLint::function_in(const char* script, const char* function) {
    const auto path = text_or(fields(), script);
    const auto name = text_or(fields(), function);
    const auto text = m_files.has_file(path) ? m_draft.content().read(template_path(m_project.id, path))
                                             : Result<std::string>(fail(ErrorKind::not_found, ""));
    const auto definition = Pattern::compile(R"(^(?:async\s+)?def\s+([A-Za-z_][A-Za-z0-9_]*)\s*\()");
    if (!text || !definition || m_project.status == ProjectStatus::planned) {
        return;  // that it is missing or unreadable is said where the files of the template are looked at
    }
    const auto functions = definition->all_in(*text);
    if (std::ranges::find(functions, name) == functions.end()) {
        error(std::string("/") + function, "`" + path + "` has no function `" + name + "`", guess(name, functions));
    }
}

bool CheckLint::is_from_step(const char* field) const {
    const auto* step = step_named(text_or(fields(), "step"));
    return step != nullptr &&
           text_or(fields(), field) == (std::string_view(field) == "data" ? step->data : step->predictions);
}

void CheckLint::data() {
    if (!is_from_step("data")) {
        split_data(text_or(fields(), "data"), "/data");
    }
}

void CheckLint::split_data(const std::string& id, const std::string& below) {
    lint_split_data(m_draft, m_project, m_files.document, id, m_pointer + below);
}

void CheckLint::bounds(const Json& range, const char* low, const char* high, const std::string& below) {
    const auto least = range.find(low);
    const auto most = range.find(high);
    if (least != range.end() && most != range.end() && least->get<double>() > most->get<double>()) {
        error(below + '/' + low, std::string("`") + low + "` is greater than `" + high + "`");
    }
}

void CheckLint::scripts_in(const std::vector<std::string>& argv, const std::string& below, const Json& laid) {
    lint_programs(m_draft, m_project, m_files.document, argv, m_pointer + below, laid);
}

void CheckLint::predictions() {
    if (is_from_step("predictions")) {
        static_cast<void>(known_step(text_or(fields(), "step"), "/step"));
    } else {
        artifact("predictions");
    }
    data();
    if (const auto name = text_or(fields(), "metric"); !name.empty()) {
        const auto metric = metrics::parse_metric(name);
        if (!metric) {
            error("/metric", metric.error().message, metric.error().hint);
        } else if (metric->info->needs == metrics::Needs::points || metric->info->form == metrics::Form::table ||
                   metric->info->labels == metrics::Labels::several) {
            error("/metric", "`" + name + "` is not a metric of predictions");
        }
    }
    const auto found = std::ranges::find(m_project.data, text_or(fields(), "data"), &DataEntry::id);
    if (found == m_project.data.end() || !found->split) {
        return;
    }
    const auto& split = *found->split;
    const auto seen = [&](const std::string& column, const std::string& at) {
        if (column == split.target) {
            error(at, "`" + column + "` is the target; the test rows do not have it");
        } else if (std::ranges::find(split.drop, column) != split.drop.end()) {
            error(at, "`" + column + "` is dropped; the learner does not have it");
        }
    };
    const auto columns = texts(fields(), "columns");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        seen(columns[i], json::pointer_to("/columns", i));
    }
    if (const auto baseline = fields().find("baseline");
        baseline != fields().end() && text_or(*baseline, "column") == split.target) {
        error("/baseline/column", "a baseline by the target itself is the truth");
    }
}

}  // namespace mlpath::library
