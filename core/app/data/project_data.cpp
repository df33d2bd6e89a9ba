#include "app/data/project_data.hpp"

#include <algorithm>
#include <array>

#include "app/data/fetch.hpp"
#include "app/data/judges_secret.hpp"
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

// Where the columns have no names in the file, they have those of the catalog.
Result<table::Table> named(Result<table::Table> table, const std::optional<library::TableShape>& shape) {
    if (table && shape && shape->columns.size() == table->columns.size()) {
        table->columns = shape->columns;
    }
    return table;
}

std::optional<library::TableShape> shape_of(const library::Dataset& dataset, const std::string& name) {
    const auto file = std::ranges::find(dataset.files, name, &library::DatasetFile::name);
    return file == dataset.files.end() ? std::nullopt : file->table;
}

}  // namespace

Result<std::vector<library::Dataset>> made_datasets(const library::Content& content, const library::Project& project,
                                                    library::DataKind kind) {
    std::vector<library::Dataset> made;
    if (std::ranges::all_of(project.data, &std::string::empty, &library::DataEntry::dataset)) {
        return made;
    }
    MLPATH_TRY(const auto datasets, library::load_datasets(content));
    for (const auto& entry : project.data) {
        const auto* const dataset = datasets.find(entry.dataset);
        if (dataset != nullptr && (kind == library::DataKind::synthetic || !dataset->is_hosted()) &&
            std::ranges::find(made, dataset->id, &library::Dataset::id) == made.end()) {
            made.push_back(*dataset);
        }
    }
    return made;
}

Result<library::DataKind> kind_in_use(const library::Content& content, const library::Project& project,
                                      library::DataKind wanted) {
    if (wanted == library::DataKind::real) {
        return wanted;
    }
    MLPATH_TRY(const auto made, made_datasets(content, project, wanted));
    return std::ranges::any_of(made, &library::Dataset::is_hosted) ? wanted : library::DataKind::real;
}

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
    if (m_choice.kind == library::DataKind::synthetic || !dataset->is_hosted()) {
        return find_made(entry, *dataset);
    }
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
    located.shape = shape_of(*dataset, entry.file);
    MLPATH_TRY(located.path, data::locate(data::Cache::of(m_context.environment, m_context.log), *dataset, entry.file,
                                          data::Depth::quick, m_stop));
    return located;
}

Result<Making> ProjectData::making_of(const library::Dataset& dataset) const {
    if (m_choice.making) {
        return *m_choice.making;
    }
    return fail(ErrorKind::missing, "the data of `" + dataset.id + "` are made by a script, which cannot be run here");
}

Result<ProjectData::Located> ProjectData::find_made(const library::DataEntry& entry, const library::Dataset& dataset) {
    MLPATH_TRY(const auto making, making_of(dataset));
    const std::array wanted{dataset};
    MLPATH_TRY(const auto made, synthesize(m_context, wanted, {dataset.id}, making, m_stop));
    Located located{.shape = shape_of(dataset, entry.file), .made = &dataset};
    for (const auto& file : made.files) {
        located.fingerprint += file.name + '\0' + file.sha256 + '\n';
        if (file.name == entry.file) {
            m_hashes[entry.id] = file.sha256;
            located.path = file.path;
        } else if (file.name.starts_with(entry.file + '/')) {
            located.path = file.path;
            for (auto left = std::ranges::count(file.name, '/') - std::ranges::count(entry.file, '/'); left > 0;
                 --left) {
                located.path = located.path.parent_path();
            }
        }
    }
    // What is held out is seen by what judges.
    if (!m_choice.secret) {
        m_choice.secret = judges_secret(m_context);
    }
    located.fingerprint += "drawn " + sha256_of(*m_choice.secret) + '\n';
    if (located.path.empty()) {
        return fail(ErrorKind::not_found,
                    "the generator of `" + dataset.id + "` makes no file `" + printable(entry.file) + "`",
                    "it is a mistake in the library: tell whoever made it");
    }
    return located;
}

Result<table::Table> ProjectData::table(const library::DataEntry& entry) {
    MLPATH_TRY(const auto located, locate(entry));
    const auto dialect = dialect_of(located.shape, entry.bundled.empty() ? entry.file : entry.bundled);
    return named(located.path.empty() ? table::parse_table(located.bytes, dialect, entry.bundled)
                                      : table::read_table(located.path, dialect),
                 located.shape);
}

Result<std::optional<table::Table>> ProjectData::drawn(const library::DataEntry& entry, std::uint64_t seed) {
    MLPATH_TRY(const auto located, locate(entry));
    if (located.made == nullptr) {
        return std::nullopt;
    }
    const auto& dataset = *located.made;
    MLPATH_TRY(const auto making, making_of(dataset));
    MLPATH_TRY(const auto files,
               draw_anew(m_context, dataset, seed_of_drawn(*m_choice.secret, dataset.id, seed), making, m_stop));
    const auto file = std::ranges::find(files, entry.file, &data::MadeFile::path);
    if (file == files.end()) {
        return fail(
            ErrorKind::malformed,
            "the generator of `" + dataset.id + "` makes no file `" + printable(entry.file) + "` with another seed",
            "it is a mistake in the library: tell whoever made it");
    }
    MLPATH_TRY(auto table, named(table::parse_table(file->bytes, dialect_of(located.shape, entry.file), entry.file),
                                 located.shape));
    return std::optional(std::move(table));
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
    const auto located = m_splits ? locate(entry) : Result<Located>();
    if (!m_splits || !located) {
        return std::nullopt;
    }
    const std::scoped_lock lock(m_mutex);
    const auto drawn =
        located->made == nullptr
            ? std::string()
            : " drawn " + sha256_of(std::to_string(seed_of_drawn(*m_choice.secret, entry.dataset, seed)));
    return data::SplitCache::key_of(m_hashes[entry.id] + drawn, *entry.split, seed);
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
        // Nothing of what the judge draws.
        MLPATH_TRY(const auto located, locate(entry));
        MLPATH_TRY(const auto division,
                   located.made != nullptr ? given(entry, entry.split->seed) : held_out(entry, entry.split->seed));
        files.push_back({entry.train, table::write_table(division.train), {}});
        files.push_back({entry.test, table::write_table(division.test), {}});
    }
    return files;
}

}  // namespace mlpath::app
