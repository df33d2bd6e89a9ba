// The fetching of core as a program by itself, for tests that kill it and for the bench: a catalog as lines of
//   dataset <tab> file <tab> url <tab> bytes <tab> sha256 [<tab> zip|tar.gz|gz <tab> member,member…]
// (a line a source), a cache, options. Prints a line a file, `dataset/name origin transferred source path`; events go
// to stderr. Exit 0, 3 with `error <kind> <message> | <hint>`, or 130.
#include <signal.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <string>
#include <thread>

#include "base/text.hpp"
#include "data/archive.hpp"
#include "data/fetch.hpp"

using namespace mlpath;

namespace {

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::vector<library::Dataset> read_catalogue(const std::string& text) {
    std::vector<library::Dataset> datasets;
    std::map<std::string, std::size_t, std::less<>> places;
    for (const auto line : lines(text)) {
        const auto cells = split(line, '\t');
        if (cells.size() < 5) {
            continue;
        }
        const auto [place, is_new] = places.try_emplace(std::string(cells[0]), datasets.size());
        if (is_new) {
            datasets.push_back({.id = std::string(cells[0])});
        }
        auto& files = datasets[place->second].files;
        auto file = std::ranges::find(files, cells[1], &library::DatasetFile::name);
        if (file == files.end()) {
            files.push_back({.name = std::string(cells[1])});
            file = files.end() - 1;
        }
        file->sources.push_back({std::string(cells[2]), number(cells[3]), std::string(cells[4])});
        if (cells.size() >= 7) {
            library::Archive archive;
            archive.format = cells[5] == "zip"  ? library::ArchiveFormat::zip
                             : cells[5] == "gz" ? library::ArchiveFormat::gz
                                                : library::ArchiveFormat::tar_gz;
            for (const auto member : split(cells[6], ',')) {
                archive.members.emplace_back(member);
            }
            file->archive = archive;
        }
    }
    return datasets;
}

class Printer final : public data::FetchProgress {
public:
    void on(const data::FetchEvent& event) override {
        static constexpr const char* names[] = {"cached",      "waiting",   "connecting", "receiving", "retrying",
                                                "next_source", "verifying", "unpacking",  "fetched",   "failed"};
        std::fprintf(stderr, "%s %s/%s %llu/%llu %s\n", names[static_cast<int>(event.stage)],
                     std::string(event.dataset).c_str(), std::string(event.name).c_str(),
                     static_cast<unsigned long long>(event.done), static_cast<unsigned long long>(event.total),
                     std::string(event.note).c_str());
    }
};

int report(const Result<data::FetchReport>& fetched) {
    static constexpr const char* kinds[] = {"usage",     "not_found", "malformed", "io",          "network",
                                            "integrity", "missing",   "busy",      "interrupted", "internal"};
    static constexpr const char* origins[] = {"cached", "downloaded", "by_hand"};
    if (!fetched) {
        const auto& error = fetched.error();
        std::printf("error %s %s | %s\n", kinds[static_cast<int>(error.kind)], error.message.c_str(),
                    error.hint.c_str());
        return error.kind == ErrorKind::interrupted ? 130 : 3;
    }
    for (const auto& file : fetched->files) {
        std::printf("%s/%s %s %llu %s %s\n", file.dataset.c_str(), file.name.c_str(),
                    origins[static_cast<int>(file.origin)], static_cast<unsigned long long>(file.transferred),
                    file.source.c_str(), (file.unpacked.empty() ? file.path : file.unpacked).c_str());
    }
    for (const auto& absent : fetched->absent) {
        std::printf("absent %s\n", absent.c_str());
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fprintf(stderr, "fetch_driver CATALOG CACHE [--option value]...\n");
        return 2;
    }
    sigset_t interrupt{};
    ::sigemptyset(&interrupt);
    ::sigaddset(&interrupt, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &interrupt, nullptr);
    std::stop_source stop;
    std::thread([&] {
        int taken = 0;
        ::sigwait(&interrupt, &taken);
        stop.request_stop();
    }).detach();

    const auto text = read_file(arguments[1], 1u << 30);
    if (!text) {
        std::fprintf(stderr, "%s\n", text.error().message.c_str());
        return 2;
    }
    data::FetchOptions options;
    const system::RealEnvironment environment;
    auto curl = system::curl_options(environment);
    Printer printer;
    bool quiet = false;
    for (int i = 3; i < count; ++i) {
        const std::string name = arguments[i];
        const auto value = [&] { return std::string(i + 1 < count ? arguments[++i] : ""); };
        if (name == "--mirror") {
            options.mirror = value();
        } else if (name == "--from") {
            options.from = value();
        } else if (name == "--offline") {
            options.network = data::Network::offline;
        } else if (name == "--deep") {
            options.depth = data::Depth::deep;
        } else if (name == "--at-once") {
            options.at_once = number(value());
        } else if (name == "--stall") {
            curl.stall_time = std::chrono::seconds(number(value()));
        } else if (name == "--quiet") {
            quiet = true;
        }
    }
    const data::Cache cache(arguments[2]);
    data::RealPacer pacer;
    system::RealRandom random;
    const auto datasets = read_catalogue(*text);
    const data::FetchTools tools{.cache = cache,
                                 .http = [&] { return system::open_curl(curl); },
                                 .pacer = pacer,
                                 .random = random,
                                 .progress = quiet ? nullptr : &printer};
    const auto code = report(data::fetch(datasets, options, tools, stop.get_token()));
    std::fflush(nullptr);
    std::_Exit(code);  // the thread that waits for Ctrl-C is still there
}
