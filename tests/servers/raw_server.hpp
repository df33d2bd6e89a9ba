// An HTTP server of ours for tests, on a port of 127.0.0.1 that the system picks, that does what it is told, however
// wrong: a handler writes the raw bytes of the answer. One thread a connection; all end with the object.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tests {

struct RawRequest {
    std::string method{};
    std::string path{};
    std::map<std::string, std::string> headers{};  // names in lower case
    int number = 0;                                // how many requests there have been for this path, this one included

    [[nodiscard]] std::string header(const std::string& name) const;
    // N of "Range: bytes=N-", or 0.
    [[nodiscard]] std::size_t offset() const;
};

class RawConnection {
public:
    RawConnection(int descriptor, std::stop_token stop) : m_descriptor(descriptor), m_stop(std::move(stop)) {}
    bool send(std::string_view bytes) const;
    // A head with Content-Length (of `body`, unless `headers` has one) and the body.
    bool answer(int status, std::string_view body, const std::string& headers = {}) const;
    void pause(int milliseconds) const;  // ends early when the server ends
    void stall() const;                  // until the server ends, or the peer leaves
    [[nodiscard]] bool ending() const { return m_stop.stop_requested(); }

private:
    int m_descriptor;
    std::stop_token m_stop;
};

// Whether the connection is kept for another request.
enum class After { keep, close };
using RawHandler = std::function<After(const RawRequest&, const RawConnection&)>;

class RawServer {
public:
    explicit RawServer(RawHandler handler);
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;
    ~RawServer();

    [[nodiscard]] std::string url(std::string_view path = "/") const;
    [[nodiscard]] int requests(const std::string& path) const;
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] std::vector<RawRequest> log() const;

private:
    void serve(int descriptor, const std::stop_token& stop);

    RawHandler m_handler;
    int m_listening = -1;
    int m_port = 0;
    std::atomic<int> m_connections{0};
    mutable std::mutex m_mutex{};
    std::map<std::string, int> m_counts{};
    std::vector<RawRequest> m_log{};
    std::vector<std::jthread> m_threads{};
    std::jthread m_accepting{};
};

// Serves `body` with range, ETag and If-Range as a good server does.
After serve_well(const RawRequest& request, const RawConnection& connection, std::string_view body,
                 const std::string& etag = "\"v1\"");

}  // namespace tests
