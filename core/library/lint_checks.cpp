// Meaning of milestones and their checks.
#include "library/check_lint.hpp"
#include "library/complete.hpp"
#include "library/kind.hpp"
#include "library/lint_patterns.hpp"
#include "library/project_lint.hpp"
#include "library/read.hpp"

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
    CheckLint lint(m_draft, m_project, m_files, m_checks, check, pointer);
    if (const auto field = left_out(check)) {
        if (*field == "step" || lint.known_step(text_or(check.fields, "step"), "/step")) {
            lint.error("", left_out_message(check, *field), left_out_hint(*field));
        }
        return;
    }
    if (const auto* kind = kind_named(check.kind); kind != nullptr && kind->lint != nullptr) {
        kind->lint(lint);
    }
}

}  // namespace mlpath::library
