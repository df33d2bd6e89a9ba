#include "progress/snapshot.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/hash.hpp"

namespace mlpath::progress {

namespace {

// Another version of mlpath may fold events otherwise, so its snapshots are not ours.
constexpr std::string_view magic = "mlpath snapshot 6 " MLPATH_VERSION "\n";

}  // namespace

// Calls `visit` with each field of the value, in the order in which they are stored.
template <typename V, typename Visit>
void each_field(V& v, Visit& visit) {
    using T = std::remove_const_t<V>;
    const auto all = [&](auto&... field) { (visit(field), ...); };
    if constexpr (std::is_same_v<T, JournalFile>) {
        all(v.name, v.identity.device, v.identity.inode, v.identity.size, v.identity.modified_ns,
            v.identity.changed_ns);
    } else if constexpr (std::is_same_v<T, MadeFrom>) {
        all(v.files, v.renamed);
    } else if constexpr (std::is_same_v<T, Moment>) {
        all(v.at, v.order);
    } else if constexpr (std::is_same_v<T, MilestoneState>) {
        all(v.done, v.open_again, v.version, v.hints, v.hint_position, v.synthetic);
    } else if constexpr (std::is_same_v<T, ProjectState>) {
        all(v.started, v.solution_shown, v.solution_applied, v.last, v.version, v.milestones);
    } else if constexpr (std::is_same_v<T, Memory>) {
        all(v.stability, v.difficulty, v.asked, v.day, v.latest, v.answers, v.lapses);
    } else if constexpr (std::is_same_v<T, Plan>) {
        all(v.start, v.minutes, v.made, v.id[0], v.id[1], v.revision);
    } else if constexpr (std::is_same_v<T, State>) {
        all(v.projects, v.topics, v.goals, v.quizzes, v.proved_goals, v.memories, v.plans);
    } else if constexpr (std::is_same_v<T, Note>) {
        all(v.file, v.line, v.text);
    } else {
        static_assert(std::is_same_v<T, History>, "a type whose fields are not told");
        all(v.state, v.notes, v.more_notes, v.events);
    }
}

std::string snapshot_bytes(const MadeFrom& made_from, const History& history) {
    FieldWriter writer;
    writer.raw(magic);
    writer(made_from);
    writer(history);
    auto bytes = writer.take();
    ByteWriter hash;
    hash.number(hash64(bytes));
    return bytes + hash.take();
}

std::optional<History> read_snapshot(std::string_view bytes, const MadeFrom& made_from) {
    if (!bytes.starts_with(magic) || bytes.size() < magic.size() + sizeof(std::uint64_t)) {
        return std::nullopt;
    }
    const auto body = bytes.substr(0, bytes.size() - sizeof(std::uint64_t));
    if (ByteReader(bytes.substr(body.size())).number<std::uint64_t>() != hash64(body)) {
        return std::nullopt;
    }
    FieldReader reader(body.substr(magic.size()));
    MadeFrom told;
    reader(told);
    if (told != made_from) {
        return std::nullopt;
    }
    History history;
    reader(history);
    return reader.whole() ? std::optional(std::move(history)) : std::nullopt;
}

bool can_be_trusted(const std::vector<JournalFile>& files, std::int64_t now_ns) {
    return std::ranges::all_of(files, [now_ns](const JournalFile& file) { return was_settled(file.identity, now_ns); });
}

}  // namespace mlpath::progress
