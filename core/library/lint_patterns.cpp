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
    for (const auto& [field, list] : check.fields.items()) {
        for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
            for (const char* key : {"matches", "lacks", "seen"}) {
                if (list[i].is_object() && list[i].contains(key)) {
                    lint_pattern(draft, document, json::pointer_to(pointer + '/' + field, i) + '/' + key,
                                 list[i].at(key).get<std::string>());
                }
            }
        }
    }
}

}  // namespace mlpath::library
