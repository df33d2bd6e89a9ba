// The world that a learner's program is given: which files of the machine it may read, where it may write, how much it
// may use. Worked out here, carried out by core/confine.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "confine/confinement.hpp"
#include "run/interpreter.hpp"
#include "system/process.hpp"

namespace mlpath::run {

enum class SandboxWish { off, automatic, required };

// What a program is surrounded by.
struct Surroundings {
    std::filesystem::path folder{};     // where it works
    std::filesystem::path home{};       // HOME
    std::filesystem::path temporary{};  // TMPDIR; in a world of its own it is /tmp
    std::vector<std::string> files{};   // of `folder`: found there, read-only
    const Interpreter& python;
    std::vector<std::filesystem::path> also{};  // other files to read
    double seconds = 60;                        // how long it may run
};

class Sandbox {
public:
    // No walls: limits alone.
    Sandbox() = default;
    // The best that works here, up to `best`, found by trying it on a program that does nothing. With
    // SandboxWish::required: kind missing where name spaces cannot be had.
    [[nodiscard]] static Result<Sandbox> open(SandboxWish wish, system::Processes& processes, std::stop_token stop = {},
                                              confine::Walls best = confine::Walls::name_spaces);

    // Before a program runs in `folders`, with all that lies below them: where it runs there as another user, they are
    // given to that user.
    [[nodiscard]] Status hand_over(const std::vector<std::filesystem::path>& folders) const;

    [[nodiscard]] confine::Confinement around(const Surroundings& surroundings) const;

    [[nodiscard]] confine::Walls walls() const { return m_walls; }
    [[nodiscard]] int landlock() const { return m_landlock; }
    [[nodiscard]] confine::Counting counting() const { return m_counting; }
    [[nodiscard]] bool was_wanted() const { return m_wanted; }
    // Why there are no name spaces; empty where there are, or where no sandbox was wanted.
    [[nodiscard]] const std::string& why_not() const { return m_why_not; }

private:
    confine::Walls m_walls = confine::Walls::none;
    int m_landlock = 0;
    bool m_wanted = false;
    confine::Counting m_counting = confine::Counting::sum;
    std::string m_why_not{};
    std::string m_filter{};
};

}  // namespace mlpath::run
