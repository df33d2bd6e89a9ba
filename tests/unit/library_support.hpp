// A small sound library in memory, to be broken one way at a time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "library/content.hpp"
#include "library/library.hpp"

namespace mlpath::test {

class MemoryContent : public library::Content {
public:
    std::map<std::string, std::string> files{};

    Result<std::string> read(std::string_view path) const override {
        const auto found = files.find(std::string(path));
        if (found == files.end()) {
            return fail(ErrorKind::not_found, "no file " + std::string(path));
        }
        return found->second;
    }
    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        std::vector<std::string> paths;
        for (const auto& [path, text] : files) {
            if (path.starts_with(prefix)) {
                paths.push_back(path);
            }
        }
        return paths;
    }
    std::string origin() const override { return "memory"; }
};

// With the schemas of the source tree.
[[nodiscard]] MemoryContent sound_library();

// The library's faults, one line each.
[[nodiscard]] std::string faults_of(const library::Content& content);

}  // namespace mlpath::test
