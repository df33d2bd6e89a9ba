// What the tests of fetching share: a cache of their own, time that passes when told to, and a record of the events.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/fetch.hpp"
#include "servers/raw_server.hpp"

namespace tests {

using namespace mlpath;

class FastPacer final : public data::Pacer {
public:
    [[nodiscard]] Time now() const override { return std::chrono::steady_clock::now() + skipped; }
    void sleep(std::chrono::milliseconds time, std::stop_token) override {
        skipped += time;
        slept.push_back(time);
    }
    std::chrono::milliseconds skipped{0};
    std::vector<std::chrono::milliseconds> slept{};
};

class FixedRandom final : public system::Random {
public:
    [[nodiscard]] std::uint64_t next() override { return 0; }
};

class Recorder final : public data::FetchProgress {
public:
    void on(const data::FetchEvent& event) override {
        stages.push_back(event.stage);
        notes.emplace_back(event.note);
        if (stop_at > 0 && event.stage == data::FetchStage::receiving && event.done >= stop_at) {
            stop.request_stop();
        }
    }
    [[nodiscard]] bool saw(data::FetchStage stage) const {
        return std::find(stages.begin(), stages.end(), stage) != stages.end();
    }
    [[nodiscard]] bool noted(std::string_view words) const {
        return std::any_of(notes.begin(), notes.end(),
                           [&](const std::string& note) { return note.find(words) != std::string::npos; });
    }
    std::vector<data::FetchStage> stages{};
    std::vector<std::string> notes{};
    std::uint64_t stop_at = 0;
    std::stop_source stop{};
};

inline bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

inline std::string bytes_of(std::size_t count, unsigned seed = 1) {
    std::string bytes(count, '\0');
    auto state = seed * 2654435761U + 1;
    for (auto& byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

inline library::Source source_of(std::string url, std::string_view body) {
    return {std::move(url), body.size(), sha256_of(body)};
}

struct World {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-fetch-");
    data::Cache cache{folder.path() / "cache"};
    FastPacer pacer{};
    FixedRandom random{};
    Recorder events{};
    data::FetchOptions options{};
    system::CurlOptions curl{};
    int clients = 0;

    World() { curl.stall_time = std::chrono::seconds(1); }

    Result<data::FetchReport> fetch(std::span<const library::Dataset> datasets) {
        const data::FetchTools tools{.cache = cache,
                                     .http =
                                         [this] {
                                             ++clients;
                                             return system::open_curl(curl);
                                         },
                                     .pacer = pacer,
                                     .random = random,
                                     .progress = &events};
        return data::fetch(datasets, options, tools, events.stop.get_token());
    }

    Result<data::FetchReport> fetch(std::vector<library::Source> sources) {
        const library::Dataset dataset{.id = "irises", .files = {{.name = "iris.csv", .sources = std::move(sources)}}};
        return fetch(std::span(&dataset, 1));
    }
};

}  // namespace tests
