// What to do when a transfer fails: try again after a pause, go to the next source, or give up. Pure decisions, and
// time as an interface, so that a test of a minute's back-off takes no time.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "system/clock.hpp"
#include "system/http.hpp"

namespace mlpath::data {

struct RetryPolicy {
    int attempts = 5;              // at one source, counted anew whenever bytes have come
    int attempts_unreachable = 2;  // where there is no name or no connection: more would only keep the user waiting
    std::chrono::milliseconds first_pause{500};
    std::chrono::milliseconds longest_pause{20'000};
    std::chrono::seconds longest_retry_after{60};  // a server that asks for more is given up for this time
};

// Time that passes.
class Pacer {
public:
    using Time = std::chrono::steady_clock::time_point;
    virtual ~Pacer() = default;
    [[nodiscard]] virtual Time now() const = 0;
    // Returns early when a stop is requested.
    virtual void sleep(std::chrono::milliseconds time, std::stop_token stop) = 0;
};

class RealPacer final : public Pacer {
public:
    [[nodiscard]] Time now() const override;
    void sleep(std::chrono::milliseconds time, std::stop_token stop) override;
};

enum class Verdict { good, transient, unreachable, give_up };

// Of an outcome whose failure is not `sink`. 408, 425, 429, 500, 502, 503, 504, a stall and a dropped connection pass;
// 404, certificates, circles and the like do not.
[[nodiscard]] Verdict judge(const system::HttpOutcome& outcome);

// How long to wait before attempt number `attempt` (the second is 1): doubling from the first pause, between half and
// the whole of it by `random`, and not less than the server asked for. Nothing: it asked for too much, give up.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause_before(int attempt, const system::HttpOutcome& outcome,
                                                                    const RetryPolicy& policy, TimePoint now,
                                                                    system::Random& random);

// One clause for people: "example.org answered 404 (not found)", "the certificate of example.org has expired".
[[nodiscard]] std::string in_words(const system::HttpOutcome& outcome, std::string_view url);

}  // namespace mlpath::data
