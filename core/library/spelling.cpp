#include "library/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "library/catalogue.hpp"
#include "library/spelling_words.hpp"

namespace mlpath::library {

namespace {

bool is_letter(char c) {
    // What is not ASCII is a part of a word, of one that is not in the list.
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

class BritishList {
public:
    BritishList() {
        for (const auto family : split(british_families, ';')) {
            const auto colon = family.find(':');
            if (colon != std::string_view::npos) {
                add(words_of(family.substr(0, colon)), words_of(family.substr(colon + 1)));
            }
        }
    }

    // Empty: it is none.
    [[nodiscard]] std::string_view american(std::string_view word) const {
        if (word.size() < shortest || word.size() > longest || !may_begin(word[0], word[1])) {
            return {};
        }
        std::array<char, longest> small{};
        std::ranges::transform(word, small.begin(), [](char c) { return static_cast<char>(c | 0x20); });
        const auto found = m_words.find(std::string_view(small.data(), word.size()));
        return found == m_words.end() ? std::string_view() : std::string_view(found->second);
    }

private:
    static constexpr std::size_t shortest = 4;
    static constexpr std::size_t longest = 24;

    static std::vector<std::string_view> words_of(std::string_view text) {
        std::vector<std::string_view> words;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find_first_of(" \n", at), text.size());
            if (end > at) {
                words.push_back(text.substr(at, end - at));
            }
            at = end + 1;
        }
        return words;
    }

    void add(const std::vector<std::string_view>& endings, const std::vector<std::string_view>& stems) {
        for (const auto ending : endings) {
            const auto equals = std::min(ending.find('='), ending.size() - 1);
            const std::string british(ending.substr(0, equals));
            const std::string american(ending.substr(equals + 1));
            if (stems.empty()) {
                add(british, american);
            }
            for (const auto stem : stems) {
                add(std::string(stem) + british, std::string(stem) + american);
            }
        }
    }
    void add(std::string british, std::string american) {
        m_begins[place(british[0])] |= 1U << place(british[1]);
        m_words.emplace(std::move(british), std::move(american));
    }

    static std::size_t place(char letter) { return static_cast<std::size_t>((letter | 0x20) - 'a'); }
    [[nodiscard]] bool may_begin(char first, char second) const {
        const auto one = place(first);
        const auto two = place(second);
        return one < m_begins.size() && two < m_begins.size() && (m_begins[one] & (1U << two)) != 0;
    }

    std::unordered_map<std::string, std::string, IdHash, std::equal_to<>> m_words{};
    std::array<std::uint32_t, 26> m_begins{};  // by the first letter: the second ones, a bit each
};

}  // namespace

std::vector<BritishWord> british_words(std::string_view text) {
    static const BritishList list;
    std::vector<BritishWord> found;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at])) {
            ++at;
            continue;
        }
        const auto begin = at;
        while (at < text.size() && is_letter(text[at])) {
            ++at;
        }
        const auto word = text.substr(begin, at - begin);
        if (const auto american = list.american(word); !american.empty()) {
            found.push_back({begin, word, american});
        }
    }
    return found;
}

}  // namespace mlpath::library
