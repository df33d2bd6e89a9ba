#include "report/skills.hpp"

#include "base/text.hpp"
#include "report/markdown_text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

std::string words_for(const progress::Evidence& evidence, const system::Clock& clock) {
    const auto what =
        evidence.kind == progress::EvidenceKind::quiz
            ? "quiz passed"
            : count_of(evidence.milestones.total, "milestone") + " verified" + std::string(on_data(evidence.data));
    return markdown_text(evidence.title) + " (" + what + ", " + format_day(clock.day_of(evidence.when)) + ")";
}

}  // namespace

std::string skills_markdown(std::span<const progress::SkillProgress> skills, const system::Clock& clock) {
    std::string list;
    bool projects = false;
    for (const auto& skill : skills) {
        std::string proofs;
        for (const auto& evidence : skill.evidence) {
            if (progress::proves(evidence.kind)) {
                projects = projects || evidence.kind == progress::EvidenceKind::project;
                proofs += (proofs.empty() ? "" : "; ") + words_for(evidence, clock);
            }
        }
        if (!proofs.empty()) {
            list += "- **" + markdown_text(skill.title) + "**: " + proofs + "\n";
        }
    }
    if (list.empty()) {
        return "No skill is proved yet.\n";
    }
    if (projects) {
        list +=
            "\nEach project is own work that passed all of its checks by mlpath; `mlpath verify .` proves it again "
            "from "
            "the sources.\n";
    }
    return "## Skills\n\n" + list;
}

}  // namespace mlpath::report
