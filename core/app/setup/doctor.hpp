// The use case behind `mlpath doctor`: what works here, and what to do about what does not.
#pragma once

#include <string>
#include <vector>

#include "app/context.hpp"
#include "data/cache.hpp"
#include "system/machine_program.hpp"
#include "system/process.hpp"

namespace mlpath::app {

enum class Health { good, poor, bad };  // poor: something works less well, or later; bad: something does not work

struct Symptom {
    std::string area{};  // "library", "workspace", "python", "packages", "downloads", "git",
                         // "machine", "log", "cache", "sandbox", "windows"
    Health health = Health::good;
    std::string message{};
    std::string remedy{};  // the command that helps; empty where nothing has to be done
};

struct DoctorRequest {
    data::Depth depth = data::Depth::quick;      // deep: rehash the whole cache
    std::vector<Error> troubles{};               // of libraries that could not be opened
    std::string log_place{};                     // where the log of this run goes, for people; empty: nowhere
    std::string_view path = system::usual_path;  // where the programs that checks start are looked for
};

[[nodiscard]] Result<std::vector<Symptom>> doctor(const Context& context, system::Processes& processes,
                                                  const DoctorRequest& request, std::stop_token stop = {});

}  // namespace mlpath::app
