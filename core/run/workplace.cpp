#include <string>

#include "run/step.hpp"
#include "run/traceback.hpp"

namespace mlpath::run {

namespace {

constexpr std::uintmax_t max_source_bytes = 16u << 20;

}  // namespace

Result<Workplace> Workplace::make(const Sources& sources, const std::vector<LaidFile>& data) {
    MLPATH_TRY(auto folder, TemporaryFolder::make(workplace_prefix));
    MLPATH_TRY(auto home, TemporaryFolder::make("mlpath-home-"));
    MLPATH_CHECK(make_folders(home.path() / "home"));
    MLPATH_CHECK(make_folders(home.path() / "tmp"));
    MLPATH_TRY(auto files, FolderHandle::open(folder.path()));
    Workplace place(std::move(folder), std::move(home), std::move(files));
    if (!sources.files.empty()) {
        MLPATH_TRY(const auto from, FolderHandle::open(sources.folder));
        for (const auto& file : sources.files) {
            MLPATH_TRY(const auto bytes, from.read(file, max_source_bytes, FolderHandle::Links::any));
            MLPATH_CHECK(place.m_files.write(file, bytes));
        }
    }
    for (const auto& file : data) {
        MLPATH_CHECK(place.lay(file));
    }
    return place;
}

Status Workplace::lay(const LaidFile& file) {
    return file.copy_of.empty() ? m_files.write(file.path, file.bytes) : m_files.copy(file.path, file.copy_of);
}

Result<std::string> Workplace::artifact(std::string_view path, std::uintmax_t max_bytes) const {
    return m_files.read(path, max_bytes, FolderHandle::Links::alone);
}

}  // namespace mlpath::run
