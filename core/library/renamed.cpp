#include "library/renamed.hpp"

#include "base/hash.hpp"

namespace mlpath::library {

namespace {

const Renamed::Names* names_of(const Renamed& renamed, IdKind kind, std::string_view within) {
    const auto of_kind = renamed.kinds.find(kind);
    if (of_kind == renamed.kinds.end()) {
        return nullptr;
    }
    const auto names = of_kind->second.find(within);
    return names == of_kind->second.end() ? nullptr : &names->second;
}

}  // namespace

std::string_view to_string(IdKind kind) {
    switch (kind) {
        case IdKind::curriculum: return "curriculum";
        case IdKind::stage: return "stage";
        case IdKind::goal: return "goal";
        case IdKind::topic: return "topic";
        case IdKind::skill: return "skill";
        case IdKind::project: return "project";
        case IdKind::milestone: return "milestone";
        case IdKind::dataset: return "dataset";
        case IdKind::quiz: return "quiz";
        case IdKind::question: return "question";
    }
    return "";
}

void Renamed::add(IdKind kind, const std::string& before, const std::string& now, const std::string& within) {
    kinds[kind][within].try_emplace(before, now);
}

void Renamed::add(const Renamed& others) {
    for (const auto& [kind, of_kind] : others.kinds) {
        for (const auto& [within, names] : of_kind) {
            kinds[kind][within].insert(names.begin(), names.end());
        }
    }
}

std::string_view Renamed::now(IdKind kind, std::string_view id, std::string_view within) const {
    const auto* const names = names_of(*this, kind, within);
    if (names == nullptr) {
        return id;
    }
    const auto found = names->find(id);
    return found == names->end() ? id : std::string_view(found->second);
}

std::string_view Renamed::before(IdKind kind, std::string_view id, std::string_view within) const {
    if (const auto* const names = names_of(*this, kind, within)) {
        for (const auto& [before, now] : *names) {
            if (now == id) {
                return before;
            }
        }
    }
    return {};
}

std::uint64_t Renamed::fingerprint() const {
    if (empty()) {
        return 0;
    }
    std::string all;
    for (const auto& [kind, of_kind] : kinds) {
        for (const auto& [within, names] : of_kind) {
            for (const auto& [before, now] : names) {
                all.append(to_string(kind)).append(" ").append(within).append(" ");
                all.append(before).append(" ").append(now).append("\n");
            }
        }
    }
    return hash64(all);
}

}  // namespace mlpath::library
