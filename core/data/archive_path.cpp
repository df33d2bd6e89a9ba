#include "data/archive_path.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace mlpath::data {

namespace {

tl::unexpected<Error> refused(std::string_view name, std::string_view why) {
    return fail(ErrorKind::malformed,
                "the archive was refused: its member " + printable(name) + " " + std::string(why));
}

}  // namespace

Result<std::string> member_path(std::string_view name) {
    constexpr std::size_t longest_path = 2000;
    constexpr std::size_t longest_part = 255;
    if (name.starts_with('/')) {
        return refused(name, "has an absolute path");
    }
    if (name.size() > longest_path) {
        return refused(name.substr(0, 40), "has a path that is too long");
    }
    if (name.find('\\') != std::string_view::npos) {
        return refused(name, "has a backslash in its name");
    }
    if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        return refused(name, "has a control character in its name");
    }
    std::vector<std::string> parts;
    for (const auto part : split(name, '/')) {
        if (part == "..") {
            return refused(name, "leaves its folder (..)");
        }
        if (part.size() > longest_part) {
            return refused(part.substr(0, 40), "has a name that is too long");
        }
        if (!part.empty() && part != ".") {
            parts.emplace_back(part);
        }
    }
    return join(parts, "/");
}

Result<std::string> link_target(std::string_view member, std::string_view target) {
    if (target.empty() || target.starts_with('/')) {
        return refused(member, "is a link to " + printable(target) + ", outside of the archive");
    }
    std::vector<std::string> parts;
    for (const auto part : split(member, '/')) {
        parts.emplace_back(part);
    }
    parts.pop_back();
    for (const auto part : split(target, '/')) {
        if (part == "..") {
            if (parts.empty()) {
                return refused(member, "is a link to " + printable(target) + ", outside of the archive");
            }
            parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.emplace_back(part);
        }
    }
    return member_path(join(parts, "/"));
}

}  // namespace mlpath::data
