#include "app/data/fetch.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "system/http_curl.hpp"

namespace mlpath::app {

namespace {

Status check_mirror(const std::string& mirror) {
    if (mirror.empty() || mirror.starts_with("http://") || mirror.starts_with("https://")) {
        return {};
    }
    return fail(ErrorKind::usage, "a mirror is an http or https address, not `" + printable(mirror) + "`",
                "a file of your own is given with `mlpath fetch ID --from FILE`");
}

}  // namespace

Result<std::vector<library::Dataset>> chosen_datasets(std::span<const library::Dataset> catalogue,
                                                      const std::vector<std::string>& ids) {
    std::vector<library::Dataset> datasets;
    for (const auto& id : ids) {
        const auto is_meant = [&](const library::Dataset& dataset) {
            return dataset.id == id || std::ranges::find(dataset.aliases, id) != dataset.aliases.end();
        };
        const auto found = std::ranges::find_if(catalogue, is_meant);
        if (found != catalogue.end()) {
            if (std::ranges::find(datasets, found->id, &library::Dataset::id) == datasets.end()) {  // named once
                datasets.push_back(*found);
            }
            continue;
        }
        std::vector<std::string> known;
        for (const auto& dataset : catalogue) {
            known.push_back(dataset.id);
        }
        const auto near = nearest(id, known);
        return fail(ErrorKind::not_found, "there is no dataset `" + printable(id) + "`",
                    near ? "did you mean `" + *near + "`?" : "`mlpath list datasets` names them all");
    }
    return datasets;
}

Result<data::FetchReport> fetch(std::span<const library::Dataset> catalogue, const FetchRequest& request,
                                const system::Environment& environment, data::FetchProgress* progress,
                                std::stop_token stop) {
    if (!request.from.empty() && request.ids.size() != 1) {
        return fail(
            ErrorKind::usage,
            "--from gives the file of one dataset, and " + count_of(request.ids.size(), "dataset") + " were named",
            "give them one at a time: `mlpath fetch ID --from FILE`");
    }
    data::FetchOptions options;
    options.mirror = request.mirror.empty() ? environment.get("MLPATH_MIRROR").value_or("") : request.mirror;
    options.from = request.from;
    options.network = request.network;
    options.depth = request.depth;
    MLPATH_CHECK(check_mirror(options.mirror));
    MLPATH_TRY(const auto datasets, chosen_datasets(catalogue, request.ids));
    request.log.info("data wanted", [&] {
        return LogFields{{"datasets", join(request.ids, ", ")},
                         {"mirror", options.mirror.empty() ? "none" : options.mirror},
                         {"network", options.network == data::Network::offline ? "not to be used" : "as needed"}};
    });
    const auto cache = data::Cache::of(environment, request.log);
    data::RealPacer pacer;
    system::RealRandom random;
    const data::FetchTools tools{
        .cache = cache,
        .http = [&environment] { return system::open_curl(system::curl_options(environment)); },
        .pacer = pacer,
        .random = random,
        .progress = progress,
        .log = request.log};
    return data::fetch(datasets, options, tools, std::move(stop));
}

}  // namespace mlpath::app
