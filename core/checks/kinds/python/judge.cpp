#include "checks/judge_script.hpp"
#include "checks/kind.hpp"

namespace mlpath::checks {

Result<Finding> judge_python(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const auto script = evaluation.input().template_root / fs::path(check.fields.at("script").get<std::string>());
    return judge_by_script(check, evaluation, script, check.fields.at("function").get<std::string>());
}

}  // namespace mlpath::checks
