// The names of metrics as people write them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "metrics/metric.hpp"

namespace mlpath::metrics {

namespace {

constexpr std::string_view at_k = "_at_k";
constexpr std::string_view f_beta = "fbeta";
constexpr double greatest_beta = 1e6;

// Other names that people know, for the suggestion.
constexpr std::array<std::pair<std::string_view, std::string_view>, 21> other_names{{
    {"auc", "roc_auc"},
    {"auroc", "roc_auc"},
    {"ap", "average_precision"},
    {"pr_auc", "average_precision"},
    {"f1_score", "f1"},
    {"mean_absolute_error", "mae"},
    {"mean_squared_error", "mse"},
    {"root_mean_squared_error", "rmse"},
    {"mean_absolute_percentage_error", "mape"},
    {"medae", "median_absolute_error"},
    {"matthews_corrcoef", "mcc"},
    {"cohen_kappa", "kappa"},
    {"ari", "adjusted_rand"},
    {"nmi", "normalized_mutual_info"},
    {"cross_entropy", "log_loss"},
    {"brier_score", "brier"},
    {"brier_score_loss", "brier"},
    {"fbeta_score", "fbeta"},
    {"accuracy_score", "accuracy"},
    {"exact_match", "subset_accuracy"},
    {"hamming", "hamming_loss"},
}};

tl::unexpected<Error> unknown(std::string_view name, const std::string& plain) {
    std::string hint = "`mlpath score --list` shows all metrics";
    std::vector<std::string> names;
    for (const auto& info : all_metrics()) {
        names.emplace_back(info.name);
    }
    const auto known = std::ranges::find(other_names, plain, [](const auto& pair) { return pair.first; });
    if (known != other_names.end()) {
        hint = "did you mean `" + std::string(known->second) + "`?";
    } else if (const auto near = nearest(plain, names)) {
        hint = "did you mean `" + *near + "`?";
    }
    return fail(ErrorKind::usage, "no metric `" + printable(name) + "`", hint);
}

// What `f2_macro` or `f0.5` says of beta, and the name that the registry has for it. Nothing where it is no such name.
std::optional<std::pair<std::string, double>> beta_in(std::string_view plain) {
    const auto line = std::min(plain.find('_'), plain.size());
    const auto digits = plain.substr(std::min<std::size_t>(1, plain.size()), line - std::min<std::size_t>(1, line));
    double beta = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), beta);
    if (!plain.starts_with('f') || digits.empty() || digits.front() < '0' || digits.front() > '9' ||
        error != std::errc() || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    return std::pair(std::string(f_beta) + std::string(plain.substr(line)), beta);
}

Result<double> sound_beta(std::string_view name, std::optional<double> beta) {
    if (!beta) {
        return fail(ErrorKind::usage, "`" + printable(name) + "` does not say of which beta",
                    "write it with the number, f2 or f0.5_macro, or say --beta 2");
    }
    if (!std::isfinite(*beta) || *beta < 0 || *beta > greatest_beta) {
        return fail(ErrorKind::usage, fmt::format("beta is {}, and must be from 0 to a million", *beta),
                    "2 counts recall twice as much as precision, 0.5 half as much");
    }
    return *beta;
}

}  // namespace

std::string Metric::name() const {
    std::string text(info->name);
    if (info->takes_k) {
        text.replace(text.size() - at_k.size(), std::string::npos, "@" + std::to_string(k));
    }
    if (info->takes_beta) {
        text.replace(0, f_beta.size(), fmt::format("f{}", beta));
    }
    return text;
}

Result<Metric> parse_metric(std::string_view name, std::optional<double> beta) {
    const auto all = all_metrics();
    std::string plain = replace_all(to_lower_ascii(trim(name)), "-", "_");
    std::string digits;
    if (const auto at = plain.find('@'); at != std::string::npos) {
        digits = plain.substr(at + 1);
        plain = plain.substr(0, at) + std::string(at_k);
    } else if (const auto word = plain.rfind("_at_");
               word != std::string::npos && plain.find_first_not_of("0123456789", word + 4) == std::string::npos) {
        digits = plain.substr(word + 4);
        plain = plain.substr(0, word) + std::string(at_k);
    }
    auto found = std::ranges::find(all, std::string_view(plain), &MetricInfo::name);
    if (found == all.end()) {
        if (auto with_beta = beta_in(plain)) {
            plain = std::move(with_beta->first);
            beta = with_beta->second;
            found = std::ranges::find(all, std::string_view(plain), &MetricInfo::name);
        }
    }
    if (found == all.end()) {
        found = std::ranges::find(all, plain + std::string(at_k), &MetricInfo::name);
    }
    if (found == all.end()) {
        return unknown(name, plain);
    }
    Metric metric{&*found, 0, 1};
    if (found->takes_beta) {
        MLPATH_TRY(metric.beta, sound_beta(name, beta));
    }
    if (!found->takes_k) {
        return metric;
    }
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), metric.k);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || metric.k == 0) {
        const std::string base(found->name.substr(0, found->name.size() - at_k.size()));
        return fail(ErrorKind::usage, "`" + printable(name) + "` does not say of how many places",
                    "write it with a number of at least 1: " + base + "@10");
    }
    return metric;
}

}  // namespace mlpath::metrics
