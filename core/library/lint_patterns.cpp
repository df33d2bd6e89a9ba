#include "library/lint_patterns.hpp"

#include "base/pattern.hpp"

namespace mlpath::library {

void lint_pattern(Draft& draft, const json::Document& document, const std::string& pointer, const std::string& text) {
    constexpr std::size_t longest = 1000;
    if (text.size() > longest) {
        draft.error(document, pointer,
                    "the expression has " + std::to_string(text.size()) + " bytes; at most " + std::to_string(longest) +
                        " are read");
        return;
    }
    if (const auto pattern = Pattern::compile(text); !pattern) {
        draft.error(document, pointer, pattern.error().message);
    } else if (pattern->found_in("")) {
        draft.warning(document, pointer, "the expression is found in an empty text, so it is found everywhere");
    }
}

void lint_patterns(Draft& draft, const json::Document& document, const std::string& pointer, const Check& check) {
    for (const char* key : {"matches", "lacks"}) {
        const auto found = check.fields.find(key);
        for (std::size_t i = 0; found != check.fields.end() && i < found->size(); ++i) {
            lint_pattern(draft, document, json::pointer_to(pointer + '/' + key, i), (*found)[i].get<std::string>());
        }
    }
    for (const char* stream : {"stdout", "stderr"}) {
        const auto found = check.fields.find(stream);
        for (std::size_t i = 0; found != check.fields.end() && i < found->size(); ++i) {
            const auto at = json::pointer_to(pointer + '/' + stream, i);
            for (const char* key : {"matches", "lacks"}) {
                if (const auto pattern = (*found)[i].find(key); pattern != (*found)[i].end()) {
                    lint_pattern(draft, document, at + '/' + key, pattern->get<std::string>());
                }
            }
        }
    }
}

}  // namespace mlpath::library
