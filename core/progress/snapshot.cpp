#include "progress/snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "base/hash.hpp"

namespace mlpath::progress {

namespace {

// Another version of mlpath may fold events otherwise, so its snapshots are not ours.
constexpr std::string_view magic = "mlpath snapshot 4 " MLPATH_VERSION "\n";

// Little machine for bytes: numbers as this machine has them (the file never leaves it), texts with their length.
class Writer {
public:
    template <typename T>
        requires std::is_trivially_copyable_v<T>
    void number(T value) {
        std::array<char, sizeof(T)> bytes{};
        std::memcpy(bytes.data(), &value, sizeof value);
        m_bytes.append(bytes.data(), bytes.size());
    }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        m_bytes.append(value);
    }
    void time(TimePoint value) { number(static_cast<std::int64_t>(value.time_since_epoch().count())); }
    void day(Day value) { number(static_cast<std::int32_t>(value.time_since_epoch().count())); }
    void moment(const Moment& value) {
        time(value.at);
        time(value.order);
    }
    void moment(const std::optional<Moment>& value) {
        number(static_cast<std::uint8_t>(value.has_value()));
        moment(value.value_or(Moment{}));
    }
    std::string m_bytes{};
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}
    template <typename T>
        requires std::is_trivially_copyable_v<T>
    T number() {
        T value{};
        if (m_bytes.size() < sizeof value) {
            m_ok = false;
            m_bytes = {};
            return value;
        }
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
        return value;
    }
    std::string text() {
        const auto size = number<std::uint32_t>();
        if (m_bytes.size() < size) {
            m_ok = false;
            m_bytes = {};
            return {};
        }
        std::string value(m_bytes.substr(0, size));
        m_bytes.remove_prefix(size);
        return value;
    }
    // Nothing that we write is infinite or no number.
    double real() {
        const auto value = number<double>();
        m_ok = m_ok && std::isfinite(value);
        return value;
    }
    TimePoint time() { return TimePoint(std::chrono::microseconds(number<std::int64_t>())); }
    // Of the ten thousand years that a line can name: others are none that we wrote, and cannot be reckoned with.
    Day day() {
        constexpr std::int32_t most = 4'000'000;
        const auto value = number<std::int32_t>();
        m_ok = m_ok && value > -most && value < most;
        return m_ok ? Day(std::chrono::days(value)) : Day{};
    }
    Moment moment() {
        const auto at = time();
        return {at, time()};
    }
    std::optional<Moment> maybe_moment() {
        const bool there = number<std::uint8_t>() != 0;
        const auto value = moment();
        return there ? std::optional(value) : std::nullopt;
    }
    // How many entries follow; ends the reading at the first that is not there.
    template <typename Entry>
    void repeat(Entry&& entry) {
        for (auto count = number<std::uint32_t>(); count > 0 && m_ok; --count) {
            entry();
        }
    }
    [[nodiscard]] bool at_end() const { return m_ok && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_ok = true;
};

void write_project(Writer& writer, const ProjectState& project) {
    writer.moment(project.started);
    writer.moment(project.solution_shown);
    writer.moment(project.solution_applied);
    writer.moment(project.last);
    writer.number(project.version);
    writer.number(static_cast<std::uint32_t>(project.milestones.size()));
    for (const auto& [id, milestone] : project.milestones) {
        writer.text(id);
        writer.moment(milestone.done);
        writer.moment(milestone.open_again);
        writer.number(milestone.version);
        writer.number(milestone.hints);
        writer.number(milestone.hint_position);
    }
}

ProjectState read_project(Reader& reader) {
    ProjectState project;
    project.started = reader.maybe_moment();
    project.solution_shown = reader.maybe_moment();
    project.solution_applied = reader.maybe_moment();
    project.last = reader.moment();
    project.version = reader.number<int>();
    reader.repeat([&] {
        auto& milestone = project.milestones[reader.text()];
        milestone.done = reader.maybe_moment();
        milestone.open_again = reader.maybe_moment();
        milestone.version = reader.number<int>();
        milestone.hints = reader.number<int>();
        milestone.hint_position = reader.number<int>();
    });
    return project;
}

void write_said(Writer& writer, const std::map<std::string, Moment, std::less<>>& said) {
    writer.number(static_cast<std::uint32_t>(said.size()));
    for (const auto& [id, at] : said) {
        writer.text(id);
        writer.moment(at);
    }
}

void write_memories(Writer& writer, const std::map<std::string, Memory, std::less<>>& memories) {
    writer.number(static_cast<std::uint32_t>(memories.size()));
    for (const auto& [id, memory] : memories) {
        writer.text(id);
        writer.number(memory.stability);
        writer.number(memory.difficulty);
        writer.time(memory.asked);
        writer.day(memory.day);
        writer.day(memory.latest);
        writer.number(memory.answers);
        writer.number(memory.lapses);
    }
}

void write_plans(Writer& writer, const std::map<std::string, Plan, std::less<>>& plans) {
    writer.number(static_cast<std::uint32_t>(plans.size()));
    for (const auto& [id, plan] : plans) {
        writer.text(id);
        writer.day(plan.start);
        writer.number(plan.minutes);
        writer.moment(plan.made);
        writer.number(plan.id);
        writer.number(plan.revision);
    }
}

}  // namespace

