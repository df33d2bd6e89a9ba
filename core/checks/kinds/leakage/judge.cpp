#include <algorithm>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/kinds/leakage/audit.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

constexpr std::string_view watched = "while what reaches `fit` was watched";

Finding found(const Leak& leak) {
    auto finding = failed(leak.what, leak.because, leak.look);
    finding.facts["leaked_rows"] = static_cast<double>(leak.rows);
    finding.judged = {
        .what = "rows that leaked", .value = static_cast<double>(leak.rows), .side = Judged::Side::at_most};
    return finding;
}

// Rows of the test part that are in the training part as well, label and all: the division is to keep them apart. Where
// only the label differs, they are two.
std::size_t rows_on_both_sides(const data::Division& division) {
    const auto cells_of = [&](const table::Table& table, const std::vector<std::string>& row, std::string label) {
        std::string cells = std::move(label) + '\x1f';
        for (std::size_t column = 1; column < row.size(); ++column) {
            if (table.columns[column] != division.target) {
                cells += row[column] + '\x1f';
            }
        }
        return cells;
    };
    std::vector<std::string> known;
    const auto target = division.train.column(division.target).value_or(0);
    for (const auto& row : division.train.rows) {
        known.push_back(cells_of(division.train, row, row[target]));
    }
    std::ranges::sort(known);
    std::size_t twice = 0;
    for (std::size_t row = 0; row < division.test.rows.size(); ++row) {
        const auto cells = cells_of(division.test, division.test.rows[row], division.truth[row]);
        twice += std::ranges::binary_search(known, cells) ? 1 : 0;
    }
    return twice;
}

class Leakage {
public:
    Leakage(const library::Check& check, Evaluation& evaluation)
        : m_evaluation(evaluation),
          m_step(check.fields.at("step").get<std::string>()),
          m_data(check.fields.at("data").get<std::string>()),
          m_parts(check.fields.at("parts").get<std::vector<std::string>>()),
          m_otherwise(check.fields.value("otherwise", std::string())) {}

    Result<Finding> judge() {
        const Variant usual{.data = m_data, .manner = Manner::observed};
        auto strange = usual;
        strange.kind = VariantKind::strange_rows;
        std::vector<Variant> variants{usual};
        if (wants("fit")) {
            variants.push_back(strange);
        }
        MLPATH_TRY(const auto runs, m_evaluation.run(m_step, variants));
        std::vector<Audit> audits;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (!runs[i]->succeeded()) {
                return could_not_watch(*runs[i], variants[i]);
            }
            audits.emplace_back().add(runs[i]->fits);
        }
        const auto& division = runs.front()->division;
        if (wants("fit")) {
            if (const auto leak = fitted_on_test_rows(audits[0], audits[1])) {
                return found(*leak);
            }
            if (const auto leak = fitted_before_validation(audits[0])) {
                return found(*leak);
            }
        }
        if (wants("scored")) {
            if (const auto twice = rows_on_both_sides(division); twice > 0) {
                return Finding{.verdict = Verdict::error,
                               .message = count_of(twice, "row") + " of `" + m_data +
                                          "` came into the training part and into the test part",
                               .because =
                                   "the data hold rows that are alike; this is a fault of the project, not of "
                                   "your work"};
            }
            if (const auto leak =
                    scored_on_fitted_rows(audits[0], division.train.rows.size(), division.test.rows.size())) {
                return found(*leak);
            }
        }
        return nothing_seen(audits[0]);
    }

private:
    [[nodiscard]] bool wants(std::string_view part) const { return std::ranges::find(m_parts, part) != m_parts.end(); }

    // Watching must not be what broke the program.
    Result<Finding> could_not_watch(const Evidence& evidence, const Variant& variant) {
        auto alone = variant;
        alone.manner = Manner::usual;
        MLPATH_TRY(const auto runs, m_evaluation.run(m_step, {alone}));
        if (!runs.front()->succeeded()) {
            return step_failed(*runs.front());
        }
        auto finding = step_failed(evidence, watched);
        finding.verdict = Verdict::error;
        finding.because = "the program runs well by itself, so that this is a fault of mlpath's observer";
        return finding;
    }

    // Nothing was seen: what that is worth depends on what could be seen, and on what else is tried.
    Result<Finding> nothing_seen(const Audit& audit) const {
        const auto fits = static_cast<double>(audit.fits.size());
        if (audit.saw_fits() && audit.readable && audit.unseen == 0) {
            auto finding =
                passed("of " + count_of(audit.fits.size(), "fit") + " that " +
                       (audit.fits.size() == 1 ? "was" : "were") + " watched, none had rows that it should not have");
            finding.facts["fits"] = fits;
            finding.judged = {.what = "rows that leaked", .side = Judged::Side::at_most};
            return finding;
        }
        const auto why = !audit.readable     ? "what was noted down of them could not be read"
                         : !audit.saw_fits() ? "no `fit` of scikit-learn was seen"
                                             : "some tables were too large to be looked at";
        if (m_otherwise.empty()) {
            return Finding{.verdict = Verdict::error,
                           .message = std::string("the rows that reach `fit` could not be audited: ") + why,
                           .because =
                               "the program learns without the estimators of scikit-learn, or in another "
                               "language, or keeps what it does to itself",
                           .facts = {{"fits", fits}}};
        }
        auto finding = passed(std::string("the rows that reach `fit` could not be audited (") + why + "); the check `" +
                              m_otherwise + "` decides");
        finding.facts["fits"] = fits;
        return finding;
    }

    Evaluation& m_evaluation;
    std::string m_step;
    std::string m_data;
    std::vector<std::string> m_parts;
    std::string m_otherwise;
};

}  // namespace

Result<Finding> judge_leakage(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    return Leakage(check, evaluation).judge();
}

}  // namespace mlpath::checks
