#include "data/fetch.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <set>

#include "base/text.hpp"
#include "data/archive.hpp"
#include "data/fetch_by_hand.hpp"
#include "data/fetch_hasher.hpp"
#include "data/fetch_job.hpp"

namespace mlpath::data {

namespace {

constexpr auto longest_wait = std::chrono::milliseconds(100);  // so soon Ctrl-C is seen and progress told

// How many files may be open for waiting on the disk, beside those that receive: the more there are, the more share one
// commit of the file system's journal. A quarter of what the system lets us open.
std::size_t verified_meanwhile() {
    constexpr rlim_t most = 256;
    rlimit files{};
    return ::getrlimit(RLIMIT_NOFILE, &files) == 0 ? static_cast<std::size_t>(std::min(files.rlim_cur / 4, most)) : 32;
}

class Fetching {
public:
    Fetching(std::span<const library::Dataset> datasets, const FetchOptions& options, const FetchTools& tools)
        : m_tools(tools),
          m_hasher([this] {
              if (auto* http = m_http_to_wake.load()) {
                  http->wake();
              }
          }),
          m_context{options, tools, m_hasher} {
        for (const auto& dataset : datasets) {
            for (const auto& file : dataset.files) {
                m_jobs.emplace_back(dataset, file, m_context.count++, m_context);
            }
        }
    }

    [[nodiscard]] Status run(const std::stop_token& stop);
    [[nodiscard]] std::deque<FetchJob>& jobs() { return m_jobs; }

private:
    [[nodiscard]] Status begin_what_is_due();
    [[nodiscard]] Status wait_and_take(const std::stop_token& stop);
    [[nodiscard]] std::optional<Pacer::Time> next_due(Pacer::Time now) const;
    [[nodiscard]] Status open_http();
    void take_hashes();

