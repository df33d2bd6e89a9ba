// Meaning of milestones and their checks.
#include <algorithm>

#include "base/text.hpp"
#include "library/lint_patterns.hpp"
#include "library/paths.hpp"
#include "library/project_lint.hpp"
#include "library/read.hpp"
#include "metrics/metric.hpp"

namespace mlpath::library {

void ProjectLint::milestones() {
    std::set<std::string> ids;
    for (std::size_t m = 0; m < m_project.milestones.size(); ++m) {
        const auto& milestone = m_project.milestones[m];
        const auto pointer = json::pointer_to("/milestones", m);
        if (!ids.insert(milestone.id).second) {
            error(pointer + "/id", "the milestone id `" + milestone.id + "` appears twice");
        }
        for (std::size_t c = 0; c < milestone.checks.size(); ++c) {
            if (!m_checks.emplace(milestone.checks[c].id, &milestone.checks[c]).second) {
                error(json::pointer_to(pointer + "/checks", c) + "/id",
                      "the check id `" + milestone.checks[c].id + "` is in this project twice");
            }
        }
    }
    for (std::size_t m = 0; m < m_project.milestones.size(); ++m) {
        const auto& checks = m_project.milestones[m].checks;
        for (std::size_t c = 0; c < checks.size(); ++c) {
            check(checks[c], json::pointer_to(json::pointer_to("/milestones", m) + "/checks", c));
        }
    }
}

void ProjectLint::check(const Check& check, const std::string& pointer) {
    lint_patterns(m_draft, m_document, pointer, check);
    if (check.kind == "file") {
        lint_artifact(check, "path", pointer);
        bounds(check.fields, "min_bytes", "max_bytes", pointer);
    } else if (check.kind == "command") {
        lint_command(check, pointer);
    } else if (check.kind == "table") {
        lint_table(check, pointer);
    } else if (check.kind == "score" || check.kind == "behaves" || check.kind == "reproducible" ||
               check.kind == "generalises") {
        lint_predictions(check, pointer);
    } else if (check.kind == "leakage") {
        lint_predictions(check, pointer);
        lint_leakage(check, pointer);
    } else if (check.kind == "budget") {
        lint_budget(check, pointer);
    } else if (check.kind == "python") {
        lint_python(check, pointer);
    } else if (check.kind == "document") {
        lint_document(check, pointer);
    }
}

// What the step writes, and the steps before it in the same folder.
std::vector<std::string> ProjectLint::written_by(const std::string& step) const {
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

bool ProjectLint::known_step(const std::string& id, const std::string& pointer) {
    if (step_named(id) != nullptr) {
        return true;
    }
    KnownIds known;
    std::ranges::for_each(m_project.steps, [&](const Step& step) { known.add(step.id); });
    m_draft.refer(m_document, pointer, "step", id, known);
    return false;
}

// Whether the step runs the other one before it.
bool ProjectLint::needs(const std::string& id, const std::string& other) const {
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

// The path at `key`: an artifact of the check's step, or without one a source of the learner's.
void ProjectLint::lint_artifact(const Check& check, const char* key, const std::string& pointer) {
    const auto path = text_or(check.fields, key);
    const auto at = pointer + '/' + key;
    if (const auto fault = path_fault(path)) {
        error(at, *fault);
        return;
    }
    const auto step = text_or(check.fields, "step");
    if (step.empty()) {
        if (!any_glob_matches(m_project.sources, path)) {
            error(at, "`" + path + "` is none of the `sources`, so `verify` would not have it",
                  "name the `step` that writes it, or let a glob in `sources` match it");
        }
        return;
    }
    if (!known_step(step, pointer + "/step")) {
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

void ProjectLint::template_file(const std::string& path, const std::string& pointer) {
    if (const auto fault = path_fault(path)) {
        error(pointer, *fault);
    } else if (!m_files.has_file(path)) {
        error(pointer, "the template has no `" + path + "`", m_draft.guess(path, m_files.files));
    }
}

void ProjectLint::split_data(const std::string& id, const std::string& pointer) {
    KnownIds known;
    bool split = false;
    for (const auto& entry : m_project.data) {
        known.add(entry.id);
        split = split || (entry.id == id && entry.split);
    }
    if (known.contains(id) && !split) {
        error(pointer, "the data `" + id + "` has no `split`, so there is no test part");
    }
    m_draft.refer(m_document, pointer, "data", id, known);
}

void ProjectLint::bounds(const Json& range, const char* low, const char* high, const std::string& pointer) {
    const auto least = range.find(low);
    const auto most = range.find(high);
    if (least != range.end() && most != range.end() && least->get<double>() > most->get<double>()) {
        error(pointer + '/' + low, std::string("`") + low + "` is greater than `" + high + "`");
    }
}

void ProjectLint::lint_command(const Check& check, const std::string& pointer) {
    const auto& fields = check.fields;
    if (fields.contains("stdin") && fields.contains("stdin_file")) {
        error(pointer + "/stdin", "a command reads either `stdin` or `stdin_file`");
    }
    if (const auto path = text_or(fields, "stdin_file"); !path.empty()) {
        template_file(path, pointer + "/stdin_file");
    }
    const auto laid = fields.value("files", Json::object());
    for (const auto& [name, path] : laid.items()) {
        const auto at = json::pointer_to(pointer + "/files", name);
        if (const auto fault = path_fault(name)) {
            error(at, *fault);
        } else if (any_glob_matches(m_project.sources, name)) {
            error(at, "`" + name + "` would be laid over a source of the learner's");
        }
        template_file(path.get<std::string>(), at);
    }
    scripts_in(texts(fields, "run"), pointer + "/run", laid);
}

void ProjectLint::lint_table(const Check& check, const std::string& pointer) {
    lint_artifact(check, "path", pointer);
    const auto& fields = check.fields;
    if (fields.contains("rows") && fields.contains("rows_as")) {
        error(pointer + "/rows", "the number of rows is told either by `rows` or by `rows_as`");
    }
    if (fields.contains("rows")) {
        bounds(fields.at("rows"), "min", "max", pointer + "/rows");
    }
    if (const auto id = text_or(fields, "rows_as"); !id.empty()) {
        split_data(id, pointer + "/rows_as");
    }
    const auto columns = texts(fields, "columns");
    const auto known = [&](const std::string& column, const std::string& at) {
        if (!columns.empty() && std::ranges::find(columns, column) == columns.end()) {
            const auto meant = m_draft.guess(column, columns);
            error(at, "`" + column + "` is none of the `columns`", meant);
        }
    };
    for (const char* key : {"unique", "complete"}) {
        const auto names = texts(fields, key);
        for (std::size_t i = 0; i < names.size(); ++i) {
            known(names[i], json::pointer_to(pointer + '/' + key, i));
        }
    }
    const auto ranges = fields.value("range", Json::object());
    for (const auto& [column, range] : ranges.items()) {
        const auto at = json::pointer_to(pointer + "/range", column);
        known(column, at);
        bounds(range, "min", "max", at);
    }
    const auto allowed = fields.value("allowed", Json::object());
    for (const auto& [column, values] : allowed.items()) {
        known(column, json::pointer_to(pointer + "/allowed", column));
    }
    if (const auto equals = fields.find("equals"); equals != fields.end()) {
        template_file(text_or(*equals, "file"), pointer + "/equals/file");
        known(text_or(*equals, "key"), pointer + "/equals/key");
    }
}

void ProjectLint::lint_predictions(const Check& check, const std::string& pointer) {
    lint_artifact(check, "predictions", pointer);
    split_data(text_or(check.fields, "data"), pointer + "/data");
    if (const auto name = text_or(check.fields, "metric"); !name.empty()) {
        const auto metric = metrics::parse_metric(name);
        if (!metric) {
            error(pointer + "/metric", metric.error().message, metric.error().hint);
        } else if (metric->info->needs == metrics::Needs::points || metric->info->form == metrics::Form::table ||
                   metric->info->labels == metrics::Labels::several) {
            error(pointer + "/metric", "`" + name + "` is not a metric of predictions");
        }
    }
    const auto found = std::ranges::find(m_project.data, text_or(check.fields, "data"), &DataEntry::id);
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
    if (!check.fields.contains("ceiling") && check.fields.contains("above_ceiling")) {
        error(pointer + "/above_ceiling", "there is no `ceiling` that a score could be above");
    }
    const auto columns = texts(check.fields, "columns");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        seen(columns[i], json::pointer_to(pointer + "/columns", i));
    }
    if (const auto baseline = check.fields.find("baseline");
        baseline != check.fields.end() && text_or(*baseline, "column") == split.target) {
        error(pointer + "/baseline/column", "a baseline by the target itself is the truth");
    }
}

void ProjectLint::lint_leakage(const Check& check, const std::string& pointer) {
    const auto parts = texts(check.fields, "parts");
    const bool labels = parts.empty() || std::ranges::find(parts, "labels") != parts.end();
    for (const char* key : {"metric", "baseline", "at_most"}) {
        if (labels && !check.fields.contains(key)) {
            error(pointer, std::string("the part `labels` needs `") + key + "`",
                  "say it, or name the other `parts` alone");
        }
    }
    for (const char* key : {"metric", "baseline", "at_most", "repeats", "positive"}) {
        if (!labels && check.fields.contains(key)) {
            error(pointer + '/' + key, std::string("`") + key + "` is for the part `labels`, which is not looked at");
        }
    }
}

void ProjectLint::lint_budget(const Check& check, const std::string& pointer) {
    const auto& fields = check.fields;
    split_data(text_or(fields, "data"), pointer + "/data");
    template_file(text_or(fields, "reference"), pointer + "/reference");
    const auto step = text_or(fields, "step");
    known_step(step, pointer + "/step");
    const auto predict = text_or(fields, "predict");
    if (!predict.empty() && known_step(predict, pointer + "/predict") && !needs(predict, step)) {
        error(pointer + "/predict",
              "the step `" + predict + "` does not need `" + step + "`, so it predicts with nothing",
              "name `" + step + "` in its `needs`");
    }
    if (fields.contains("model")) {
        lint_artifact(check, "model", pointer);
    }
    const auto limits = fields.value("at_most", Json::object());
    if (limits.empty()) {
        error(pointer + "/at_most", "no limit is named, so the check could not fail");
    }
    for (const auto& [limit, field] : {std::pair{"size", "model"}, std::pair{"latency", "predict"}}) {
        if (limits.contains(limit) != fields.contains(field)) {
            error(pointer + (limits.contains(limit) ? std::string("/at_most/") + limit : std::string("/") + field),
                  std::string("a limit of `") + limit + "` and `" + field + "` go together");
        }
    }
}

void ProjectLint::lint_python(const Check& check, const std::string& pointer) {
    // Whether the script has the function is seen where the script is read: lint_template.
    template_file(text_or(check.fields, "script"), pointer + "/script");
}

void ProjectLint::lint_document(const Check& check, const std::string& pointer) {
    lint_artifact(check, "path", pointer);
    const auto claims = check.fields.value("claims", Json::array());
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const auto at = json::pointer_to(pointer + "/claims", i) + "/check";
        const auto id = text_or(claims[i], "check");
        const auto found = m_checks.find(id);
        if (found == m_checks.end()) {
            KnownIds known;
            for (const auto& [name, other] : m_checks) {
                if (other->kind == "score") {
                    known.add(name);
                }
            }
            m_draft.refer(m_document, at, "score check", id, known);
        } else if (found->second->kind != "score") {
            error(at,
                  "`" + id + "` is a check of kind " + found->second->kind + ", and a claim is held against a score");
        }
    }
}

}  // namespace mlpath::library
