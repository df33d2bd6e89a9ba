// The journal: `.mlpath/progress/<random id>.jsonl`, one file for each clone of a workspace, so that merging two clones
// by git never conflicts. Append-only, one line an event, safe under kill -9 and many writers.
//
// Which file is this clone's is remembered in `.mlpath/local/`, which git does not carry: a fresh clone begins a file
// of its own.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/log.hpp"
#include "progress/event.hpp"
#include "progress/state.hpp"
#include "system/clock.hpp"

namespace mlpath::progress {

// Something in a journal that was passed over, and where. Harmless: the rest counts.
struct Note {
    std::string file{};    // below `.mlpath`, with '/': "progress/0a1b….jsonl"
    std::size_t line = 0;  // from 1; 0: the file as a whole
    std::string text{};    // "is not JSON (cut short by a crash?)"
    friend bool operator==(const Note&, const Note&) = default;
};
// progress/0a1b.jsonl:12: is not JSON (cut short by a crash?): passed over
[[nodiscard]] std::string to_line(const Note& note);

struct History {
    State state{};
    std::vector<Note> notes{};   // at most 100, in the order of files and lines
    std::size_t more_notes = 0;  // what a hundred did not hold
    std::size_t events = 0;      // different ones
    friend bool operator==(const History&, const History&) = default;
};

// What git carries of `.mlpath` and how (`.gitignore`, `.gitattributes`), written where it is not there. The names of
// what was written. `append` does it too.
[[nodiscard]] Result<std::vector<std::string>> prepare_journal(const fs::path& home);

class Journal {
public:
    // `home` is the folder that holds `.mlpath`: a workspace, or a project folder outside of any. Touches nothing.
    // `log` hears of snapshots that could not be written.
    explicit Journal(fs::path home, Log log = {});

    // Gives the events ids, the clock's time, and a place in the order that is behind all that is here, of whatever
    // clone (a clock set back must not reorder what happened), and no earlier than the `order` that they come with,
    // appends them in one write and flushes them to the disk. Returns them as written. Nothing is written for no
    // events. Fails with io where the place is read-only, busy where another holds the lock too long.
    [[nodiscard]] Result<std::vector<Event>> append(std::vector<Event> events, const system::Clock& clock,
                                                    system::Random& random);

    // Replays all files, or takes the snapshot (`.mlpath/local/snapshot`) where it still describes them; makes it anew
    // where it does not, silently not where the place is read-only. No journal yet: an empty history. Fails only
    // where a journal is there and cannot be read. The state is by the ids of today; the files stay as they are.
    [[nodiscard]] Result<History> load(const library::Renamed& renamed) const;
    // Without the snapshot, neither read nor written.
    [[nodiscard]] Result<History> replay_all(const library::Renamed& renamed = {}) const;

    // Takes in what another journal holds, as files of their own: events have ids, so that nothing counts twice, and
    // lines that this mlpath does not understand are kept too. What was taken in before is not again. The names of the
    // files that were written, below `home`; none of them stays where one fails. The other journal is only read.
    [[nodiscard]] Result<std::vector<std::string>> adopt(const Journal& other) const;

    [[nodiscard]] const fs::path& home() const { return m_home; }
    [[nodiscard]] fs::path folder() const { return m_home / ".mlpath"; }

private:
    [[nodiscard]] Result<fs::path> own_file(system::Random& random) const;
    fs::path m_home;
    Log m_log;
};

}  // namespace mlpath::progress
