#include "app/judge/exercise.hpp"

#include <algorithm>
#include <array>

#include "app/project/here.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "checks/finding_json.hpp"
#include "library/package_group.hpp"

namespace mlpath::app {

namespace {

enum class Asking { judged, proved };  // the function of exercise.py

std::string joined(const std::vector<std::string>& code) { return join(code, "\n") + "\n"; }

// The packages that the code imports, of those that questions may use.
std::vector<library::PythonPackage> packages_of(const Exercise& exercise) {
    struct Package {
        const char* import_name;
        const char* pypi;
        const char* debian;
    };
    constexpr std::array<Package, 4> known{{{"numpy", "numpy", "python3-numpy"},
                                            {"pandas", "pandas", "python3-pandas"},
                                            {"scipy", "scipy", "python3-scipy"},
                                            {"sklearn", "scikit-learn", "python3-sklearn"}}};
    std::vector<library::PythonPackage> packages;
    for (const auto& [import_name, pypi, debian] : known) {
        // In a proof the program is a literal, so the word is looked for wherever it stands.
        const auto imported = std::string("import ") + import_name;
        const auto from = std::string("from ") + import_name;
        if (std::ranges::any_of(exercise.files, [&](const Exercise::File& file) {
                return file.text.find(imported) != std::string::npos || file.text.find(from) != std::string::npos;
            })) {
            packages.push_back({import_name, pypi, debian, {}});
        }
    }
    return packages;
}

library::Project project_of(const Exercise& exercise, Asking asking) {
    constexpr double seconds = 10;
    constexpr double seconds_of_proofs = 120;
    library::Check check{.id = "exercise", .kind = "python", .says = "It gives what it should."};
    check.fields = Json{{"id", "exercise"},
                        {"kind", "python"},
                        {"script", "checks/exercise.py"},
                        {"function", asking == Asking::judged ? "judged" : "proved"},
                        {"seconds", asking == Asking::judged ? seconds : seconds_of_proofs}};
    library::Project project{.id = "exercise", .title = "An exercise"};
    project.python.packages = packages_of(exercise);
    project.sources = {"*.py"};
    project.milestones.push_back({.id = "exercise", .title = "An exercise", .checks = {std::move(check)}});
    return project;
}

Result<run::InterpreterSearch> search_here(const Context& context) {
    MLPATH_TRY(const auto here, find_here(context));
    return here.workspace ? own_search(context, here.workspace->folder, &*here.workspace) : portfolio_search(context);
}

Result<CheckFiles> check_files_for(const Context& context, const Exercise& exercise) {
    auto trials = Json::array();
    for (const auto& trial : exercise.trials) {
        auto cases = Json::array();
        for (const auto& [function, gives, says] : trial.cases) {
            cases.push_back(Json{{"function", function}, {"gives", gives}, {"says", says}});
        }
        trials.push_back(Json{{"says", trial.says},
                              {"cases", std::move(cases)},
                              {"any_order", trial.order == Exercise::Order::any},
                              {"should_hold", trial.should_end == Exercise::Ends::right}});
    }
    MLPATH_TRY(const auto script, context.content.read("harness/exercise.py"));
    return CheckFiles::write({{"checks/exercise.py", script},
                              {"checks/exercise.json", trials.dump()},
                              {"project.json", R"({"calls": []})"}});
}

struct JudgedExercise {
    checks::Finding finding{};
    bool lasting = true;
};

Result<JudgedExercise> judge(const Context& context, const JudgingTools& tools, const Exercise& exercise, Asking asking,
                             const run::Interpreter& python, std::stop_token stop) {
    const auto project = project_of(exercise, asking);
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-exercise-"));
    for (const auto& [name, text] : exercise.files) {
        MLPATH_CHECK(write_file(folder.path() / name, text, Durability::cached));
    }
    MLPATH_TRY(const auto check_files, check_files_for(context, exercise));
    MLPATH_TRY(const auto judge_python, run::judge_interpreter(context.environment, tools.processes, context.log));
    MLPATH_TRY(const auto search, search_here(context));
    const JudgingRequest request{.project = project,
                                 .check_files = check_files,
                                 .judge_python = judge_python,
                                 .folder = folder.path(),
                                 .interpreters = search,
                                 .python = &python};
    checks::Observer quiet;
    MLPATH_TRY(const auto judged, judge_folder(context, tools, request, quiet, std::move(stop)));
    auto finding = judged.milestones.at(0).checks.at(0).finding;
    if (finding.verdict != checks::Verdict::pass && finding.verdict != checks::Verdict::fail) {
        return fail(ErrorKind::io, "it could not be judged: " + finding.message,
                    "`mlpath doctor` says what works here");
    }
    const bool lasting = judged.as_planned && checks::is_lasting(finding);
    return JudgedExercise{std::move(finding), lasting};
}

}  // namespace

std::string python_literal(const std::string& text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

namespace {

std::string answer_module(const library::Question& question, const std::vector<std::string>& setup,
                          std::string_view line) {
    if (question.language == library::CodeLanguage::sql) {
        return "import sqlite3\n\n\ndef answer():\n    connection = sqlite3.connect(\":memory:\")\n"
               "    connection.executescript(" +
               python_literal(joined(setup)) + ")\n    return [list(row) for row in connection.execute(" +
               python_literal(std::string(line)) + ")]\n";
    }
    std::string text = joined(setup) + "\n\ndef answer():\n    return (\n        ";
    text.append(line).append("\n    )\n");
    return text;
}

}  // namespace

void add_trial(Exercise& exercise, const library::Question& question, std::string_view line, const std::string& stem) {
    auto again = question.setup;
    again.insert(again.end(), question.again.begin(), question.again.end());
    exercise.files.push_back({stem + "first.py", answer_module(question, question.setup, line)});
    exercise.files.push_back({stem + "second.py", answer_module(question, again, line)});
    const bool any_order = question.language == library::CodeLanguage::sql && !question.ordered;
    exercise.trials.push_back(
        {.cases = {{stem + "first.answer", question.gives.at(0), "what your line gives"},
                   {stem + "second.answer", question.gives.at(1), "what your line gives with other data"}},
         .order = any_order ? Exercise::Order::any : Exercise::Order::as_given});
}

void add_trial(Exercise& exercise, const library::Kata& kata, std::string_view code, const std::string& module) {
    Exercise::Trial trial;
    std::string text(code);
    for (std::size_t i = 0; i < kata.cases.size(); ++i) {
        const auto name = "case_" + std::to_string(i + 1);
        text += "\n\ndef " + name + "():\n    return (" + kata.cases[i].call + ")\n";
        trial.cases.push_back({module + "." + name, kata.cases[i].gives, "`" + kata.cases[i].call + "`"});
    }
    exercise.files.push_back({module + ".py", std::move(text)});
    exercise.trials.push_back(std::move(trial));
}

Exercise exercise_of(const library::Question& question, std::string_view line) {
    Exercise exercise;
    add_trial(exercise, question, line, "");
    return exercise;
}

Exercise exercise_of(const library::Kata& kata, std::string_view code) {
    Exercise exercise;
    add_trial(exercise, kata, code, "kata");
    return exercise;
}

Result<checks::Finding> judge_exercise(const Context& context, const JudgingTools& tools, const Exercise& exercise,
                                       std::stop_token stop) {
    MLPATH_TRY(const auto python, interpreter_for(context, tools, exercise, stop));
    MLPATH_TRY(auto judged, judge(context, tools, exercise, Asking::judged, python, std::move(stop)));
    return std::move(judged.finding);
}

Result<ExerciseProof> prove_exercise(const Context& context, const JudgingTools& tools, const Exercise& exercise,
                                     const run::Interpreter& python, std::stop_token stop) {
    MLPATH_TRY(const auto judged, judge(context, tools, exercise, Asking::proved, python, std::move(stop)));
    ExerciseProof proof{.lasting = judged.lasting};
    if (judged.finding.verdict == checks::Verdict::fail) {
        for (const auto line : lines(judged.finding.message)) {
            proof.faults.emplace_back(line);
        }
    }
    return proof;
}

Result<run::Interpreter> interpreter_for(const Context& context, const JudgingTools& tools, const Exercise& exercise,
                                         const std::stop_token& stop) {
    MLPATH_TRY(const auto search, search_here(context));
    library::PythonNeeds needs{.packages = packages_of(exercise)};
    // The group of the first levels has all that an exercise may import.
    constexpr const char* usual = "base";
    if (const auto pins = context.content.read(library::pins_path(usual)); pins && !needs.packages.empty()) {
        needs.environment = usual;
        needs.pins = sha256_of(*pins);
    }
    return run::find_interpreter(needs, search, context.environment, tools.processes, stop);
}

}  // namespace mlpath::app
