#include "app/project/diff.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/changes.hpp"

namespace mlpath::cli {

namespace {

void write_versions(Page& page, const app::Diff& diff) {
    if (diff.library_version > diff.version) {
        page.labelled("note:", Tone::doubtful,
                      "your project came from version " + std::to_string(diff.version) +
                          " of its skeleton, which is what it is compared with; the library has version " +
                          std::to_string(diff.library_version));
    }
}

void write_files(Page& page, const app::Diff& diff) {
    bool any = false;
    for (const auto& file : diff.files) {
        if (file.standing == workspace::FileStanding::same) {
            continue;
        }
        any = true;
        if (file.standing == workspace::FileStanding::missing) {
            page.line(file.path + " is missing; `mlpath reset " + file.path + "` brings it back.");
        } else if (file.standing == workspace::FileStanding::unreadable) {
            page.line(file.path + " cannot be compared: " + file.text);
        } else if (file.binary) {
            page.line(file.path + (file.standing == workspace::FileStanding::added ? " is new" : " was changed") +
                      " (it is not text).");
        } else {
            write_diff(page, file.text);
        }
    }
    for (const auto& path : diff.added) {
        any = true;
        page.line("new: " + path);
    }
    if (!any) {
        page.line("Nothing was changed since `mlpath new`.");
    }
}

}  // namespace

Action make_diff(Options& options) {
    auto words = std::make_shared<std::vector<std::string>>();
    options.optional("PROJECT|FILE", "a project, a file of it, or both; by default all of the project you are in",
                     *words, Values::projects);
    return [words](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto diff, app::diff(context, app::read_diff_words(context, *words)));
        if (host.json()) {
            auto files = Json::array();
            for (const auto& file : diff.files) {
                files.push_back(Json{{"path", file.path},
                                     {"standing", workspace::to_string(file.standing)},
                                     {"binary", file.binary},
                                     {"diff", file.text}});
            }
            host.print(Json{{"project", diff.project},
                            {"version", diff.version},
                            {"library_version", diff.library_version},
                            {"files", std::move(files)},
                            {"added", diff.added}});
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_versions(page, diff);
        write_files(page, diff);
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
