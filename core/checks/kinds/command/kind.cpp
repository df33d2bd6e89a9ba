#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "checks/about.hpp"
#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/paths.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_command(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void stream_lines(const Told& told, const char* stream, Lines& lines) {
    // Values that nothing else is said of are named in one line, those of one tolerance together.
    std::map<double, Lines> values;
    Lines said;
    const auto expectations = told.fields.value(stream, Json::array());
    for (const auto& expectation : expectations) {
        const auto pointer = expectation.find("pointer");
        if (const auto says = text_or(expectation, "says"); !says.empty()) {
            said.push_back(says);
        } else if (pointer != expectation.end()) {
            values[expectation.value("tolerance", 0.0)].push_back(place_in_words(pointer->get<std::string>()));
        }
    }
    const auto where = std::string_view(stream) == "stderr" ? "on standard error it prints JSON" : "it prints JSON";
    for (const auto& [tolerance, places] : values) {
        lines.push_back(fmt::format("{}, and in it {} {}{}", where, listed(places, "and"),
                                    places.size() == 1 ? "is what it should be" : "are what they should be",
                                    tolerance > 0 ? " (within " + decimal(tolerance) + ")" : ""));
    }
    lines.insert(lines.end(), said.begin(), said.end());
}

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
    line += "; it has " + seconds_in_words(fields.value("seconds", 10.0));
    if (const auto exit = whole(fields, "exit", 0); exit != 0) {
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
    stream_lines(told, "stdout", lines);
    stream_lines(told, "stderr", lines);
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

std::string program_of_command(const library::Check& check, const library::Project& project) {
    const auto run = check.fields.find("run");
    return run == check.fields.end() ? std::string() : program_in(run->get<std::vector<std::string>>(), project);
}

}  // namespace

extern const Kind command_kind;
const Kind command_kind{.told = {.name = "command", .tell = tell_command, .lint = lint_command},
                        .judge = judge_command,
                        .company = Company::others,
                        .claims = Claims::many,
                        .about = program_of_command};

}  // namespace mlpath::checks
