#include <fmt/format.h>

#include <algorithm>

#include "base/pattern.hpp"
#include "checks/about.hpp"
#include "checks/kind_parts.hpp"
#include "json/rules.hpp"

namespace mlpath::checks {

namespace {

const Step* server_step(const Json& fields, const Project& project) {
    const auto step = std::ranges::find(project.steps, text_or(fields, "server"), &Step::id);
    return step == project.steps.end() ? nullptr : &*step;
}

void tell_service(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    const auto seconds = [&](const char* key) { return seconds_in_words(fields.at(key).get<double>()); };
    if (const auto* step = server_step(fields, told.project)) {
        const bool in_words = std::ranges::any_of(
            step->run, [](const std::string& word) { return word.find("{port}") != std::string::npos; });
        lines.push_back(
            fmt::format("we start {} with a port in the environment variable PORT{}; within {} it listens "
                        "on that port{}",
                        shown_command(step->run), in_words ? " and in place of 8000" : "", seconds("starts_within"),
                        text_or(fields, "listens") == "loopback" ? ", on 127.0.0.1 alone" : ""));
    }
    for (const auto& asked : fields.value("requests", Json::array())) {
        if (const auto says = text_or(asked, "says"); !says.empty()) {
            lines.push_back(says);
        }
    }
    lines.push_back("all answers together have " + seconds("seconds") + "; then we send SIGTERM, and within " +
                    seconds("stops_within") + " it has ended");
}

void lint_request(CheckLint& lint, const Json& asked, const std::string& at) {
    const auto count = [&](std::initializer_list<const char*> keys) {
        return std::ranges::count_if(keys, [&](const char* key) { return asked.contains(key); });
    };
    if (count({"json", "body", "raw"}) > 1) {
        lint.error(at, "a request sends one of `json`, `body` and `raw`");
    }
    if (asked.contains("raw") && count({"bytes", "headers", "keys", "schema", "answer", "answer_headers"}) > 0) {
        lint.error(at, "of what is no HTTP nothing else is sent, and no answer is judged");
    }
    const auto pattern = [&](const std::string& below, const Json& text) {
        if (const auto compiled = Pattern::compile(text.get<std::string>()); !compiled) {
            lint.error(at + below, compiled.error().message);
        }
    };
    const auto headers = asked.value("answer_headers", Json::object());
    for (const auto& [name, text] : headers.items()) {
        pattern(json::pointer_to("/answer_headers", name), text);
    }
    const auto expectations = asked.value("answer", Json::array());
    for (std::size_t i = 0; i < expectations.size(); ++i) {
        for (const char* key : {"matches", "lacks"}) {
            if (const auto text = expectations[i].find(key); text != expectations[i].end()) {
                pattern(json::pointer_to("/answer", i) + '/' + key, *text);
            }
        }
    }
    if (const auto schema = asked.find("schema"); schema != asked.end()) {
        if (const auto rules = json::compile_rules(*schema); !rules) {
            lint.error(at + "/schema", rules.error().message);
        }
    }
}

void lint_service(CheckLint& lint) {
    const auto& fields = lint.fields();
    if (lint.known_step(text_or(fields, "server"), "/server")) {
        const auto* step = server_step(fields, lint.project());
        if (step != nullptr && !step->writes.empty()) {
            lint.error("/server", "the step `" + step->id + "` serves; what it writes cannot be judged");
        }
    }
    if (!fields.contains("requests") && !fields.contains("script")) {
        lint.error("", "a service is asked `requests`, or by a `script`");
    }
    if (fields.contains("script") != fields.contains("function")) {
        lint.error("", "`script` and `function` go together");
    } else if (fields.contains("script")) {
        lint.template_file(text_or(fields, "script"), "/script");
        lint.function_in("script", "function");
    }
    const auto requests = fields.value("requests", Json::array());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        lint_request(lint, requests[i], json::pointer_to("/requests", i));
    }
}

std::string program_of_server(const Check& check, const Project& project) {
    const auto* step = server_step(check.fields, project);
    return step == nullptr ? std::string() : program_in(step->run, project);
}

}  // namespace

Kind service_kind() {
    return {.told = {.tell = tell_service, .lint = lint_service},
            .cost = Cost::reruns,
            .company = Company::others,
            .about = program_of_server};
}

}  // namespace mlpath::checks
