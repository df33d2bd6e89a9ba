// Ids that things had before. What has another id today (`aliases` in a library's files) is still meant by the earlier
// ones, in journals, markers, settings, other libraries and on the command line. Only here is it worked out which id of
// today that is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mlpath::library {

enum class IdKind { curriculum, stage, goal, topic, skill, project, milestone, dataset, quiz, question };
// "curriculum", "question", …
[[nodiscard]] std::string_view to_string(IdKind kind);

class Renamed {
public:
    using Names = std::map<std::string, std::string, std::less<>>;  // from an id of before to that of today
    // By what they are named within: the curriculum of a stage, the project of a milestone, the quiz of a question or
    // kata, each by its id of today; nothing for all others.
    using Within = std::map<std::string, Names, std::less<>>;

    // The first `now` of an id wins.
    void add(IdKind kind, const std::string& before, const std::string& now, const std::string& within = {});
    void add(const Renamed& others);
    // The id of today; `id` itself where nothing had it before. Valid as long as both.
    [[nodiscard]] std::string_view now(IdKind kind, std::string_view id, std::string_view within = {}) const;
    // The first id, by the alphabet, that it had before; empty where it had no other. For what outlives a change of the
    // id, such as an entry in somebody's calendar.
    [[nodiscard]] std::string_view before(IdKind kind, std::string_view id, std::string_view within = {}) const;
    // An id of before, of a kind that is named within nothing, for which `is_meant` holds; empty where there is none.
    template <typename IsMeant>
    [[nodiscard]] std::string find(IsMeant is_meant) const {
        for (const auto& [kind, within] : kinds) {
            if (const auto names = within.find(""); names != within.end()) {
                for (const auto& [before, now] : names->second) {
                    if (is_meant(before)) {
                        return before;
                    }
                }
            }
        }
        return {};
    }
    [[nodiscard]] bool empty() const { return kinds.empty(); }
    // Another one where the ids are others, in every run of every program; 0 where there are none.
    [[nodiscard]] std::uint64_t fingerprint() const;

    std::map<IdKind, Within> kinds{};
};

}  // namespace mlpath::library
