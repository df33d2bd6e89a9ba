#include "workspace/line_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/text.hpp"

namespace mlpath::workspace {

namespace {

constexpr std::size_t context = 3;

// Lines with their newline, so that a last line without one differs from the same line with one.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto size = end == std::string_view::npos ? text.size() : end + 1;
        found.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return found;
}

// For every line whether it stays.
struct Kept {
    std::vector<bool> before{};
    std::vector<bool> after{};
};

// The shortest edit by E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), greedy form, on numbers
// that stand for lines. Beyond `most` edits nothing is kept: two texts so different are better read one after the
// other.
class ShortestEdit {
public:
    ShortestEdit(const std::vector<std::uint32_t>& before, const std::vector<std::uint32_t>& after)
        : m_before(before), m_after(after) {}

    void mark(Kept& kept, std::size_t before_at, std::size_t after_at) {
        const auto edits = forward();
        if (edits < 0) {
            return;
        }
        auto x = size_of(m_before);
        auto y = size_of(m_after);
        for (auto d = edits; d >= 0; --d) {
            const auto k = x - y;
            std::ptrdiff_t from_x = 0;
            std::ptrdiff_t from_y = 0;
            if (d > 0) {
                const bool down = k == -d || (k != d && reach(d - 1, k - 1) < reach(d - 1, k + 1));
                const auto from_k = down ? k + 1 : k - 1;
                from_x = reach(d - 1, from_k);
                from_y = from_x - from_k;
            }
            while (x > from_x && y > from_y) {
                --x;
                --y;
                kept.before[before_at + static_cast<std::size_t>(x)] = true;
                kept.after[after_at + static_cast<std::size_t>(y)] = true;
            }
            x = from_x;
            y = from_y;
        }
    }

private:
    static constexpr std::ptrdiff_t most = 3000;
    static std::ptrdiff_t size_of(const std::vector<std::uint32_t>& lines) {
        return static_cast<std::ptrdiff_t>(lines.size());
    }
    // How far along `before` the best path of d edits on diagonal k comes.
    [[nodiscard]] std::ptrdiff_t reach(std::ptrdiff_t d, std::ptrdiff_t k) const {
        return m_reach[static_cast<std::size_t>(d)][static_cast<std::size_t>((k + d) / 2)];
    }
    std::ptrdiff_t forward() {
        const auto n = size_of(m_before);
        const auto m = size_of(m_after);
        for (std::ptrdiff_t d = 0; d <= std::min(n + m, most); ++d) {
            m_reach.emplace_back(static_cast<std::size_t>(d + 1));
            for (auto k = -d; k <= d; k += 2) {
                std::ptrdiff_t x = 0;
                if (d > 0) {
                    const bool down = k == -d || (k != d && reach(d - 1, k - 1) < reach(d - 1, k + 1));
                    x = down ? reach(d - 1, k + 1) : reach(d - 1, k - 1) + 1;
                }
                auto y = x - k;
                while (x < n && y < m && x >= 0 && y >= 0 &&
                       m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(y)]) {
                    ++x;
                    ++y;
                }
                m_reach.back()[static_cast<std::size_t>((k + d) / 2)] = static_cast<std::int32_t>(x);
                if (x >= n && y >= m) {
                    return d;
                }
            }
        }
        return -1;
    }

    const std::vector<std::uint32_t>& m_before;
    const std::vector<std::uint32_t>& m_after;
    std::vector<std::vector<std::int32_t>> m_reach{};
};

Kept compare(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
    Kept kept{std::vector<bool>(before.size()), std::vector<bool>(after.size())};
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head]) {
        kept.before[head] = kept.after[head] = true;
        ++head;
    }
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < after.size() - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        kept.before[before.size() - 1 - tail] = kept.after[after.size() - 1 - tail] = true;
        ++tail;
    }
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    const auto number = [&](const std::vector<std::string_view>& lines) {
        std::vector<std::uint32_t> found;
        for (std::size_t i = head; i + tail < lines.size(); ++i) {
            found.push_back(numbers.try_emplace(lines[i], static_cast<std::uint32_t>(numbers.size())).first->second);
        }
        return found;
    };
    const auto old_numbers = number(before);
    const auto new_numbers = number(after);
    ShortestEdit(old_numbers, new_numbers).mark(kept, head, head);
    return kept;
}

struct Range {
    std::size_t begin = 0;
    std::size_t size = 0;
};

// "-3,7"; a range of no lines names the line before it, one of a single line has no count.
std::string range_text(char sign, Range range) {
    const auto first = range.size == 0 ? range.begin : range.begin + 1;
    return sign + std::to_string(first) + (range.size == 1 ? "" : "," + std::to_string(range.size));
}

class Printer {
public:
    Printer(std::vector<std::string_view> before, std::vector<std::string_view> after)
        : m_before(std::move(before)), m_after(std::move(after)), m_kept(compare(m_before, m_after)) {}

    std::string print() {
        std::size_t x = 0;
        std::size_t y = 0;
        while (x < m_before.size() || y < m_after.size()) {
            if (stays(x, y)) {
                ++x;
                ++y;
            } else {
                hunk(x, y);
            }
        }
        return std::move(m_text);
    }

private:
    [[nodiscard]] bool stays(std::size_t x, std::size_t y) const {
        return x < m_before.size() && y < m_after.size() && m_kept.before[x] && m_kept.after[y];
    }
    // From the first change at (x, y) to where more than twice the context stays; moves both behind it.
    void hunk(std::size_t& x, std::size_t& y) {
        const auto lead = std::min({context, x, y});
        const Range from{x - lead, 0};
        const Range to{y - lead, 0};
        std::string body;
        for (std::size_t i = lead; i > 0; --i) {
            line(body, ' ', m_before[x - i]);
        }
        while (true) {
            while (x < m_before.size() && !m_kept.before[x]) {
                line(body, '-', m_before[x++]);
            }
            while (y < m_after.size() && !m_kept.after[y]) {
                line(body, '+', m_after[y++]);
            }
            std::size_t same = 0;
            while (same <= 2 * context && stays(x + same, y + same)) {
                ++same;
            }
            const bool more = same <= 2 * context && (x + same < m_before.size() || y + same < m_after.size());
            for (std::size_t i = 0; i < (more ? same : std::min(same, context)); ++i) {
                line(body, ' ', m_before[x++]);
                ++y;
            }
            if (!more) {
                break;
            }
        }
        m_text += "@@ " + range_text('-', {from.begin, x - from.begin}) + " " +
                  range_text('+', {to.begin, y - to.begin}) + " @@\n" + body;
    }
    static void line(std::string& body, char sign, std::string_view text) {
        body += sign;
        body += text;
        if (!text.ends_with('\n')) {
            body += "\n\\ No newline at end of file\n";
        }
    }

    std::vector<std::string_view> m_before;
    std::vector<std::string_view> m_after;
    Kept m_kept;
    std::string m_text{};
};

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view before_name,
                         std::string_view after_name) {
    if (before == after) {
        return {};
    }
    std::string text = "--- ";
    text.append(before_name).append("\n+++ ").append(after_name).append("\n");
    return text + Printer(lines_of(before), lines_of(after)).print();
}

bool is_binary(std::string_view bytes) { return bytes.find('\0') != std::string_view::npos || !is_utf8(bytes); }

}  // namespace mlpath::workspace
