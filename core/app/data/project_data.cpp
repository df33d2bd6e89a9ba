#include "app/data/project_data.hpp"

#include <array>

#include "app/data/fetch.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/archive.hpp"
#include "data/split.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

table::Dialect dialect_of(const std::optional<library::TableShape>& shape, const std::string& file) {
    if (!shape) {
        return {.separator = file.ends_with(".tsv") ? '\t' : ','};
    }
    return {.separator = shape->delimiter.empty() ? ',' : shape->delimiter.front(),
            .quotes = !shape->quote.empty(),
            .header = shape->header};
}

}  // namespace

Result<ProjectData::Located> ProjectData::locate(const library::DataEntry& entry) {
    const std::scoped_lock lock(m_mutex);
    auto known = m_located.find(entry.id);
    if (known == m_located.end()) {
        MLPATH_TRY(auto located, find(entry));
        known = m_located.emplace(entry.id, std::move(located)).first;
    }
    return known->second;
}

Result<const library::Dataset*> ProjectData::dataset(const std::string& id) {
    if (!m_datasets) {
        MLPATH_TRY(m_datasets, library::load_datasets(m_context.content));
    }
    if (const auto* found = m_datasets->find(id)) {
        return found;
    }
    return fail(library::no_such("dataset", id, m_datasets->ids()));
}

Result<ProjectData::Located> ProjectData::find(const library::DataEntry& entry) {
    Located located;
    if (!entry.bundled.empty()) {
        MLPATH_TRY(located.bytes, m_context.content.read(library::template_path(m_project.id, entry.bundled)));
        m_hashes[entry.id] = sha256_of(located.bytes);
        located.fingerprint = m_hashes[entry.id];
        return located;
    }
    MLPATH_TRY(const auto* dataset, this->dataset(entry.dataset));
    const std::array wanted{*dataset};
    MLPATH_TRY(const auto fetched,
               app::fetch(wanted, {.ids = {entry.dataset}, .network = m_network, .log = m_context.log},
                          m_context.environment, m_progress, m_stop));
    for (const auto& file : fetched.files) {
        located.fingerprint += file.name + '\0' + file.sha256 + '\n';
        if (file.name == entry.file) {
            m_hashes[entry.id] = file.sha256;
        }
    }
    for (const auto& file : dataset->files) {
        if (file.name == entry.file) {
            located.shape = file.table;
        }
    }
    MLPATH_TRY(located.path, data::locate(data::Cache::of(m_context.environment, m_context.log), *dataset, entry.file,
                                          data::Depth::quick, m_stop));
    return located;
}

Result<table::Table> ProjectData::table(const library::DataEntry& entry) {
    MLPATH_TRY(const auto located, locate(entry));
    const auto dialect = dialect_of(located.shape, entry.bundled.empty() ? entry.file : entry.bundled);
    auto table = located.path.empty() ? table::parse_table(located.bytes, dialect, entry.bundled)
                                      : table::read_table(located.path, dialect);
    if (table && located.shape && located.shape->columns.size() == table->columns.size()) {
        table->columns = located.shape->columns;
    }
    return table;
}

Result<std::vector<data::Piece>> ProjectData::pieces(const library::DataEntry& entry) {
    MLPATH_TRY(auto located, locate(entry));
    std::vector<data::Piece> pieces;
    std::error_code ignored;
    if (located.path.empty()) {
        pieces.push_back({entry.to, std::move(located.bytes), {}});
    } else if (fs::is_directory(located.path, ignored)) {
        MLPATH_TRY(const auto files, files_below(located.path));
        for (const auto& file : files) {
            pieces.push_back({entry.to + '/' + file, {}, located.path / fs::path(file)});
        }
    } else {
        pieces.push_back({entry.to, {}, located.path});
    }
    return pieces;
}

std::optional<std::string> ProjectData::split_key(const library::DataEntry& entry, std::uint64_t seed) {
    if (!m_splits || !locate(entry)) {
        return std::nullopt;
    }
    const std::scoped_lock lock(m_mutex);
    return data::SplitCache::key_of(m_hashes[entry.id], *entry.split, seed);
}

std::optional<data::Division> ProjectData::known_split(const library::DataEntry& entry, std::uint64_t seed) {
    const auto key = split_key(entry, seed);
    return key ? m_splits->find(*key) : std::nullopt;
}

void ProjectData::keep_split(const library::DataEntry& entry, std::uint64_t seed, const data::Division& division) {
    if (const auto key = split_key(entry, seed)) {
        m_context.log.kept("the split of " + entry.id, m_splits->keep(*key, division));
    }
}

Result<std::string> ProjectData::fingerprint() {
    Sha256 hash;
    for (const auto& entry : m_project.data) {
        MLPATH_TRY(const auto located, locate(entry));
        hash.update(entry.id + '\0' + located.fingerprint + '\n');
    }
    return hash.finish();
}

Result<std::vector<run::LaidFile>> ProjectData::lay() {
    std::vector<run::LaidFile> files;
    for (const auto& entry : m_project.data) {
        if (!entry.split) {
            MLPATH_TRY(auto laid, pieces(entry));
            for (auto& piece : laid) {
                files.push_back({std::move(piece.path), std::move(piece.bytes), std::move(piece.copy_of)});
            }
            continue;
        }
        MLPATH_TRY(const auto division, held_out(entry, entry.split->seed));
        files.push_back({entry.train, table::write_table(division.train), {}});
        files.push_back({entry.test, table::write_table(division.test), {}});
    }
    return files;
}

}  // namespace mlpath::app
