#include "app/project/environments.hpp"

#include <algorithm>

#include "app/project/here.hpp"
#include "app/project/python_search.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "library/guest.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

constexpr const char* usual_group = "base";

std::string advice_without_group(const library::Project& project) {
    if (project.python.packages.empty()) {
        return "it needs Python alone: `mlpath check` finds one";
    }
    std::vector<std::string> names;
    for (const auto& package : project.python.packages) {
        names.push_back(package.name());
    }
    return "it needs " + join(names, ", ") + "; `mlpath doctor` says how to get that";
}

Result<std::string> group_of_project(const Context& context, const std::string& id) {
    MLPATH_TRY(const auto project, library::load_project(context.content, context.index.renamed, id));
    if (project.python.environment.empty()) {
        return fail(ErrorKind::usage, "the project `" + project.id + "` asks for no environment",
                    advice_without_group(project));
    }
    return project.python.environment;
}

Result<std::string> group_named(const Context& context, const std::string& what, const Here* here) {
    const auto groups = library::package_group_ids(context.content);
    const auto is_group = [&](const std::string& id) { return std::ranges::find(groups, id) != groups.end(); };
    if (what.empty()) {
        if (here != nullptr && !here->project.empty()) {
            return group_of_project(context, here->project);
        }
        if (!is_group(usual_group)) {
            return fail(
                ErrorKind::usage, "there is no project here whose environment could be meant",
                groups.empty() ? "this library has no environments" : "name one: `mlpath env " + groups.front() + "`");
        }
        return std::string(usual_group);
    }
    if (is_group(what)) {
        return what;
    }
    if (context.index.projects.contains(context.index.renamed.now(library::IdKind::project, what))) {
        return group_of_project(context, what);
    }
    auto ids = groups;
    const auto projects = context.index.projects.ids();
    ids.insert(ids.end(), projects.begin(), projects.end());
    auto error = library::no_such("environment", what, ids);
    error.message = "no environment or project `" + printable(what) + "`";
    return fail(std::move(error));
}

EnvironmentState state_of(const fs::path& places, const std::string& group, const std::string& pins) {
    const auto made = run::made_environment(places, group);
    return !made                           ? EnvironmentState::absent
           : made->pins == sha256_of(pins) ? EnvironmentState::whole
                                           : EnvironmentState::outdated;
}

// Where pip's settings send it for wheels besides, which uv does not read.
std::vector<std::string> links_of_pip(const system::Environment& environment) {
    std::vector<std::string> found;
    const auto add = [&](std::string_view text) {
        for (const auto word : split(text, ' ')) {
            if (!trim(word).empty() && std::ranges::find(found, trim(word)) == found.end()) {
                found.emplace_back(trim(word));
            }
        }
    };
    if (const auto named = environment.get("PIP_FIND_LINKS")) {
        add(*named);
    }
    std::vector<fs::path> files{"/etc/xdg/pip/pip.conf", "/etc/pip.conf"};
    if (const auto home = environment.get("HOME")) {
        files.push_back(fs::path(*home) / ".pip/pip.conf");
        files.push_back(fs::path(environment.get("XDG_CONFIG_HOME").value_or(*home + "/.config")) / "pip/pip.conf");
    }
    const auto named = environment.get("PIP_CONFIG_FILE");
    if (named) {
        files = *named == "/dev/null" ? std::vector<fs::path>{} : std::vector<fs::path>{*named};
    }
    for (const auto& file : files) {
        const auto text = read_file(file, 1u << 20);
        bool counts = false;
        bool within = false;  // a value goes on in lines that begin with a blank
        for (const auto line : text ? lines(*text) : std::vector<std::string_view>()) {
            const auto words = trim(line);
            const auto equals = words.find('=');
            if (words.starts_with('[')) {
                counts = words == "[global]" || words == "[install]";
                within = false;
            } else if (within && !line.empty() && (line.front() == ' ' || line.front() == '\t')) {
                add(words);
            } else {
                within = counts && equals != words.npos && trim(words.substr(0, equals)) == "find-links";
                if (within) {
                    add(words.substr(equals + 1));
                }
            }
        }
    }
    return found;
}

Error not_for(const library::PackageGroup& group, const std::string& what) {
    return {ErrorKind::missing,
            "the environment `" + group.id + "` is not pinned for " + what,
            {},
            "it is for Python " + group.python_min + " to " + group.python_max + " on " + list_of(group.platforms)};
}

