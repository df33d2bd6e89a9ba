// What a use case needs from outside, handed in: no use case builds a real object, reads the environment by itself, or
// prints. Others extend it by a context of their own that holds this one.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/log.hpp"
#include "library/content.hpp"
#include "library/index.hpp"
#include "system/clock.hpp"
#include "system/environment.hpp"

namespace mlpath::app {

// A library that joined the one in use.
struct Joined {
    std::string name{};
    fs::path folder{};
};

struct Context {
    const system::Environment& environment;
    const system::Clock& clock;
    system::Random& random;
    const library::Content& content;  // for texts and manifests
    const library::Index& index;      // for everything that has to be fast
    fs::path folder{};                // where the user stands, absolute
    std::vector<Joined> joined{};     // libraries that `content` and `index` hold as well
    Log log{};                        // who hears why things are as they are
};

}  // namespace mlpath::app
