// Getting datasets into the cache: many files at once, resumed where they stopped, verified while they stream, from the
// mirror first and then from each source in turn. What is in the cache already costs a stat.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "data/cache.hpp"
#include "data/fetch_retry.hpp"
#include "library/dataset.hpp"
#include "system/clock.hpp"
#include "system/http_curl.hpp"

namespace mlpath::data {

enum class Network { allowed, offline };
enum class Unpacking { now, when_needed };

struct FetchOptions {
    std::string mirror{};  // a file is at MIRROR/<dataset id>/<file name>; tried before the sources
    fs::path from{};       // a file that the user downloaded, or a folder with files of their names: no network at all
    Network network = Network::allowed;
    Depth depth = Depth::quick;
    Unpacking unpacking = Unpacking::now;
    std::size_t at_once = 8;
    RetryPolicy retry{};
};

enum class Origin { cached, downloaded, by_hand, made };  // made: synthetic data

struct FetchedFile {
    std::string dataset{};
    std::string name{};
    fs::path path{};      // the bytes in the cache
    fs::path unpacked{};  // for an archive: the folder with its members (empty if not unpacked now)
    std::string sha256{};
    std::uint64_t bytes = 0;
    std::uint64_t transferred = 0;  // bytes that came over the network
    Origin origin = Origin::cached;
    std::string source{};  // the URL, or the file given with --from; empty for cached
};

struct FetchReport {
    std::vector<FetchedFile> files{};   // in the order of the datasets and their files
    std::vector<std::string> absent{};  // with `from`: "dataset/name" of files that are neither given nor cached
};

enum class FetchStage {
    cached,       // found in the cache: nothing to do
    waiting,      // another process fetches the same file
    connecting,   // a source is asked; `source`
    receiving,    // `done` of `total` bytes
    retrying,     // a passing trouble: `note` says which, `delay` until the next attempt
    next_source,  // this source is given up: `note` says why
    verifying,    // all bytes are here, the hash is being finished
    unpacking,
    fetched,
    failed,  // `error`
};

struct FetchEvent {
    FetchStage stage = FetchStage::receiving;
    std::size_t index = 0;  // of the file, 0 to count-1
    std::size_t count = 0;
    std::string_view dataset{};
    std::string_view name{};
    std::string_view source{};
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::string_view note{};
    std::chrono::milliseconds delay{};
    const Error* error = nullptr;
};

// Told what happens, in the thread that called fetch; `receiving` at most some ten times a second for each file. Rate
// and time left are for the one who shows them to work out.
class FetchProgress {
public:
    virtual ~FetchProgress() = default;
    virtual void on(const FetchEvent& event) = 0;
};

struct FetchTools {
    const Cache& cache;
    system::HttpMaker http;
    Pacer& pacer;
    system::Random& random;
    FetchProgress* progress = nullptr;
    Log log{};  // hears of sources, retries and mirrors
};

// All files of all `datasets`. Where some fail the others are fetched nevertheless and stay in the cache; the Error
// then tells of all (each was also told as an event `failed`). Interrupted: what has come stays for the next time.
[[nodiscard]] Result<FetchReport> fetch(std::span<const library::Dataset> datasets, const FetchOptions& options,
                                        const FetchTools& tools, std::stop_token stop = {});

}  // namespace mlpath::data
