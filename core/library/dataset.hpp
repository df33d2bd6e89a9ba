// The dataset catalog as values (see curricula/FORMAT.md).
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

// How to read a file that is not plain CSV with a header.
struct TableShape {
    std::string delimiter{","};
    std::string quote{"\""};  // empty: quotes are literal
    bool header = true;
    std::vector<std::string> columns{};  // their names, where there is no header
};

struct DatasetFile {
    std::string name{};
    std::vector<Source> sources{};
    std::optional<TableShape> table{};
    std::optional<Archive> archive{};
};

// Data of the same shape that a script of the library makes (curricula/synthetic/<id>.py).
struct Synthetic {
    std::uint64_t seed = 0;  // of what the learner gets
    std::string sha256{};    // of what that makes: data::hash_of_made
    std::vector<std::string> differs{};
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
    std::optional<Synthetic> synthetic{};
    std::vector<std::string> aliases{};  // ids that it had before
    // Whether it can be had from somewhere; where not, what its generator makes is the dataset.
    [[nodiscard]] bool is_hosted() const { return files.empty() || !files.front().sources.empty(); }
};

}  // namespace mlpath::library
