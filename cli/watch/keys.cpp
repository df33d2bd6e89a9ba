#include "watch/keys.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace mlpath::cli {

namespace {

constexpr char escape = '\x1b';

struct Meaning {
    std::string_view typed;
    Key key;
};

constexpr std::array letters{Meaning{"h", Key::hint},   Meaning{"n", Key::next}, Meaning{"l", Key::list},
                             Meaning{"r", Key::rerun},  Meaning{"q", Key::quit}, Meaning{"?", Key::help},
                             Meaning{"k", Key::up},     Meaning{"j", Key::down}, Meaning{" ", Key::page_down},
                             Meaning{"\x04", Key::quit}};  // Ctrl-D, as shells have it
constexpr std::array sequences{Meaning{"[A", Key::up},   Meaning{"[B", Key::down},     Meaning{"OA", Key::up},
                               Meaning{"OB", Key::down}, Meaning{"[5~", Key::page_up}, Meaning{"[6~", Key::page_down}};

template <std::size_t N>
std::optional<Key> meaning_of(const std::array<Meaning, N>& known, std::string_view typed) {
    const auto found = std::ranges::find(known, typed, &Meaning::typed);
    return found == known.end() ? std::nullopt : std::optional(found->key);
}

// The length of the sequence after an escape (ECMA-48: "[", parameters, a last byte from @ to ~; "O" and one byte);
// nothing where its end has not come.
std::optional<std::size_t> sequence_length(std::string_view after) {
    if (after.front() == 'O') {
        return after.size() < 2 ? std::nullopt : std::optional<std::size_t>(2);
    }
    if (after.front() != '[') {
        return 1;  // Alt and a key
    }
    for (std::size_t at = 1; at < after.size(); ++at) {
        if (after[at] >= '@' && after[at] <= '~') {
            return at + 1;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<Key> KeyReader::read(std::string_view bytes) {
    m_begun += bytes;
    std::vector<Key> keys;
    std::size_t at = 0;
    while (at < m_begun.size()) {
        const auto rest = std::string_view(m_begun).substr(at);
        if (rest.front() != escape) {
            if (const auto key = meaning_of(letters, rest.substr(0, 1))) {
                keys.push_back(*key);
            }
            ++at;
        } else if (rest.size() == 1) {
            keys.push_back(Key::back);  // the key itself: the bytes of a sequence come together
            ++at;
        } else if (const auto length = sequence_length(rest.substr(1))) {
            if (const auto key = meaning_of(sequences, rest.substr(1, *length))) {
                keys.push_back(*key);
            }
            at += 1 + *length;
        } else {
            break;
        }
    }
    m_begun.erase(0, at);
    if (m_begun.size() > 64) {  // no sequence is as long
        m_begun.clear();
    }
    return keys;
}

}  // namespace mlpath::cli
