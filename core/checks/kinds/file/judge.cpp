#include <fmt/format.h>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

// A pattern is how the author asks, not what the learner has to know: no message holds one.
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
    const auto wanted = fields.value("matches", std::vector<std::string>());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        MLPATH_TRY(const auto pattern, Pattern::compile(wanted[i]));
        if (!pattern.found_in(*subject)) {
            return failed(name + " does not hold what it should" +
                          (wanted.size() == 1 ? std::string()
                                              : fmt::format(" (it is number {} of {} things)", i + 1, wanted.size())));
        }
    }
    for (const auto& expression : fields.value("lacks", std::vector<std::string>())) {
        MLPATH_TRY(const auto pattern, Pattern::compile(expression));
        if (const auto found = pattern.all_in(*subject); !found.empty()) {
            auto finding = failed(name + " still holds what it should not");
            finding.actual = shortened(found.front());
            return finding;
        }
    }
    return passed(name + " is there, " + human_bytes(subject->size()));
}

}  // namespace mlpath::checks
