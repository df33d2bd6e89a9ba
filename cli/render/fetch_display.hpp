// The progress of downloads: a bar with rate and time left on a terminal, one line a trouble everywhere, silence in a
// pipe otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "data/fetch.hpp"
#include "host.hpp"
#include "render/live.hpp"

namespace mlpath::cli {

// Bytes a second, smoothed over the last seconds, from the times at which the sums were seen.
class Rate {
public:
    void seen(std::uint64_t bytes, std::chrono::steady_clock::time_point now);
    [[nodiscard]] double per_second() const { return m_rate; }

private:
    std::chrono::steady_clock::time_point m_since{};
    std::uint64_t m_bytes = 0;
    double m_rate = 0;
    bool m_started = false;
};

class FetchDisplay final : public data::FetchProgress {
public:
    explicit FetchDisplay(Host& host);
    void on(const data::FetchEvent& event) override;
    void clear() { m_line.clear(); }

private:
    struct File {
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        bool finished = false;
        bool transferred = false;
    };
    void say(const std::string& text);
    void draw(const data::FetchEvent& event);

    Host& m_host;
    LiveLine m_line;
    Rate m_rate{};
    std::vector<File> m_files{};
};

}  // namespace mlpath::cli
