// What a use case needs from outside, handed in: no use case builds a real object, reads the environment by itself, or
// prints. Others extend it by a context of their own that holds this one.
#pragma once

#include "base/files.hpp"
#include "library/content.hpp"
#include "library/index.hpp"
#include "system/clock.hpp"
#include "system/environment.hpp"

namespace mlpath::app {

struct Context {
    const system::Environment& environment;
    const system::Clock& clock;
    system::Random& random;
    const library::Content& content;  // for texts and manifests
    const library::Index& index;      // for everything that has to be fast
    fs::path folder{};                // where the user stands, absolute
};

}  // namespace mlpath::app
