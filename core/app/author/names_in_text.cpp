#include "app/author/names_in_text.hpp"

#include <algorithm>

#include "base/pattern.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Every place where `word` stands by itself and `counts` says so of the text before and behind it becomes `with`.
template <typename Counts>
std::string replace_words(std::string_view text, std::string_view word, std::string_view with, Counts counts) {
    std::string replaced;
    std::size_t copied = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto before = text.substr(0, at);
        const auto behind = text.substr(at + word.size());
        const bool alone = (before.empty() || !is_word(before.back())) && (behind.empty() || !is_word(behind.front()));
        if (at >= copied && alone && counts(before, behind)) {
            replaced += text.substr(copied, at - copied);
            replaced += with;
            copied = at + word.size();
        }
    }
    return replaced += text.substr(copied);
}

std::string_view first_name(std::string_view text) {
    return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_word) - text.begin()));
}

// Whether what stands around the name of a module makes it one: `import titanic`, `titanic.py`, `titanic.features`. The
// dataset of the same name, and its file, are none.
bool is_module(std::string_view before, std::string_view behind, const std::set<std::string, std::less<>>& names) {
    if (behind.starts_with('.') && !before.ends_with('.')) {
        const auto name = first_name(behind.substr(1));
        if (name == "py" || names.contains(name)) {
            return true;
        }
    }
    const bool imported = before.ends_with("import ") && !behind.starts_with('-');
    return imported || (before.ends_with("from ") && behind.starts_with(" import"));
}

// `mlpath check titanic`
bool is_of_a_command(std::string_view before, std::string_view behind) {
    if (behind.starts_with('-') || !before.ends_with(' ')) {
        return false;
    }
    before.remove_suffix(1);
    while (!before.empty() && before.back() >= 'a' && before.back() <= 'z') {
        before.remove_suffix(1);
    }
    return before.ends_with("mlpath ");
}

std::string module_of(std::string_view id) { return replace_all(std::string(id), "-", "_"); }

}  // namespace

std::optional<ModuleNames> module_names(const std::map<std::string, std::string>& files, std::string_view like,
                                        std::string_view id) {
    ModuleNames names{.before = module_of(like), .now = module_of(id)};
    const bool is_number = names.now.front() >= '0' && names.now.front() <= '9';
    bool found = false;
    const auto definitions = Pattern::compile(R"(^(?:async\s+)?(?:def|class)\s+([A-Za-z_][A-Za-z0-9_]*))");
    for (const std::string part : {"skeleton/", "solution/"}) {
        if (is_number || files.contains(part + names.now + ".py")) {
            return std::nullopt;
        }
        const auto file = files.find(part + names.before + ".py");
        if (file != files.end() && definitions) {
            found = true;
            for (auto& name : definitions->all_in(file->second)) {
                names.holds.insert(std::move(name));
            }
        }
    }
    return found ? std::optional(std::move(names)) : std::nullopt;
}

std::string with_module(std::string_view text, const ModuleNames& names) {
    return replace_words(text, names.before, names.now, [&](std::string_view before, std::string_view behind) {
        return is_module(before, behind, names.holds);
    });
}

std::string path_of_module(std::string_view path, const ModuleNames& names) {
    return replace_words(path, names.before, names.now, [](std::string_view before, std::string_view behind) {
        return before.ends_with('/') && !before.starts_with("checks/") && behind == ".py";
    });
}

std::string with_command_of(std::string_view text, std::string_view like, std::string_view id) {
    return replace_words(text, like, id, is_of_a_command);
}

}  // namespace mlpath::app
