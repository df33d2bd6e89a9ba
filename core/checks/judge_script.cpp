#include "checks/judge_script.hpp"

#include "checks/judge.hpp"
#include "checks/judge_requests.hpp"
#include "checks/kind.hpp"

namespace mlpath::checks {

namespace {

Finding without_program(const system::MachineProgram& program) {
    return {.verdict = Verdict::error,
            .message = std::string(program.serves) +
                       " cannot be checked on this machine: " + std::string(program.name) + " is not installed, and `" +
                       system::install_command(program.debian) + "` brings it"};
}

}  // namespace

Result<Finding> judge_by_script(const library::Check& check, Evaluation& evaluation) {
    for (const auto& program : kind_of(check)->starts) {
        if (!system::found(program)) {
            return without_program(program);
        }
    }
    return judge_by_script(check, evaluation, evaluation.input().harness / "kinds" / check.kind / "judge.py", "judge");
}

Result<Finding> judge_by_script(const library::Check& check, Evaluation& evaluation,
                                const std::filesystem::path& script, const std::string& function) {
    const auto& input = evaluation.input();
    MLPATH_TRY(auto place, evaluation.workplace());
    // Of a project's own check scripts nothing may lie where the learner's programs are.
    const auto kind_scripts = input.harness / "kinds" / check.kind;
    JudgeRequests requests(check, evaluation, kind_scripts == script.parent_path() ? kind_scripts : fs::path());
    const JudgeRequest request{.harness = input.harness,
                               .script = script,
                               .template_root = input.template_root,
                               .function = function,
                               .check = check.id,
                               .scene = run::scene_of(evaluation.project(), place),
                               .seconds = check.fields.at("seconds").get<double>(),
                               .requests = &requests};
    auto finding =
        judge(request, input.runner, place, input.judge_python, input.processes, evaluation.hangs(), input.stop);
    if (input.stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    return finding;
}

}  // namespace mlpath::checks
