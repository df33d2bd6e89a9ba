// Hashes files behind those who write them, and flushes them to the disk, in one thread beside the network's. It reads
// what was written back out of the page cache: so a resumed file is hashed by the same way from its first byte, what is
// hashed is what the file holds, and the writer neither waits nor copies.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"

namespace mlpath::data {

class Hasher {
public:
    struct Finished {
        std::uint64_t ticket = 0;
        Result<std::string> sha256;  // flushed to the disk, when it is good
    };

    // `on_finished` is called in the thread of the hasher, to wake whoever waits.
    explicit Hasher(std::function<void()> on_finished);
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    ~Hasher();  // drops what is not finished

    // A file that will grow. `descriptor` is readable and stays the caller's, open until finished or dropped.
    [[nodiscard]] std::uint64_t begin(int descriptor, fs::path path);
    // The first `bytes` bytes of the file are written and will not change.
    void advance(std::uint64_t ticket, std::uint64_t bytes);
    // That was all: hash the rest, flush.
    void finish(std::uint64_t ticket, std::uint64_t bytes);
    // Returns when the thread has let go of the descriptor.
    void drop(std::uint64_t ticket);

    [[nodiscard]] std::vector<Finished> take_finished();
    [[nodiscard]] std::size_t unfinished() const;  // `finish` was called, the result was not taken

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace mlpath::data
