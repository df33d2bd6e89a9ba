// Plain `mlpath`: what is next; outside of a workspace a welcome and the one command to start.
#include <memory>

#include "app/project/here.hpp"
#include "commands/all.hpp"
#include "host.hpp"

namespace mlpath::cli {

namespace {

void welcome(Host& host, const app::Here& here) {
    const bool in_project = !here.project.empty();
    const std::string command = in_project ? "mlpath check" : "mlpath init my-ml-path";
    if (host.json()) {
        Json object{{"workspace", nullptr}, {"command", command}};
        if (in_project) {
            object["project"] = here.project;
        }
        host.print(std::move(object));
        return;
    }
    Page page(host.out_terminal());
    if (in_project) {
        page.line("You are in the project `" + here.project + "`, outside of any workspace.");
        page.line().line("See what passes and what is next:").command(command);
    } else {
        page.line("Welcome to mlpath.", Tone::strong);
        page.line(
            "It takes you from \"I can program\" to a portfolio of machine-learning projects that provably work: "
            "it says what comes next, checks what you build, and explains what went wrong.");
        page.line().line("Start here:").command(command);
        page.line().line("It makes a folder for your work. `mlpath --help` shows the rest.");
    }
    host.print(page);
}

}  // namespace

Action make_bare(Options& options) {
    return [next_action = make_next(options)](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto here, app::find_here(context));
        if (here.workspace) {
            return next_action(host);
        }
        welcome(host, here);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
