#include "markdown/addresses.hpp"

#include <algorithm>

#include "base/pattern.hpp"

namespace mlpath::markdown {

std::vector<std::string> addresses_in(std::string_view text) {
    static const auto pattern = Pattern::compile("((?:https?://|\\bwww\\.)[^\\s\\pZ<>\"'`\\\\\\]{}|]+)");
    std::vector<std::string> found;
    if (text.find("://") == std::string_view::npos && text.find("www.") == std::string_view::npos) {
        return found;
    }
    for (auto& url : pattern->all_in(text)) {
        const auto open = std::ranges::count(url, '(');
        auto closed = std::ranges::count(url, ')');
        while (!url.empty() && (std::string_view(".,;:!?*_~").find(url.back()) != std::string_view::npos ||
                                (url.back() == ')' && closed > open))) {
            closed -= url.back() == ')' ? 1 : 0;
            url.pop_back();
        }
        // "[text](address) and more": what follows the bracket that closes the link is not of it.
        if (const auto close = url.find(')'); close != std::string::npos && open == 0) {
            url.erase(close);
        }
        if (url.size() > std::string_view("https://").size() ||
            (url.starts_with("www.") && url.size() > std::string_view("www.").size())) {
            found.push_back(std::move(url));
        }
    }
    return found;
}

}  // namespace mlpath::markdown
