#include "help.hpp"

#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace mlpath::cli {

namespace {

std::vector<std::string> row_of(const OptionInfo& info) {
    auto left = replace_all(info.names, ",", ", ");
    if (!info.positional && !info.placeholder.empty()) {
        left += " " + info.placeholder;
    }
    if (info.repeated && info.positional) {
        left += "...";
    }
    const bool one_at_a_time = info.repeated && !info.positional && !info.placeholder.ends_with("...");
    auto right = info.help + (one_at_a_time ? "; repeat it for more" : "");
    if (!info.choices.empty() && info.help.empty()) {
        right = join(info.choices, ", ");
    }
    return {std::move(left), std::move(right)};
}

enum class Which { words, options };

std::vector<OptionInfo> only(Which which, std::vector<OptionInfo> infos) {
    std::erase_if(infos, [which](const OptionInfo& info) { return info.positional != (which == Which::words); });
    return infos;
}

void write_options(Page& page, std::string_view title, const std::vector<OptionInfo>& infos) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& info : infos) {
        rows.push_back(row_of(info));
    }
    if (!rows.empty()) {
        page.line().line(title, Tone::strong).table(rows, 2);
    }
}

// What every command takes, and --version, which is a command by itself.
std::vector<OptionInfo> shared_options() {
    GlobalOptions values;
    Options shared("");
    shared.globals(values);
    auto options = shared.shared();
    options.push_back({"--version", {}, "show the version", Values::nothing, {}, false, false, false});
    return options;
}

void write_help(Page& page) {
    page.line("mlpath: a curriculum and project runner for machine learning", Tone::strong);
    page.line().line("Start with:").command("mlpath init");
    page.line("and from then on, whenever you wonder what comes next:").command("mlpath");
    constexpr std::array groups{Group::start, Group::work,   Group::know, Group::learn,
                                Group::prove, Group::author, Group::tools};
    for (const auto group : groups) {
        std::vector<std::vector<std::string>> rows;
        for (const auto& command : all_commands()) {
            if (command.group == group) {
                rows.push_back({std::string(command.name), std::string(command.summary)});
            }
        }
        if (!rows.empty()) {
            page.line().line(title_of(group), Tone::strong).table(rows, 2);
        }
    }
    write_options(page, "Options of every command", shared_options());
    page.line().line("`mlpath help COMMAND` tells more, with an example.");
}

void write_help(Page& page, const Command& command, const Options& options) {
    page.line(std::string(command.summary) + ".");
    page.line().line("Usage", Tone::strong).line("  " + options.usage());
    write_options(page, "What it works on", only(Which::words, options.own()));
    write_options(page, "Options", only(Which::options, options.own()));
    write_options(page, "Options of every command", options.shared());
    page.line().line("Example", Tone::strong).command(command.example);
}

Json json_for(const std::vector<OptionInfo>& infos) {
    auto all = Json::array();
    for (const auto& info : infos) {
        Json one{{"names", split(info.names, ',')}, {"help", info.help}};
        if (!info.placeholder.empty()) {
            one["value"] = info.placeholder;
        }
        if (!info.choices.empty()) {
            one["choices"] = info.choices;
        }
        one["required"] = info.required;
        one["repeated"] = info.repeated;
        all.push_back(std::move(one));
    }
    return all;
}

Json json_for(const Command& command) {
    return Json{{"command", command.name},
                {"group", title_of(command.group)},
                {"summary", command.summary},
                {"example", command.example}};
}

// A pipe is read by people too: the lines stay short.
Page page_for(const Host& host) {
    auto terminal = host.out_terminal();
    terminal.width = terminal.prose_width() < 80 ? terminal.prose_width() : 80;
    return Page(terminal);
}

}  // namespace

void show_help(Host& host) {
    if (host.json()) {
        auto commands = Json::array();
        for (const auto& command : all_commands()) {
            commands.push_back(json_for(command));
        }
        host.print(Json{{"commands", std::move(commands)}, {"shared_options", json_for(shared_options())}});
        return;
    }
    auto page = page_for(host);
    write_help(page);
    host.print(page);
}

void show_help(Host& host, const Command& command, const Options& options) {
    if (host.json()) {
        auto object = json_for(command);
        object["usage"] = options.usage();
        object["arguments"] = json_for(only(Which::words, options.own()));
        object["options"] = json_for(only(Which::options, options.own()));
        object["shared_options"] = json_for(options.shared());
        host.print(std::move(object));
        return;
    }
    auto page = page_for(host);
    write_help(page, command, options);
    host.print(page);
}

}  // namespace mlpath::cli
