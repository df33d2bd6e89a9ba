#include "progress/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/walk.hpp"

namespace mlpath::progress {

namespace {

constexpr std::size_t most_notes = 100;
constexpr std::uint64_t most_bytes = 1u << 30;

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
    const Descriptor open(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!open.is_open()) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        if (errno == ELOOP) {
            note(lines, {shown, 0, "is a link: passed over"});
            return std::nullopt;
        }
        return fail(system_error("cannot read", path, errno));
    }
    struct stat status{};
    if (::fstat(open.get(), &status) != 0) {
        return fail(system_error("cannot read", path, errno));
    }
    if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > most_bytes) {
        note(lines, {shown, 0, S_ISREG(status.st_mode) ? "is too large: passed over" : "is no file: passed over"});
        return std::nullopt;
    }
    file.identity = identity_from(status);
    MLPATH_TRY(auto text, read_open(open, path, most_bytes));
    // Whoever writes while we read is found out here; what we have is then not kept.
    if (::fstat(open.get(), &status) != 0 || identity_from(status) != file.identity ||
        text.size() != file.identity.size) {
        lines.settled = false;
    }
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
    const auto look = [&](const Met& met) -> Result<Step> {
        struct stat status{};
        if (met.path.ends_with(".jsonl") && ::fstatat(met.folder, met.name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            files.push_back({met.name, identity_from(status)});
        }
        return Step::past;
    };
    auto walked = walk(progress_folder, look);
    const bool is_there = walked || ::access(progress_folder.c_str(), F_OK) == 0 || errno != ENOENT;
    return walked || !is_there ? Result<std::vector<JournalFile>>(std::move(files)) : fail(std::move(walked).error());
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
