// By itself, since the fuzz targets have the library of library_support.cpp without doctest.
#include <doctest/doctest.h>

#include "unit/library_support.hpp"

namespace mlpath::test {

void check_faults(const std::vector<LibraryCase>& cases) {
    for (const auto& c : cases) {
        auto content = sound_library();
        REQUIRE(content.files.contains(c.file));
        if (c.from.empty()) {
            content.files.erase(c.file);
        } else {
            auto& text = content.files[c.file];
            const auto at = text.find(c.from);
            CAPTURE(c.from);
            REQUIRE(at != std::string::npos);
            text.replace(at, c.from.size(), c.to);
        }
        CAPTURE(c.file);
        CAPTURE(c.to);
        CHECK(faults_of(content) == c.faults);
    }
}

}  // namespace mlpath::test
