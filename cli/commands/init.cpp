#include "app/setup/init.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

std::string_view name_of(workspace::InitOutcome outcome) {
    switch (outcome) {
        case workspace::InitOutcome::made: return "made";
        case workspace::InitOutcome::already: return "already";
        case workspace::InitOutcome::added: return "added";
        case workspace::InitOutcome::repaired: return "repaired";
    }
    return "made";
}

void write_init(Page& page, const app::Init& init) {
    const auto& made = init.made;
    const auto folder = near_path(made.workspace.folder);
    const auto where = folder == "." ? std::string("here") : "in `" + folder + "`";
    switch (made.outcome) {
        case workspace::InitOutcome::made: page.line("Made a workspace " + where + ".", Tone::strong); break;
        case workspace::InitOutcome::already:
            page.line(
                "There is a workspace " + where + " already" + (made.adopted.empty() ? "; nothing was changed." : "."),
                Tone::strong);
            break;
        case workspace::InitOutcome::added:
            page.line("The workspace " + where + " follows one more curriculum.", Tone::strong);
            break;
        case workspace::InitOutcome::repaired:
            page.line("Wrote new settings for the workspace " + where + "; your progress is unchanged.", Tone::strong);
            page.line("What could not be read is in " + near_path(made.kept) + ".");
            break;
    }
    page.line("Curriculum: " + init.curriculum_title);
    if (!made.adopted.empty()) {
        page.line("Took in what was done before in " + list_of(made.adopted) + ".");
    }
    if (made.inside) {
        page.labelled("note:", Tone::doubtful,
                      "it lies inside the workspace `" + near_path(*made.inside) + "`; from here on this one counts");
    }
    page.line().line("See what is first:").command(init.next);
    if (!made.in_git) {
        page.line().line("Git keeps your work and its history safe: `git init` in that folder is worth doing.");
    }
}

}  // namespace

Action make_init(Options& options) {
    auto request = std::make_shared<app::InitRequest>();
    auto folder = std::make_shared<std::string>();
    options.optional("DIR", "the folder to make it in; by default this one", *folder, Values::folders);
    options.option("--curriculum", "ID", "the curriculum to follow; `levels` by default", request->curriculum,
                   Values::curricula);
    return [request, folder](Host& host) -> Result<Exit> {
        request->folder = *folder;
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto init, app::init(context, *request));
        if (host.json()) {
            const auto& made = init.made;
            host.print(Json{{"workspace", made.workspace.folder.string()},
                            {"outcome", name_of(made.outcome)},
                            {"curricula", made.workspace.settings.curricula},
                            {"written", made.written},
                            {"adopted", made.adopted},
                            {"in_git", made.in_git},
                            {"next", init.next}});
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_init(page, init);
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
