// Small records of the cache as lines of text: what a file was when it was last hashed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace mlpath::data {

// "device inode size modified changed", and back; nothing where it is not that.
[[nodiscard]] std::string to_record(const FileIdentity& identity);
[[nodiscard]] std::optional<FileIdentity> identity_from(std::string_view record);

// What a file may be known again by, asked before its bytes are read; none where it changed so recently that another
// change could hide behind the same times (`was_settled`): such a file is read again the next time.
[[nodiscard]] std::optional<FileIdentity> settled_identity(const fs::path& file);
// Whether a file's record, at `record`, says that it still is what was hashed.
[[nodiscard]] bool is_as_seen(const fs::path& file, const fs::path& record);
// Best effort: where it cannot be written the file is hashed again the next time.
void remember(const FileIdentity& identity, const fs::path& record);

}  // namespace mlpath::data
