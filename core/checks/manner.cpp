#include "checks/manner.hpp"

#include "base/files.hpp"
#include "base/text.hpp"

namespace mlpath::checks {

namespace {

constexpr std::string_view observer = ".mlpath-observer/sitecustomize.py";
constexpr std::string_view reference_name = "reference.py";

// A file for each step: what a step finds when it starts it may not be able to change, nor the folder in which it lies.
std::string fits_of(std::string_view step) { return ".mlpath-fits-" + std::string(step) + ".jsonl"; }

bool is_observed(const Variant& variant) {
    return variant.manner == Manner::observed || variant.manner == Manner::seeded;
}

}  // namespace

Result<std::vector<run::LaidFile>> files_of(const Variant& variant, const std::filesystem::path& harness,
                                            const std::filesystem::path& template_root) {
    std::vector<run::LaidFile> files;
    if (is_observed(variant)) {
        MLPATH_TRY(auto code, read_file(harness / "observer/sitecustomize.py"));
        files.push_back({std::string(observer), std::move(code), {}});
    }
    if (!variant.reference.empty()) {
        MLPATH_TRY(auto code, read_file(template_root / variant.reference));
        files.push_back({std::string(reference_name), std::move(code), {}});
    }
    return files;
}

run::Conditions conditions_for(const Variant& variant) {
    run::Conditions conditions;
    if (variant.manner == Manner::usual) {
        return conditions;
    }
    if (variant.manner != Manner::observed) {
        conditions.start = variant.manner == Manner::reseeded ? system::Start::any : system::Start::cold;
        conditions.environment["PYTHONHASHSEED"] = std::to_string(variant.hash_seed);
    }
    if (is_observed(variant)) {
        conditions.environment["PYTHONPATH"] = ".mlpath-observer";
    }
    if (variant.manner == Manner::observed) {
        conditions.environment["MLPATH_FITS"] = fits_of("{step}");
    }
    if (variant.manner == Manner::seeded) {
        conditions.environment["MLPATH_SEED_EVERYTHING"] = "1";
    }
    return conditions;
}

library::Project project_for(const Variant& variant, std::string_view step_run, const library::Project& project) {
    auto changed = project;
    for (auto& step : changed.steps) {
        if (variant.manner == Manner::observed) {
            step.writes.push_back(fits_of(step.id));
        }
        if (!variant.reference.empty()) {
            step.run = {"{python}", std::string(reference_name), step.id};
        } else if (step.id == step_run && !variant.command.empty()) {
            step.run = variant.command;
        }
    }
    return changed;
}

std::string observed_in(const run::Workplace& place, const library::Project& project) {
    std::string text;
    for (const auto& step : project.steps) {
        if (const auto lines = place.artifact(fits_of(step.id))) {
            text += *lines + '\n';
        }
    }
    return text;
}

}  // namespace mlpath::checks
