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
    if (info.repeated) {
        left += "...";
    }
    auto right = info.help;
    if (!info.choices.empty() && info.help.empty()) {
        right = join(info.choices, ", ");
    }
    return {std::move(left), std::move(right)};
}

void write_options(Page& page, std::string_view title, const std::vector<OptionInfo>& infos, bool positional) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& info : infos) {
        if (info.positional == positional) {
            rows.push_back(row_of(info));
        }
    }
    if (!rows.empty()) {
        page.line().line(title, Tone::strong).table(rows, 2);
    }
}

}  // namespace

Terminal for_help(Terminal terminal) {
    terminal.width = terminal.prose_width() < 80 ? terminal.prose_width() : 80;
    return terminal;
}

void write_help(Page& page) {
    page.line("mlpath: a curriculum and project runner for machine learning", Tone::strong);
    page.line().line("Start with:").command("mlpath init");
    page.line("and from then on, whenever you wonder what comes next:").command("mlpath");
    constexpr std::array groups{Group::start, Group::work, Group::learn, Group::prove, Group::author, Group::tools};
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
    GlobalOptions values;
    Options shared("");
    shared.globals(values);
    auto options = shared.shared();
    options.push_back({"--version", {}, "show the version", Values::nothing, {}, false, false, false});
    write_options(page, "Options of every command", options, false);
    page.line().line("`mlpath help COMMAND` tells more, with an example.");
}

void write_help(Page& page, const Command& command, const Options& options) {
    page.line(std::string(command.summary) + ".");
    page.line().line("Usage", Tone::strong).line("  " + options.usage());
    write_options(page, "What it works on", options.own(), true);
    write_options(page, "Options", options.own(), false);
    write_options(page, "Options of every command", options.shared(), false);
    page.line().line("Example", Tone::strong).command(command.example);
}

}  // namespace mlpath::cli
