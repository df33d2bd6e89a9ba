// The use case behind `mlpath fetch`, and behind every command that needs data: ids to files in the cache.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "data/fetch.hpp"
#include "library/dataset.hpp"
#include "system/environment.hpp"

namespace mlpath::app {

struct FetchRequest {
    std::vector<std::string> ids{};  // of datasets
    std::string mirror{};            // --mirror; empty: MLPATH_MIRROR of the environment
    fs::path from{};                 // --from: needs exactly one id
    data::Network network = data::Network::allowed;
    data::Depth depth = data::Depth::quick;
    Log log{};
};

// Those with these ids, each once. not_found: an id that is none; the hint is the nearest.
[[nodiscard]] Result<std::vector<library::Dataset>> chosen_datasets(std::span<const library::Dataset> catalogue,
                                                                    const std::vector<std::string>& ids);

// `catalogue` is every dataset that the library has. Kinds: usage (options that cannot go together), not_found (an id
// that is none; the hint is the nearest), network (no source gave the file), integrity (what came was not the promised
// bytes), io (disk), missing (libcurl4, libarchive13), busy, interrupted. Progress may be null.
[[nodiscard]] Result<data::FetchReport> fetch(std::span<const library::Dataset> catalogue, const FetchRequest& request,
                                              const system::Environment& environment, data::FetchProgress* progress,
                                              std::stop_token stop = {});

}  // namespace mlpath::app
