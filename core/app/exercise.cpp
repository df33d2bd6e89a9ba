#include "app/exercise.hpp"

#include <algorithm>
#include <array>

#include "app/here.hpp"
#include "base/pattern.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

constexpr double seconds = 10;

std::string joined(const std::vector<std::string>& code) { return join(code, "\n") + "\n"; }

// A text as Python writes it. JSON escapes are Python's, as long as nothing is written as a surrogate.
std::string literal(const std::string& text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string python_world(const std::vector<std::string>& setup, std::string_view line) {
    std::string text = joined(setup) + "\n\ndef answer():\n    return (\n        ";
    text.append(line).append("\n    )\n");
    return text;
}

std::string sql_world(const std::vector<std::string>& setup, std::string_view line) {
    return "import sqlite3\n\n\ndef answer():\n    connection = sqlite3.connect(\":memory:\")\n"
           "    connection.executescript(" +
           literal(joined(setup)) + ")\n    return [list(row) for row in connection.execute(" +
           literal(std::string(line)) + ")]\n";
}

// The packages that the code imports, of those that questions may use.
std::vector<library::PythonPackage> packages_of(const Exercise& exercise) {
    struct Known {
        const char* import_name;
        const char* pypi;
        const char* debian;
    };
    constexpr std::array<Known, 4> known{{{"numpy", "numpy", "python3-numpy"},
                                          {"pandas", "pandas", "python3-pandas"},
                                          {"scipy", "scipy", "python3-scipy"},
                                          {"sklearn", "scikit-learn", "python3-sklearn"}}};
    std::vector<library::PythonPackage> packages;
    for (const auto& [import_name, pypi, debian] : known) {
        const auto named = [&](const Exercise::File& file) {
            return std::ranges::any_of(lines(file.text), [&](std::string_view line) {
                const auto words = trim(line);
                return (words.starts_with("import ") || words.starts_with("from ")) &&
                       words.find(import_name) != std::string_view::npos;
            });
        };
        if (std::ranges::any_of(exercise.files, named)) {
            packages.push_back({import_name, pypi, debian, {}});
        }
    }
    return packages;
}

library::Project project_of(const Exercise& exercise) {
    library::Check check{.id = "exercise", .kind = "python", .says = "It gives what it should."};
    check.fields = Json{{"id", "exercise"},
                        {"kind", "python"},
                        {"script", "checks/exercise.py"},
                        {"function", "judged"},
                        {"seconds", seconds}};
    library::Project project{.id = "exercise", .title = "An exercise"};
    project.python.packages = packages_of(exercise);
    project.sources = {"*.py"};
    project.milestones.push_back({.id = "exercise", .title = "An exercise", .checks = {std::move(check)}});
    return project;
}

Result<Courtroom> courtroom_for(const Context& context, const Exercise& exercise) {
    auto cases = Json::array();
    for (const auto& [function, gives, says] : exercise.cases) {
        cases.push_back(Json{{"function", function},
                             {"gives", gives},
                             {"says", says},
                             {"any_order", exercise.order == Exercise::Order::any}});
    }
    MLPATH_TRY(const auto script, context.content.read("harness/exercise.py"));
    return Courtroom::furnish(
        {{"checks/exercise.py", script}, {"checks/exercise.json", cases.dump()}, {"project.json", R"({"calls": []})"}});
}

}  // namespace

Exercise exercise_of(const library::Question& question, std::string_view line) {
    auto again = question.setup;
    again.insert(again.end(), question.again.begin(), question.again.end());
    const auto world = question.language == library::CodeLanguage::sql ? sql_world : python_world;
    Exercise exercise;
    exercise.files = {{"first.py", world(question.setup, line)}, {"second.py", world(again, line)}};
    exercise.cases = {{"first.answer", question.gives.at(0), "what your line gives"},
                      {"second.answer", question.gives.at(1), "what your line gives with other data"}};
    if (question.language == library::CodeLanguage::sql && !question.ordered) {
        exercise.order = Exercise::Order::any;
    }
    return exercise;
}

Exercise exercise_of(const library::Kata& kata, std::string_view code) {
    Exercise exercise;
    std::string text(code);
    for (std::size_t i = 0; i < kata.cases.size(); ++i) {
        const auto name = "case_" + std::to_string(i + 1);
        text += "\n\ndef " + name + "():\n    return (" + kata.cases[i].call + ")\n";
        exercise.cases.push_back({"kata." + name, kata.cases[i].gives, "`" + kata.cases[i].call + "`"});
    }
    exercise.files = {{"kata.py", std::move(text)}};
    return exercise;
}

Result<checks::Finding> judge_exercise(const Context& context, const JudgingTools& tools, const Exercise& exercise,
                                       std::stop_token stop) {
    const auto project = project_of(exercise);
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-exercise-"));
    for (const auto& [name, text] : exercise.files) {
        MLPATH_CHECK(write_file(folder.path() / name, text, Durability::cached));
    }
    MLPATH_TRY(const auto courtroom, courtroom_for(context, exercise));
    MLPATH_TRY(const auto judge_python, run::judge_interpreter(context.environment, tools.processes));
    MLPATH_TRY(const auto here, find_here(context));
    const JudgingRequest request{
        .project = project,
        .courtroom = courtroom,
        .judge_python = judge_python,
        .folder = folder.path(),
        .interpreters = {.trust = here.workspace ? run::Trust::workspace : run::Trust::portfolio,
                         .workspace = here.workspace ? here.workspace->folder : fs::path(),
                         .configured = here.workspace ? fs::path(here.workspace->settings.python) : fs::path(),
                         .cache = system::cache_folder(context.environment) / "interpreters"}};
    checks::Observer quiet;
    MLPATH_TRY(const auto judged, judge_folder(context, tools, request, quiet, std::move(stop)));
    auto finding = judged.milestones.at(0).checks.at(0).finding;
    if (finding.verdict != checks::Verdict::pass && finding.verdict != checks::Verdict::fail) {
        return fail(ErrorKind::io, "it could not be judged: " + finding.message,
                    "`mlpath doctor` says what works here");
    }
    return finding;
}

}  // namespace mlpath::app
