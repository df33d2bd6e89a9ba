#include "logging/wish.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace mlpath::cli {

namespace {

std::optional<LogLevel> level_named(std::string_view name) {
    const auto* const found = std::ranges::find(log_levels, name);
    return found == log_levels.end() ? std::nullopt : std::optional(static_cast<LogLevel>(found - log_levels.begin()));
}

std::string levels_in_words() {
    std::string words;
    for (const auto name : log_levels) {
        words += (words.empty() ? "`" : name == log_levels.back() ? " or `" : ", `") + std::string(name) + '`';
    }
    return words;
}

Error no_level(std::string_view setting, std::string_view word) {
    const std::vector<std::string> names(log_levels.begin(), log_levels.end());
    const auto near = nearest(word, names);
    const auto meant = std::string(setting) + " is " + levels_in_words();
    return {
        ErrorKind::usage,
        meant + (setting == log_variable ? ", alone or followed by `:FILE`" : "") + ", not `" + printable(word) + '`',
        {},
        near ? "did you mean `" + *near + "`?" : std::string()};
}

}  // namespace

Result<LogWish> log_wish(std::string_view level, std::string_view file, const std::optional<std::string>& variable) {
    LogWish wish;
    std::optional<LogLevel> wanted;
    // One that the option overrules may be as wrong as it likes: so it can always be silenced.
    if (variable && level.empty()) {
        const auto end = variable->find(':');
        wanted = level_named(std::string_view(*variable).substr(0, end));
        if (!wanted || end + 1 == variable->size()) {
            return fail(no_level(log_variable, *variable));
        }
    }
    if (variable && file.empty() && variable->find(':') != std::string::npos) {
        wish.file = variable->substr(variable->find(':') + 1);
    }
    if (!level.empty()) {
        wanted = level_named(level);
        if (!wanted) {
            return fail(no_level("`--log-level`", level));
        }
    }
    wish.file = file.empty() ? wish.file : std::string(file);
    wish.level = wanted.value_or(wish.file.empty() ? LogLevel::off : LogLevel::info);
    return wish;
}

}  // namespace mlpath::cli
