// The journal's files as they lie on the disk: which there are, whether they are still the same, and their lines.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "progress/journal.hpp"

namespace mlpath::progress {

// A journal file and what tells that nobody touched it since.
struct JournalFile {
    std::string name{};
    FileIdentity identity{};
    friend bool operator==(const JournalFile&, const JournalFile&) = default;
};

// `*.jsonl` in `.mlpath/progress`, sorted by name, links not followed. No such folder: none.
[[nodiscard]] Result<std::vector<JournalFile>> journal_files(const fs::path& progress_folder);

// What was read, with the texts that the records point into.
struct Lines {
    std::vector<JournalFile> files{};  // as they were when they were read
    std::vector<Record> records{};
    std::vector<Note> notes{};
    std::size_t more_notes = 0;
    bool torn = false;    // a file ends without a newline: somebody may be writing just now
    bool settled = true;  // no file changed while it was read
    std::deque<std::string> texts{};
};
[[nodiscard]] Result<Lines> read_lines(const fs::path& progress_folder);

}  // namespace mlpath::progress
