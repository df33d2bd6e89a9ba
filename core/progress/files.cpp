#include "progress/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

namespace mlpath::progress {

namespace {

constexpr std::size_t most_notes = 100;
constexpr std::uint64_t most_bytes = 1u << 30;

FileIdentity identity_from(const struct stat& status) {
    const auto nanoseconds = [](const timespec& time) {
        return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
            static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

void note(Lines& lines, Note note) {
    if (lines.notes.size() < most_notes) {
        lines.notes.push_back(std::move(note));
    } else {
        ++lines.more_notes;
    }
}

// Reads the whole of it without going through a link; nullopt where it is not a file of ours to read (with a note).
Result<std::optional<std::string>> read_journal(const fs::path& path, const std::string& shown, JournalFile& file,
                                                Lines& lines) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        if (errno == ELOOP) {
            note(lines, {shown, 0, "is a link: passed over"});
            return std::nullopt;
        }
        return fail(system_error("cannot read", path, errno));
    }
    const std::unique_ptr<const int, void (*)(const int*)> closer(&descriptor, [](const int* d) { ::close(*d); });
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) {
        return fail(system_error("cannot read", path, errno));
    }
    if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > most_bytes) {
        note(lines, {shown, 0, S_ISREG(status.st_mode) ? "is too large: passed over" : "is no file: passed over"});
        return std::nullopt;
    }
    const auto before = identity_from(status);
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const ssize_t got = ::read(descriptor, text.data() + filled, text.size() - filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(system_error("cannot read", path, errno));
        }
        if (got == 0) {
            break;
        }
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    // Whoever writes while we read is found out here; what we have is then not kept.
    if (::fstat(descriptor, &status) != 0 || identity_from(status) != before || filled != before.size) {
        lines.settled = false;
    }
    file.identity = before;
    return text;
}

void read_text(std::string_view text, const std::string& shown, Lines& lines) {
    lines.records.reserve(lines.records.size() + text.size() / 160);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const bool whole = end != std::string_view::npos;
        auto line = text.substr(0, end);
        text.remove_prefix(whole ? end + 1 : text.size());
        lines.torn = lines.torn || !whole;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            continue;
        }
        auto read = read_line(line, lines.texts);
        if (read.kind == LineKind::event) {
            lines.records.push_back(read.record);
        } else if (!whole || line.starts_with(R"({"format":1,)")) {
            note(lines,
                 {shown, number,
                  read.problem + (read.problem == "is not JSON" ? " (cut short by a crash?)" : "") + ": passed over"});
        } else {
            note(lines, {shown, number, read.problem + ": passed over"});
        }
    }
}

}  // namespace

Result<std::vector<JournalFile>> journal_files(const fs::path& progress_folder) {
    std::vector<JournalFile> files;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(progress_folder.c_str()), &::closedir);
    if (folder == nullptr) {
        if (errno == ENOENT) {
            return files;
        }
        return fail(system_error("cannot list", progress_folder, errno));
    }
    errno = 0;
    while (const auto* const entry = ::readdir(folder.get())) {
        const std::string_view name(entry->d_name);
        if (!name.ends_with(".jsonl")) {
            continue;
        }
        struct stat status{};
        if (::fstatat(::dirfd(folder.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            files.push_back({std::string(name), identity_from(status)});
        }
        errno = 0;
    }
    if (errno != 0) {
        return fail(system_error("cannot list", progress_folder, errno));
    }
    std::ranges::sort(files, {}, &JournalFile::name);
    return files;
}

Result<Lines> read_lines(const fs::path& progress_folder) {
    Lines lines;
    MLPATH_TRY(lines.files, journal_files(progress_folder));
    for (auto& file : lines.files) {
        const auto shown = "progress/" + file.name;
        MLPATH_TRY(auto text, read_journal(progress_folder / file.name, shown, file, lines));
        if (text) {
            lines.texts.push_back(std::move(*text));
            read_text(lines.texts.back(), shown, lines);
        }
    }
    return lines;
}

}  // namespace mlpath::progress
