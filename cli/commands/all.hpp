// What each file of this folder gives to the table.
#pragma once

#include "options.hpp"

namespace mlpath::cli {

[[nodiscard]] Action make_bare(Options& options);
[[nodiscard]] Action make_check(Options& options);
[[nodiscard]] Action make_completion(Options& options);
[[nodiscard]] Action make_diff(Options& options);
[[nodiscard]] Action make_doctor(Options& options);
[[nodiscard]] Action make_env(Options& options);
[[nodiscard]] Action make_assess(Options& options);
[[nodiscard]] Action make_author(Options& options);
[[nodiscard]] Action make_done(Options& options);
[[nodiscard]] Action make_interview(Options& options);
[[nodiscard]] Action make_kata(Options& options);
[[nodiscard]] Action make_quiz(Options& options);
[[nodiscard]] Action make_review(Options& options);
[[nodiscard]] Action make_fetch(Options& options);
[[nodiscard]] Action make_help(Options& options);
[[nodiscard]] Action make_hint(Options& options);
[[nodiscard]] Action make_init(Options& options);
[[nodiscard]] Action make_library(Options& options);
[[nodiscard]] Action make_lint(Options& options);
[[nodiscard]] Action make_list(Options& options);
[[nodiscard]] Action make_new(Options& options);
[[nodiscard]] Action make_next(Options& options);
[[nodiscard]] Action make_plan(Options& options);
[[nodiscard]] Action make_reset(Options& options);
[[nodiscard]] Action make_schema(Options& options);
[[nodiscard]] Action make_score(Options& options);
[[nodiscard]] Action make_selftest(Options& options);
[[nodiscard]] Action make_show(Options& options);
[[nodiscard]] Action make_skills(Options& options);
[[nodiscard]] Action make_solution(Options& options);
[[nodiscard]] Action make_status(Options& options);
[[nodiscard]] Action make_verify(Options& options);
[[nodiscard]] Action make_watch(Options& options);

}  // namespace mlpath::cli
