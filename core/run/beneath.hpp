// Files below a folder that somebody else may have filled: opened component by component, so that no link in any of
// them leads out, and held by a descriptor, so that the folder's name may point elsewhere tomorrow.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace mlpath::run {

class FolderHandle {
public:
    [[nodiscard]] static Result<FolderHandle> open(const std::filesystem::path& folder);
    // Of a folder that is open already, by a descriptor of our own.
    [[nodiscard]] static Result<FolderHandle> of(int descriptor);

    // A regular file of at most `max_bytes`, reached through no link. not_found where it is absent; malformed, with
    // what it is, for everything else that cannot be read as such. A hard link has another name somewhere, perhaps of
    // a file that its maker may not read: `alone` refuses it.
    enum class Links { any, alone };
    [[nodiscard]] Result<std::string> read(std::string_view path, std::uintmax_t max_bytes, Links links) const;
    // Replaces what bears the name; makes missing folders.
    [[nodiscard]] Status write(std::string_view path, std::string_view bytes) const;
    // The bytes of another file, without holding them in memory.
    [[nodiscard]] Status copy(std::string_view path, const std::filesystem::path& from) const;

private:
    explicit FolderHandle(Descriptor folder) : m_folder(std::move(folder)) {}
    Descriptor m_folder;
};

}  // namespace mlpath::run
