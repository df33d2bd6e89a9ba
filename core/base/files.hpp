// Reading whole files, and writing them whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/file_identity.hpp"

namespace mlpath {

namespace fs = std::filesystem;

// The whole file. Refuses anything that is not a regular file (a FIFO would block) and more than `max_bytes`.
[[nodiscard]] Result<std::string> read_file(const fs::path& path, std::uintmax_t max_bytes = 64u << 20);

// What an open file holds from where it stands; malformed where that is more than `max_bytes`. `path` is for the Error.
[[nodiscard]] Result<std::string> read_open(const Descriptor& file, const fs::path& path, std::uintmax_t max_bytes);

enum class Durability { flushed, cached };  // flushed: fsync of file and folder, for what must survive a power cut

// Writes to a temporary name in the same folder and renames, so that a reader sees the old file or the new one.
// Creates missing parent folders; a failure leaves none of them. `mode` is the permission of a new file.
[[nodiscard]] Status write_file(const fs::path& path, std::string_view bytes,
                                Durability durability = Durability::flushed, unsigned mode = 0644);

// That what was written to a file, or the names in a folder, survive a power cut.
[[nodiscard]] Status flush(const fs::path& path);

[[nodiscard]] Status make_folders(const fs::path& path);

// A folder and those above it that were not there, for what may yet fail: unless `keep` is called, those that were made
// here go again, if they are empty.
class NewFolders {
public:
    [[nodiscard]] static Result<NewFolders> make(const fs::path& path);
    NewFolders() = default;
    NewFolders(NewFolders&& other) noexcept;
    NewFolders& operator=(NewFolders&& other) noexcept;
    NewFolders(const NewFolders&) = delete;
    NewFolders& operator=(const NewFolders&) = delete;
    ~NewFolders();
    void keep() { m_made.clear(); }

private:
    std::vector<fs::path> m_made{};  // outermost first
};

[[nodiscard]] Status remove_tree(const fs::path& path);

// Regular files below `root`, as relative paths with '/', sorted. Links are not followed; folders in `skip` (names) are
// not entered. Fails with malformed beyond `max_files`.
[[nodiscard]] Result<std::vector<std::string>> files_below(const fs::path& root,
                                                           const std::vector<std::string>& skip = {},
                                                           std::size_t max_files = 100'000);

// A new private folder under `parent` (the system's temporary folder if empty), removed with its contents on
// destruction. Locked (flock) for as long as its maker lives, and its sticky bit says that it was: so a sweep can tell
// what a kill left behind, whenever it came. Where locks cannot be had there is no such bit, and nothing is swept.
class TemporaryFolder {
public:
    [[nodiscard]] static Result<TemporaryFolder> make(std::string_view prefix, const fs::path& parent = {});
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    TemporaryFolder(fs::path path, Descriptor lock) : m_path(std::move(path)), m_lock(std::move(lock)) {}
    fs::path m_path;
    Descriptor m_lock;
};

// Removes the temporary folders under `parent` (as above) whose names begin with `prefix`, that are our user's, and
// whose maker is dead for certain. What cannot be removed stays: it is not worth failing for.
void sweep_temporary_folders(std::string_view prefix, const fs::path& parent = {});

// An exclusive advisory lock (flock) on a file, which is created if absent; released on destruction or death.
class FileLock {
public:
    // Waits up to `wait_ms`; fails with busy after that. A read-only place fails with io.
    [[nodiscard]] static Result<FileLock> take(const fs::path& path, int wait_ms);

private:
    explicit FileLock(Descriptor held) : m_held(std::move(held)) {}
    Descriptor m_held;
};

// Whether the path is relative, with '/', names something, and has no empty, "." or ".." part and no NUL.
[[nodiscard]] bool stays_inside(std::string_view path);

// All of the bytes, whatever interrupts. Returns errno, 0 where all is well.
[[nodiscard]] int write_all(int descriptor, std::string_view bytes);

// What `from` holds from where it stands, shared where the file system can. Returns errno, ECANCELED where it was
// stopped.
[[nodiscard]] int copy_bytes(const Descriptor& from, const Descriptor& to, const std::stop_token& stop = {});

// The Error for a failed system call: kind io, errno in words, the path as place, a hint for ENOSPC, EACCES, EROFS.
[[nodiscard]] Error system_error(std::string_view what, const fs::path& path, int error_number);

}  // namespace mlpath
