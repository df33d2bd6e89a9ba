#include "app/data/fetch.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include "app/data/synthesize.hpp"

#include "base/text.hpp"
#include "commands/all.hpp"
#include "commands/judging_setup.hpp"
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
        case data::Origin::made: return "made";
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

void write_differences(Page& page, const std::vector<library::Dataset>& catalogue,
                       const std::vector<std::string>& ids) {
    for (const auto& dataset : catalogue) {
        if (dataset.synthetic && dataset.is_hosted() && std::ranges::find(ids, dataset.id) != ids.end()) {
            for (const auto& differs : dataset.synthetic->differs) {
                page.labelled("differs", Tone::faint, dataset.id + ": " + differs, 0, 7);
            }
        }
    }
}

Result<data::FetchReport> downloaded(Host& host, const std::vector<library::Dataset>& catalogue,
                                     const app::FetchRequest& request) {
    FetchDisplay display(host);
    auto report = app::fetch(catalogue, request, host.environment(), &display, host.stop());
    display.clear();
    return report;
}

Result<data::FetchReport> made(Host& host, const std::vector<library::Dataset>& catalogue,
                               const std::vector<std::string>& ids) {
    MLPATH_TRY(const auto context, host.context());
    MLPATH_TRY(const auto setup, JudgingSetup::open(host, context, run::SandboxWish::automatic, nullptr));
    const auto& tools = setup.tools();
    return app::synthesize(context, catalogue, ids, {tools.processes, tools.sandbox, tools.trials}, host.stop());
}

// Those that nobody hosts are made, whatever was asked for.
std::vector<std::string> unhosted(const std::vector<library::Dataset>& catalogue, const std::vector<std::string>& ids) {
    std::vector<std::string> found;
    for (const auto& id : ids) {
        const auto dataset = std::ranges::find(catalogue, id, &library::Dataset::id);
        if (dataset != catalogue.end() && !dataset->is_hosted()) {
            found.push_back(id);
        }
    }
    return found;
}

Result<data::FetchReport> fetched(Host& host, const std::vector<library::Dataset>& catalogue,
                                  app::FetchRequest request) {
    const auto alone = unhosted(catalogue, request.ids);
    if (alone.empty()) {
        return downloaded(host, catalogue, request);
    }
    if (!request.from.empty()) {
        return fail(ErrorKind::usage, "nobody hosts `" + alone.front() + "`, so there is no file of it to take",
                    "`mlpath fetch " + alone.front() + "` makes it");
    }
    std::erase_if(request.ids, [&](const std::string& id) { return std::ranges::find(alone, id) != alone.end(); });
    data::FetchReport report;
    if (!request.ids.empty()) {
        MLPATH_TRY(report, downloaded(host, catalogue, request));
    }
    MLPATH_TRY(const auto own, made(host, catalogue, alone));
    report.files.insert(report.files.end(), own.files.begin(), own.files.end());
    return report;
}

}  // namespace

Action make_fetch(Options& options) {
    struct Input {
        app::FetchRequest request{};
        std::string from{};
        bool offline = false;
        bool synthetic = false;
    };
    auto input = std::make_shared<Input>();
    options.required("DATASET", "what to get; `mlpath list datasets` shows what there is", input->request.ids,
                     Values::datasets);
    options.option("--mirror", "URL", "try URL/DATASET/FILE first", input->request.mirror);
    options.option("--from", "PATH", "a file that you downloaded, or a folder of them: verified and taken", input->from,
                   Values::files);
    options.flag("--offline", "never touch the network", input->offline);
    options.flag("--synthetic", "data of the same shape, made here: for work without a network", input->synthetic);
    return [input](Host& host) -> Result<Exit> {
        if (input->synthetic && (!input->from.empty() || !input->request.mirror.empty())) {
            return fail(ErrorKind::usage,
                        "--synthetic makes the data here, and --from and --mirror say where to get them",
                        "leave one of them out");
        }
        input->request.from = input->from;
        input->request.log = host.log();
        if (input->offline) {
            input->request.network = data::Network::offline;
        }
        MLPATH_TRY(const auto* content, host.content());
        MLPATH_TRY(const auto datasets, library::load_datasets(*content));
        const std::vector<library::Dataset> catalogue(datasets.begin(), datasets.end());
        MLPATH_TRY(const auto chosen, app::chosen_datasets(catalogue, input->request.ids));
        input->request.ids.clear();
        std::ranges::transform(chosen, std::back_inserter(input->request.ids), &library::Dataset::id);
        MLPATH_TRY(const auto report, input->synthetic ? made(host, catalogue, input->request.ids)
                                                       : fetched(host, catalogue, input->request));
        host.answer([&] { return json_for(report); },
                    [&](Page& page) {
                        write_report(page, report);
                        for (const auto& id : unhosted(catalogue, input->request.ids)) {
                            page.labelled("note", Tone::faint,
                                          id + ": nobody hosts it; what its generator makes is the dataset", 0, 7);
                        }
                        if (input->synthetic) {
                            write_differences(page, catalogue, input->request.ids);
                        }
                    });
        return report.absent.empty() ? Exit::done : Exit::untold;
    };
}

}  // namespace mlpath::cli
