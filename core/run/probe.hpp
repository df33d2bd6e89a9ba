// Asking one interpreter what it is and what is installed for it. Inside of core/run; others use interpreter.hpp.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/log.hpp"
#include "library/package_group.hpp"
#include "library/project.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::run {

struct Probe {
    std::filesystem::path executable{};  // what it calls itself: behind a shim of pyenv this is the real one
    std::string version{};               // "3.11.2"
    // By import name; empty: installed, but its version could not be told. What is not installed is absent.
    std::map<std::string, std::string> packages{};
    std::vector<std::filesystem::path> folders{};         // where its own files and the installed packages lie
    std::vector<std::filesystem::path> module_folders{};  // of these, where it looks for modules
    bool can_make_environments = false;                   // the modules venv and ensurepip are there
    bool has_pip = false;
};

struct ProbeRequest {
    std::filesystem::path python{};
    std::filesystem::path folder = "/";  // where it is asked: a shim may choose a version by folder
    std::filesystem::path cache{};       // mlpath's own; empty: nothing is kept
    const library::PythonNeeds& needs;
    Log log{};
};

// Nothing of the asked packages is imported. Kept in `cache`/interpreters until the interpreter, its environment or one
// of the folders on its path changes. An Error says why the program gave no answer.
[[nodiscard]] Result<Probe> probe(const ProbeRequest& request, const system::Environment& environment,
                                  system::Processes& processes, std::stop_token stop = {});

using library::at_least;

}  // namespace mlpath::run