std::string snapshot_bytes(const std::vector<JournalFile>& files, const History& history) {
    Writer writer;
    writer.m_bytes = magic;
    writer.number(static_cast<std::uint32_t>(files.size()));
    for (const auto& file : files) {
        writer.text(file.name);
        writer.number(file.identity);
    }
    writer.number(static_cast<std::uint32_t>(history.state.projects.size()));
    for (const auto& [id, project] : history.state.projects) {
        writer.text(id);
        write_project(writer, project);
    }
    write_said(writer, history.state.topics);
    write_said(writer, history.state.goals);
    write_said(writer, history.state.quizzes);
    write_said(writer, history.state.proved_goals);
    write_memories(writer, history.state.memories);
    write_plans(writer, history.state.plans);
    writer.number(static_cast<std::uint32_t>(history.notes.size()));
    for (const auto& note : history.notes) {
        writer.text(note.file);
        writer.number(static_cast<std::uint64_t>(note.line));
        writer.text(note.text);
    }
    writer.number(static_cast<std::uint64_t>(history.more_notes));
    writer.number(static_cast<std::uint64_t>(history.events));
    writer.number(hash64(writer.m_bytes));
    return std::move(writer.m_bytes);
}

std::optional<History> read_snapshot(std::string_view bytes, const std::vector<JournalFile>& files) {
    if (!bytes.starts_with(magic) || bytes.size() < magic.size() + sizeof(std::uint64_t)) {
        return std::nullopt;
    }
    const auto body = bytes.substr(0, bytes.size() - sizeof(std::uint64_t));
    if (Reader(bytes.substr(body.size())).number<std::uint64_t>() != hash64(body)) {
        return std::nullopt;
    }
    Reader reader(body.substr(magic.size()));
    std::vector<JournalFile> made_from;
    reader.repeat([&] {
        auto name = reader.text();
        made_from.push_back({std::move(name), reader.number<FileIdentity>()});
    });
    if (made_from != files) {
        return std::nullopt;
    }
    History history;
    reader.repeat([&] {
        auto id = reader.text();
        history.state.projects[std::move(id)] = read_project(reader);
    });
    for (auto* const said :
         {&history.state.topics, &history.state.goals, &history.state.quizzes, &history.state.proved_goals}) {
        reader.repeat([&] {
            auto id = reader.text();
            (*said)[std::move(id)] = reader.moment();
        });
    }
    reader.repeat([&] {
        auto& memory = history.state.memories[reader.text()];
        memory.stability = reader.real();
        memory.difficulty = reader.real();
        memory.asked = reader.time();
        memory.day = reader.day();
        memory.latest = reader.day();
        memory.answers = reader.number<int>();
        memory.lapses = reader.number<int>();
    });
    reader.repeat([&] {
        auto& plan = history.state.plans[reader.text()];
        plan.start = reader.day();
        plan.minutes = reader.number<int>();
        plan.made = reader.moment();
        plan.id = reader.number<Id>();
        plan.revision = reader.number<int>();
    });
    reader.repeat([&] {
        Note note;
        note.file = reader.text();
        note.line = static_cast<std::size_t>(reader.number<std::uint64_t>());
        note.text = reader.text();
        history.notes.push_back(std::move(note));
    });
    history.more_notes = static_cast<std::size_t>(reader.number<std::uint64_t>());
    history.events = static_cast<std::size_t>(reader.number<std::uint64_t>());
    return reader.at_end() ? std::optional(std::move(history)) : std::nullopt;
}

bool can_be_trusted(const std::vector<JournalFile>& files, std::int64_t now_ns) {
    return std::ranges::all_of(files, [now_ns](const JournalFile& file) { return was_settled(file.identity, now_ns); });
}

}  // namespace mlpath::progress
