#include <fmt/format.h>

#include "checks/about.hpp"
#include "checks/kind_parts.hpp"
#include "library/paths.hpp"

namespace mlpath::checks {

namespace {

void tell_command(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    auto line = "we run " + shown_command(texts(fields, "run"));
    Lines names;
    const auto files = fields.value("files", Json::object());
    for (const auto& [name, path] : files.items()) {
        names.push_back(name);
    }
    if (!names.empty()) {
        line += (names.size() == 1 ? " with our file " : " with our files ") + list_of(names) + " in the folder";
    }
    if (fields.contains("stdin") || fields.contains("stdin_file")) {
        line += std::string(names.empty() ? " with" : " and") + " a text on standard input";
    }
    line += "; it has " + seconds_in_words(fields.at("seconds").get<double>());
    if (const auto exit = fields.at("exit").get<int>(); exit != 0) {
        line += ", and ends with exit code " + std::to_string(exit);
    }
    lines.push_back(std::move(line));
    if (const auto env = fields.value("env", Json::object()); !env.empty()) {
        Lines settings;
        for (const auto& [name, value] : env.items()) {
            settings.push_back(name + '=' + value.get<std::string>());
        }
        lines.push_back("its environment has " + list_of(settings));
    }
    expectation_lines(fields.value("stdout", Json::array()), "it prints JSON", lines);
    expectation_lines(fields.value("stderr", Json::array()), "on standard error it prints JSON", lines);
}

void lint_command(CheckLint& lint) {
    const auto& fields = lint.fields();
    if (fields.contains("stdin") && fields.contains("stdin_file")) {
        lint.error("/stdin", "a command reads either `stdin` or `stdin_file`");
    }
    if (const auto path = text_or(fields, "stdin_file"); !path.empty()) {
        lint.template_file(path, "/stdin_file");
    }
    const auto laid = fields.value("files", Json::object());
    for (const auto& [name, path] : laid.items()) {
        const auto at = json::pointer_to("/files", name);
        if (const auto fault = path_fault(name)) {
            lint.error(at, *fault);
        } else if (any_glob_matches(lint.project().sources, name)) {
            lint.error(at, "`" + name + "` would be laid over a source of the learner's");
        }
        lint.template_file(path.get<std::string>(), at);
    }
    lint.scripts_in(texts(fields, "run"), "/run", laid);
}

std::string program_of_command(const Check& check, const Project& project) {
    const auto run = check.fields.find("run");
    return run == check.fields.end() ? std::string() : program_in(run->get<std::vector<std::string>>(), project);
}

}  // namespace

Kind command_kind() { return {.told = {.tell = tell_command, .lint = lint_command}, .about = program_of_command}; }

}  // namespace mlpath::checks
