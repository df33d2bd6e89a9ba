// uv and pip: which one there is, and what they say.
#include <algorithm>
#include <array>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "run/package_environment.hpp"
#include "system/machine_program.hpp"

namespace mlpath::run {

namespace {

bool says_any(std::string_view printed, std::span<const std::string_view> phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) { return printed.find(phrase) != printed.npos; });
}

constexpr std::array full_disk{std::string_view("No space left on device"), std::string_view("os error 28"),
                               std::string_view("Disk quota exceeded")};
constexpr std::array other_hash{std::string_view("Hash mismatch"), std::string_view("DO NOT MATCH THE HASHES")};
constexpr std::array no_index{std::string_view("Failed to fetch"),
                              std::string_view("error sending request"),
                              std::string_view("Could not connect"),
                              std::string_view("dns error"),
                              std::string_view("NewConnectionError"),
                              std::string_view("Max retries exceeded"),
                              std::string_view("Connection broken"),
                              std::string_view("Connection refused"),
                              std::string_view("Name or service not known"),
                              std::string_view("Temporary failure in name resolution"),
                              std::string_view("timed out"),
                              std::string_view("Connection reset by peer"),
                              std::string_view("HTTP error"),
                              std::string_view("tcp connect error")};
constexpr std::array no_version{std::string_view("No solution found"),
                                std::string_view("No matching distribution found"),
                                std::string_view("Could not find a version that satisfies"),
                                std::string_view("was not found in the package registry"),
                                std::string_view("has no usable wheels"),
                                std::string_view("no version of")};
constexpr std::array no_venv{std::string_view("ensurepip is not available"), std::string_view("No module named venv"),
                             std::string_view("No module named ensurepip"), std::string_view("ensurepip', '--upgrade")};

// The first `name==version` behind one of the phrases, or else the first at all.
std::string pin_in(std::string_view printed, std::span<const std::string_view> phrases) {
    const auto after = [](std::string_view text) -> std::string {
        for (auto at = text.find("=="); at != text.npos; at = text.find("==", at + 2)) {
            const auto is_part = [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '+';
            };
            auto begin = at;
            while (begin > 0 && is_part(text[begin - 1])) {
                --begin;
            }
            auto end = at + 2;
            while (end < text.size() && is_part(text[end])) {
                ++end;
            }
            if (begin < at && end > at + 2) {
                return "`" + std::string(text.substr(begin, at - begin)) + "` " +
                       std::string(text.substr(at + 2, end - at - 2));
            }
        }
        return {};
    };
    for (const auto phrase : phrases) {
        if (const auto at = printed.find(phrase); at != printed.npos) {
            if (auto found = after(printed.substr(at)); !found.empty()) {
                return found;
            }
        }
    }
    return after(printed);
}

std::string last_line(std::string_view printed) {
    std::string last;
    for (const auto line : lines(printed)) {
        if (const auto text = trim(line); !text.empty() && !text.starts_with("[notice]")) {
            last = printable(text);
        }
    }
    return last;
}

}  // namespace

std::string_view to_string(PackageTool::Kind kind) { return kind == PackageTool::Kind::uv ? "uv" : "pip"; }

Result<PackageTool> package_tool(ToolWish wish, const system::Environment& environment) {
    if (wish != ToolWish::pip) {
        const auto path = environment.get("PATH").value_or(std::string(system::usual_path));
        if (const auto uv = system::find_program("uv", path)) {
            return PackageTool{PackageTool::Kind::uv, *uv};
        }
        if (wish == ToolWish::uv) {
            return fail(ErrorKind::missing, "uv is not installed",
                        "`--with pip` does it with Python's own venv and pip");
        }
    }
    return PackageTool{};
}

Error tool_error(const PackageTool& tool, std::string_view printed, std::string_view group) {
    const auto made = "the environment `" + std::string(group) + "`";
    const auto other = tool.kind == PackageTool::Kind::uv
                           ? std::string("; `--with pip` goes by the settings of pip, which uv does not read")
                           : std::string();
    if (says_any(printed, full_disk)) {
        return {ErrorKind::io,
                "there is no room on the disk for " + made,
                {},
                "make room, and run it again; `mlpath env --list` shows how much it takes"};
    }
    if (says_any(printed, other_hash)) {
        const auto pin = pin_in(printed, other_hash);
        return {ErrorKind::integrity,
                (pin.empty() ? "a package" : printable(pin)) + " has another hash than " + made +
                    " is pinned to, so nothing was installed",
                {},
                "an index or a mirror serves another file than we tried; ask its keeper, or take another index"};
    }
    if (says_any(printed, no_venv)) {
        return {ErrorKind::missing,
                "this Python cannot make environments: its module venv is not all there",
                {},
                "`sudo apt install python3-venv`, or install uv"};
    }
    if (says_any(printed, no_index)) {
        return {ErrorKind::network,
                "the index of packages cannot be reached, so " + made + " was not made",
                {},
                "run it again once you are online" + other};
    }
    if (says_any(printed, no_version)) {
        const auto pin = pin_in(printed, no_version);
        return {ErrorKind::missing,
                "the index has no " + (pin.empty() ? std::string("package") : printable(pin)) +
                    " that this Python can use, and " + made + " is pinned to it",
                {},
                "a mirror may be behind, or an update of mlpath may have newer pins" + other};
    }
    const auto said = last_line(printed);
    return {ErrorKind::io,
            std::string(to_string(tool.kind)) + " could not make " + made + (said.empty() ? "" : ": " + said),
            {},
            "`--verbose` shows all that it says"};
}

std::optional<std::string> tool_line(std::string_view line) {
    line = trim(line);
    const auto word = [](std::string_view text) { return text.substr(0, std::min(text.find(' '), text.size())); };
    if (constexpr std::string_view collecting = "Collecting "; line.starts_with(collecting)) {
        const auto pin = word(line.substr(collecting.size()));
        const auto equals = std::min(pin.find("=="), pin.size());
        return "getting " + printable(pin.substr(0, equals)) +
               (equals < pin.size() ? " " + printable(pin.substr(equals + 2)) : std::string());
    }
    if (constexpr std::string_view downloading = "Downloading "; line.starts_with(downloading)) {
        const auto what = word(line.substr(downloading.size()));
        return what.ends_with(".whl") || what.find("://") != what.npos
                   ? std::nullopt  // pip told the package before
                   : std::optional("getting " + printable(line.substr(downloading.size())));
    }
    if (line.starts_with("Installing collected packages") || line.starts_with("Prepared ")) {
        return "installing";
    }
    return std::nullopt;
}

}  // namespace mlpath::run
