#include <map>

#include "base/pattern.hpp"
#include "checks/about.hpp"
#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

using std::string_literals::operator""s;

const std::map<std::string, std::string>& mark_words() {
    static const std::map<std::string, std::string> words{{"points", "points"},
                                                          {"cloud", "points, or cells that say how many lie in them"},
                                                          {"line", "a line"},
                                                          {"bars", "bars"},
                                                          {"boxes", "a box plot"},
                                                          {"histogram", "a histogram"},
                                                          {"image", "a grid of colored cells"}};
    return words;
}

// "points, with labels on x and y, on a logarithmic x axis"
std::string panel_words(const Json& item) {
    if (const auto says = text_or(item, "says"); !says.empty()) {
        return says;
    }
    auto words = mark_words().at(text_or(item, "marks"));
    std::vector<std::string> labels;
    for (const auto& [key, name] : {std::pair{"x_label", "x"}, {"y_label", "y"}, {"color_label", "the color"}}) {
        if (item.contains(key)) {
            labels.emplace_back(name);
        }
    }
    words += labels.empty() ? ""s : ", with a label on " + listed(labels, "and");
    for (const auto* axis : {"x", "y"}) {
        if (text_or(item, (axis + "_scale"s).c_str()) == "log") {
            words += ", on a logarithmic "s + axis + " axis";
        }
    }
    return words;
}

void tell_figure(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    if (const auto call = text_or(fields, "call"); !call.empty()) {
        lines.push_back("we call `" + call.substr(call.rfind('.') + 1) + "` with data of our own, and read its figure");
        if (const auto panels = whole(fields, "panels", 1); panels > 1) {
            lines.push_back("at least " + count_of(static_cast<std::size_t>(panels), "panel") + " show something");
        }
        for (const auto& item : fields.value("shows", Json::array())) {
            lines.push_back("it shows " + panel_words(item));
        }
        return;
    }
    lines.push_back(file_words(told, "path") + " has at least " + std::to_string(whole(fields, "min_width", 0)) +
                    " by " + std::to_string(whole(fields, "min_height", 0)) + " pixels, and is not blank");
}

void lint_regex(CheckLint& lint, const Json& object, const char* key, const std::string& at) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return;
    }
    const auto all = found->is_array() ? *found : Json::array({*found});
    for (const auto& each : all) {
        if (const auto compiled = Pattern::compile(each.get<std::string>()); !compiled) {
            lint.error(at + "/" + key, compiled.error().message);
        }
    }
}

void lint_call(CheckLint& lint) {
    const auto& fields = lint.fields();
    const auto call = text_or(fields, "call");
    std::vector<std::string> known;
    for (const auto& each : lint.project().calls) {
        known.push_back(each.name);
    }
    if (std::ranges::find(known, call) == known.end()) {
        lint.error("/call", "`" + call + "` is none of the project's `calls`", lint.guess(call, known));
    }
    const auto needs_script = [](const Json& value) { return value.is_object() && value.contains("made_by"); };
    bool script = false;
    const auto arguments = fields.value("arguments", Json::array());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        script = script || needs_script(arguments[i]);
        if (arguments[i].is_object() && arguments[i].contains("table")) {
            lint.template_file(text_or(arguments[i], "table"), json::pointer_to("/arguments", i) + "/table");
        }
    }
    const auto shows = fields.value("shows", Json::array());
    for (std::size_t i = 0; i < shows.size(); ++i) {
        const auto at = json::pointer_to("/shows", i);
        for (const auto* key : {"x_label", "y_label", "color_label", "legend", "texts"}) {
            lint_regex(lint, shows[i], key, at);
        }
        for (const auto* key : {"x", "y", "cells", "color", "groups"}) {
            script = script || (shows[i].contains(key) && needs_script(shows[i].at(key)));
        }
        if (text_or(shows[i], "marks") == "image" && !shows[i].contains("cells")) {
            lint.error(at, "an image is judged by its `cells`, and there are none");
        }
    }
    if (const auto path = text_or(fields, "script"); !path.empty()) {
        lint.template_file(path, "/script");
    } else if (script) {
        lint.error("/script", "`made_by` names a function, and no `script` has it");
    }
}

void lint_figure(CheckLint& lint) {
    const auto& fields = lint.fields();
    const bool calls = fields.contains("call");
    if (calls == fields.contains("path")) {
        lint.error("", calls ? "a figure is drawn by a `call`, or lies at a `path`: not both"
                             : "a figure is drawn by a `call`, or lies at a `path`: neither is told");
        return;
    }
    lint_regex(lint, fields, "title", "");
    lint_regex(lint, fields, "texts", "");
    if (calls) {
        lint_call(lint);
        return;
    }
    lint.artifact("path");
    const auto path = text_or(fields, "path");
    if (!path.ends_with(".png") && !path.ends_with(".svg")) {
        lint.error("/path", "a picture is a .png or an .svg file");
    } else if (fields.contains("texts") && !path.ends_with(".svg")) {
        lint.error("/texts", "texts are read in an .svg file alone: in a .png they are pixels");
    }
}

// The module that draws.
std::string drawn_by(const Check& check, const Project& /*project*/) {
    const auto call = text_or(check.fields, "call");
    return call.empty() ? std::string() : file_of_module(std::string_view(call).substr(0, call.rfind('.')));
}

}  // namespace

Kind figure_kind() {
    return {.told = {.tell = tell_figure, .lint = lint_figure}, .cost = Cost::reruns, .about = drawn_by};
}

}  // namespace mlpath::checks
