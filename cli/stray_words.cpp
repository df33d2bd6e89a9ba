#include "stray_words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::cli {

namespace {

// An option of the command line with the words that follow it up to the next option.
struct Given {
    const OptionInfo* info = nullptr;
    std::string name{};  // as it was written
    std::vector<std::string> words{};
};

const OptionInfo* option_of(const Options& options, std::string_view name) {
    for (const auto* list : {&options.own(), &options.shared()}) {
        for (const auto& info : *list) {
            const auto names = split(info.names, ',');
            if (!info.positional && std::ranges::find(names, name) != names.end()) {
                return &info;
            }
        }
    }
    return nullptr;
}

bool takes_several(const OptionInfo& info) { return info.placeholder.ends_with("..."); }

// The repeatable options, and how many words are left for the command itself.
struct Read {
    std::vector<Given> repeatable{};
    std::size_t free_words = 0;
};

Read read(const Options& options, const std::vector<std::string>& words) {
    Read all;
    std::size_t values = 0;  // that the option before may still take
    bool open = false;       // whether it can be repeated
    for (const auto& word : words) {
        if (!word.starts_with('-') || word == "-") {
            if (open) {
                all.repeatable.back().words.push_back(word);
            }
            all.free_words += values == 0 ? 1 : 0;
            values -= values == 0 || (open && takes_several(*all.repeatable.back().info)) ? 0 : 1;
            continue;
        }
        if (word == "--") {
            break;
        }
        const auto equals = word.find('=');
        const auto* info = option_of(options, word.substr(0, equals));
        values = info != nullptr && !info->placeholder.empty() && equals == std::string::npos ? 1 : 0;
        open = info != nullptr && info->repeated;
        if (open) {
            all.repeatable.push_back({.info = info, .name = word.substr(0, equals)});
            if (equals != std::string::npos) {
                all.repeatable.back().words.push_back(word.substr(equals + 1));
            }
        }
    }
    return all;
}

std::vector<const OptionInfo*> positionals_of(const Options& options) {
    std::vector<const OptionInfo*> positionals;
    for (const auto& info : options.own()) {
        if (info.positional) {
            positionals.push_back(&info);
        }
    }
    return positionals;
}

std::string repeated(const Given& given) {
    std::string text;
    for (const auto& word : given.words) {
        text += (text.empty() ? "" : " ") + given.name + ' ' + printable(shell_word(word));
    }
    return text;
}

void explain_left_over(Error& error, const Options& options, const Given& given) {
    for (std::size_t i = 1; i < given.words.size(); ++i) {
        const auto word = printable(given.words[i]);
        if (error.message.find(word + '`') == std::string::npos) {
            continue;
        }
        const auto positionals = positionals_of(options);
        error.message += ": `" + given.name + "` takes one value at a time, so `" + word + "` was " +
                         (positionals.empty() ? "left over" : "taken for " + positionals.back()->placeholder);
        error.hint = "repeat the option for each value: `" + repeated(given) + "`";
        return;
    }
}

void explain_swallowed(Error& error, const Options& options, const Given& given) {
    const auto positionals = positionals_of(options);
    if (given.words.size() < 2 || positionals.empty()) {
        return;
    }
    const std::vector<std::string> swallowed(given.words.begin() + 1, given.words.end());
    std::vector<std::string> names;
    for (const auto* info : positionals) {
        names.push_back(info->placeholder);
    }
    error.message += "; `" + given.name + "` takes all words up to the next option, so it took `" +
                     printable(join(swallowed, "` and `")) + "`";
    error.hint = "put " + join(names, " and ") + " before it: `mlpath " + options.command() + " " + join(names, " ") +
                 " " + given.name + " " + printable(shell_word(given.words.front())) + "`";
}

}  // namespace

Error with_stray_words_explained(Error error, const Options& options, const std::vector<std::string>& words) {
    if (error.kind != ErrorKind::usage && error.kind != ErrorKind::not_found) {
        return error;
    }
    const auto all = read(options, words);
    for (const auto& given : all.repeatable) {
        if (!takes_several(*given.info)) {
            explain_left_over(error, options, given);
        } else if (all.free_words < positionals_of(options).size()) {
            explain_swallowed(error, options, given);
        }
    }
    return error;
}

}  // namespace mlpath::cli
