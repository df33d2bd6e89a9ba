// Whether addresses still answer: asked politely (a few at a time in all, one at a time of each host and with a pause
// between), by HEAD, and by a GET of one byte where a server does not like that.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/log.hpp"
#include "base/time.hpp"
#include "data/fetch_retry.hpp"
#include "system/http_curl.hpp"

namespace mlpath::data {

struct LinkAnswer {
    enum class Kind {
        good,
        moved,    // for good: `now` is the new address
        gone,     // nobody will find what it led to
        unclear,  // this time it could not be told
    };
    Kind kind = Kind::unclear;
    std::string now{};
    std::string words{};  // why it is gone or unclear: "example.org answered 404 (not found)"
    friend bool operator==(const LinkAnswer&, const LinkAnswer&) = default;
};

// By address, without its "#part".
using LinkAnswers = std::map<std::string, LinkAnswer, std::less<>>;

// What was found out lately, in a file of the cache: the answers that hold for a week.
class KnownLinks {
public:
    [[nodiscard]] static KnownLinks load(fs::path file, TimePoint now);
    [[nodiscard]] const LinkAnswer* find(std::string_view url) const;
    // Keeps it where it is one to be believed for a while.
    void learn(const std::string& url, const LinkAnswer& answer, TimePoint now);
    [[nodiscard]] Status save() const;

private:
    struct Entry {
        TimePoint at{};
        LinkAnswer answer{};
    };
    explicit KnownLinks(fs::path file) : m_file(std::move(file)) {}
    fs::path m_file;
    std::map<std::string, Entry, std::less<>> m_known{};
    bool m_changed = false;
};

class LinkProgress {
public:
    virtual ~LinkProgress() = default;
    virtual void answered(std::size_t done, std::size_t of) = 0;
};

struct LinkOptions {
    std::size_t at_once = 8;                       // in all
    std::chrono::milliseconds pause{500};          // between two requests of one host
    std::chrono::seconds longest_retry_after{20};  // a server that asks for more is not asked again
    int attempts = 2;                              // where it may be a passing trouble
    int most_redirects = 10;
    std::size_t silent_hosts = 6;  // so many that cannot be reached, and none that can: there is no network
};

struct LinkTools {
    system::HttpMaker http;
    Pacer& pacer;
    const system::Clock& clock;
    KnownLinks& known;
    LinkProgress* progress = nullptr;
    Log log{};
};

struct LinksAsked {
    LinkAnswers answers{};
    std::size_t requests = 0;  // that were sent
    bool no_network = false;   // nobody could be reached; what was not asked is unclear
};

// Each address once. Fails where there is no HTTP to be had, and when it is interrupted; what was learned by then is
// kept.
[[nodiscard]] Result<LinksAsked> ask_links(const std::vector<std::string>& urls, const LinkOptions& options,
                                           const LinkTools& tools, std::stop_token stop = {});

// Without "#part".
[[nodiscard]] std::string without_fragment(std::string_view url);

}  // namespace mlpath::data
