// lay_copy: out of the cache, into a place that others write.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/walk.hpp"
#include "data/cache.hpp"

namespace mlpath::data {

namespace {

Status copy_one(const fs::path& from, const fs::path& to, const std::stop_token& stop) {
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!source.is_open()) {
        return fail(system_error("cannot read", from, errno));
    }
    // A name of our own first, then rename: a reader sees the whole file or none, and a link that stands at `to` is
    // replaced, not followed.
    auto temporary = to.string() + ".tmp-XXXXXX";
    const Descriptor target(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!target.is_open()) {
        return fail(system_error("cannot write", to, errno));
    }
    int trouble = copy_bytes(source, target, stop);
    if (trouble == 0 && ::fchmod(target.get(), 0644) != 0) {
        trouble = errno;
    }
    if (trouble == 0 && ::rename(temporary.c_str(), to.c_str()) != 0) {
        trouble = errno;
    }
    if (trouble != 0) {
        ::unlink(temporary.c_str());
        if (trouble == ECANCELED) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        return fail(system_error("cannot write", to, trouble));
    }
    return {};
}

// Unpacking leaves no links: one here is not ours.
Status copy_folder(const fs::path& from, const fs::path& to, const std::stop_token& stop) {
    MLPATH_CHECK(make_folders(to));
    return walk(from, [&](const Met& met) -> Result<Step> {
        if (met.kind == Met::Kind::folder) {
            MLPATH_CHECK(make_folders(to / met.path));
        } else if (met.kind == Met::Kind::file) {
            MLPATH_CHECK(copy_one(from / met.path, to / met.path, stop));
        }
        return Step::on;
    });
}

}  // namespace

Status lay_copy(const fs::path& from, const fs::path& to, std::stop_token stop) {
    if (to.has_parent_path()) {
        MLPATH_CHECK(make_folders(to.parent_path()));
    }
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(from, error))) {
        return copy_one(from, to, stop);
    }
    if (fs::exists(fs::symlink_status(to, error))) {
        return copy_folder(from, to, stop);
    }
    // A folder that is not there yet appears whole.
    const auto parent = to.has_parent_path() ? to.parent_path() : fs::path(".");
    const auto prefix = to.filename().string() + ".tmp-";
    sweep_temporary_folders(prefix, parent);
    MLPATH_TRY(auto temporary, TemporaryFolder::make(prefix, parent));
    const auto inner = temporary.path() / "folder";
    MLPATH_CHECK(copy_folder(from, inner, stop));
    if (::rename(inner.c_str(), to.c_str()) != 0) {
        return fail(system_error("cannot write", to, errno));
    }
    return {};
}

}  // namespace mlpath::data
