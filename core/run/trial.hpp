// Whether a learner's program really reaches what it needs in its sandbox: tried before anything is judged, so that
// what our walls, a umask or a closed folder keep from it is never taken for the learner's mistake.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "run/sandbox.hpp"

namespace mlpath::run {

// One interpreter with its packages, in one sandbox.
class Trial {
public:
    // `shown`: files and folders beside its own that programs read. All but `cold` is copied.
    Trial(system::Processes& cold, Sandbox sandbox, Interpreter python, std::vector<std::filesystem::path> shown,
          Log log = {})
        : m_cold(cold),
          m_planned(std::move(sandbox)),
          m_python(std::move(python)),
          m_shown(std::move(shown)),
          m_log(log) {}
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;
    ~Trial() = default;

    // The sandbox in which a small program of ours did what learners' programs do: the planned one, or the next best.
    // Tried at the first call, while others wait. kind missing: nowhere, with the reason and what helps. May be called
    // from several threads.
    [[nodiscard]] Result<Sandbox> sandbox();
    // Whether it is the planned one, as far as anybody asked.
    [[nodiscard]] bool as_planned() const;

private:
    [[nodiscard]] Result<Sandbox> find() const;

    system::Processes& m_cold;
    Sandbox m_planned;
    Interpreter m_python;
    std::vector<std::filesystem::path> m_shown;
    Log m_log;
    mutable std::mutex m_mutex{};  // guards what follows
    std::optional<Result<Sandbox>> m_found{};
};

// What was tried for the time of a command.
class Trials {
public:
    explicit Trials(system::Processes& cold, Log log = {}) : m_cold(cold), m_log(log) {}
    Trials(const Trials&) = delete;
    Trials& operator=(const Trials&) = delete;
    ~Trials() = default;

    // Null for a sandbox without walls: there a program reaches what we reach. May be called from several threads.
    [[nodiscard]] std::shared_ptr<Trial> of(const Sandbox& sandbox, const Interpreter& python,
                                            const std::vector<std::filesystem::path>& shown);
    // The one with the fewest walls that some interpreter had to be content with; nothing where all went as planned.
    [[nodiscard]] std::optional<Sandbox> weakest() const;

private:
    using Key =
        std::pair<std::filesystem::path, std::vector<std::string>>;  // the interpreter; packages and what is shown
    system::Processes& m_cold;
    Log m_log;
    mutable std::mutex m_mutex{};  // guards the next
    std::map<Key, std::shared_ptr<Trial>> m_trials{};
};

}  // namespace mlpath::run
