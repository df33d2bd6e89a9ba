#include "data/fetch_retry.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/text.hpp"

namespace mlpath::data {

using system::HttpFailure;
using system::HttpOutcome;

namespace {

bool passes(int status) {
    switch (status) {
        case 408:
        case 425:
        case 429:
        case 500:
        case 502:
        case 503:
        case 504: return true;
        default: return false;
    }
}

std::string_view meaning(int status) {
    switch (status) {
        case 401: return "it wants a login";
        case 403: return "forbidden";
        case 404: return "not found";
        case 407: return "the proxy wants a login";
        case 410: return "gone";
        case 416: return "no such range";
        case 429: return "too many requests";
        case 451: return "withheld for legal reasons";
        case 500: return "an error inside the server";
        case 502: return "bad gateway";
        case 503: return "not available now";
        case 504: return "gateway time-out";
        default: return "";
    }
}

bool says(std::string_view detail, std::string_view word) {
    return to_lower_ascii(detail).find(word) != std::string::npos;
}

std::string of_certificate(std::string_view detail, const std::string& host) {
    if (says(detail, "expired")) {
        return "the certificate of " + host + " has expired";
    }
    if (says(detail, "self-signed") || says(detail, "self signed")) {
        return "the certificate of " + host + " is signed by itself";
    }
    if (says(detail, "not yet valid")) {
        return "the certificate of " + host + " is not valid yet (is the clock right?)";
    }
    if (says(detail, "subject name") || says(detail, "host name")) {
        return "the certificate of " + host + " belongs to another host";
    }
    return "the certificate of " + host + " cannot be trusted";
}

}  // namespace

Pacer::Time RealPacer::now() const { return std::chrono::steady_clock::now(); }

void RealPacer::sleep(std::chrono::milliseconds time, std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, time, [] { return false; });
}

Verdict judge(const HttpOutcome& outcome) {
    switch (outcome.failure) {
        case HttpFailure::none:
            if (outcome.head.status == 200 || outcome.head.status == 206) {
                return Verdict::good;
            }
            return passes(outcome.head.status) ? Verdict::transient : Verdict::give_up;
        case HttpFailure::stalled:
        case HttpFailure::dropped: return Verdict::transient;
        case HttpFailure::resolve:
        case HttpFailure::connect:
        case HttpFailure::proxy: return Verdict::unreachable;
        default: return Verdict::give_up;
    }
}

std::optional<std::chrono::milliseconds> pause_before(int attempt, const HttpOutcome& outcome,
                                                      const RetryPolicy& policy, TimePoint now,
                                                      system::Random& random) {
    auto pause = policy.first_pause;
    for (int i = 1; i < attempt && pause < policy.longest_pause; ++i) {
        pause *= 2;
    }
    pause = std::min(pause, policy.longest_pause);
    const auto half = pause.count() / 2;
    pause -= std::chrono::milliseconds(
        half == 0 ? 0 : static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(half + 1)));
    if (outcome.failure == HttpFailure::none && !outcome.head.retry_after.empty()) {
        if (const auto asked = system::retry_after(outcome.head.retry_after, now)) {
            if (*asked > policy.longest_retry_after) {
                return std::nullopt;
            }
            pause = std::max(pause, std::chrono::milliseconds(*asked));
        }
    }
    return pause;
}

std::string in_words(const HttpOutcome& outcome, std::string_view url) {
    const auto host = system::host_of(outcome.head.url.empty() ? url : std::string_view(outcome.head.url));
    switch (outcome.failure) {
        case HttpFailure::none: break;
        case HttpFailure::bad_url:
            if (outcome.head.status != 0) {
                return host + " redirects to an address that is not one of http or https";
            }
            return "the address " + printable(url) + " is not one of http or https";
        case HttpFailure::resolve: return "there is no host " + host + ", or no network";
        case HttpFailure::connect: return "no connection to " + host;
        case HttpFailure::proxy: return "the proxy did not take the request to " + host;
        case HttpFailure::certificate: return of_certificate(outcome.detail, host);
        case HttpFailure::tls: return "no secure connection to " + host + " (" + printable(outcome.detail) + ")";
        case HttpFailure::stalled: return host + " stopped sending";
        case HttpFailure::dropped: return host + " ended the connection before the file was complete";
        case HttpFailure::redirects: return host + " redirects in a circle";
        case HttpFailure::too_large: return host + " sends more bytes than the file has";
        case HttpFailure::sink: return "the bytes could not be stored";
        case HttpFailure::protocol: return host + " does not speak proper HTTP (" + printable(outcome.detail) + ")";
    }
    const auto status = outcome.head.status;
    const auto means = meaning(status);
    return host + " answered " + std::to_string(status) + (means.empty() ? "" : " (" + std::string(means) + ")");
}

}  // namespace mlpath::data
