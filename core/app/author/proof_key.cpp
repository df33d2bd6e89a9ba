#include "app/author/proof_key.hpp"

#include <algorithm>
#include <array>

#include "app/judge/judging.hpp"
#include "base/hash.hpp"
#include "library/kind.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

// Each file of the content whose path satisfies `counts`, as one hash.
template <typename Counts>
Result<std::string> hash_of_files(const library::Content& content, std::string_view below, const Counts& counts) {
    MLPATH_TRY(const auto paths, content.list(below));
    Sha256 hash;
    for (const auto& path : paths) {
        if (counts(path)) {
            MLPATH_TRY(const auto bytes, content.read(path));
            hash.update(path + '\0' + sha256_of(bytes) + '\n');
        }
    }
    return hash.finish();
}

// What decides the rows that a dataset gives; not its title, its license or where its mirrors are.
std::string rows_decided_by(const library::Dataset& dataset) {
    std::string text = dataset.id + '\n';
    for (const auto& file : dataset.files) {
        text += file.name + '\n';
        for (const auto& source : file.sources) {
            text += source.sha256 + '\n';
        }
        if (file.archive) {
            text += "archive " + std::to_string(static_cast<int>(file.archive->format)) + '\n';
            for (const auto& member : file.archive->members) {
                text += member + '\n';
            }
        }
        if (file.table) {
            text += "table " + file.table->delimiter + '\0' + file.table->quote + (file.table->header ? " header" : "");
            for (const auto& column : file.table->columns) {
                text += '\0' + column;
            }
            text += '\n';
        }
    }
    return text;
}

std::string told_of(const run::Interpreter& python) {
    auto text = "Python " + python.version;
    for (const auto& [name, version] : python.packages) {
        text += ", " + name + ' ' + version;
    }
    return text;
}

// As many digits as tell contents apart; who wants to forge a record need not look for another content of that hash.
std::string shortened(const std::string& hash) {
    constexpr std::size_t digits = 16;
    return hash.substr(0, digits);
}

}  // namespace

ProofData proof_data_of(const library::Project& project) {
    if (project.data.empty()) {
        return ProofData::none;
    }
    const bool real =
        std::ranges::any_of(project.data, [](const library::DataEntry& entry) { return !entry.dataset.empty(); });
    return real ? ProofData::real : ProofData::bundled;
}

std::string name_of(ProofData data) {
    switch (data) {
        case ProofData::bundled: return "bundled";
        case ProofData::real: return "real";
        case ProofData::none: break;
    }
    return "none";
}

Result<std::string> harness_hash(const library::Content& content) {
    const auto all = [](const std::string&) { return true; };
    MLPATH_TRY(const auto harness, hash_of_files(content, "harness/", all));
    MLPATH_TRY(const auto warm, hash_of_files(content, "warm/", all));
    std::string scripts;
    for (const auto& entry : library::all_kinds()) {
        for (const auto& script : entry.scripts) {
            scripts +=
                std::string(entry.kind->name) + '/' + std::string(script.name) + ' ' + sha256_of(script.text) + '\n';
        }
    }
    return sha256_of(harness + ' ' + warm + '\n' + scripts);
}

Result<std::string> project_hash(const library::Content& content, const library::Project& project) {
    const auto root = library::template_path(project.id, "");
    const std::array decides{root + "project.json", root + "checks/", root + "data/", root + "skeleton/",
                             root + "solution/"};
    MLPATH_TRY(const auto files, hash_of_files(content, root, [&](const std::string& path) {
                   return std::ranges::any_of(decides, [&](const auto& part) { return path.starts_with(part); });
               }));
    std::string rows;
    if (proof_data_of(project) == ProofData::real) {
        MLPATH_TRY(const auto datasets, library::load_datasets(content));
        for (const auto& entry : project.data) {
            if (const auto* const dataset = datasets.find(entry.dataset)) {
                rows += rows_decided_by(*dataset);
            }
        }
    }
    return sha256_of(project.id + '\n' + files + '\n' + rows);
}

Result<ProofKey> proof_key(const Context& context, const library::Project& project, const run::Interpreter& judge,
                           system::Processes& processes, const std::stop_token& stop) {
    ProofKey key{.project = project.id, .data = proof_data_of(project)};
    MLPATH_TRY(const auto common, project_hash(context.content, project));
    const auto root = library::template_path(project.id, "");
    MLPATH_TRY(const auto flaws, hash_of_files(context.content, root, [&](const std::string& path) {
                   return path == root + "flaws.json" || path.starts_with(root + "flawed/");
               }));
    key.content = shortened(sha256_of(common + ' ' + flaws));
    MLPATH_TRY(const auto harness, harness_hash(context.content));
    key.harness = shortened(harness);
    const auto python =
        run::find_interpreter(project.python, portfolio_search(context), context.environment, processes, stop);
    if (!python && python.error().kind == ErrorKind::interrupted) {
        return fail(python.error());
    }
    key.packages = (python ? told_of(*python) : std::string("no Python that has what it needs")) +
                   ", judged by Python " + judge.version;
    return key;
}

}  // namespace mlpath::app
