#include "data/archive.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/archive_library.hpp"
#include "data/archive_path.hpp"

namespace mlpath::data {

namespace {

tl::unexpected<Error> refused(const std::string& why) {
    return fail(ErrorKind::malformed, "the archive was refused: " + why);
}

struct Link {
    std::string member{};
    std::string target{};
};

class Unpacker {
public:
    Unpacker(ArchiveLibrary library, const fs::path& folder, std::uint64_t max_bytes, std::uint64_t max_members,
             std::stop_token stop)
        : m_library(std::move(library)),
          m_reader(m_library.read_new(), m_library.read_free),
          m_folder(folder),
          m_max_bytes(max_bytes),
          m_max_members(max_members),
          m_stop(std::move(stop)) {}

    Status open(const fs::path& archive, library::ArchiveFormat format);
    Status take_all(const std::string& name_of_single);
    Status copy_links();
    std::vector<UnpackedFile> files() { return std::move(m_files); }

private:
    Status take(::archive_entry* entry, const std::string& name_of_single);
    Status take_file(const std::string& member);
    Status make_parents(const std::string& member);
    Result<Descriptor> create(const std::string& member);
    Status count(std::uint64_t bytes);
    [[nodiscard]] tl::unexpected<Error> damaged() const {
        const char* words = m_library.error_string(m_reader.get());
        return fail(ErrorKind::malformed, "the archive is damaged or not of its kind" +
                                              (words == nullptr ? std::string() : " (" + printable(words) + ")"));
    }

