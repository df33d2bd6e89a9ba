#include "markdown/words.hpp"

#include "base/pattern.hpp"

namespace mlpath::markdown {

namespace {

constexpr std::size_t letters_a_word = 4;

// The prolonged sound mark of katakana is of no script by itself.
const char* const one_each = R"(([\p{Han}\p{Hiragana}]))";
const char* const katakana = R"(([\p{Katakana}ー]+))";
const char* const unspaced = R"(([\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+))";
const char* const others = R"(([^\s\pZ\x{200B}\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+))";

bool is_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80U) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::size_t words_in(std::string_view text) {
    static const auto other = Pattern::compile(others);
    static const auto letter = Pattern::compile(R"((\pL|\pN))");
    std::size_t words = 0;
    for (const auto& run : other->all_in(text)) {
        words += letter->found_in(run) ? 1 : 0;
    }
    if (is_ascii(text)) {
        return words;
    }
    static const auto single = Pattern::compile(one_each);
    static const auto kana = Pattern::compile(katakana);
    static const auto run_on = Pattern::compile(unspaced);
    words += single->all_in(text).size() + kana->all_in(text).size();
    for (const auto& run : run_on->all_in(text)) {
        words += (letter->all_in(run).size() + letters_a_word - 1) / letters_a_word;
    }
    return words;
}

std::size_t words_in(const Document& document) {
    std::size_t words = 0;
    for (const auto& block : document.blocks) {
        for (const auto& line : block.lines) {
            words += block.kind == BlockKind::code ? 0 : words_in(line);
        }
    }
    return words;
}

}  // namespace mlpath::markdown
