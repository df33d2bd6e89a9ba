// How far `verify` has come, in one line: drawn over on a terminal, now and then in a log. A value without a clock or a
// stream of its own, so that tests can go through an hour in no time.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "checks/verdict.hpp"

namespace mlpath::cli {

class VerifyProgress {
public:
    using Moment = std::chrono::steady_clock::time_point;
    explicit VerifyProgress(Moment begun) : m_begun(begun), m_told(begun) {}

    // `number` tells projects of one name apart. They are judged side by side.
    void begins(std::size_t number, std::size_t of, std::string name);
    void milestone(std::size_t number, std::string title);
    void ended(std::size_t number, checks::Verdict verdict);

    // "verifying anna/iris: Split fairly (3 of 12 done)": the project in which something happened last.
    [[nodiscard]] std::string live() const;
    // A line for a log, where one is due: every ten seconds at first, and less often later. "3 of 12 done: anna/iris
    // passes; 41 s so far", and what is waited for longest where no project ended since the line before.
    [[nodiscard]] std::optional<std::string> due(Moment now);
    // The last line, where there was one before.
    [[nodiscard]] std::optional<std::string> last(Moment now) const;

private:
    struct AtWork {
        std::string name{};
        std::string milestone{};
    };
    [[nodiscard]] static std::string in_words(const AtWork& project);
    [[nodiscard]] std::string done_of_all() const;
    [[nodiscard]] std::string since_begun(Moment now) const;

    Moment m_begun;
    Moment m_told;  // when the last line was
    bool m_any = false;
    std::size_t m_of = 0;
    std::size_t m_done = 0;
    std::string m_ended{};                      // since the last line: "anna/iris passes"
    std::size_t m_latest = 0;                   // in which something happened last
    std::map<std::size_t, AtWork> m_at_work{};  // by number, so the first began first
};

}  // namespace mlpath::cli
