// Reading what observer/sitecustomize.py saw: which rows reached the estimators of scikit-learn. It was written in the
// learner's process, so that it may be a lie: what it tells is a reason to fail, what it does not tell proves nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::checks {

using RowHashes = std::vector<std::uint64_t>;

struct AuditEvent {
    enum class Does { fit, transform, predict, score };
    Does does = Does::fit;
    std::string who{};  // the estimator's class
    // Of the estimator's last fit: an index into `fits`; absent where that was not seen.
    std::optional<std::size_t> fit{};
    std::shared_ptr<const RowHashes> rows{};
    std::shared_ptr<const RowHashes> out{};  // of transform, one for each row; null where there is not
    std::vector<std::string> inside{};       // the estimators in whose fit it happened, outermost first
    bool worker = false;                     // in a process that the program started
};

struct Audit {
    std::vector<AuditEvent> events{};
    std::vector<RowHashes> fits{};  // the rows of each fit, sorted
    std::size_t unseen = 0;         // calls that were not looked at: too large, or more than was kept
    bool readable = true;           // false: lines in it are none of the observer's
    [[nodiscard]] bool saw_fits() const { return !fits.empty(); }
    void add(std::string_view text);
};

// A leak that was seen: what happened, in a sentence that begins small, and figures for the report.
struct Leak {
    std::string what{};
    std::string because{};
    std::string look{};
    std::size_t rows = 0;
};

// Rows on which a model was tried, and on which it was not fitted, had helped to fit what prepared them: a scaler or an
// imputer that was fitted before a cross-validation. Preparation that learns nothing does not count, nor do the inner
// trials of estimators that hold out rows for their own fit (stacking, calibration).
[[nodiscard]] std::optional<Leak> fitted_before_validation(const Audit& audit);

// Something was fitted on more rows when rows joined the test file.
[[nodiscard]] std::optional<Leak> fitted_on_test_rows(const Audit& usual, const Audit& with_strangers);

// A model was scored on rows that it was fitted on, and nowhere on others; or rows came twice, in the part to fit and
// in the part to score. `train_rows` and `test_rows`: how many the two files have.
[[nodiscard]] std::optional<Leak> scored_on_fitted_rows(const Audit& audit, std::size_t train_rows,
                                                        std::size_t test_rows);

}  // namespace mlpath::checks
