// A project's data, wherever they come from: fetched into the cache (and only when asked for), bundled with the
// template, or made here.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/data/synthesize.hpp"
#include "data/fetch.hpp"
#include "data/provider.hpp"
#include "data/split_cache.hpp"
#include "library/catalogue.hpp"
#include "library/data_kind.hpp"
#include "library/dataset.hpp"
#include "run/step.hpp"

namespace mlpath::app {

// Which data are used, and how those are made that are.
struct DataChoice {
    library::DataKind kind = library::DataKind::real;
    std::optional<Making> making{};       // none: nothing can be made
    std::optional<std::string> secret{};  // of the judge; none: this machine's, where something is made
};

// Of the project's datasets those that are made here: all where `kind` is synthetic, else those that nobody hosts.
[[nodiscard]] Result<std::vector<library::Dataset>> made_datasets(const library::Content& content,
                                                                  const library::Project& project,
                                                                  library::DataKind kind);

// Synthetic where something of the project would be another on the real data: what it brings along needs no network,
// and is used as it is.
[[nodiscard]] Result<library::DataKind> kind_in_use(const library::Content& content, const library::Project& project,
                                                    library::DataKind wanted);

class ProjectData final : public data::DataProvider {
public:
    // `progress` may be null; everything must outlive this. Splits are remembered in `splits`, where it is given.
    // `mirror` empty: MLPATH_MIRROR of the environment.
    ProjectData(const Context& context, const library::Project& project, data::Network network,
                data::FetchProgress* progress, std::stop_token stop, std::optional<data::SplitCache> splits = {},
                DataChoice choice = {})
        : m_context(context),
          m_project(project),
          m_network(network),
          m_progress(progress),
          m_stop(std::move(stop)),
          m_splits(std::move(splits)),
          m_choice(std::move(choice)) {}

    [[nodiscard]] Result<table::Table> table(const library::DataEntry& entry) override;
    [[nodiscard]] Result<std::vector<data::Piece>> pieces(const library::DataEntry& entry) override;

    // All of the project's data as the learner gets them, split by the project's own seeds: what `new` lays.
    [[nodiscard]] Result<std::vector<run::LaidFile>> lay();
    // One hash of the bytes of all entries, fetched if need be.
    [[nodiscard]] Result<std::string> fingerprint();
    // The SHA-256 of each entry's bytes as they were used, by data id.
    [[nodiscard]] const std::map<std::string, std::string>& hashes() const { return m_hashes; }

private:
    [[nodiscard]] std::optional<data::Division> known_split(const library::DataEntry& entry,
                                                            std::uint64_t seed) override;
    void keep_split(const library::DataEntry& entry, std::uint64_t seed, const data::Division& division) override;
    [[nodiscard]] Result<std::optional<table::Table>> drawn(const library::DataEntry& entry,
                                                            std::uint64_t seed) override;

    struct Located {
        std::string fingerprint{};                   // of all files that it may be taken from
        std::string bytes{};                         // of a bundled file …
        fs::path path{};                             // … or where it lies in the cache: a file or a folder
        std::optional<library::TableShape> shape{};  // how to read it, where it is no plain CSV
        const library::Dataset* made = nullptr;      // what its generator made, and the judge draws more of
    };
    // Looked up once: steps that run side by side ask for the same files, from threads of their own.
    Result<Located> locate(const library::DataEntry& entry);
    Result<Located> find(const library::DataEntry& entry);
    Result<Located> find_made(const library::DataEntry& entry, const library::Dataset& dataset);
    Result<Making> making_of(const library::Dataset& dataset) const;
    Result<const library::Dataset*> dataset(const std::string& id);
    std::optional<std::string> split_key(const library::DataEntry& entry, std::uint64_t seed);

    const Context& m_context;
    const library::Project& m_project;
    data::Network m_network;
    data::FetchProgress* m_progress;
    std::stop_token m_stop;
    std::optional<data::SplitCache> m_splits;  // none: every split is made anew
    DataChoice m_choice;
    std::mutex m_mutex{};                                              // guards what follows
    std::optional<library::Catalogue<library::Dataset>> m_datasets{};  // read when the first entry names one
    std::map<std::string, Located> m_located{};
    std::map<std::string, std::string> m_hashes{};
};

}  // namespace mlpath::app
