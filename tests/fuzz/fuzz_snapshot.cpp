// The snapshot of a journal, with a checksum that holds: what a checksum does not keep out.
#include "base/hash.hpp"
#include "fuzz/support.hpp"
#include "progress/snapshot.hpp"

using namespace mlpath;

FUZZ(input) {
    static const std::vector<progress::JournalFile> files{{"a.jsonl", {1, 2, 3, 4, 5}}};
    static const std::string head = [] {
        const auto empty = progress::snapshot_bytes({files}, {});
        return empty.substr(0, empty.size() - 8 - 16 - 8 * 4);  // without hash, counts and lists
    }();
    std::string bytes = head + std::string(input);
    const auto hash = hash64(bytes);
    bytes.append(reinterpret_cast<const char*>(&hash), sizeof hash);
    if (const auto history = progress::read_snapshot(bytes, {files})) {
        fuzz::insist(history->notes.size() <= input.size() && history->state.projects.size() <= input.size(),
                     "the size is bounded");
        const auto again = progress::read_snapshot(progress::snapshot_bytes({files}, *history), {files});
        fuzz::insist(again && *again == *history, "what is written is read as it was");
    }
}