    const FetchTools& m_tools;
    std::atomic<system::HttpClient*> m_http_to_wake{nullptr};
    std::unique_ptr<system::HttpClient> m_http{};  // the hasher's thread ends before it, the jobs before both
    Hasher m_hasher;
    JobContext m_context;
    std::deque<FetchJob> m_jobs{};
    std::size_t m_verified_meanwhile = verified_meanwhile();
};

Status Fetching::open_http() {
    if (!m_http) {
        MLPATH_TRY(m_http, m_tools.http());
        m_http_to_wake = m_http.get();
    }
    return {};
}

Status Fetching::begin_what_is_due() {
    const auto now = m_tools.pacer.now();
    const auto in_state = [&](FetchJob::State state) {
        return static_cast<std::size_t>(std::ranges::count(m_jobs, state, &FetchJob::state));
    };
    auto receiving = in_state(FetchJob::State::receiving);
    auto under_way = static_cast<std::size_t>(std::ranges::count_if(m_jobs, &FetchJob::under_way));
    const auto at_once = std::max<std::size_t>(m_context.options.at_once, 1);
    for (auto& job : m_jobs) {
        const bool wants = job.state() == FetchJob::State::ready || job.state() == FetchJob::State::locked_out;
        if (!wants || job.due() > now || receiving >= at_once) {
            continue;
        }
        const bool had_file = job.under_way();
        if (!had_file && under_way >= at_once + m_verified_meanwhile) {
            continue;
        }
        const bool ready = job.prepare();
        under_way += job.under_way() && !had_file ? 1 : 0;
        if (ready) {
            MLPATH_CHECK(open_http());
            job.start(*m_http);
            ++receiving;
        }
    }
    return {};
}

void Fetching::take_hashes() {
    for (const auto& finished : m_hasher.take_finished()) {
        const auto job = std::ranges::find(m_jobs, finished.ticket, &FetchJob::ticket);
        if (job != m_jobs.end()) {
            job->hashed(finished.sha256);
        }
    }
}

// The nearest time at which a job wants to go on. One that is due and could not begin waits for another to end.
std::optional<Pacer::Time> Fetching::next_due(Pacer::Time now) const {
    std::optional<Pacer::Time> nearest;
    for (const auto& job : m_jobs) {
        const bool wants = job.state() == FetchJob::State::ready || job.state() == FetchJob::State::locked_out;
        if (wants && job.due() > now && (!nearest || job.due() < *nearest)) {
            nearest = job.due();
        }
    }
    return nearest;
}

Status Fetching::wait_and_take(const std::stop_token& stop) {
    const auto now = m_tools.pacer.now();
    const auto next = next_due(now);
    const auto wait =
        next ? std::min(longest_wait, std::chrono::ceil<std::chrono::milliseconds>(*next - now)) : longest_wait;
    const bool network = m_http && m_http->active() > 0;
    if (network || (m_http && m_hasher.unfinished() > 0)) {
        MLPATH_TRY(const auto outcomes, m_http->poll(wait));
        for (const auto& outcome : outcomes) {
            const auto job = std::ranges::find(m_jobs, outcome.id, &FetchJob::transfer);
            if (job != m_jobs.end()) {
                job->ended(outcome);
            }
        }
    } else if (m_hasher.unfinished() > 0) {
        m_tools.pacer.sleep(std::chrono::milliseconds(5), stop);
    } else if (next) {
        m_tools.pacer.sleep(std::chrono::ceil<std::chrono::milliseconds>(*next - now), stop);
    }
    take_hashes();
    return {};
}

Status Fetching::run(const std::stop_token& stop) {
    while (!std::ranges::all_of(m_jobs, &FetchJob::over)) {
        if (stop.stop_requested()) {
            for (const auto& job : m_jobs) {
                if (job.transfer() != 0) {
                    m_http->cancel(job.transfer());
                }
            }
            return fail(ErrorKind::interrupted, "interrupted; what has come is kept",
                        "run the same command again to go on from there");
        }
        MLPATH_CHECK(begin_what_is_due());
        MLPATH_CHECK(wait_and_take(stop));
        for (auto& job : m_jobs) {
            job.tell_received();
        }
    }
    return {};
}

// After the files' own flushes: their names, so that a power cut does not make us fetch them again.
void flush_folders(std::deque<FetchJob>& jobs) {
    std::set<fs::path> folders;
    for (auto& job : jobs) {
        if (job.state() == FetchJob::State::done && job.result().origin == Origin::downloaded) {
            folders.insert(job.result().path.parent_path());
        }
    }
    for (const auto& folder : folders) {
        static_cast<void>(flush(folder));
    }
}

Error of_all(std::vector<Error> errors, std::size_t count) {
    auto error = errors.front();
    if (errors.size() > 1) {
        std::vector<std::string> words;
        for (const auto& one : errors) {
            words.push_back(one.message);
        }
        error.message = std::to_string(errors.size()) + " of " + count_of(count, "file") +
                        " could not be had: " + join(words, ". ");
    }
    return error;
}

}  // namespace

Result<FetchReport> fetch(std::span<const library::Dataset> datasets, const FetchOptions& options,
                          const FetchTools& tools, std::stop_token stop) {
    for (const auto& dataset : datasets) {
        for (const auto& file : dataset.files) {
            if (file.sources.empty()) {
                return fail(ErrorKind::malformed, "the dataset " + dataset.id + " names no source of " + file.name);
            }
        }
    }
    if (!options.from.empty()) {
        return fetch_by_hand(datasets, options, tools, std::move(stop));  // unpacks as well
    }
    Fetching fetching(datasets, options, tools);
    auto& jobs = fetching.jobs();
    MLPATH_CHECK(fetching.run(stop));
    flush_folders(jobs);
    FetchReport report;
    std::vector<Error> errors;
    for (auto& job : jobs) {
        if (job.state() == FetchJob::State::done && job.file().archive && options.unpacking == Unpacking::now) {
            job.tell(FetchStage::unpacking);
            auto folder = unpacked_in_cache(tools.cache, {job.result().path, job.result().sha256}, job.file(),
                                            options.depth, stop);
            if (!folder && folder.error().kind == ErrorKind::interrupted) {
                return fail(std::move(folder).error());
            }
            if (folder) {
                job.result().unpacked = std::move(*folder);
            } else {
                job.fail_with(std::move(folder).error());
            }
        }
        if (job.state() == FetchJob::State::failed) {
            errors.push_back(job.error());
        } else {
            report.files.push_back(std::move(job.result()));
        }
    }
    if (!errors.empty()) {
        return fail(of_all(std::move(errors), jobs.size()));
    }
    return report;
}

}  // namespace mlpath::data
