// Pins as pip and uv read them, as far as scripts/pins writes them.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "library/package_group.hpp"

namespace mlpath::library {

namespace {

// "3.9" comes before "3.10".
std::pair<int, int> minor_of(std::string_view version) {
    std::pair<int, int> parts{0, 0};
    const auto* const end = version.data() + version.size();
    const auto [dot, error] = std::from_chars(version.data(), end, parts.first);
    if (error == std::errc() && dot != end && *dot == '.') {
        std::from_chars(dot + 1, end, parts.second);
    }
    return parts;
}

struct Condition {
    std::string_view variable{};
    std::string_view compares{};
    std::string_view value{};
};

constexpr std::array comparisons{std::string_view("=="), std::string_view("!="), std::string_view(">="),
                                 std::string_view("<="), std::string_view(">"),  std::string_view("<")};

std::optional<Condition> read_condition(std::string_view text) {
    const auto words = split(trim(text), ' ');
    if (words.size() != 3 || words[2].size() < 2 || words[2].front() != words[2].back() ||
        (words[2].front() != '\'' && words[2].front() != '"') ||
        std::ranges::find(comparisons, words[1]) == comparisons.end()) {
        return std::nullopt;
    }
    const bool known =
        words[0] == "python_version" ||
        ((words[0] == "sys_platform" || words[0] == "platform_machine") && (words[1] == "==" || words[1] == "!="));
    return known ? std::optional(Condition{words[0], words[1], words[2].substr(1, words[2].size() - 2)}) : std::nullopt;
}

std::vector<std::string_view> parts_of(std::string_view marker) {
    constexpr std::string_view between = " and ";
    std::vector<std::string_view> parts;
    for (auto at = marker.find(between); at != std::string_view::npos; at = marker.find(between)) {
        parts.push_back(marker.substr(0, at));
        marker.remove_prefix(at + between.size());
    }
    parts.push_back(marker);
    return parts;
}

bool is_marker(std::string_view marker) {
    return std::ranges::all_of(parts_of(marker),
                               [](std::string_view part) { return read_condition(part).has_value(); });
}

template <typename T>
bool compare(const T& left, std::string_view how, const T& right) {
    return how == "=="   ? left == right
           : how == "!=" ? left != right
           : how == ">=" ? left >= right
           : how == "<=" ? left <= right
           : how == ">"  ? left > right
                         : left < right;
}

bool holds(const Condition& condition, const PinnedFor& machine) {
    if (condition.variable == "python_version") {
        return compare(minor_of(machine.python), condition.compares, minor_of(condition.value));
    }
    const auto dash = std::min(machine.platform.find('-'), machine.platform.size());
    const std::string_view platform(machine.platform);
    const auto system = platform.substr(0, dash) == "macos" ? std::string_view("darwin") : platform.substr(0, dash);
    const auto processor = platform.substr(std::min(dash + 1, platform.size()));
    return compare(condition.variable == "sys_platform" ? system : processor, condition.compares, condition.value);
}

bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
}

bool is_version(std::string_view version) {
    return !version.empty() && std::ranges::all_of(version, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '+' || c == '!' || c == '-';
    });
}

bool is_hash(std::string_view word) {
    constexpr std::string_view before = "--hash=sha256:";
    constexpr std::size_t digits = 64;
    return word.starts_with(before) && word.size() == before.size() + digits &&
           word.find_first_not_of("0123456789abcdef", before.size()) == std::string_view::npos;
}

// One requirement, all on one line. Nothing where it is something else.
std::optional<Pin> read_pin(std::string_view line) {
    constexpr std::string_view hash = "--hash=";
    const auto at = line.find(hash);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    for (const auto word : split(line.substr(at), ' ')) {
        if (!word.empty() && !is_hash(word)) {
            return std::nullopt;
        }
    }
    const auto head = trim(line.substr(0, at));
    const auto semicolon = std::min(head.find(';'), head.size());
    const auto wanted = trim(head.substr(0, semicolon));
    const auto equals = wanted.find("==");
    if (equals == std::string_view::npos) {
        return std::nullopt;
    }
    Pin pin{.name = std::string(wanted.substr(0, equals)), .version = std::string(wanted.substr(equals + 2))};
    if (!is_name(pin.name) || !is_version(pin.version)) {
        return std::nullopt;
    }
    if (semicolon < head.size()) {
        pin.marker = trim(head.substr(semicolon + 1));
        if (!is_marker(pin.marker)) {
            return std::nullopt;
        }
    }
    return pin;
}

