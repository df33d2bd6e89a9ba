#include "checks/kinds/document/links.hpp"

#include <charconv>

#include "base/pattern.hpp"
#include "base/text.hpp"

namespace mlpath::checks {

namespace fs = std::filesystem;

namespace {

// "my%20notes.md" is "my notes.md".
std::string unescaped(const std::string& link) {
    std::string path;
    for (std::size_t i = 0; i < link.size(); ++i) {
        unsigned code = 0;
        const auto* digits = link.data() + i + 1;
        if (link[i] == '%' && i + 2 < link.size() && std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2) {
            path += static_cast<char>(code);
            i += 2;
        } else {
            path += link[i];
        }
    }
    return path;
}

// "https:", "mailto:", "data:": a scheme as CommonMark has it, two letters at least, so that C:\ is none.
bool leads_elsewhere(std::string_view target) {
    static const auto scheme = Pattern::compile(R"(\A(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|//))");
    return scheme->found_in(target);
}

}  // namespace

std::vector<LocalLink> local_links(const markdown::Document& document) {
    std::vector<LocalLink> links;
    for (const auto& link : document.links) {
        auto path = unescaped(link.target.substr(0, link.target.find_first_of("#?")));
        if (link.kind != markdown::LinkKind::address && !path.empty() && !leads_elsewhere(link.target)) {
            links.push_back({link.target, std::move(path), link.line});
        }
    }
    return links;
}

bool leads_into(const LocalLink& link, const std::filesystem::path& folder, const std::filesystem::path& document) {
    std::error_code ignored;
    const auto path = (document.parent_path() / link.path).lexically_normal();
    return !path.is_absolute() && *path.begin() != ".." && fs::exists(fs::symlink_status(folder / path, ignored));
}

}  // namespace mlpath::checks
