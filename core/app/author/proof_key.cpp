#include "app/author/proof_key.hpp"

#include <algorithm>

#include "app/data/project_data.hpp"
#include "app/judge/judging.hpp"
#include "app/judge/remembered.hpp"
#include "base/hash.hpp"
#include "library/kind.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

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

ProofData proof_data_of(const library::Project& project, library::DataKind kind) {
    if (project.data.empty()) {
        return ProofData::none;
    }
    const bool real =
        std::ranges::any_of(project.data, [](const library::DataEntry& entry) { return !entry.dataset.empty(); });
    return !real ? ProofData::bundled : kind == library::DataKind::real ? ProofData::real : ProofData::synthetic;
}

std::string name_of(ProofData data) {
    switch (data) {
        case ProofData::bundled: return "bundled";
        case ProofData::real: return "real";
        case ProofData::synthetic: return "synthetic";
        case ProofData::none: break;
    }
    return "none";
}

Result<std::string> harness_hash(const library::Content& content) {
    MLPATH_TRY(const auto harness, hash_of_files(content, {"harness/"}));
    MLPATH_TRY(const auto warm, hash_of_files(content, {"warm/"}));
    std::string scripts;
    for (const auto& entry : library::all_kinds()) {
        for (const auto& script : entry.scripts) {
            scripts +=
                std::string(entry.kind->name) + '/' + std::string(script.name) + ' ' + sha256_of(script.text) + '\n';
        }
    }
    return sha256_of(harness + ' ' + warm + '\n' + scripts);
}

Result<std::string> project_hash(const library::Content& content, const library::Project& project,
                                 library::DataKind kind) {
    const auto root = library::template_path(project.id, "");
    MLPATH_TRY(const auto files, hash_of_files(content, {root + "checks/", root + "data/", root + "project.json",
                                                         root + "skeleton/", root + "solution/"}));
    std::string rows;
    if (proof_data_of(project, kind) == ProofData::real) {
        MLPATH_TRY(const auto datasets, library::load_datasets(content));
        for (const auto& entry : project.data) {
            if (const auto* const dataset = datasets.find(entry.dataset)) {
                rows += rows_decided_by(*dataset);
            }
        }
    }
    MLPATH_TRY(const auto made, made_datasets(content, project, kind));
    for (const auto& dataset : made) {
        MLPATH_TRY(const auto scripts,
                   hash_of_files(content, {"curricula/synthetic/" + dataset.id + ".py", "makers/"}));
        rows +=
            "made " + dataset.id + ' ' + (dataset.synthetic ? dataset.synthetic->sha256 : "") + ' ' + scripts + '\n';
    }
    return sha256_of(project.id + '\n' + files + '\n' + rows);
}

Result<ProofKey> proof_key(const Context& context, const library::Project& project, library::DataKind kind,
                           const run::Interpreter& judge, system::Processes& processes, const std::stop_token& stop) {
    ProofKey key{.project = project.id, .data = proof_data_of(project, kind)};
    MLPATH_TRY(const auto common, project_hash(context.content, project, kind));
    const auto root = library::template_path(project.id, "");
    MLPATH_TRY(const auto flaws, hash_of_files(context.content, {root + "flawed/", root + "flaws.json"}));
    key.content = shortened(sha256_of(common + ' ' + flaws));
    MLPATH_TRY(const auto harness, harness_hash(context.content));
    key.harness = shortened(harness);
    const auto python = run::find_interpreter(project.python.of_all_milestones(), portfolio_search(context),
                                              context.environment, processes, stop);
    if (!python && python.error().kind == ErrorKind::interrupted) {
        return fail(python.error());
    }
    key.packages = (python ? told_of(*python) : std::string("no Python that has what it needs")) +
                   ", judged by Python " + judge.version;
    return key;
}

}  // namespace mlpath::app