    ArchiveLibrary m_library;
    std::unique_ptr<::archive, decltype(&::archive_read_free)> m_reader;
    fs::path m_folder;
    std::uint64_t m_max_bytes;
    std::uint64_t m_max_members;
    std::stop_token m_stop;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_members = 0;
    std::set<std::string> m_folders{};
    std::vector<UnpackedFile> m_files{};
    std::vector<Link> m_links{};  // made last, as copies: nothing is ever written through a link
    std::vector<char> m_buffer = std::vector<char>(256 * 1024);
};

Status Unpacker::open(const fs::path& archive, library::ArchiveFormat format) {
    // Only what the catalog says it is: every other reader of libarchive stays out of reach.
    auto* reader = m_reader.get();
    switch (format) {
        case library::ArchiveFormat::zip: m_library.support_zip(reader); break;
        case library::ArchiveFormat::tar_gz:
            m_library.support_gzip(reader);
            m_library.support_tar(reader);
            break;
        case library::ArchiveFormat::gz:
            m_library.support_gzip(reader);
            m_library.support_raw(reader);
            break;
    }
    if (m_library.open_filename(reader, archive.c_str(), 256 * 1024) != ARCHIVE_OK) {
        return damaged();
    }
    return {};
}

Status Unpacker::count(std::uint64_t bytes) {
    m_bytes += bytes;
    if (m_bytes > m_max_bytes) {
        return refused("it unpacks to more than " + human_bytes(m_max_bytes) + ", far more than its size allows");
    }
    return {};
}

Status Unpacker::make_parents(const std::string& member) {
    for (auto slash = member.find('/'); slash != std::string::npos; slash = member.find('/', slash + 1)) {
        auto parent = member.substr(0, slash);
        if (!m_folders.contains(parent)) {
            if (::mkdir((m_folder / parent).c_str(), 0755) != 0) {
                return errno == EEXIST ? Status(refused(printable(parent) + " is both a file and a folder"))
                                       : fail(cache_error(system_error("cannot make", m_folder / parent, errno)));
            }
            m_folders.insert(std::move(parent));
        }
    }
    return {};
}

Result<Descriptor> Unpacker::create(const std::string& member) {
    MLPATH_CHECK(make_parents(member));
    const auto path = m_folder / member;
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file.is_open()) {
        if (errno == EEXIST) {
            return refused("its member " + printable(member) + " comes twice");
        }
        return fail(cache_error(system_error("cannot write", path, errno)));
    }
    return file;
}

Status Unpacker::take_file(const std::string& member) {
    MLPATH_TRY(const auto file, create(member));
    Sha256 hash;
    std::uint64_t size = 0;
    while (true) {
        if (m_stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        const auto got = m_library.read_data(m_reader.get(), m_buffer.data(), m_buffer.size());
        if (got < 0) {
            return damaged();
        }
        if (got == 0) {
            break;
        }
        const auto bytes = std::string_view(m_buffer.data(), static_cast<std::size_t>(got));
        MLPATH_CHECK(count(bytes.size()));
        hash.update(bytes);
        size += bytes.size();
        if (const int error = write_all(file.get(), bytes); error != 0) {
            return fail(cache_error(system_error("cannot write", m_folder / member, error)));
        }
    }
    m_files.push_back({member, size, hash.finish()});
    return {};
}

Status Unpacker::take(::archive_entry* entry, const std::string& name_of_single) {
    const char* utf8 = m_library.pathname_utf8(entry);
    const char* raw = utf8 == nullptr ? m_library.pathname(entry) : utf8;
    MLPATH_TRY(const auto member, member_path(!name_of_single.empty() ? name_of_single : raw == nullptr ? "" : raw));
    if (m_library.is_encrypted(entry) != 0) {
        return refused("its member " + printable(member) + " is encrypted");
    }
    if (const char* target = m_library.hardlink(entry)) {
        MLPATH_TRY(auto linked, member_path(target));
        m_links.push_back({member, std::move(linked)});
        return {};
    }
    switch (m_library.filetype(entry)) {
        case AE_IFDIR: return member.empty() ? Status() : make_parents(member + "/");
        case AE_IFLNK: {
            const char* target = m_library.symlink(entry);
            MLPATH_TRY(auto linked, link_target(member, target == nullptr ? "" : target));
            m_links.push_back({member, std::move(linked)});
            return {};
        }
        case AE_IFREG: break;
        default:
            if (name_of_single.empty()) {
                return refused("its member " + printable(member) + " is neither file, folder nor link");
            }
    }
    return member.empty() ? Status(refused("a member has no name")) : take_file(member);
}

Status Unpacker::take_all(const std::string& name_of_single) {
    ::archive_entry* entry = nullptr;
    while (true) {
        const int result = m_library.next_header(m_reader.get(), &entry);
        if (result == ARCHIVE_EOF) {
            break;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            return damaged();
        }
        if (!name_of_single.empty() && m_library.filter_count(m_reader.get()) < 2) {
            return fail(ErrorKind::malformed, "the archive is not compressed with gzip");
        }
        if (++m_members > m_max_members) {
            return refused("it has more than " + std::to_string(m_max_members) + " members");
        }
        MLPATH_CHECK(take(entry, name_of_single));
    }
    return {};
}

Status Unpacker::copy_links() {
    for (const auto& link : m_links) {
        const auto target = std::ranges::find(m_files, link.target, &UnpackedFile::path);
        if (target == m_files.end()) {
            return refused("its member " + printable(link.member) + " is a link to " + printable(link.target) +
                           ", which is no file of it");
        }
        MLPATH_CHECK(count(target->size));
        MLPATH_CHECK(create(link.member));
        MLPATH_CHECK(lay_copy(m_folder / link.target, m_folder / link.member, m_stop));
        auto copy = *target;
        copy.path = link.member;
        m_files.push_back(std::move(copy));
    }
    return {};
}

}  // namespace

Result<std::vector<UnpackedFile>> unpack(const fs::path& archive, std::string_view name, library::ArchiveFormat format,
                                         const fs::path& folder, const ArchiveLimits& limits, std::stop_token stop) {
    MLPATH_TRY(auto library, ArchiveLibrary::open());
    std::error_code error;
    const auto size = fs::file_size(archive, error);
    if (error) {
        return fail(system_error("cannot read", archive, error.value()));
    }
    const auto by_ratio = size > limits.max_bytes / limits.max_ratio ? limits.max_bytes : size * limits.max_ratio;
    const auto max_bytes = std::min(limits.max_bytes, std::max(limits.free_bytes, by_ratio));
    std::string single;
    if (format == library::ArchiveFormat::gz) {
        single = fs::path(name).filename().string();
        single = single.ends_with(".gz") && single.size() > 3 ? single.substr(0, single.size() - 3) : single;
    }
    Unpacker unpacker(std::move(library), folder, max_bytes, limits.max_members, std::move(stop));
    MLPATH_CHECK(unpacker.open(archive, format));
    MLPATH_CHECK(unpacker.take_all(single));
    MLPATH_CHECK(unpacker.copy_links());
    return unpacker.files();
}

}  // namespace mlpath::data
