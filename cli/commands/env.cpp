#include <unistd.h>

#include <algorithm>
#include <memory>

#include "app/project/environments.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "line_input.hpp"
#include "render/live.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

struct EnvInput {
    app::EnvironmentRequest request{};
    std::string with{};
    std::vector<std::string> links{};
    bool list = false;
    bool dry = false;
    bool again = false;
    bool yes = false;
};

Json plan_json(const app::EnvironmentPlan& plan) {
    auto packages = Json::array();
    for (const auto& pin : plan.pins) {
        packages.push_back(Json{{"name", pin.name},
                                {"version", pin.version},
                                {"bytes", library::bytes_of(pin, plan.platform)},
                                {"asked_for", plan.is_for(pin)}});
    }
    Json object{{"environment", plan.group.id},
                {"title", plan.group.title},
                {"state", app::to_string(plan.state)},
                {"folder", plan.folder().string()},
                {"python", Json{{"path", plan.making.python.string()}, {"version", plan.making.python_version}}},
                {"tool", to_string(plan.making.tool.kind)},
                {"bytes", plan.bytes},
                {"packages", std::move(packages)}};
    put(object, "library", plan.guest);
    put(object, "index", plan.making.index);
    put(object, "links", plan.making.links);
    return object;
}

std::string names_of(const app::EnvironmentPlan& plan, bool asked_for) {
    std::vector<std::string> names;
    for (const auto& pin : plan.pins) {
        if (plan.is_for(pin) == asked_for) {
            names.push_back(printable(pin.name) + " " + printable(pin.version));
        }
    }
    return join(names, ", ");
}

void write_plan(Page& page, const app::EnvironmentPlan& plan) {
    page.line("The environment `" + plan.group.id + "`: " + printable(plan.group.title), Tone::strong);
    page.line(printable(plan.group.summary)).line();
    page.labelled("packages", Tone::accent, names_of(plan, true), 0, 9);
    if (const auto others = names_of(plan, false); !others.empty()) {
        page.labelled("they need", Tone::faint, others, 0, 9);
    }
    page.labelled("download", Tone::accent,
                  "at most " + human_bytes(plan.bytes) + " in " + count_of(plan.pins.size(), "package") +
                      ", less what is cached, each by its hash",
                  0, 9);
    page.labelled("Python", Tone::accent,
                  printable(plan.making.python_version) + " (" + printable(plan.making.python.string()) + "), with " +
                      (plan.making.tool.kind == run::PackageTool::Kind::uv ? "uv" : "venv and pip"),
                  0, 9);
    std::vector<std::string> besides;
    for (const auto& link : plan.making.links) {
        besides.push_back(printable(link));
    }
    if (!plan.making.index.empty()) {
        besides.push_back(printable(plan.making.index));
    }
    if (!besides.empty()) {
        page.labelled("also from", Tone::accent, join(besides, ", "), 0, 9);
    }
    page.labelled("folder", Tone::accent, near_path(plan.folder()), 0, 9);
}

void write_made(Page& page, const app::EnvironmentPlan& plan, std::string_view verb) {
    page.line(std::string(verb) + " `" + near_path(plan.folder()) + "`. The commands of mlpath find it by themselves.",
              Tone::strong);
    page.line("To use it in your own shell:")
        .command("source " + shell_word(near_path(plan.folder() / "bin/activate")));
}

// A group of an added library says what its author wants on this machine.
Status confirm(Host& host, const app::EnvironmentPlan& plan, const EnvInput& input) {
    if (plan.guest.empty() || input.yes) {
        return {};
    }
    const auto whose = "the environment `" + plan.group.id + "` is of the library `" + plan.guest + "`";
    if (host.json() || !host.err_terminal().is_terminal || ::isatty(0) == 0) {
        return fail(ErrorKind::usage, whose + ", so it is made only once somebody agrees",
                    "look at it with `mlpath env " + plan.group.id + " --dry-run`, then add `--yes`");
    }
    host.err().write("Install these packages of the library `" + plan.guest + "`? [y/N] ");
    host.err().flush();
    LineInput answers(0);
    MLPATH_TRY(const auto answer, answers.next(host.stop()));
    const auto said = to_lower_ascii(trim(answer.value_or("")));
    return said == "y" || said == "yes" ? Status() : fail(ErrorKind::usage, "nothing was installed");
}

