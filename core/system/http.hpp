// HTTP as values: what to get, what came, and many transfers at once in one thread. The client with libcurl stands
// beside it (http_curl.hpp); tests put one of their own in its place.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::system {

enum class HttpMethod { get, head };
// Followed within the transfer, or told as the answer: `location` of the head then says where to.
enum class Redirects { followed, told };

struct HttpRequest {
    std::string url{};            // http or https, anything else is refused, also after a redirect
    std::uint64_t offset = 0;     // ask for the bytes from here on
    std::string validator{};      // with an offset: only if this still holds (If-Range), else the whole
    std::uint64_t length = 0;     // ask for so many bytes; 0: for all
    std::uint64_t max_bytes = 0;  // a body larger than this is refused as soon as that is known; 0: any
    HttpMethod method = HttpMethod::get;
    Redirects redirects = Redirects::followed;
};

// The head of the response that answered, after redirects.
struct HttpHead {
    int status = 0;
    std::string url{};           // where it came from in the end
    std::string content_type{};  // without parameters, lower case
    std::string content_encoding{};
    std::string etag{};
    std::string last_modified{};
    std::string retry_after{};
    std::string location{};                      // of a redirect that was told: the whole address
    std::optional<std::uint64_t> length{};       // Content-Length
    std::optional<std::uint64_t> range_start{};  // of Content-Range
    std::optional<std::uint64_t> range_total{};
};

// What fit for If-Range: a strong ETag, else Last-Modified, else nothing.
[[nodiscard]] std::string validator_of(const HttpHead& head);
// A line of a header, "Name: value", taken into `head`; a status line begins a new head.
void take_header_line(HttpHead& head, std::string_view line);
// Retry-After: seconds, or a date compared with `now`. At most a century; nothing if it is neither.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(std::string_view value,
                                                              std::chrono::system_clock::time_point now);
// "raw.githubusercontent.com" of a URL; user names and passwords are never part of it.
[[nodiscard]] std::string host_of(std::string_view url);

// Takes the body of a response with status 200 or 206 (the body of any other is dropped).
class BodySink {
public:
    virtual ~BodySink() = default;
    // Before the first byte. An Error here or from `write` ends the transfer with failure `sink`; the sink remembers
    // why.
    [[nodiscard]] virtual Status begin(const HttpHead& head) = 0;
    [[nodiscard]] virtual Status write(std::string_view bytes) = 0;
};

enum class HttpFailure {
    none,         // a response came, whole; its status may still be 404
    bad_url,      // not a URL, or not http(s)
    resolve,      // no such host, or no name service
    connect,      // refused, no route, or no answer to the connection
    proxy,        // the proxy could not be found or refused
    certificate,  // expired, self-signed, for another host
    tls,          // any other trouble with the encryption
    stalled,      // hardly a byte for the stall time
    dropped,      // the connection ended before the body did
    redirects,    // in a circle, or too many
    too_large,    // more bytes than asked for
    sink,         // our side gave up
    protocol,     // what came is no HTTP that we understand
};

struct HttpOutcome {
    std::uint64_t id = 0;
    HttpFailure failure = HttpFailure::none;
    std::string detail{};  // the library's words for the failure
    HttpHead head{};
    std::uint64_t received = 0;  // bytes of the body given to the sink
};

// Used from one thread, save for `wake`.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    // Begins a transfer and returns its id. `sink` must live until the outcome came or the transfer was canceled.
    [[nodiscard]] virtual Result<std::uint64_t> start(const HttpRequest& request, BodySink& sink) = 0;
    virtual void cancel(std::uint64_t id) = 0;
    // Moves all transfers on, waiting up to `wait` for something to happen; returns those that ended.
    [[nodiscard]] virtual Result<std::vector<HttpOutcome>> poll(std::chrono::milliseconds wait) = 0;
    [[nodiscard]] virtual std::size_t active() const = 0;
    // Ends a `poll` early; from any thread.
    virtual void wake() = 0;
};

}  // namespace mlpath::system
