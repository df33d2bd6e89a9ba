// The world that a learner's program is given: which files of the machine it may read, where it may write, how much it
// may use. Worked out here, carried out by core/confine.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "confine/confinement.hpp"
#include "run/interpreter.hpp"
#include "run/rights.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// Where the folders of programs may be made when the user who they are cannot enter the system's temporary folder.
[[nodiscard]] std::vector<std::filesystem::path> places_for_another();

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
    confine::Network network = confine::Network::none;
    std::vector<std::uint16_t> ports{};  // Confinement::ports, for a loopback that is this machine's
};

class Sandbox {
public:
    // No walls: limits alone.
    Sandbox() = default;
    // The best that works here, up to `best`, found by trying it on a program that does nothing. With
    // SandboxWish::required: kind missing where namespaces cannot be had. Whether an interpreter and its packages can
    // be reached inside is for run/trial.hpp to find out.
    [[nodiscard]] static Result<Sandbox> open(SandboxWish wish, system::Processes& processes, std::stop_token stop = {},
                                              confine::Walls best = confine::Walls::name_spaces);
    // The next best that works here and that the wish allows, where a program could not reach what it needs in this
    // one, `because` of that. Nothing where there is none. Never one without walls: who wants that has to say so.
    [[nodiscard]] Result<std::optional<Sandbox>> next_best(std::string because, system::Processes& processes,
                                                           std::stop_token stop = {}) const;

    // Before a program runs in `folders`, with all that lies below them: where it runs there as another user, they are
    // given to that user.
    [[nodiscard]] Status hand_over(const std::vector<std::filesystem::path>& folders) const;

    [[nodiscard]] confine::Confinement around(const Surroundings& surroundings) const;

    [[nodiscard]] confine::Walls walls() const { return m_walls; }
    [[nodiscard]] confine::Becomes becomes() const { return m_becomes; }
    [[nodiscard]] int landlock() const { return m_landlock; }
    [[nodiscard]] confine::Counting counting() const { return m_counting; }
    [[nodiscard]] bool was_wanted() const { return m_wish != SandboxWish::off; }
    [[nodiscard]] SandboxWish wish() const { return m_wish; }
    // Where the folders of programs are to be made: where the user who they are can enter. Empty: the system's.
    [[nodiscard]] const std::filesystem::path& place() const { return m_place; }
    // Why there are no namespaces; empty where there are, or where no sandbox was wanted.
    [[nodiscard]] const std::string& why_not() const { return m_why_not; }
    // Whether a program that has ports of a loopback can reach nothing else of the network.
    [[nodiscard]] bool holds_to_ports() const;
    // What had to be given way on besides, each in a sentence without its full stop.
    [[nodiscard]] std::vector<std::string> compromises() const;
    // Everything about it, and about what the machine laid upon us before, that a program may notice: for keys.
    [[nodiscard]] std::string seen() const;

private:
    // Makes these walls the sandbox's. False: a program that does nothing does not run in them.
    [[nodiscard]] Result<bool> stands(confine::Walls walls, system::Processes& processes, const std::stop_token& stop);
    [[nodiscard]] Result<bool> works(system::Processes& processes, const std::stop_token& stop);

    SandboxWish m_wish = SandboxWish::off;
    confine::Walls m_walls = confine::Walls::none;
    confine::Becomes m_becomes = confine::Becomes::own;
    int m_landlock = 0;
    confine::Counting m_counting = confine::Counting::sum;
    Rights m_rights{};
    std::filesystem::path m_place{};
    std::string m_why_not{};
    std::string m_because{};  // what the one before could not reach
    std::string m_filter{};
    std::string m_filter_with_ports{};  // for a loopback that is this machine's
};

// What is in force, and as warnings what could not be had and why.
void log_sandbox(const Log& log, const Sandbox& sandbox);

}  // namespace mlpath::run