Result<run::MadeEnvironment> made(Host& host, const app::EnvironmentPlan& plan) {
    LiveLine line(host.err(), host.err_terminal(), !host.json());
    const run::MakingSays says = [&](std::string_view text) {
        if (line.live()) {
            line.draw(text);
        } else {
            host.remark(text);
        }
    };
    auto result = run::make_environment(plan.making, host.environment(), host.processes(), says, host.stop());
    line.clear();
    return result;
}

Result<Exit> list(Host& host) {
    MLPATH_TRY(const auto context, host.context());
    MLPATH_TRY(const auto listed, app::list_environments(context));
    if (host.json()) {
        auto all = Json::array();
        for (const auto& entry : listed) {
            all.push_back(Json{{"environment", entry.group.id},
                               {"title", entry.group.title},
                               {"summary", entry.group.summary},
                               {"state", app::to_string(entry.state)},
                               {"folder", entry.folder.string()},
                               {"packages", entry.packages},
                               {"bytes", entry.bytes}});
        }
        host.print(Json{{"environments", std::move(all)}});
        return Exit::done;
    }
    Page page(host.out_terminal());
    for (const auto& entry : listed) {
        page.labelled(entry.group.id, Tone::accent,
                      printable(entry.group.title) + ". " + printable(entry.group.summary));
        const auto size = entry.bytes == 0 ? std::string("not for this system")
                                           : count_of(entry.packages, "package") + ", at most " +
                                                 human_bytes(entry.bytes) + " to download";
        const auto state = entry.state == app::EnvironmentState::absent ? std::string("not made here yet")
                           : entry.state == app::EnvironmentState::whole
                               ? "made: " + near_path(entry.folder)
                               : "made from older pins: `mlpath env " + entry.group.id + "` makes it anew";
        page.line("  " + size + "; " + state, Tone::faint);
    }
    if (listed.empty()) {
        page.line("This library has no environments.");
    }
    host.print(page);
    return Exit::done;
}

Result<Exit> run_env(Host& host, EnvInput& input) {
    input.request.links = input.links;
    input.request.tool = input.with == "uv"    ? run::ToolWish::uv
                         : input.with == "pip" ? run::ToolWish::pip
                                               : run::ToolWish::automatic;
    if (input.list) {
        return input.request.what.empty()
                   ? list(host)
                   : fail(ErrorKind::usage, "`--list` shows all environments, and takes no name",
                          "`mlpath env " + shell_word(input.request.what) + " --dry-run` shows one");
    }
    MLPATH_TRY(const auto context, host.context());
    MLPATH_TRY(auto plan, app::plan_environment(context, input.request, host.processes(), host.stop()));
    const bool wanted = input.again || plan.state != app::EnvironmentState::whole;
    if (!host.json() && (wanted || input.dry)) {
        Page page(host.out_terminal());
        write_plan(page, plan);
        host.print(page);
        host.out().flush();
    }
    if (wanted && !input.dry) {
        MLPATH_CHECK(confirm(host, plan, input));
        MLPATH_TRY(const auto whole, made(host, plan));
        plan.state = app::EnvironmentState::whole;
    }
    if (host.json()) {
        auto object = plan_json(plan);
        object["made"] = wanted && !input.dry;
        host.print(std::move(object));
    } else if (!input.dry) {
        Page page(host.out_terminal());
        if (wanted) {
            page.line();
        }
        write_made(page, plan, wanted ? "Made" : "It is there already:");
        host.print(page);
    }
    return Exit::done;
}

}  // namespace

Action make_env(Options& options) {
    auto input = std::make_shared<EnvInput>();
    options.optional("GROUP",
                     "a group of packages, or a project that asks for one; by default what you stand in asks for",
                     input->request.what, Values::environments);
    options.flag("--list", "show the groups there are, their sizes, and which are made", input->list);
    options.flag("--dry-run", "show what would be installed, and install nothing", input->dry);
    options.flag("--again", "make it anew, even if it is there", input->again);
    options.flag("--yes", "do not ask before packages of an added library are installed", input->yes);
    options.choice("--with", "TOOL", "make it with uv, or with venv and pip; uv by default where it is installed",
                   input->with, {"uv", "pip"});
    options.option("--links", "PLACE", "a folder or page with wheels to look at as well", input->links,
                   Options::Each::one, Values::folders);
    return [input](Host& host) { return run_env(host, *input); };
}

}  // namespace mlpath::cli
