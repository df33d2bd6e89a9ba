#include "data/links.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"

namespace mlpath::data {

using system::HttpFailure;
using system::HttpMethod;
using system::HttpOutcome;

namespace {

// The head is all that is asked for: the body is given up as soon as it begins.
class NoBody final : public system::BodySink {
public:
    [[nodiscard]] Status begin(const system::HttpHead& /*head*/) override {
        return fail(ErrorKind::internal, "the head was enough");
    }
    [[nodiscard]] Status write(std::string_view /*bytes*/) override { return {}; }
};

struct Job {
    std::string url{};      // that was asked about
    std::string current{};  // where redirects have led
    HttpMethod method = HttpMethod::head;
    int hops = 0;
    int attempt = 1;
    bool for_good = true;  // every redirect so far was
    Pacer::Time not_before{};
};

bool is_redirect(const HttpOutcome& outcome) {
    const auto status = outcome.head.status;
    return outcome.failure == HttpFailure::none && !outcome.head.location.empty() &&
           (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
}

bool answered_well(const HttpOutcome& outcome) {
    const bool whole = outcome.failure == HttpFailure::none || outcome.failure == HttpFailure::sink;
    return whole && outcome.head.status >= 200 && outcome.head.status < 300;
}

bool was_reached(const HttpOutcome& outcome) { return judge(outcome) != Verdict::unreachable; }

// The jobs of one host, one of which may be under way.
struct Queue {
    std::deque<Job> waiting{};
    bool busy = false;
    bool silent = false;
    Pacer::Time free_at{};
    [[nodiscard]] Pacer::Time ready_at() const { return std::max(free_at, waiting.front().not_before); }
};

class Asking {
public:
    Asking(const LinkOptions& options, const LinkTools& tools, system::HttpClient& http)
        : m_options(options), m_tools(tools), m_http(http) {}

    void add(const std::string& url) {
        enqueue({.url = url, .current = url});
        ++m_of;
    }

    Result<LinksAsked> run(std::stop_token stop) {
        while (m_asked.answers.size() < m_of && !m_asked.no_network) {
            if (stop.stop_requested()) {
                return fail(ErrorKind::interrupted, "interrupted");
            }
            MLPATH_CHECK(begin_what_may());
            const auto wait = until_next();
            if (m_running.empty()) {
                m_tools.pacer.sleep(wait, stop);
                continue;
            }
            MLPATH_TRY(const auto outcomes, m_http.poll(wait));
            for (const auto& outcome : outcomes) {
                end(outcome);
            }
        }
        for (const auto& [id, job] : m_running) {
            m_http.cancel(id);
        }
        return std::move(m_asked);
    }

private:
    void enqueue(Job job) {
        auto& waiting = m_queues[system::host_of(job.current)].waiting;
        // What was begun is brought to its end first.
        job.hops > 0 || job.attempt > 1 || job.method == HttpMethod::get ? waiting.push_front(std::move(job))
                                                                         : waiting.push_back(std::move(job));
    }

    Status begin_what_may() {
        const auto now = m_tools.pacer.now();
        for (auto& [host, queue] : m_queues) {
            if (m_running.size() >= m_options.at_once) {
                break;
            }
            if (queue.busy || queue.waiting.empty() || queue.ready_at() > now) {
                continue;
            }
            auto job = std::move(queue.waiting.front());
            queue.waiting.pop_front();
            const bool part = job.method == HttpMethod::get;
            MLPATH_TRY(const auto id, m_http.start({.url = job.current,
                                                    .length = part ? std::uint64_t{1} : std::uint64_t{0},
                                                    .method = job.method,
                                                    .redirects = system::Redirects::told},
                                                   m_no_body));
            queue.busy = true;
            ++m_asked.requests;
            m_running.emplace(id, std::move(job));
        }
        return {};
    }

    // How long nothing can be begun, or half a second: a stop is then noticed.
    [[nodiscard]] std::chrono::milliseconds until_next() const {
        auto wait = std::chrono::milliseconds(500);
        const auto now = m_tools.pacer.now();
        for (const auto& [host, queue] : m_queues) {
            if (!queue.busy && !queue.waiting.empty() && m_running.size() < m_options.at_once) {
                const auto left = std::chrono::ceil<std::chrono::milliseconds>(queue.ready_at() - now);
                wait = std::clamp(left, std::chrono::milliseconds(0), wait);
            }
        }
        return wait;
    }

    void end(const HttpOutcome& outcome) {
        const auto found = m_running.find(outcome.id);
        if (found == m_running.end()) {
            return;
        }
        auto job = std::move(found->second);
        m_running.erase(found);
        auto& queue = m_queues[system::host_of(job.current)];
        queue.busy = false;
        queue.free_at = m_tools.pacer.now() + m_options.pause;
        if (was_reached(outcome)) {
            m_reached = true;
        }
        if (is_redirect(outcome)) {
            follow(std::move(job), outcome);
        } else if (answered_well(outcome)) {
            const bool moved = job.hops > 0 && job.for_good;
            answer(job, moved ? LinkAnswer{.kind = LinkAnswer::Kind::moved, .now = job.current}
                              : LinkAnswer{.kind = LinkAnswer::Kind::good});
        } else {
            not_well(std::move(job), outcome, queue);
        }
    }

    void follow(Job job, const HttpOutcome& outcome) {
        const auto status = outcome.head.status;
        job.for_good = job.for_good && (status == 301 || status == 308);
        if (++job.hops > m_options.most_redirects) {
            answer(job, {.kind = LinkAnswer::Kind::gone,
                         .words = system::host_of(job.current) + " redirects in a circle, or too often"});
            return;
        }
        job.current = without_fragment(outcome.head.location);
        job.attempt = 1;
        enqueue(std::move(job));
    }

    void not_well(Job job, const HttpOutcome& outcome, Queue& queue) {
        const auto words = in_words(outcome, job.current);
        const auto status = outcome.failure == HttpFailure::none ? outcome.head.status : 0;
        const bool passing = judge(outcome) == Verdict::transient;
        m_tools.log.debug("link not answered well", [&] {
            return LogFields{{"address", job.current}, {"attempt", std::to_string(job.attempt)}, {"why", words}};
        });
        const bool hung_up = outcome.failure == HttpFailure::dropped || outcome.failure == HttpFailure::protocol;
        if (job.method == HttpMethod::head && (hung_up || (status >= 400 && !passing))) {
            // Some servers refuse HEAD, some of those say that there is nothing, and some say nothing at all.
            job.method = HttpMethod::get;
            enqueue(std::move(job));
        } else if (status == 404 || status == 410) {
            answer(job, {.kind = LinkAnswer::Kind::gone, .words = words});
        } else if (const auto pause = passing ? pause_after(job, outcome) : std::nullopt) {
            ++job.attempt;
            job.not_before = m_tools.pacer.now() + *pause;
            enqueue(std::move(job));
        } else {
            answer(job, {.kind = LinkAnswer::Kind::unclear, .words = words});
            if (!was_reached(outcome)) {
                give_up(queue, words);
            }
        }
    }

    // How long to wait before another attempt; nothing where there is to be none.
    [[nodiscard]] std::optional<std::chrono::milliseconds> pause_after(const Job& job,
                                                                       const HttpOutcome& outcome) const {
        if (job.attempt >= m_options.attempts) {
            return std::nullopt;
        }
        const auto asked = system::retry_after(outcome.head.retry_after, m_tools.clock.now());
        if (asked && *asked > m_options.longest_retry_after) {
            return std::nullopt;
        }
        return std::max(m_options.pause, std::chrono::milliseconds(asked.value_or(std::chrono::seconds(1))));
    }

    // A host that cannot be reached is not asked for its other addresses.
    void give_up(Queue& queue, const std::string& words) {
        queue.silent = true;
        for (auto& job : std::exchange(queue.waiting, {})) {
            answer(job, {.kind = LinkAnswer::Kind::unclear, .words = words});
        }
        const auto silent = static_cast<std::size_t>(
            std::ranges::count_if(m_queues, [](const auto& entry) { return entry.second.silent; }));
        const bool all = m_asked.answers.size() == m_of;
        m_asked.no_network = !m_reached && (all || silent >= m_options.silent_hosts);
    }

    void answer(const Job& job, LinkAnswer answer) {
        m_tools.known.learn(job.url, answer, m_tools.clock.now());
        m_asked.answers[job.url] = std::move(answer);
        if (m_tools.progress != nullptr) {
            m_tools.progress->answered(m_asked.answers.size(), m_of);
        }
    }

    const LinkOptions& m_options;
    const LinkTools& m_tools;
    system::HttpClient& m_http;
    NoBody m_no_body{};
    std::map<std::string, Queue> m_queues{};  // by host
    std::map<std::uint64_t, Job> m_running{};
    LinksAsked m_asked{};
    std::size_t m_of = 0;
    bool m_reached = false;  // anybody
};

}  // namespace

std::string without_fragment(std::string_view url) { return std::string(url.substr(0, url.find('#'))); }

Result<LinksAsked> ask_links(const std::vector<std::string>& urls, const LinkOptions& options, const LinkTools& tools,
                             std::stop_token stop) {
    LinksAsked known;
    std::set<std::string> unknown;
    for (const auto& each : urls) {
        auto url = without_fragment(each);
        if (const auto* const answer = tools.known.find(url)) {
            known.answers[url] = *answer;
        } else {
            unknown.insert(std::move(url));
        }
    }
    if (unknown.empty()) {
        return known;
    }
    MLPATH_TRY(const auto http, tools.http());
    Asking asking(options, tools, *http);
    for (const auto& url : unknown) {
        asking.add(url);
    }
    auto asked = asking.run(std::move(stop));
    tools.log.kept("which links are good", tools.known.save());
    if (!asked) {
        return fail(asked.error());
    }
    for (const auto& url : unknown) {
        asked->answers.try_emplace(url, LinkAnswer{.words = "there was no network"});
    }
    asked->answers.merge(known.answers);
    return asked;
}

}  // namespace mlpath::data
