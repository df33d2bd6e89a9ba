#include "library/told.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "library/brief.hpp"
#include "library/kind.hpp"

namespace mlpath::library {

namespace {

// "`words`", "`words(text)`", but not "`words_in`".
bool names_call(std::string_view text, std::string_view function) {
    const auto opened = '`' + std::string(function);
    for (auto at = text.find(opened); at != std::string_view::npos; at = text.find(opened, at + 1)) {
        const auto end = at + opened.size();
        if (end < text.size() && (text[end] == '`' || text[end] == '(')) {
            return true;
        }
    }
    return false;
}

// Where a function comes up: at the first milestone whose goal names it, else at the first that names it anywhere.
std::size_t comes_up_at(const Project& project, const BriefParts& brief, const LearnerCall& call) {
    const auto function = std::string_view(call.name).substr(call.name.rfind('.') + 1);  // of a class: its method
    const auto& milestones = project.milestones;
    const auto by_goal = std::ranges::find_if(
        milestones, [&](const Milestone& milestone) { return names_call(milestone.goal, function); });
    if (by_goal != milestones.end()) {
        return static_cast<std::size_t>(by_goal - milestones.begin());
    }
    const auto anywhere = std::ranges::find_if(milestones, [&](const Milestone& milestone) {
        const auto task = brief.tasks.find(milestone.id);
        return (task != brief.tasks.end() && names_call(task->second, function)) ||
               std::ranges::any_of(milestone.checks,
                                   [&](const Check& check) { return names_call(check.says, function); });
    });
    return static_cast<std::size_t>(anywhere - milestones.begin());
}

// How to call the functions by hand, a line a module.
std::vector<std::string> trials_of(const std::vector<LearnerCall>& calls) {
    std::map<std::string, std::vector<std::string>> functions;
    for (const auto& call : calls) {
        const auto dot = call.name.find('.');
        const auto name = call.name.substr(dot + 1, call.name.find('.', dot + 1) - dot - 1);  // of a method: its class
        auto& names = functions[call.name.substr(0, dot)];
        if (std::ranges::find(names, name) == names.end()) {
            names.push_back(name);
        }
    }
    std::vector<std::string> trials;
    for (const auto& [module, names] : functions) {
        trials.push_back("In a Python shell (`python3`) in the project's folder: `from " + module + " import " +
                         join(names, ", ") + "`. Then call " + (names.size() == 1 ? "it" : "them") +
                         " with values of your own.");
    }
    return trials;
}

}  // namespace

Result<ToldMilestone> tell_milestone(const Content& content, const Project& project, std::size_t index) {
    BriefParts brief;
    if (project.status == ProjectStatus::ready) {
        MLPATH_TRY(brief, read_brief(content, project));
    }
    const auto& milestone = project.milestones.at(index);
    ToldMilestone told{.project = project.id,
                       .status = project.status,
                       .number = index + 1,
                       .of = project.milestones.size(),
                       .id = milestone.id,
                       .title = milestone.title,
                       .goal = milestone.goal,
                       .task = brief.tasks[milestone.id],
                       .hints = milestone.hints.size()};
    for (const auto& call : project.calls) {
        const auto at = comes_up_at(project, brief, call);
        if (at == index || at == project.milestones.size()) {
            told.calls.push_back(call);
        }
    }
    told.looks = trials_of(told.calls);
    for (const auto& check : milestone.checks) {
        told.checks.push_back({check.id, check.says, check_details(project, check)});
        if (!check.look.empty() && std::ranges::find(told.looks, check.look) == told.looks.end()) {
            told.looks.push_back(check.look);
        }
    }
    return told;
}

}  // namespace mlpath::library
