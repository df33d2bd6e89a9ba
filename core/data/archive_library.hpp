// The functions of libarchive that unpacking uses, found by name in the library opened at run time.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "system/shared_library.hpp"

namespace mlpath::data {

struct ArchiveLibrary {
    system::SharedLibrary library;  // stays open as long as the functions are used
    decltype(&::archive_read_new) read_new = nullptr;
    decltype(&::archive_read_free) read_free = nullptr;
    decltype(&::archive_read_support_format_zip) support_zip = nullptr;
    decltype(&::archive_read_support_format_tar) support_tar = nullptr;
    decltype(&::archive_read_support_format_raw) support_raw = nullptr;
    decltype(&::archive_read_support_filter_gzip) support_gzip = nullptr;
    decltype(&::archive_read_open_filename) open_filename = nullptr;
    decltype(&::archive_read_next_header) next_header = nullptr;
    decltype(&::archive_read_data) read_data = nullptr;
    decltype(&::archive_error_string) error_string = nullptr;
    decltype(&::archive_filter_count) filter_count = nullptr;
    decltype(&::archive_entry_pathname) pathname = nullptr;
    decltype(&::archive_entry_pathname_utf8) pathname_utf8 = nullptr;
    decltype(&::archive_entry_filetype) filetype = nullptr;
    decltype(&::archive_entry_symlink) symlink = nullptr;
    decltype(&::archive_entry_hardlink) hardlink = nullptr;
    decltype(&::archive_entry_is_encrypted) is_encrypted = nullptr;

    [[nodiscard]] static Result<ArchiveLibrary> open();
};

}  // namespace mlpath::data
