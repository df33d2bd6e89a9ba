#include "data/fetch_by_hand.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/archive.hpp"
#include "data/fetch_job.hpp"

namespace mlpath::data {

namespace {

constexpr std::string_view what_to_name = "name the file that you downloaded, or the folder that it lies in";

bool has_size(const library::DatasetFile& file, std::uint64_t size) {
    return std::ranges::any_of(file.sources, [&](const library::Source& source) { return source.bytes == size; });
}

bool has_hash(const library::DatasetFile& file, const std::string& sha256) {
    return std::ranges::any_of(file.sources, [&](const library::Source& source) { return source.sha256 == sha256; });
}

Error not_promised(const fs::path& from, std::uint64_t size, const library::Dataset& dataset,
                   const library::DatasetFile& file, const std::string& sha256) {
    std::string message =
        printable(from.string()) + " is not " + printable(file.name) + " of the dataset " + dataset.id;
    if (!has_size(file, size)) {
        message += ": it has " + std::to_string(size) + " bytes, not " + std::to_string(file.sources.front().bytes);
    } else {
        message += ": its SHA-256 is " + sha256 + ", not " + file.sources.front().sha256;
    }
    return {ErrorKind::malformed, std::move(message), {from.string(), {}, 0}, other_ways(dataset, file)};
}

struct Taken {
    fs::path path{};
    std::string sha256{};
    std::uint64_t bytes = 0;
    std::size_t dataset = 0;
    std::size_t file = 0;
};

// Copies first and hashes the copy: what is verified is what the cache keeps, whatever happens to the original.
Result<Taken> take(std::span<const library::Dataset> datasets, const fs::path& given, std::string_view only_name,
                   const FetchTools& tools, const std::stop_token& stop) {
    std::error_code error;
    const auto from = fs::canonical(given, error);
    if (error) {
        auto unread = system_error("cannot read", given, error.value());
        unread.hint = unread.hint.empty() ? std::string(what_to_name) : unread.hint;
        return fail(std::move(unread));
    }
    if (!fs::is_regular_file(from, error)) {
        return fail(ErrorKind::usage, printable(given.string()) + " is not a file", std::string(what_to_name));
    }
    const auto size = fs::file_size(from, error);
    const auto fits = [&](const library::DatasetFile& file) { return only_name.empty() || file.name == only_name; };
    const library::Dataset* like_dataset = nullptr;
    const library::DatasetFile* like = nullptr;  // for the message: the file that it was probably meant to be
    bool size_fits = false;
    for (const auto& dataset : datasets) {
        for (const auto& file : dataset.files) {
            if (fits(file) &&
                (like == nullptr || file.name == from.filename() || (!size_fits && has_size(file, size)))) {
                like_dataset = &dataset;
                like = &file;
            }
            size_fits = size_fits || (fits(file) && has_size(file, size));
        }
    }
    if (like == nullptr) {
        return fail(ErrorKind::usage, "no dataset has a file that " + printable(given.string()) + " could be");
    }
    if (!size_fits) {
        return fail(not_promised(given, size, *like_dataset, *like, {}));
    }
    const auto copy = tools.cache.part_path(hash128_hex(from.string()) + "-by-hand");
    if (auto copied = lay_copy(from, copy, stop); !copied) {
        return fail(copied.error().kind == ErrorKind::interrupted ? copied.error() : cache_error(copied.error()));
    }
    static_cast<void>(flush(copy));
    MLPATH_TRY(auto sha256, sha256_of_file(copy));
    for (std::size_t d = 0; d < datasets.size(); ++d) {
        for (std::size_t f = 0; f < datasets[d].files.size(); ++f) {
            if (fits(datasets[d].files[f]) && has_hash(datasets[d].files[f], sha256)) {
                auto path = tools.cache.adopt(copy, sha256);
                if (!path) {
                    fs::remove(copy, error);
                    return fail(std::move(path).error());
                }
                return Taken{std::move(*path), std::move(sha256), size, d, f};
            }
        }
    }
    fs::remove(copy, error);
    return fail(not_promised(given, size, *like_dataset, *like, sha256));
}

}  // namespace

Result<FetchReport> fetch_by_hand(std::span<const library::Dataset> datasets, const FetchOptions& options,
                                  const FetchTools& tools, std::stop_token stop) {
    std::vector<Taken> taken;
    std::vector<std::string> sources;
    std::error_code error;
    if (fs::is_directory(options.from, error)) {
        for (const auto& dataset : datasets) {
            for (const auto& file : dataset.files) {
                const auto path = options.from / fs::path(file.name).filename();
                if (fs::exists(path, error)) {
                    MLPATH_TRY(auto one, take(datasets, path, file.name, tools, stop));
                    taken.push_back(std::move(one));
                    sources.push_back(path.string());
                }
            }
        }
        if (taken.empty()) {
            std::vector<std::string> names;
            for (const auto& dataset : datasets) {
                for (const auto& file : dataset.files) {
                    names.push_back(printable(fs::path(file.name).filename().string()));
                }
            }
            return fail(ErrorKind::usage,
                        "the folder " + printable(options.from.string()) + " holds none of the dataset's files",
                        (names.size() == 1 ? "its file is called " : "its files are called ") + list_of(names) +
                            "; a file of another name is given by itself: `--from FILE`");
        }
    } else {
        MLPATH_TRY(auto one, take(datasets, options.from, {}, tools, stop));
        taken.push_back(std::move(one));
        sources.push_back(options.from.string());
    }
    FetchReport report;
    for (std::size_t d = 0; d < datasets.size(); ++d) {
        for (std::size_t f = 0; f < datasets[d].files.size(); ++f) {
            const auto& file = datasets[d].files[f];
            FetchedFile fetched{.dataset = datasets[d].id, .name = file.name};
            const auto found =
                std::ranges::find_if(taken, [&](const Taken& one) { return one.dataset == d && one.file == f; });
            if (found != taken.end()) {
                fetched.path = found->path;
                fetched.sha256 = found->sha256;
                fetched.bytes = found->bytes;
                fetched.origin = Origin::by_hand;
                fetched.source = sources[static_cast<std::size_t>(found - taken.begin())];
            } else {
                MLPATH_TRY(const auto entry, tools.cache.find(file, options.depth));
                if (!entry) {
                    report.absent.push_back(datasets[d].id + "/" + file.name);
                    continue;
                }
                fetched.path = entry->path;
                fetched.sha256 = entry->sha256;
                fetched.bytes = fs::file_size(entry->path, error);
            }
            if (file.archive && options.unpacking == Unpacking::now) {
                MLPATH_TRY(fetched.unpacked,
                           unpacked_in_cache(tools.cache, {fetched.path, fetched.sha256}, file, options.depth, stop));
            }
            report.files.push_back(std::move(fetched));
        }
    }
    return report;
}

}  // namespace mlpath::data
