#include <string>

#include "run/step.hpp"
#include "run/traceback.hpp"

namespace mlpath::run {

namespace {

constexpr std::uintmax_t max_source_bytes = 16u << 20;

}  // namespace

Result<Workplace> Workplace::make(const Sources& sources, const std::vector<LaidFile>& data,
                                  std::filesystem::path where) {
    MLPATH_TRY(auto folder, TemporaryFolder::make(workplace_prefix, where));
    MLPATH_TRY(auto handle, FolderHandle::open(folder.path()));
    Workplace place(std::move(folder), std::move(handle));
    place.m_where = std::move(where);
    if (!sources.files.empty()) {
        MLPATH_TRY(const auto from, FolderHandle::open(sources.folder));
        for (const auto& file : sources.files) {
            MLPATH_TRY(const auto bytes, from.read(file, max_source_bytes, FolderHandle::Links::any));
            MLPATH_CHECK(place.lay({file, bytes, {}}));
        }
    }
    place.m_folders = sources.folders;
    for (const auto& file : data) {
        MLPATH_CHECK(place.lay(file));
    }
    return place;
}

Result<std::filesystem::path> Workplace::homes() {
    if (!m_homes) {
        MLPATH_TRY(auto made, TemporaryFolder::make("mlpath-home-", m_where));
        MLPATH_CHECK(make_folders(made.path() / "home"));
        MLPATH_CHECK(make_folders(made.path() / "tmp"));
        m_homes.emplace(std::move(made));
    }
    return m_homes->path();
}

Status Workplace::lay(const LaidFile& file) {
    const auto put = [&](const FolderHandle& folder) {
        return file.copy_of.empty() ? folder.write(file.path, file.bytes) : folder.copy(file.path, file.copy_of);
    };
    MLPATH_CHECK(put(m_handle));
    m_files.insert(file.path);
    if (m_running) {
        MLPATH_TRY(const auto scratch, FolderHandle::of(m_running->get()));
        if (auto laid = put(scratch); !laid) {
            laid.error().kind =
                ErrorKind::malformed;  // the folder is the program's own: whatever is wrong there is its
            return laid;
        }
    }
    return {};
}

Status Workplace::take_back(const std::vector<std::string>& paths, const Descriptor& scratch) {
    MLPATH_TRY(const auto folder, FolderHandle::of(scratch.get()));
    for (const auto& path : paths) {
        m_refused.erase(path);
        auto bytes = folder.read(path, max_artifact, FolderHandle::Links::alone);
        if (bytes) {
            MLPATH_CHECK(m_handle.write(path, *bytes));
            m_files.insert(path);
        } else {
            m_refused.emplace(path, bytes.error());
        }
    }
    return {};
}

Result<std::string> Workplace::artifact(std::string_view path, std::uintmax_t max_bytes) const {
    if (const auto refused = m_refused.find(path); refused != m_refused.end()) {
        return fail(refused->second);
    }
    return m_handle.read(path, max_bytes, FolderHandle::Links::alone);
}

}  // namespace mlpath::run
