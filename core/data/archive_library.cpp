#include "data/archive_library.hpp"

namespace mlpath::data {

Result<ArchiveLibrary> ArchiveLibrary::open() {
    MLPATH_TRY(auto library, system::SharedLibrary::open("libarchive.so.13", "libarchive13"));
    ArchiveLibrary archive{.library = library};
    MLPATH_CHECK(library.load(archive.read_new, "archive_read_new"));
    MLPATH_CHECK(library.load(archive.read_free, "archive_read_free"));
    MLPATH_CHECK(library.load(archive.support_zip, "archive_read_support_format_zip"));
    MLPATH_CHECK(library.load(archive.support_tar, "archive_read_support_format_tar"));
    MLPATH_CHECK(library.load(archive.support_raw, "archive_read_support_format_raw"));
    MLPATH_CHECK(library.load(archive.support_gzip, "archive_read_support_filter_gzip"));
    MLPATH_CHECK(library.load(archive.open_filename, "archive_read_open_filename"));
    MLPATH_CHECK(library.load(archive.next_header, "archive_read_next_header"));
    MLPATH_CHECK(library.load(archive.read_data, "archive_read_data"));
    MLPATH_CHECK(library.load(archive.error_string, "archive_error_string"));
    MLPATH_CHECK(library.load(archive.filter_count, "archive_filter_count"));
    MLPATH_CHECK(library.load(archive.pathname, "archive_entry_pathname"));
    MLPATH_CHECK(library.load(archive.pathname_utf8, "archive_entry_pathname_utf8"));
    MLPATH_CHECK(library.load(archive.filetype, "archive_entry_filetype"));
    MLPATH_CHECK(library.load(archive.symlink, "archive_entry_symlink"));
    MLPATH_CHECK(library.load(archive.hardlink, "archive_entry_hardlink"));
    MLPATH_CHECK(library.load(archive.is_encrypted, "archive_entry_is_encrypted"));
    return archive;
}

}  // namespace mlpath::data
