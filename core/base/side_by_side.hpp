// The same work for many things at once.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

#include "base/error.hpp"

namespace mlpath {

// Calls `work(i)` for each i below `count` from up to `at_most` threads, the calling one among them; whoever is free
// takes the next i. Once one fails no other begins; when all that began have ended, the failure of the lowest i is
// returned. `work` must not throw.
template <typename Work>
[[nodiscard]] Status side_by_side(std::size_t count, std::size_t at_most, const Work& work) {
    std::vector<Status> ends(count);
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    const auto take_turns = [&] {
        for (auto i = next++; i < count && !failed; i = next++) {
            ends[i] = work(i);
            if (!ends[i]) {
                failed = true;
            }
        }
    };
    {
        std::vector<std::jthread> others;
        try {
            for (std::size_t i = 1; i < std::min(std::max<std::size_t>(at_most, 1), count); ++i) {
                others.emplace_back(take_turns);
            }
        } catch (const std::system_error&) {  // no more threads are to be had: those that there are do the work
        }
        take_turns();
    }
    for (auto& end : ends) {
        MLPATH_CHECK(std::move(end));
    }
    return {};
}

}  // namespace mlpath
