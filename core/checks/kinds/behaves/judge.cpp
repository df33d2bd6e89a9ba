#include <cmath>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/probing.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

Result<Finding> must_move(const Probe& probe, const Variant& variant) {
    const auto names = list_of(variant.columns);
    MLPATH_TRY(const auto movement, movement_under(probe, variant, "when " + names + " changed"));
    if (!movement) {
        return movement.error();
    }
    const double share =
        static_cast<double>(movement->moved) / static_cast<double>(std::max<std::size_t>(movement->rows, 1));
    const auto at_least = probe.check.fields.at("at_least").get<double>();
    Finding finding = passed(std::to_string(movement->moved) + " of " + std::to_string(movement->rows) +
                             " predictions respond to " + names);
    if (share < at_least) {
        finding = failed("the predictions barely depend on " + names + ": " + std::to_string(movement->moved) + " of " +
                             std::to_string(movement->rows) + " moved when the values were shuffled among the rows",
                         "the model does not look at these columns");
        finding.expected =
            "at least " + std::to_string(static_cast<int>(std::lround(at_least * 100))) + " % of the predictions move";
        finding.actual = std::to_string(static_cast<int>(std::lround(share * 100))) + " %";
    }
    finding.facts = {{"moved", static_cast<double>(movement->moved)},
                     {"rows", static_cast<double>(movement->rows)},
                     {"share", share}};
    finding.judged = {.what = "proportion of predictions that moved", .value = share, .required = at_least};
    return finding;
}

}  // namespace

Result<Finding> judge_behaves(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const Probe probe{check, evaluation};
    const auto kind = check.fields.at("probe").get<std::string>();
    const auto columns = check.fields.value("columns", std::vector<std::string>());
    const auto variant = [&](VariantKind which) {
        return Variant{.kind = which, .data = probe.data, .columns = columns};
    };
    if (kind == "strange-rows") {
        return must_ignore_strangers(probe);
    }
    if (kind == "renamed") {
        return must_not_move(probe, variant(VariantKind::renamed),
                             columns.empty() ? std::string("the row ids were replaced")
                                             : "the row ids and " + list_of(columns) + " were replaced",
                             "the program looks rows up by their identity instead of predicting from their features");
    }
    if (kind == "row-order") {
        return must_not_move(probe, variant(VariantKind::row_order), "the test rows came in another order",
                             "the predictions depend on a row's place in the file");
    }
    if (kind == "responds") {
        return must_move(probe, variant(VariantKind::responds));
    }
    if (kind == "permuted-labels") {
        return must_unlearn(probe);
    }
    return fail(ErrorKind::malformed, "there is no probe `" + kind + "`");
}

}  // namespace mlpath::checks
