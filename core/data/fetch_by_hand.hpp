// `--from FILE`: what the user downloaded takes the place of the network, once it proves to be the promised bytes.
#pragma once

#include <span>
#include <stop_token>

#include "data/fetch.hpp"

namespace mlpath::data {

// The file given is copied into the cache and stays where it is. Its bytes say which file of the datasets it is; of a
// folder, the files with the names of the datasets' files are taken. Kind integrity where it is none of them.
[[nodiscard]] Result<FetchReport> fetch_by_hand(std::span<const library::Dataset> datasets, const FetchOptions& options,
                                                const FetchTools& tools, std::stop_token stop);

}  // namespace mlpath::data
