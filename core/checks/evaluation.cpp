#include "checks/evaluation.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/probe.hpp"

namespace mlpath::checks {

std::string Variant::key() const {
    return std::to_string(static_cast<int>(kind)) + '/' + data + '/' + std::to_string(repeat) + '/' +
           std::to_string(fold) + '/' + std::to_string(folds) + '/' + join(columns, ",");
}

const library::DataEntry* Evaluation::data_entry(std::string_view id) const {
    const auto found = std::ranges::find(project().data, id, &library::DataEntry::id);
    return found == project().data.end() ? nullptr : &*found;
}

std::uint64_t Evaluation::seed_of(const library::DataEntry& entry) const {
    // 53 bits, so that a report's reader keeps it exactly.
    return m_input.seed ? hash64(entry.id, *m_input.seed) >> 11U : entry.split->seed;
}

Result<const data::Rows*> Evaluation::rows_of(const library::DataEntry& entry) {
    const std::scoped_lock lock(m_mutex);
    auto found = m_rows.find(entry.id);
    if (found == m_rows.end()) {
        MLPATH_TRY(table::Table table, m_input.data.table(entry));
        MLPATH_TRY(data::Rows rows, data::prepare_rows(std::move(table), *entry.split));
        found = m_rows.emplace(entry.id, std::move(rows)).first;
    }
    return &found->second;
}

Result<data::Division> Evaluation::division(const Variant& variant) {
    const auto* entry = data_entry(variant.data);
    if (entry == nullptr || !entry->split) {
        return fail(ErrorKind::internal, "the project has no split data `" + variant.data + "`");
    }
    MLPATH_TRY(const data::Rows* rows, rows_of(*entry));
    const auto seed = seed_of(*entry);
    const auto draw = hash64("repeat " + std::to_string(variant.repeat), seed);
    if (variant.kind == VariantKind::fold) {
        MLPATH_TRY(const auto parts, data::folds(*rows, *entry->split, draw, variant.folds));
        return data::divide(*rows, parts.at(variant.fold), draw);
    }
    MLPATH_TRY(const auto parts, data::hold_out(*rows, *entry->split, seed));
    const auto held_out = data::divide(*rows, parts, seed);
    switch (variant.kind) {
        case VariantKind::strange_rows: return data::with_strange_rows(held_out, draw);
        case VariantKind::permuted_labels: return data::with_permuted_labels(held_out, draw);
        case VariantKind::renamed: return data::with_renamed(held_out, variant.columns, draw);
        case VariantKind::responds: return data::with_shuffled_columns(held_out, variant.columns, draw);
        case VariantKind::row_order: return data::with_reordered_test(held_out, draw);
        case VariantKind::held_out:
        case VariantKind::fold: break;
    }
    return held_out;
}

Result<run::Workplace> Evaluation::workplace(const Variant& variant) {
    std::vector<run::LaidFile> files;
    for (const auto& entry : project().data) {
        if (entry.split) {
            auto wanted = entry.id == variant.data ? variant : Variant{.kind = VariantKind::held_out, .data = entry.id};
            MLPATH_TRY(const auto parts, division(wanted));
            files.push_back({entry.train, table::write_table(parts.train), {}});
            files.push_back({entry.test, table::write_table(parts.test), {}});
        } else {
            MLPATH_TRY(auto pieces, m_input.data.pieces(entry));
            for (auto& piece : pieces) {
                files.push_back({std::move(piece.path), std::move(piece.bytes), std::move(piece.copy_of)});
            }
        }
    }
    return run::Workplace::make(m_input.sources, files);
}

Result<EvidencePtr> Evaluation::run_one(std::string_view step, const Variant& variant) {
    auto evidence = std::make_shared<Evidence>();
    if (!variant.data.empty()) {
        MLPATH_TRY(evidence->division, division(variant));
    }
    MLPATH_TRY(evidence->place, workplace(variant));
    MLPATH_TRY(evidence->outcome, m_input.runner.run(project(), step, *evidence->place, m_input.stop));
    if (evidence->outcome.process.ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    return EvidencePtr(std::move(evidence));
}

Result<std::vector<EvidencePtr>> Evaluation::run(std::string_view step, const std::vector<Variant>& variants) {
    const auto key_of = [&](const Variant& variant) { return std::string(step) + '/' + variant.key(); };
    std::vector<EvidencePtr> found(variants.size());
    std::vector<std::size_t> missing;
    {
        const std::scoped_lock lock(m_mutex);
        for (std::size_t i = 0; i < variants.size(); ++i) {
            const auto known = m_evidence.find(key_of(variants[i]));
            if (known != m_evidence.end()) {
                found[i] = known->second;
            } else {
                missing.push_back(i);
            }
        }
    }

    std::optional<Error> error;
    std::atomic<std::size_t> next{0};
    std::atomic<bool> give_up{false};
    const auto work = [&] {
        for (std::size_t i = next++; i < missing.size() && !give_up; i = next++) {
            const auto& variant = variants[missing[i]];
            auto evidence = run_one(step, variant);
            const std::scoped_lock lock(m_mutex);
            if (evidence) {
                found[missing[i]] = *evidence;
                m_evidence.emplace(key_of(variant), *evidence);
            } else if (!error) {
                error = evidence.error();
                give_up = true;
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        const auto wanted = std::min<std::size_t>(std::max(m_input.jobs, 1U), missing.size());
        for (std::size_t i = 1; i < wanted; ++i) {
            threads.emplace_back(work);
        }
        work();
    }
    if (error) {
        return fail(*error);
    }
    return found;
}

Result<EvidencePtr> Evaluation::run(std::string_view step) {
    // The held-out run belongs to every check that asks for no variant: the first split entry stands for all.
    const auto split =
        std::ranges::find_if(project().data, [](const library::DataEntry& entry) { return entry.split.has_value(); });
    Variant variant;
    variant.data = split == project().data.end() ? std::string() : split->id;
    MLPATH_TRY(auto found, run(step, {variant}));
    return found.front();
}

}  // namespace mlpath::checks
