// The HTTP client with libcurl, opened when made: one multi handle, so that connections are kept and shared.
// Proxies come from the environment, as libcurl reads it (http_proxy, https_proxy, all_proxy, no_proxy).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "system/environment.hpp"
#include "system/http.hpp"

namespace mlpath::system {

struct CurlOptions {
    std::chrono::milliseconds connect_limit{15'000};
    std::chrono::seconds stall_time{30};  // whole seconds: below `stall_bytes` a second for this long is a stall
    long stall_bytes = 100;
    long max_redirects = 10;
    long connections_per_host = 8;
    std::string certificates{};  // a file of certificate authorities to trust; empty: the system's
    std::string user_agent = "mlpath";
};

// With SSL_CERT_FILE or CURL_CA_BUNDLE of the environment as `certificates`.
[[nodiscard]] CurlOptions curl_options(const Environment& environment);

// Kind missing where libcurl.so.4 is not installed.
[[nodiscard]] Result<std::unique_ptr<HttpClient>> open_curl(CurlOptions options = {});

// Makes a client when the first transfer needs one: who finds all in the cache never loads libcurl.
using HttpMaker = std::function<Result<std::unique_ptr<HttpClient>>()>;

}  // namespace mlpath::system
