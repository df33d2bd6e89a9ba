#include "library/brief.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "library/brief_check.hpp"
#include "library/library.hpp"

namespace mlpath::library {

std::string as_typed(std::vector<std::string> argv) {
    for (auto& word : argv) {
        word = replace_all(std::move(word), "{python}", "python3");
    }
    return printable(shell_line(argv));
}

std::string shown_command(const std::vector<std::string>& argv) { return '`' + as_typed(argv) + '`'; }

namespace {

constexpr std::string_view place = "{{checked}}";

std::string data_part(const Project& project) {
    std::string text;
    for (const auto& entry : project.data) {
        if (!entry.split) {
            text += fmt::format("- `{}`\n", entry.to);
            continue;
        }
        const auto& split = *entry.split;
        text += fmt::format("- `{}`: rows to learn from, with the target `{}`\n", entry.train, split.target);
        text += fmt::format("- `{}`: rows to predict ({:g} % of all), without it\n", entry.test, split.test * 100);
        text += "  - each row of both has a `row_id` that means nothing else";
        text += split.drop.empty()
                    ? "\n"
                    : fmt::format("; {} left out\n", split.drop.size() == 1 ? "`" + split.drop.front() + "` is"
                                                                            : list_of(split.drop) + " are");
    }
    return text.empty() ? "" : "### The data\n\n" + text + '\n';
}

std::string steps_part(const Project& project) {
    std::string text;
    for (const auto& step : project.steps) {
        text += fmt::format("- {} ({:g} seconds at most)", shown_command(step.run), step.seconds);
        text += step.writes.empty() ? "" : " writes " + list_of(step.writes);
        text += step.needs.empty() ? "\n" : fmt::format("; {} first\n", list_of(step.needs));
    }
    return text.empty() ? "" : "### How your programs are run\n\n" + text + '\n';
}

std::string calls_part(const Project& project) {
    std::string text;
    for (const auto& call : project.calls) {
        const auto module = call.name.substr(0, call.name.find('.'));
        text += fmt::format("- `{}` in `{}.py` (`{}`): {}\n", call.signature, module, call.name, call.says);
    }
    return text.empty() ? "" : "### Functions that are called\n\n" + text + '\n';
}

std::string milestones_part(const Project& project) {
    std::string text;
    for (std::size_t i = 0; i < project.milestones.size(); ++i) {
        const auto& milestone = project.milestones[i];
        text += fmt::format("### {}. {} (`{}`)\n\n{}\n\n", i + 1, milestone.title, milestone.id, milestone.goal);
        for (const auto& check : milestone.checks) {
            text += fmt::format("- {}\n", check.says);
            for (const auto& line : check_details(check)) {
                text += fmt::format("  - {}\n", line);
            }
        }
        text += milestone.checks.empty() ? "" : "\n";
    }
    return text;
}

}  // namespace

std::string checked_part(const Project& project) {
    std::string text = "## What is checked\n\n";
    text += fmt::format("Your work is {}: all that is taken when it is verified.\n\n", list_of(project.sources));
    text += data_part(project) + steps_part(project) + calls_part(project) + milestones_part(project);
    return std::string(trim(text)) + '\n';
}

Result<std::string> make_brief(const Content& content, const Project& project) {
    const auto path = template_path(project.id, "brief.md");
    MLPATH_TRY(const auto story, content.read(path));
    if (story.find(place) == std::string::npos) {
        return fail({ErrorKind::malformed,
                     "the brief has no place for what is checked",
                     {path, {}, 0},
                     "write {{checked}} on a line of its own"});
    }
    return replace_all(story, place, trim(checked_part(project)));
}

}  // namespace mlpath::library
