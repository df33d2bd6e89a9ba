#include "render/report_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/files.hpp"
#include "base/text.hpp"
#include "render/output.hpp"

namespace mlpath::cli {

namespace {

// A pipe, a device or the like, which a rename would destroy.
bool is_special(const fs::path& file) {
    std::error_code ignored;
    const auto status = fs::status(file, ignored);
    return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// Where the bytes of a file end up that may be a link, also one that leads nowhere yet.
fs::path behind_links(fs::path file) {
    constexpr int most_links = 40;  // as many as Linux follows
    std::error_code error;
    for (int i = 0; i < most_links && fs::is_symlink(file, error); ++i) {
        file = file.parent_path() / fs::read_symlink(file, error);
    }
    return file;
}

Status write_through(const std::string& file, std::string_view text) {
    const Descriptor open(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (!open.is_open()) {
        return fail(system_error("cannot write", file, errno));
    }
    Output output(open.get(), printable(file));
    output.write(text);
    output.flush();
    return output.status();
}

}  // namespace

Status can_hold_a_report(const std::string& file, std::string_view what) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
        return fail(ErrorKind::usage,
                    "`" + printable(file) + "` is a folder, and a " + std::string(what) + " is a file");
    }
    if (is_special(file)) {
        return ::access(file.c_str(), W_OK) == 0 ? Status() : fail(system_error("cannot write", file, errno));
    }
    const auto parent = fs::path(file).parent_path();
    if (!parent.empty() && !fs::is_directory(parent, ignored)) {
        return fail(ErrorKind::usage, "there is no folder `" + printable(parent.string()) + "` to write the " +
                                          std::string(what) + " into");
    }
    auto folder = behind_links(file).parent_path();
    folder = folder.empty() ? fs::path(".") : folder;
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return fail(system_error("cannot write the " + std::string(what) + " into", folder, errno));
    }
    return {};
}

Status write_report_file(const std::string& file, std::string_view text) {
    return is_special(file) ? write_through(file, text) : write_file(behind_links(file), text);
}

}  // namespace mlpath::cli
