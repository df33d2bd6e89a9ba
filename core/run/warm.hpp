// Running Python programs without starting Python for each: confined forks of an interpreter that has imported the
// heavy packages already (core/run/python/warm.py). Whatever cannot be served so is run cold, with the same outcome.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/log.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// The interpreter of a package set: its path and options ("-I"), and the modules to import beforehand, from `folder` if
// they lie there (those that are not there are left out).
struct WarmUp {
    std::filesystem::path python{};
    std::vector<std::string> options{};
    std::filesystem::path folder{};
    std::vector<std::string> imports{};
    [[nodiscard]] auto operator<=>(const WarmUp&) const = default;
};

// Whether programs that import these modules survive a fork; those known not to are started cold.
[[nodiscard]] bool survives_fork(const std::vector<std::string>& imports);

class WarmInterpreter;

// The warm interpreters of a run of mlpath: one for each package set, started when first needed. The processes that it
// hands out live as long as it does. Safe to use from several threads.
class WarmPool {
public:
    // `files`: a folder that holds warm.py, shim.so and helper; where one is missing, all is run by `cold`.
    // `log` hears of what runs warm; of the others `cold` tells.
    WarmPool(system::Processes& cold, std::filesystem::path files, Log log = {});
    WarmPool(const WarmPool&) = delete;
    WarmPool& operator=(const WarmPool&) = delete;
    ~WarmPool();

    // Runs `python OPTIONS SCRIPT.py …` warm, and everything else by `cold`.
    [[nodiscard]] system::Processes& processes(const WarmUp& warm_up);

private:
    system::Processes& m_cold;
    std::filesystem::path m_files;
    Log m_log;
    std::mutex m_mutex;  // guards m_interpreters
    std::map<WarmUp, std::unique_ptr<WarmInterpreter>> m_interpreters;
};

}  // namespace mlpath::run