// "linux-x86_64 123, macos-arm64 45", or "123" for all.
bool read_bytes(std::string_view text, Pin& pin) {
    for (const auto part : split(text, ',')) {
        const auto entry = trim(part);
        const auto blank = entry.rfind(' ');
        const auto platform = blank == std::string_view::npos ? std::string_view() : entry.substr(0, blank);
        const auto number = blank == std::string_view::npos ? entry : entry.substr(blank + 1);
        std::uint64_t bytes = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bytes);
        if (error != std::errc() || end != number.data() + number.size()) {
            return false;
        }
        pin.bytes[std::string(platform)] = bytes;
    }
    return true;
}

Error no_pin(const std::string& path, std::size_t line, std::string message) {
    return {ErrorKind::malformed,
            std::move(message),
            {.file = path, .line = line},
            "write it with `scripts/pins`, which comes with mlpath's sources"};
}

}  // namespace

Result<std::vector<Pin>> read_pins(std::string_view text, const std::string& path) {
    constexpr std::string_view sizes = "# bytes: ";
    std::vector<Pin> pins;
    std::string whole;  // a requirement that is not at its end
    std::size_t number = 0;
    std::size_t begun = 0;
    for (auto line : split(text, '\n')) {
        ++number;
        line = trim(line);
        if (whole.empty() && line.starts_with(sizes)) {
            if (pins.empty() || !read_bytes(line.substr(sizes.size()), pins.back())) {
                return fail(no_pin(path, number, "this does not say what a package downloads"));
            }
            continue;
        }
        if (whole.empty() && (line.empty() || line.starts_with('#'))) {
            continue;
        }
        begun = whole.empty() ? number : begun;
        const bool goes_on = line.ends_with('\\');
        whole += (whole.empty() ? "" : " ");
        whole += trim(goes_on ? line.substr(0, line.size() - 1) : line);
        if (goes_on) {
            continue;
        }
        auto pin = read_pin(whole);
        if (!pin) {
            return fail(no_pin(path, begun, "this is no pin: a name, `==`, a version, perhaps a marker, and hashes"));
        }
        pin->line = begun;
        pins.push_back(std::move(*pin));
        whole.clear();
    }
    if (!whole.empty()) {
        return fail(no_pin(path, begun, "this pin has no end"));
    }
    return pins;
}

std::vector<Pin> pins_for(const std::vector<Pin>& pins, const PinnedFor& machine) {
    std::vector<Pin> wanted;
    for (const auto& pin : pins) {
        const auto applies = [&](std::string_view part) {
            const auto condition = read_condition(part);
            return condition && holds(*condition, machine);
        };
        if (pin.marker.empty() || std::ranges::all_of(parts_of(pin.marker), applies)) {
            wanted.push_back(pin);
        }
    }
    return wanted;
}

std::uint64_t bytes_of(const Pin& pin, const std::string& platform) {
    const auto own = pin.bytes.find(platform);
    const auto any = pin.bytes.find("");
    return own != pin.bytes.end() ? own->second : any != pin.bytes.end() ? any->second : 0;
}

std::uint64_t bytes_of(const std::vector<Pin>& pins, const std::string& platform) {
    std::uint64_t sum = 0;
    for (const auto& pin : pins) {
        sum += bytes_of(pin, platform);
    }
    return sum;
}

std::string this_platform() {
#if defined(__linux__) && defined(__x86_64__)
    return "linux-x86_64";
#elif defined(__linux__) && defined(__aarch64__)
    return "linux-aarch64";
#elif defined(__APPLE__) && defined(__aarch64__)
    return "macos-arm64";
#elif defined(__APPLE__) && defined(__x86_64__)
    return "macos-x86_64";
#else
    return {};
#endif
}

bool at_least(std::string_view version, std::string_view wanted) {
    if (version.empty()) {
        return true;
    }
    while (!wanted.empty()) {
        unsigned long has = 0;
        unsigned long needs = 0;
        const auto* has_end = std::from_chars(version.data(), version.data() + version.size(), has).ptr;
        const auto* needs_end = std::from_chars(wanted.data(), wanted.data() + wanted.size(), needs).ptr;
        if (has != needs) {
            return has > needs;
        }
        version.remove_prefix(static_cast<std::size_t>(has_end - version.data()));
        wanted.remove_prefix(static_cast<std::size_t>(needs_end - wanted.data()));
        // Behind the numbers stands a suffix such as rc1 or +dfsg, which decides nothing here.
        if (!wanted.starts_with('.')) {
            return true;
        }
        wanted.remove_prefix(1);
        version = version.starts_with('.') ? version.substr(1) : std::string_view();
    }
    return true;
}

bool fits(const PackageGroup& group, std::string_view python) {
    return minor_of(python) >= minor_of(group.python_min) && minor_of(python) <= minor_of(group.python_max);
}

}  // namespace mlpath::library
