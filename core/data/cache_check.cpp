// check_cache: what `mlpath doctor` says of the cache.
#include "data/cache.hpp"

namespace mlpath::data {

Result<CacheCheck> check_cache(const Cache& cache, Depth depth, std::stop_token stop) {
    CacheCheck check;
    std::error_code error;
    const auto folder = cache.root() / "sha256";
    if (!fs::exists(folder, error)) {
        return check;
    }
    MLPATH_TRY(const auto files, files_below(folder));
    for (const auto& file : files) {
        if (stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        const auto hash = fs::path(file).filename().string();
        if (fs::path(file).has_extension()) {
            continue;  // the record beside an entry
        }
        MLPATH_TRY(const auto path, cache.find(hash, depth));
        if (path) {
            ++check.entries;
            check.bytes += fs::file_size(*path, error);
        } else {
            check.damaged.push_back(hash);
        }
    }
    return check;
}

}  // namespace mlpath::data
