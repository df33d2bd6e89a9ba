#include "app/data/fetch.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "library/library.hpp"
#include "render/fetch_display.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

std::string_view word_for(data::Origin origin) {
    switch (origin) {
        case data::Origin::cached: return "cached";
        case data::Origin::downloaded: return "fetched";
        case data::Origin::by_hand: return "taken";
    }
    return "";
}

Json json_for(const data::FetchReport& report) {
    auto files = Json::array();
    for (const auto& file : report.files) {
        Json entry{{"dataset", file.dataset},    {"name", file.name},
                   {"path", file.path.string()}, {"origin", word_for(file.origin)},
                   {"bytes", file.bytes},        {"transferred", file.transferred},
                   {"sha256", file.sha256}};
        put(entry, "unpacked", file.unpacked.string());
        put(entry, "source", file.source);
        files.push_back(std::move(entry));
    }
    return Json{{"files", std::move(files)}, {"absent", report.absent}};
}

void write_report(Page& page, const data::FetchReport& report) {
    for (const auto& file : report.files) {
        const bool inside = !file.unpacked.empty();
        page.labelled(word_for(file.origin), Tone::good,
                      file.dataset + "/" + file.name + " (" + human_bytes(file.bytes) + ", verified)", 0, 7);
        page.verbatim("        " + (inside ? file.unpacked : file.path).string(), Tone::faint);
    }
    for (const auto& name : report.absent) {
        page.labelled("absent", Tone::doubtful, name + ": neither given nor in the cache", 0, 7);
    }
}

}  // namespace

Action make_fetch(Options& options) {
    struct Input {
        app::FetchRequest request{};
        std::string from{};
        bool offline = false;
    };
    auto input = std::make_shared<Input>();
    options.required("DATASET", "what to get; `mlpath list datasets` shows what there is", input->request.ids,
                     Values::datasets);
    options.option("--mirror", "URL", "try URL/DATASET/FILE first", input->request.mirror);
    options.option("--from", "PATH", "a file that you downloaded, or a folder of them: verified and taken", input->from,
                   Values::files);
    options.flag("--offline", "never touch the network", input->offline);
    return [input](Host& host) -> Result<Exit> {
        input->request.from = input->from;
        if (input->offline) {
            input->request.network = data::Network::offline;
        }
        MLPATH_TRY(const auto* content, host.content());
        MLPATH_TRY(const auto datasets, library::load_datasets(*content));
        const std::vector<library::Dataset> catalogue(datasets.begin(), datasets.end());
        FetchDisplay display(host);
        const auto report = app::fetch(catalogue, input->request, host.environment(), &display, host.stop());
        display.clear();
        if (!report) {
            return fail(report.error());
        }
        if (host.json()) {
            host.print(json_for(*report));
        } else {
            Page page(host.out_terminal());
            write_report(page, *report);
            host.print(page);
        }
        return report->absent.empty() ? Exit::done : Exit::untold;
    };
}

}  // namespace mlpath::cli
