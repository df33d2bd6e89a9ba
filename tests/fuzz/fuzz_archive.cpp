// Archives: what libarchive hands over, judged and written. An input that is neither zip nor gzip is taken for a tar
// and packed, so that its headers are within reach.
#include <zlib.h>

#include "base/hash.hpp"
#include "data/archive.hpp"
#include "data/archive_library.hpp"
#include "fuzz/support.hpp"
#include "table/gzip.hpp"

using namespace mlpath;

namespace {

constexpr data::ArchiveLimits limits{
    .max_bytes = 1u << 20, .max_ratio = 100, .free_bytes = 256 * 1024, .max_members = 64};

fs::path packed(std::string_view tar) {
    const auto path = fuzz::scratch() / "archive";
    gzFile out = ::gzopen(path.c_str(), "wb1");
    ::gzwrite(out, tar.data(), static_cast<unsigned>(tar.size()));
    ::gzclose(out);
    return path;
}

void unpack(const fs::path& archive, library::ArchiveFormat format) {
    const auto folder = fuzz::scratch() / "unpacked";
    fs::create_directory(folder);
    const auto files = data::unpack(archive, "data.csv.gz", format, folder, limits);
    std::uintmax_t written = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto kind = entry.symlink_status().type();
        fuzz::insist(kind == fs::file_type::regular || kind == fs::file_type::directory,
                     "only files and folders are made");
        written += kind == fs::file_type::regular ? entry.file_size() : 0;
    }
    fuzz::insist(written <= limits.max_bytes, "the size is bounded");
    fuzz::insist(std::distance(fs::directory_iterator(fuzz::scratch()), fs::directory_iterator()) == 2,
                 "nothing is written outside of the folder");
    if (!files) {
        fuzz::insist_on(files.error());
    } else {
        fuzz::insist(files->size() <= limits.max_members, "the number of members is bounded");
        for (const auto& file : *files) {
            fuzz::insist(stays_inside(file.path), "a member stays inside");
            const auto bytes = read_file(folder / file.path);
            fuzz::insist(bytes && bytes->size() == file.size && sha256_of(*bytes) == file.sha256,
                         "a member is what is said");
        }
    }
    fs::remove_all(folder);
}

}  // namespace

FUZZ(input) {
    static const auto kept_open = data::ArchiveLibrary::open().value();
    if (input.starts_with("PK")) {
        unpack(fuzz::put("archive", input), library::ArchiveFormat::zip);
    } else if (table::is_gzip(input)) {
        const auto archive = fuzz::put("archive", input);
        unpack(archive, library::ArchiveFormat::tar_gz);
        unpack(archive, library::ArchiveFormat::gz);
    } else {
        unpack(packed(input), library::ArchiveFormat::tar_gz);
    }
}
