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
        text += fmt::format("- `{}`: the rows to learn from, with the answers in the column `{}`\n", entry.train,
                            split.target);
        text += fmt::format("- `{}`: the rows to predict ({:g} % of all), without that column\n", entry.test,
                            split.test * 100);
        text += "  - each row of both has a `row_id`, which says which row it is and nothing else\n";
        if (!split.drop.empty()) {
            text += fmt::format("  - the {} {} left out\n", split.drop.size() == 1 ? "column" : "columns",
                                list_of(split.drop) + (split.drop.size() == 1 ? " is" : " are"));
        }
    }
    return text.empty() ? "" : "### The data\n\n" + text + '\n';
}

// One line: what has to be installed, and the commands that do it.
std::string python_part(const Project& project) {
    const auto& needs = project.python;
    const auto python = needs.version.empty() ? std::string("Python 3") : "Python " + needs.version + " or newer";
    if (needs.packages.empty()) {
        return "This project needs " + python + " and no packages; `mlpath doctor` says which Python here will do.\n\n";
    }
    std::vector<std::string> shown;
    std::vector<std::string> pip{"python3", "-m", "venv", ".venv"};
    std::vector<std::string> install{".venv/bin/python", "-m", "pip", "install"};
    std::vector<std::string> apt{"sudo", "apt", "install"};
    bool all_in_debian = true;
    for (const auto& package : needs.packages) {
        const auto& name = package.pypi.empty() ? package.import_name : package.pypi;
        shown.push_back("`" + name + "`" + (package.version.empty() ? "" : " " + package.version + " or newer"));
        install.push_back(name + (package.version.empty() ? "" : ">=" + package.version));
        apt.push_back(package.debian);
        all_in_debian = all_in_debian && !package.debian.empty();
    }
    return "This project needs " + python + " with " + join(shown, ", ") +
           ". `mlpath doctor` says whether a Python here has them. If none does, run `" + shell_line(pip) + " && " +
           shell_line(install) + "` in the folder of your workspace" +
           (all_in_debian ? ", or on Debian and Ubuntu `" + shell_line(apt) + "`" : std::string()) + ".\n\n";
}

std::string commands_of(const Project& project, const std::vector<std::string>& ids) {
    std::string text;
    for (const auto& id : ids) {
        const auto step = std::ranges::find(project.steps, id, &Step::id);
        text += (text.empty() ? "" : ", then ") + (step == project.steps.end() ? id : shown_command(step->run));
    }
    return text;
}

std::string steps_part(const Project& project) {
    std::string text;
    for (const auto& step : project.steps) {
        text += fmt::format("- {} has {}", shown_command(step.run), seconds_in_words(step.seconds));
        text += step.writes.empty() ? "" : " and writes " + list_of(step.writes);
        text += step.needs.empty() ? "\n" : "; before it runs " + commands_of(project, step.needs) + "\n";
    }
    return text.empty() ? "" : "### How your programs are run\n\n" + text + '\n';
}

std::string calls_part(const Project& project) {
    std::string text;
    for (const auto& call : project.calls) {
        const auto module = call.name.substr(0, call.name.find('.'));
        text += fmt::format("- `{}` in `{}.py` (`{}`): {}\n", call.signature, module, call.name, call.says);
    }
    return text.empty() ? ""
                        : "### The functions that we call\n\nBehind each `:` stands the type of an argument, behind "
                          "`->` the type of what comes back.\n\n" +
                              text + '\n';
}

std::string milestones_part(const Project& project) {
    std::string text;
    for (std::size_t i = 0; i < project.milestones.size(); ++i) {
        const auto& milestone = project.milestones[i];
        text += fmt::format("### {}. {} (`{}`)\n\n{}\n\n", i + 1, milestone.title, milestone.id, milestone.goal);
        for (const auto& check : milestone.checks) {
            text += fmt::format("- {}\n", check.says);
            for (const auto& line : check_details(project, check)) {
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
    text += fmt::format(
        "Your work is {}{}. `mlpath verify` takes these files and no others, and makes "
        "everything "
        "else again.",
        list_of(project.sources),
        join(project.sources, " ").find('*') == std::string::npos ? "" : " (`*` stands for any name)");
    if (!project.milestones.empty()) {
        text += fmt::format(
            " `mlpath check` goes through the milestones below, up to the first that does not pass; `mlpath check {} "
            "{}` "
            "looks at the first alone, by the name behind its title.",
            project.id, project.milestones.front().id);
    }
    text += "\n\n";
    text += python_part(project);
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
