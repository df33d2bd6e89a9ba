// Synthetic data of a dataset: made by the library's script in the sandbox, held against the hash that the catalog
// promises, and kept in the cache.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "data/fetch.hpp"
#include "data/made.hpp"
#include "library/dataset.hpp"
#include "run/sandbox.hpp"
#include "run/trial.hpp"
#include "system/process.hpp"

namespace mlpath::app {

// By which scripts run.
struct Making {
    system::Processes& processes;
    run::Sandbox sandbox{};
    run::Trials* trials = nullptr;  // null: that programs can work in the sandbox is taken for granted
    double seconds = 60;            // a script takes two on a machine with nothing else to do
};

// As fetch, whose report it gives, without the network. Kinds: not_found (no such dataset, or one without synthetic
// data), integrity (the script makes something else than the catalog promises), malformed (it cannot be used: it
// fails, never ends, writes elsewhere), io, interrupted.
[[nodiscard]] Result<data::FetchReport> synthesize(const Context& context, std::span<const library::Dataset> catalogue,
                                                   const std::vector<std::string>& ids, const Making& making,
                                                   std::stop_token stop = {});

// The same files with another seed, for what the judge holds back: the generator and its seed are public, and so is the
// truth of what a learner has. Kept nowhere, and held against no hash.
[[nodiscard]] Result<std::vector<data::MadeFile>> draw_anew(const Context& context, const library::Dataset& dataset,
                                                            std::uint64_t seed, const Making& making,
                                                            std::stop_token stop = {});

}  // namespace mlpath::app
