#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

Result<Finding> judge_mentions(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    MLPATH_TRY(const auto text, subject_of(check, evaluation));
    if (!text) {
        return text.error();
    }
    const auto word = check.fields.at("word").get<std::string>();
    const auto name = "`" + check.fields.at("path").get<std::string>() + "`";
    return text->find(word) == std::string::npos ? failed(name + " does not mention " + word)
                                                 : passed(name + " mentions " + word);
}

}  // namespace mlpath::checks
