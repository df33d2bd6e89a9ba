#include "checks/judge.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

Result<Finding> judge_python(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const auto& input = evaluation.input();
    MLPATH_TRY(auto place, evaluation.workplace());
    const JudgeRequest request{.harness = input.harness,
                               .script = input.template_root / fs::path(check.fields.at("script").get<std::string>()),
                               .template_root = input.template_root,
                               .function = check.fields.at("function").get<std::string>(),
                               .check = check.id,
                               .scene = run::scene_of(evaluation.project(), place),
                               .seconds = check.fields.at("seconds").get<double>()};
    auto finding =
        judge(request, input.runner, place, input.judge_python, input.processes, evaluation.hangs(), input.stop);
    if (input.stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    return finding;
}

}  // namespace mlpath::checks
