#include "base/pattern.hpp"

#include <re2/re2.h>

namespace mlpath {

Result<Pattern> Pattern::compile(std::string_view expression) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    // "(?m)" makes ^ and $ match at the ends of lines, which is what an author who looks at a program's output means.
    auto compiled = std::make_unique<RE2>("(?m)" + std::string(expression), options);
    if (!compiled->ok()) {
        return fail(ErrorKind::malformed,
                    "`" + std::string(expression) + "` is not a regular expression: " + compiled->error());
    }
    return Pattern(std::move(compiled));
}

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled) : m_compiled(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::found_in(std::string_view text) const {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_compiled);
}

std::optional<std::string_view> Pattern::first_in(std::string_view text) const {
    re2::StringPiece found;
    if (!m_compiled->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, &found, 1)) {
        return std::nullopt;
    }
    return text.substr(static_cast<std::size_t>(found.data() - text.data()), found.size());
}

std::vector<std::string> Pattern::all_in(std::string_view text) const {
    std::vector<std::string> found;
    const re2::StringPiece all(text.data(), text.size());
    re2::StringPiece groups[2];
    const int group = m_compiled->NumberOfCapturingGroups() > 0 ? 1 : 0;
    std::size_t at = 0;
    while (at <= all.size() && m_compiled->Match(all, at, all.size(), RE2::UNANCHORED, groups, group + 1)) {
        found.emplace_back(groups[group].data() == nullptr ? ""
                                                           : std::string(groups[group].data(), groups[group].size()));
        const auto end = static_cast<std::size_t>(groups[0].data() - all.data()) + groups[0].size();
        at = groups[0].empty() ? end + 1 : end;
    }
    return found;
}

std::string pattern_quote(std::string_view text) { return RE2::QuoteMeta(re2::StringPiece(text.data(), text.size())); }

}  // namespace mlpath
