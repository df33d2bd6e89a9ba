// The dataset catalogue as values (see curricula/FORMAT.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlpath::library {

struct Source {
    std::string url{};
    std::uint64_t bytes = 0;
    std::string sha256{};
};

enum class ArchiveFormat { zip, tar_gz, gz };

struct Archive {
    ArchiveFormat format = ArchiveFormat::zip;
    std::vector<std::string> members{};
};

struct DatasetFile {
    std::string name{};
    std::vector<Source> sources{};
    std::optional<Archive> archive{};
};

struct Dataset {
    std::string id{};
    std::string title{};
    std::uint64_t rows = 0;
    std::string license{};
    bool redistribute = false;
    std::string citation{};
    std::vector<std::string> quirks{};
    std::vector<DatasetFile> files{};
};

}  // namespace mlpath::library
