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

inline const std::string sink_manifest = "templates/sink/project.json";
inline const std::string swim_manifest = "templates/swim/project.json";

// The sound library with one thing changed, and its faults.
struct LibraryCase {
    std::string file{};
    std::string from{};  // what stands there once; empty: the file is removed
    std::string to{};
    std::string faults{};
};
void check_faults(const std::vector<LibraryCase>& cases);

// What the milestone of the project `sink` tells of a check: of its own, by id, or of this one.
[[nodiscard]] std::vector<std::string> details_of(const std::string& id);
[[nodiscard]] std::vector<std::string> details_of(const library::Check& check);

// Where the sources of this program lie.
[[nodiscard]] fs::path source_folder();

// The library's faults, one line each.
[[nodiscard]] std::string faults_of(const library::Content& content);

}  // namespace mlpath::test
