// lay_copy: out of the cache, into a place that others write.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/fs.h>
#endif

#include <cerrno>
#include <utility>
#include <vector>

#include "data/cache.hpp"

namespace mlpath::data {

namespace {

struct Opened {
    int descriptor = -1;
    explicit Opened(int opened) : descriptor(opened) {}
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
};

int copy_bytes(int from, int to, const std::stop_token& stop) {
#ifdef FICLONE
    if (::ioctl(to, FICLONE, from) == 0) {  // shares the blocks until one of the two is written
        return 0;
    }
#endif
    std::vector<char> buffer(256 * 1024);
    while (true) {
        if (stop.stop_requested()) {
            return ECANCELED;
        }
        const auto got = ::read(from, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0 ? 0 : errno;
        }
        for (ssize_t written = 0; written < got;) {
            const auto step = ::write(to, buffer.data() + written, static_cast<std::size_t>(got - written));
            if (step < 0 && errno != EINTR) {
                return errno;
            }
            written += step > 0 ? step : 0;
        }
    }
}

Status copy_one(const fs::path& from, const fs::path& to, const std::stop_token& stop) {
    const Opened source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (source.descriptor < 0) {
        return fail(system_error("cannot read", from, errno));
    }
    // A name of our own first, then rename: a reader sees the whole file or none, and a link that stands at `to` is
    // replaced, not followed.
    auto temporary = to.string() + ".tmp-XXXXXX";
    const Opened target(::mkostemp(temporary.data(), O_CLOEXEC));
    if (target.descriptor < 0) {
        return fail(system_error("cannot write", to, errno));
    }
    int trouble = copy_bytes(source.descriptor, target.descriptor, stop);
    if (trouble == 0 && ::fchmod(target.descriptor, 0644) != 0) {
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

Status copy_folder(const fs::path& from, const fs::path& to, const std::stop_token& stop) {
    MLPATH_CHECK(make_folders(to));
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(from, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const auto target = to / entry->path().lexically_relative(from);
        const auto status = entry->symlink_status(error);  // unpacking leaves no links: one here is not ours
        if (fs::is_directory(status)) {
            MLPATH_CHECK(make_folders(target));
        } else if (fs::is_regular_file(status)) {
            MLPATH_CHECK(copy_one(entry->path(), target, stop));
        }
    }
    if (error) {
        return fail(system_error("cannot list", from, error.value()));
    }
    return {};
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
