// One file on its way into the cache: the lock, what an earlier run left, the mirror and the sources in turn, pauses,
// the verdict on the bytes. The loop in fetch.cpp moves many of these on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/fetch.hpp"
#include "data/fetch_hasher.hpp"
#include "data/fetch_part.hpp"

namespace mlpath::data {

struct JobContext {
    const FetchOptions& options;
    const FetchTools& tools;
    Hasher& hasher;
    std::size_t count = 0;  // of all files
};

class FetchJob {
public:
    enum class State { locked_out, ready, receiving, verifying, done, failed };

    FetchJob(const library::Dataset& dataset, const library::DatasetFile& file, std::size_t index,
             const JobContext& context);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool over() const { return m_state == State::done || m_state == State::failed; }
    // Has a file open: these are bounded.
    [[nodiscard]] bool under_way() const { return m_part != nullptr; }
    // When a job that is locked out or ready wants its next step.
    [[nodiscard]] Pacer::Time due() const { return m_due; }
    [[nodiscard]] std::uint64_t transfer() const { return m_transfer; }
    [[nodiscard]] std::uint64_t ticket() const { return m_part ? m_part->ticket() : 0; }

    // Takes the lock, looks at what is there, and says whether it now wants a transfer.
    [[nodiscard]] bool prepare();
    void start(system::HttpClient& http);
    void ended(const system::HttpOutcome& outcome);
    void hashed(const Result<std::string>& sha256);
    void tell_received();  // an event, if bytes have come since the last
    void fail_with(Error error);

    [[nodiscard]] const Error& error() const { return *m_error; }
    [[nodiscard]] FetchedFile& result() { return m_result; }
    [[nodiscard]] const library::DatasetFile& file() const { return m_file; }
    [[nodiscard]] const library::Dataset& dataset() const { return m_dataset; }
    void tell(FetchStage stage, std::string_view note = {}, std::chrono::milliseconds delay = {}) const;

private:
    void tell_log(FetchStage stage, std::string_view note, std::chrono::milliseconds delay) const;
    [[nodiscard]] bool in_cache();
    [[nodiscard]] bool size_is_promised() const;
    [[nodiscard]] bool hash_is_promised(const std::string& sha256) const;
    void next_source(const std::string& why, ErrorKind kind);
    void retry(const system::HttpOutcome& outcome, Verdict verdict);
    void verify();
    void accept(const fs::path& bytes, const std::string& sha256);
    bool accept_decoded();
    void reject();
    void leave(State state);
    [[nodiscard]] const std::string& source() const { return m_sources[m_source]; }

    const library::Dataset& m_dataset;
    const library::DatasetFile& m_file;
    const JobContext& m_context;
    std::size_t m_index;
    State m_state = State::ready;
    Pacer::Time m_due{};
    std::vector<std::string> m_sources{};  // addresses, the mirror first
    std::size_t m_source = 0;
    std::uint64_t m_max_bytes = 0;
    std::unique_ptr<PartFile> m_part{};
    std::uint64_t m_transfer = 0;
    int m_attempts = 0;
    std::uint64_t m_farthest = 0;  // the most bytes that the file ever had, for telling whether attempts bring it on
    bool m_started_over = false;   // at this source: resumed bytes turned out bad and were thrown away
    bool m_asked_again = false;    // at this source: a short answer without a length was taken for a dropped one
    bool m_told_waiting = false;
    std::uint64_t m_told_bytes = 0;
    std::optional<system::HttpOutcome> m_doubtful{};  // an ended transfer whose bytes might be whole nevertheless
    std::vector<std::string> m_reasons{};
    ErrorKind m_kind = ErrorKind::network;
    std::optional<Error> m_error{};
    FetchedFile m_result{};
};

// What to do when no source gives a file: the commands that help.
[[nodiscard]] std::string other_ways(const library::Dataset& dataset, const library::DatasetFile& file);

}  // namespace mlpath::data
