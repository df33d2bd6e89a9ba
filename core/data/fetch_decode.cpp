#include "data/fetch_decode.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <memory>
#include <vector>

#include "data/cache.hpp"

namespace mlpath::data {

Status decode_gzip(const fs::path& from, const fs::path& to, std::uint64_t max_bytes) {
    const std::unique_ptr<gzFile_s, decltype(&::gzclose)> source(::gzopen(from.c_str(), "rbe"), &::gzclose);
    if (!source) {
        return fail(system_error("cannot read", from, errno));
    }
    const Descriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!target.is_open()) {
        return fail(cache_error(system_error("cannot write", to, errno)));
    }
    std::vector<char> buffer(256 * 1024);
    std::uint64_t total = 0;
    int got = 0;
    Status status;
    while (status && (got = ::gzread(source.get(), buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
        const auto size = static_cast<std::size_t>(got);
        total += size;
        if (total > max_bytes) {
            status = fail(ErrorKind::malformed, "it unpacks to more than the file has");
        } else if (const int error = write_all(target.get(), {buffer.data(), size}); error != 0) {
            status = fail(cache_error(system_error("cannot write", to, error)));
        }
    }
    if (status && (got < 0 || ::gzeof(source.get()) == 0)) {
        status = fail(ErrorKind::malformed, "it is damaged");
    }
    if (status && ::fsync(target.get()) != 0) {
        status = fail(cache_error(system_error("cannot store", to, errno)));
    }
    return status;
}

}  // namespace mlpath::data
