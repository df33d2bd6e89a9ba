#include "base/files.hpp"
#include "base/hash.hpp"
#include "checks/kind_parts.hpp"
#include "library/paths.hpp"

namespace mlpath::checks {

namespace {

void tell_change(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    const auto file = text_or(fields, "experiment");
    lines.push_back(
        "`" + file +
        "` declares your experiment: `{\"hypothesis\": \"…\", \"before\": \"python3 predict.py\", \"after\": "
        "\"python3 predict.py --your-option\"}`");
    lines.push_back("we run both ways on the same folds, " + std::to_string(whole(fields, "repeats", 0)) + " times " +
                    std::to_string(whole(fields, "folds", 0)) + " of them, and score both with `" +
                    text_or(fields, "metric") + "`; every fold gives one difference, after minus before");
    lines.push_back("`" + text_or(fields, "readme") +
                    "` has a line `Paired difference: …` with the mean of them, inside of the 95 % interval that we "
                    "work out, and a line `Conclusion: …` that begins with `gain`, `loss` or `no difference`; `no "
                    "difference` is right where the interval holds 0, and passes like the others");
}

void lint_change(CheckLint& lint) {
    lint.predictions();
    for (const auto* field : {"experiment", "readme"}) {
        const auto path = text_or(lint.fields(), field);
        if (const auto fault = path_fault(path)) {
            lint.error(std::string("/") + field, *fault);
        } else if (!any_glob_matches(lint.project().sources, path)) {
            lint.error(std::string("/") + field,
                       "`" + path + "` is none of the `sources`, so `verify` would not have it",
                       "a glob in `sources` must match it");
        }
    }
}

// The README lies before no program where a document of the project is read, so it is not among what programs see.
std::optional<Json> readme_seen(const Check& check, const std::filesystem::path& sources,
                                const std::filesystem::path& /*linked*/) {
    const auto text = read_file(sources / fs::path(text_or(check.fields, "readme")));
    return text ? Json(sha256_of(*text)) : Json();
}

}  // namespace

Kind change_kind() {
    return {.told = {.tell = tell_change, .lint = lint_change, .figures = Figures::a_mean},
            .cost = Cost::reruns,
            .surroundings = readme_seen};
}

}  // namespace mlpath::checks
