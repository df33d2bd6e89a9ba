// One line an address: when it was asked, "good" or "moved", the address, and where it has moved to, between tabs.
#include "base/kept_file.hpp"
#include "base/text.hpp"
#include "data/links.hpp"

namespace mlpath::data {

namespace {

constexpr std::string_view title = "mlpath links 1";
constexpr std::chrono::hours holds{7 * 24};
constexpr std::uintmax_t most_bytes = 16u << 20;

// The parts of a line; an address has no tab.
std::vector<std::string_view> parts_of(std::string_view line) {
    std::vector<std::string_view> parts;
    for (auto tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
        parts.push_back(line.substr(0, tab));
        line.remove_prefix(tab + 1);
    }
    parts.push_back(line);
    return parts;
}

bool fits_a_line(std::string_view url) { return url.find_first_of("\t\r\n") == std::string_view::npos; }

}  // namespace

KnownLinks KnownLinks::load(fs::path file, TimePoint now) {
    KnownLinks links(std::move(file));
    const auto text = read_kept(links.m_file, title, most_bytes).value_or("");
    for (const auto line : lines(text)) {
        const auto parts = parts_of(line);
        const auto at = parse_time(parts.front());
        // What is of the future was written by a clock that was wrong.
        if (parts.size() != 4 || !at || *at > now || now - *at >= holds) {
            continue;
        }
        const bool moved = parts[1] == "moved";
        links.m_known[std::string(parts[2])] = {
            *at, {.kind = moved ? LinkAnswer::Kind::moved : LinkAnswer::Kind::good, .now = std::string(parts[3])}};
    }
    return links;
}

const LinkAnswer* KnownLinks::find(std::string_view url) const {
    const auto found = m_known.find(url);
    return found == m_known.end() ? nullptr : &found->second.answer;
}

void KnownLinks::learn(const std::string& url, const LinkAnswer& answer, TimePoint now) {
    const bool lasting = answer.kind == LinkAnswer::Kind::good || answer.kind == LinkAnswer::Kind::moved;
    if (lasting && fits_a_line(url) && fits_a_line(answer.now)) {
        m_known[url] = {now, answer};
        m_changed = true;
    }
}

Status KnownLinks::save() const {
    if (!m_changed) {
        return {};
    }
    std::string body;
    for (const auto& [url, known] : m_known) {
        const bool moved = known.answer.kind == LinkAnswer::Kind::moved;
        body += format_time(known.at) + '\t' + (moved ? "moved" : "good") + '\t' + url + '\t' + known.answer.now + '\n';
    }
    return write_kept(m_file, title, body);
}

}  // namespace mlpath::data
