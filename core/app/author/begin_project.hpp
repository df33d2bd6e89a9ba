// The use case behind `mlpath author new`: a project of the author's own, in the author's library, that is like one
// that there is. It is whole or not there at all.
#pragma once

#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/libraries/guests.hpp"

namespace mlpath::app {

// usage: the folder is no library, or a copy of one that is not to be changed.
[[nodiscard]] Status must_be_to_write(const fs::path& library);

struct BeginRequest {
    std::string id{};
    std::string like{};
    fs::path library{};  // its folder
};

struct BegunProject {
    std::string id{};
    std::string like{};
    fs::path library{};
    fs::path folder{};
    std::vector<std::string> files{};  // from the project's folder, sorted
    std::string module_before{};       // where the learner's module had the project's name; else empty
    std::string module_now{};
    std::size_t marks = 0;  // places that the author has to write
    bool was_planned = false;
};

// usage: a name that cannot be, a library that is none, a project that is there already (one that is only planned is
// filled); not_found: nothing to be like; malformed: what would be made is not sound, and why.
[[nodiscard]] Result<BegunProject> begin_project(const Context& context, const GuestHost& host,
                                                 const BeginRequest& request);

}  // namespace mlpath::app
