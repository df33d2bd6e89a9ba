#include <fmt/format.h>

#include "base/text.hpp"
#include "checks/expectation.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

Result<Finding> judge_file(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    MLPATH_TRY(const auto subject, subject_of(check, evaluation));
    if (!subject) {
        return subject.error();
    }
    const auto& fields = check.fields;
    const auto name = "`" + fields.at("path").get<std::string>() + "`";
    const auto least = fields.value("min_bytes", std::size_t{0});
    const auto most = fields.value("max_bytes", std::size_t{0});
    if (subject->size() < least || (most > 0 && subject->size() > most)) {
        auto finding = failed(name + (subject->size() < least ? " is too short" : " is too long"));
        finding.expected = subject->size() < least ? "at least " + human_bytes(least) : "at most " + human_bytes(most);
        finding.actual = human_bytes(subject->size());
        return finding;
    }
    const auto expectations = fields.value("text", Json::array());
    for (std::size_t i = 0; i < expectations.size(); ++i) {
        MLPATH_TRY(auto finding, meets(expectations[i], *subject,
                                       {.lacks_it = name + " does not hold what it should",
                                        .holds_it = name + " has something in it that does not belong there",
                                        .no_json = name + " is not JSON",
                                        .why_no_json = "It is written as Python writes it; `json.dump` writes JSON",
                                        .json = name + " is JSON"}));
        if (finding) {
            if (expectations.size() > 1 && !expectations[i].contains("says")) {
                finding->message += fmt::format(" (it is number {} of {} things)", i + 1, expectations.size());
            }
            return *finding;
        }
    }
    return passed(name + " is there, " + human_bytes(subject->size()));
}

}  // namespace mlpath::checks
