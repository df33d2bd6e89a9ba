#include "library/brief.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "library/brief_words.hpp"
#include "library/kind.hpp"
#include "library/library.hpp"
#include "markdown/document.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view place = "{{checked}}";

std::string way_part(const Project& project) {
    if (project.milestones.empty()) {
        return {};
    }
    std::string text = "## The way\n\n";
    for (std::size_t i = 0; i < project.milestones.size(); ++i) {
        text += fmt::format("{}. **{}**: {}\n", i + 1, project.milestones[i].title, project.milestones[i].goal);
    }
    return text + fmt::format(
                      "\n`mlpath show {0} 1` tells exactly what milestone 1 asks, everything that is checked there, "
                      "and how to look for yourself. `mlpath check` goes through the milestones, up to the first that "
                      "does not "
                      "pass; `mlpath check {0} 1` looks at one alone.\n\n",
                      project.id);
}

std::string sources_part(const Project& project) {
    return fmt::format(
        "Your work is {}{}. `mlpath verify` takes these files and no others, and makes everything else again.\n\n",
        list_of(project.sources),
        join(project.sources, " ").find('*') == std::string::npos ? "" : " (`*` stands for any name)");
}

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
            text += fmt::format("  - the {} {} left out\n", named("column", split.drop),
                                split.drop.size() == 1 ? "is" : "are");
        }
    }
    return text.empty() ? "" : "### The data\n\n" + text + '\n';
}

// What only some milestones need: "Milestone 7 needs `matplotlib` as well."
std::string later_packages(const Project& project) {
    std::string text;
    for (const auto& package : project.python.packages) {
        std::vector<std::string> numbers;
        for (std::size_t i = 0; i < project.milestones.size(); ++i) {
            const auto& only = package.milestones;
            if (std::ranges::find(only, project.milestones[i].id) != only.end()) {
                numbers.push_back(std::to_string(i + 1));
            }
        }
        text += (numbers.size() == 1 ? "Milestone " : "Milestones ") + join(numbers, ", ") +
                (numbers.size() == 1 ? " needs `" : " need `") + package.name() + "` as well";
        text += project.python.environment.empty()
                    ? ". "
                    : ": `mlpath env " + project.python.environment + "` makes an environment with it. ";
    }
    return text;
}

// One line: what has to be installed, and the commands that do it.
std::string python_part(const Project& project) {
    const auto& needs = project.python;
    const auto python = needs.version.empty() ? std::string("Python 3") : "Python " + needs.version + " or newer";
    const auto is_for_all = [](const PythonPackage& package) { return package.milestones.empty(); };
    if (!needs.packages.empty() && std::ranges::none_of(needs.packages, is_for_all)) {
        return "This project needs " + python + ", and no packages to begin with. " + later_packages(project) +
               "`mlpath doctor` says which Python here will do.\n\n";
    }
    if (needs.packages.empty()) {
        return "This project needs " + python + " and no packages; `mlpath doctor` says which Python here will do.\n\n";
    }
    std::vector<std::string> shown;
    std::vector<std::string> pip{"python3", "-m", "venv", ".venv"};
    std::vector<std::string> install{".venv/bin/python", "-m", "pip", "install"};
    std::vector<std::string> apt{"sudo", "apt", "install"};
    bool all_in_debian = true;
    for (const auto& package : needs.packages) {
        const auto& name = package.name();
        shown.push_back("`" + name + "`" + (package.version.empty() ? "" : " " + package.version + " or newer"));
        apt.push_back(package.debian);
        all_in_debian = all_in_debian && !package.debian.empty();
        if (!package.is_tk()) {
            install.push_back(name + (package.version.empty() ? "" : ">=" + package.version));
        }
    }
    const auto by_debian = all_in_debian ? ", or on Debian and Ubuntu `" + shell_line(apt) + "`" : std::string();
    const auto has = "This project needs " + python + " with " + join(shown, ", ") +
                     ". `mlpath doctor` says whether a Python here has ";
    if (std::ranges::all_of(needs.packages, &PythonPackage::is_tk)) {
        return has + "it. If none does, `" + shell_line(apt) +
               "` brings it on Debian and Ubuntu; that of https://www.python.org/downloads has it.\n\n";
    }
    const auto needed = has + "them. If none does, run `";
    if (!needs.environment.empty()) {
        return needed + "mlpath env " + needs.environment + "`, which makes an environment with them" + by_debian +
               ".\n\n";
    }
    return needed + shell_line(pip) + " && " + shell_line(install) + "` in the folder of your workspace" + by_debian +
           ".\n\n";
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

// Where the text below the heading belongs: to the milestone that it names in braces, or to the story.
Result<std::string*> part_below(const markdown::Heading& heading, BriefParts& parts, const Project& project,
                                const std::string& path) {
    const std::string_view text = heading.text;
    if (!text.starts_with("{{") || !text.ends_with("}}")) {
        return &parts.story;
    }
    const auto id = std::string(trim(text.substr(2, text.size() - 4)));
    const bool known = std::ranges::find(project.milestones, id, &Milestone::id) != project.milestones.end();
    if (!known || parts.tasks.contains(id)) {
        return fail({ErrorKind::malformed,
                     "the brief has a part for the milestone `" + printable(id) +
                         (known ? "` twice" : "`, which the project does not have"),
                     {path, {}, heading.line},
                     known ? "put both below one heading"
                           : "between the braces of such a heading stands the id of a milestone"});
    }
    return &parts.tasks[id];
}

}  // namespace

std::string overview_part(const Project& project) {
    return std::string(trim(way_part(project) + "## How it is run\n\n" + sources_part(project) + python_part(project) +
                            data_part(project) + steps_part(project))) +
           '\n';
}

std::string checked_part(const Project& project) {
    return overview_part(project) + '\n' + std::string(trim(calls_part(project) + milestones_part(project))) + '\n';
}

Result<BriefParts> read_brief(const Content& content, const Project& project) {
    const auto path = template_path(project.id, "brief.md");
    MLPATH_TRY(const auto text, content.read(path));
    const auto document = markdown::read(text);
    if (!document) {
        return fail(
            {document.error().kind, "the brief cannot be read: " + document.error().message, {path, {}, 0}, {}});
    }
    BriefParts parts;
    std::string* told = &parts.story;
    auto heading = document->headings.begin();
    std::size_t number = 0;
    for (const auto line : lines(text)) {
        ++number;
        heading = std::find_if(heading, document->headings.end(), [&](const markdown::Heading& one) {
            return one.on_top && one.level <= 3 && one.last_line >= number;
        });
        const bool in_heading = heading != document->headings.end() && heading->line <= number;
        if (in_heading && heading->line == number) {
            MLPATH_TRY(told, part_below(*heading, parts, project, path));
        }
        // Blank lines before what is told are none of it; blanks at the front of a line may be code.
        const bool begins = told != &parts.story && (in_heading || (told->empty() && trim(line).empty()));
        *told += begins ? std::string() : std::string(line) + '\n';
    }
    for (auto& [id, task] : parts.tasks) {
        task.erase(task.find_last_not_of(" \n") + 1);
    }
    return parts;
}

Result<std::string> make_brief(const Content& content, const Project& project) {
    MLPATH_TRY(const auto parts, read_brief(content, project));
    if (parts.story.find(place) == std::string::npos) {
        return fail({ErrorKind::malformed,
                     "the brief has no place for what is checked",
                     {template_path(project.id, "brief.md"), {}, 0},
                     "write {{checked}} on a line of its own"});
    }
    return replace_all(parts.story, place, trim(overview_part(project)));
}

}  // namespace mlpath::library