Result<EnvironmentPlan> plan_of(const Context& context, const std::string& id, const fs::path& places,
                                const run::InterpreterSearch& search, const EnvironmentRequest& request,
                                system::Processes& processes, const std::stop_token& stop) {
    EnvironmentPlan plan{.platform = library::this_platform()};
    MLPATH_TRY(plan.group, library::load_package_group(context.content, id));
    const auto& group = plan.group;
    MLPATH_TRY(plan.making.pins, context.content.read(library::pins_path(id)));
    MLPATH_TRY(const auto pins, library::read_pins(plan.making.pins, library::pins_path(id)));
    if (std::ranges::find(group.platforms, plan.platform) == group.platforms.end()) {
        return fail(not_for(group, plan.platform.empty() ? "this system" : plan.platform));
    }
    MLPATH_TRY(plan.making.tool, run::package_tool(request.tool, context.environment));
    MLPATH_TRY(const auto python,
               run::python_to_make_from([&](std::string_view version) { return library::fits(group, version); }, search,
                                        context.environment, processes, stop));
    if (!python) {
        auto error = not_for(group, "any Python here");
        error.hint += "; install one, or name one with MLPATH_PYTHON";
        return fail(std::move(error));
    }
    if (!python->can_make_environments && plan.making.tool.kind == run::PackageTool::Kind::pip) {
        return fail(run::tool_error(plan.making.tool, "No module named venv", id));
    }
    plan.pins = library::pins_for(pins, {python->version, plan.platform});
    plan.bytes = library::bytes_of(plan.pins, plan.platform);
    plan.state = state_of(places, id, plan.making.pins);
    for (const auto& joined : context.joined) {
        plan.guest = library::belongs_to(id, joined.name) ? joined.name : plan.guest;
    }
    plan.making.group = id;
    plan.making.packages = plan.pins.size();
    plan.making.index = plan.platform.starts_with("linux") ? group.index : std::string();
    plan.making.links = request.links;
    if (plan.making.links.empty() && !plan.making.index.empty()) {
        plan.making.links = links_of_pip(context.environment);
    }
    plan.making.places = places;
    plan.making.python = python->path;
    plan.making.python_version = python->version;
    return plan;
}

}  // namespace

std::string_view to_string(EnvironmentState state) {
    switch (state) {
        case EnvironmentState::absent: return "absent";
        case EnvironmentState::outdated: return "outdated";
        case EnvironmentState::whole: return "whole";
    }
    return "absent";
}

bool EnvironmentPlan::is_for(const library::Pin& pin) const {
    return std::ranges::find(group.packages, pin.name, &library::PythonPackage::pypi) != group.packages.end();
}

Result<EnvironmentPlan> plan_environment(const Context& context, const EnvironmentRequest& request,
                                         system::Processes& processes, std::stop_token stop) {
    MLPATH_TRY(const auto here, find_here(context));
    MLPATH_TRY(const auto group, group_named(context, request.what, &here));
    if (here.workspace) {
        const auto& folder = here.workspace->folder;
        return plan_of(context, group, run::environments_of_workspace(folder),
                       own_search(context, folder, &*here.workspace), request, processes, stop);
    }
    return plan_of(context, group, run::environments_of_cache(context.environment), portfolio_search(context), request,
                   processes, stop);
}

Result<EnvironmentPlan> plan_in_cache(const Context& context, const std::string& group, system::Processes& processes,
                                      std::stop_token stop) {
    return plan_of(context, group, run::environments_of_cache(context.environment), portfolio_search(context), {},
                   processes, stop);
}

Result<std::vector<ListedEnvironment>> list_environments(const Context& context) {
    MLPATH_TRY(const auto here, find_here(context));
    const auto cache = run::environments_of_cache(context.environment);
    const auto places = here.workspace ? run::environments_of_workspace(here.workspace->folder) : cache;
    const auto platform = library::this_platform();
    std::vector<ListedEnvironment> listed;
    for (const auto& id : library::package_group_ids(context.content)) {
        ListedEnvironment entry;
        MLPATH_TRY(entry.group, library::load_package_group(context.content, id));
        MLPATH_TRY(const auto text, context.content.read(library::pins_path(id)));
        MLPATH_TRY(const auto pins, library::read_pins(text, library::pins_path(id)));
        const auto wanted = library::pins_for(pins, {entry.group.python_max, platform});
        const auto& systems = entry.group.platforms;
        const bool is_pinned = std::ranges::find(systems, platform) != systems.end();
        entry.packages = wanted.size();
        entry.bytes = is_pinned ? library::bytes_of(wanted, platform) : 0;
        entry.state = state_of(places, id, text);
        entry.folder = places / id;
        listed.push_back(std::move(entry));
    }
    return listed;
}

}  // namespace mlpath::app
