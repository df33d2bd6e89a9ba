// That something changed in some folders: told by the system where it tells, else found by looking again and again.
// What changed is only a reason to look: events come twice, late, or for nothing.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace mlpath::system {

enum class Following { as_before, more };  // more: a folder is followed that was not

class FileEvents {
public:
    virtual ~FileEvents() = default;
    // From now on these folders are followed and no others; paths are relative to the root, "" is the root itself. What
    // is in them is not followed deeper. A folder that is not there is passed over. io: the system follows no more.
    [[nodiscard]] virtual Result<Following> follow(const std::vector<std::string>& folders) = 0;
    // What may have changed since the last call, relative to the root and sorted: files, folders, also the root ("").
    [[nodiscard]] virtual std::vector<std::string> take() = 0;
    // For poll(): readable once `take` has something to tell; -1: it is to be asked every `period`.
    [[nodiscard]] virtual int descriptor() const = 0;
    [[nodiscard]] virtual std::chrono::milliseconds period() const = 0;
};

// Fails with io where the system has no more watches to give.
[[nodiscard]] Result<std::unique_ptr<FileEvents>> told_events(const std::filesystem::path& root);
// By the times, sizes and names of the entries of each folder.
[[nodiscard]] std::unique_ptr<FileEvents> polled_events(const std::filesystem::path& root);

}  // namespace mlpath::system
