#include "progress/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "progress/files.hpp"
#include "progress/snapshot.hpp"

namespace mlpath::progress {

namespace {

constexpr int lock_wait_ms = 10'000;
constexpr std::uintmax_t most_journal_bytes = 1u << 30;
constexpr std::int64_t end_of_time = 253'402'300'000'000'000;  // shortly before the year 10000, which has no text

// The last few lines of a file: whether it ends in the middle of one, and the furthest place in the order.
struct Tail {
    bool torn = false;
    std::int64_t latest = 0;
};

// nullopt: it cannot be read, as errno says.
std::optional<Tail> tail_of(int descriptor, off_t size) {
    std::array<char, 4096> buffer{};
    const off_t from = std::max<off_t>(0, size - static_cast<off_t>(buffer.size()));
    const ssize_t got = ::pread(descriptor, buffer.data(), buffer.size(), from);
    if (got < 0) {
        return std::nullopt;
    }
    const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
    Tail tail{!text.empty() && text.back() != '\n', 0};
    std::deque<std::string> storage;
    for (const auto line : split(text, '\n')) {
        if (const auto read = read_line(line, storage); read.kind == LineKind::event) {
            tail.latest = std::max(tail.latest, read.record.order);
        }
    }
    return tail;
}

// How far the files of other clones have come in the order: what is written now stands behind what is known of them.
// What cannot be read is for `load` to tell.
std::int64_t latest_elsewhere(const fs::path& progress, const fs::path& own) {
    std::int64_t latest = 0;
    const auto files = journal_files(progress);
    for (const auto& file : files.value_or(std::vector<JournalFile>())) {
        if (file.name == own.filename()) {
            continue;
        }
        const Descriptor open(
            ::open((progress / file.name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
        struct stat status{};
        if (open.is_open() && ::fstat(open.get(), &status) == 0 && S_ISREG(status.st_mode)) {
            latest = std::max(latest, tail_of(open.get(), status.st_size).value_or(Tail{}).latest);
        }
    }
    return latest;
}

// A journal file open for appending; we hold the lock.
class OpenJournal {
public:
    explicit OpenJournal(const fs::path& path) : m_path(path) {
        struct stat status{};
        m_fresh = ::lstat(path.c_str(), &status) != 0;
        m_file =
            Descriptor(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
        m_error = m_file.is_open() ? 0 : errno;
    }

    [[nodiscard]] Result<Tail> tail() {
        if (m_error != 0) {
            return fail(system_error("cannot write", m_path, m_error));
        }
        struct stat status{};
        if (::fstat(m_file.get(), &status) != 0) {
            return fail(system_error("cannot write", m_path, errno));
        }
        if (!S_ISREG(status.st_mode)) {
            return fail(ErrorKind::io, "cannot write " + printable(m_path.string()) + ": it is not a regular file");
        }
        m_size = status.st_size;
        auto tail = tail_of(m_file.get(), m_size);
        if (!tail) {
            return fail(system_error("cannot read", m_path, errno));
        }
        return *tail;
    }

    [[nodiscard]] Status append(std::string_view text) {
        ssize_t written = 0;
        do {
            written = ::write(m_file.get(), text.data(), text.size());
        } while (written < 0 && errno == EINTR);
        if (written != static_cast<ssize_t>(text.size())) {
            const int why = written < 0 ? errno : ENOSPC;
            // We hold the lock, so what stands behind the old end is our own unfinished line.
            if (written > 0 && ::ftruncate(m_file.get(), m_size) != 0) {
                return fail(system_error("cannot take back half a line of", m_path, errno));
            }
            if (m_size == 0) {
                ::unlink(m_path.c_str());
            }
            return fail(system_error("cannot write", m_path, why));
        }
        if (::fsync(m_file.get()) != 0) {
            return fail(system_error("cannot write", m_path, errno));
        }
        if (m_fresh) {
            static_cast<void>(flush(m_path.parent_path()));
        }
        return {};
    }

private:
    fs::path m_path;
    Descriptor m_file{};
    int m_error = 0;
    bool m_fresh = false;
    off_t m_size = 0;
};

bool is_journal_id(std::string_view text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The file system's own idea of now, by touching a file on it; nullopt where nothing can be written.
std::optional<std::int64_t> file_system_now(const fs::path& local) {
    const auto path = local / "clock";
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    struct stat status{};
    if (!file.is_open() || ::futimens(file.get(), nullptr) != 0 || ::fstat(file.get(), &status) != 0) {
        return std::nullopt;
    }
    return identity_from(status).modified_ns;
}

History history_of(Lines& lines, const library::Renamed& renamed) {
    History history;
    history.state = replay(lines.records, renamed);
    history.events = lines.records.size();
    history.notes = std::move(lines.notes);
    history.more_notes = lines.more_notes;
    return history;
}

}  // namespace

std::string to_line(const Note& note) {
    return printable(note.file) + (note.line > 0 ? ":" + std::to_string(note.line) : "") + ": " + printable(note.text);
}

Result<std::vector<std::string>> prepare_journal(const fs::path& home) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> files{
        {{".gitignore", "# What belongs to this clone alone.\nlocal/\n"},
         // Two branches of one clone grow the same file: keep the lines of both, replay sorts them out.
         {".gitattributes", "progress/*.jsonl -text merge=union\n"}}};
    std::vector<std::string> written;
    for (const auto& [name, text] : files) {
        const auto path = home / ".mlpath" / name;
        std::error_code error;
        if (!fs::exists(fs::symlink_status(path, error))) {
            if (auto done = write_file(path, text); !done) {
                for (const auto& other : written) {
                    fs::remove(home / other, error);
                }
                return fail(std::move(done).error());
            }
            written.push_back(".mlpath/" + std::string(name));
        }
    }
    return written;
}

Journal::Journal(fs::path home, Log log) : m_home(std::move(home)), m_log(log) {}

Result<fs::path> Journal::own_file(system::Random& random) const {
    const auto remembered = folder() / "local" / "journal-id";
    std::string id;
    if (const auto text = read_file(remembered, 4096)) {
        id = trim(*text);
    }
    if (!is_journal_id(id)) {  // a fresh clone, or a file that something damaged
        id = system::random_id(random);
        MLPATH_CHECK(write_file(remembered, id + "\n"));
    }
    return folder() / "progress" / (id + ".jsonl");
}

Result<std::vector<Event>> Journal::append(std::vector<Event> events, const system::Clock& clock,
                                           system::Random& random) {
    if (events.empty()) {
        return events;
    }
    MLPATH_CHECK(make_folders(folder() / "local"));
    MLPATH_TRY(const auto lock, FileLock::take(folder() / "local" / "lock", lock_wait_ms));
    MLPATH_CHECK(prepare_journal(m_home));
    MLPATH_TRY(auto progress, NewFolders::make(folder() / "progress"));
    MLPATH_TRY(const auto path, own_file(random));

    OpenJournal journal(path);
    MLPATH_TRY(const auto tail, journal.tail());
    // The date is what the clock shows, right or wrong. What keeps the order is told apart from it, so that a clock
    // that once ran ahead does not date all that follows.
    auto at = clock.now();
    const auto latest = std::max(tail.latest, latest_elsewhere(folder() / "progress", path));
    auto order = latest < end_of_time ? TimePoint(std::chrono::microseconds(latest + 1)) : TimePoint{};
    std::string text = tail.torn ? "\n" : "";
    for (auto& event : events) {
        event.id = system::random_id(random);
        event.at = std::exchange(at, at + std::chrono::microseconds(1));
        event.order = std::max({order, event.order, event.at});
        order = event.order + std::chrono::microseconds(1);
        if (event.type == EventType::answered) {
            event.zone = clock.ahead_of_utc(event.at);
        }
        text += to_line(event);
    }
    MLPATH_CHECK(journal.append(text));
    progress.keep();
    return events;
}

Result<std::vector<std::string>> Journal::adopt(const Journal& other) const {
    MLPATH_TRY(const auto files, journal_files(other.folder() / "progress"));
    std::vector<std::string> written;
    const auto take_back = [&](Error error) {
        std::error_code ignored;
        for (const auto& name : written) {
            fs::remove(m_home / name, ignored);
        }
        return fail(std::move(error));
    };
    for (const auto& file : files) {
        const auto from = other.folder() / "progress" / file.name;
        std::error_code ignored;
        if (!fs::is_regular_file(fs::symlink_status(from, ignored)) || file.identity.size == 0) {
            continue;
        }
        auto bytes = read_file(from, most_journal_bytes);
        if (!bytes) {
            return take_back(std::move(bytes).error());
        }
        // Named by what it holds: the same again, here or in another clone, is the same file.
        const auto name = ".mlpath/progress/" + hash128_hex(*bytes) + ".jsonl";
        if (fs::exists(fs::symlink_status(m_home / name, ignored))) {
            continue;
        }
        if (auto done = write_file(m_home / name, *bytes); !done) {
            return take_back(std::move(done).error());
        }
        written.push_back(name);
    }
    return written;
}

Result<History> Journal::replay_all(const library::Renamed& renamed) const {
    MLPATH_TRY(auto lines, read_lines(folder() / "progress"));
    return history_of(lines, renamed);
}

Result<History> Journal::load(const library::Renamed& renamed) const {
    const auto progress = folder() / "progress";
    const auto local = folder() / "local";
    MLPATH_TRY(const auto files, journal_files(progress));
    if (files.empty()) {
        return History{};
    }
    if (const auto bytes = read_file(local / "snapshot")) {
        if (auto history = read_snapshot(*bytes, {files, renamed.fingerprint()})) {
            return std::move(*history);
        }
    }
    std::error_code ignored;
    fs::create_directory(local, ignored);
    auto now = file_system_now(local);
    MLPATH_TRY(auto lines, read_lines(progress));
    if (lines.torn && now) {
        // Cut short by a crash, or by our having looked while somebody was writing: nobody writes while we hold the
        // lock.
        if (const auto lock = FileLock::take(local / "lock", lock_wait_ms)) {
            now = file_system_now(local);
            MLPATH_TRY(lines, read_lines(progress));
        }
    }
    const bool keep = now && lines.settled && can_be_trusted(lines.files, *now);
    const auto read_from = lines.files;
    auto history = history_of(lines, renamed);
    if (keep) {
        // Only a shortcut: where it cannot be written, nothing is lost.
        m_log.kept("the snapshot of the journal",
                   write_file(local / "snapshot", snapshot_bytes({read_from, renamed.fingerprint()}, history),
                              Durability::cached));
    }
    return history;
}

}  // namespace mlpath::progress
