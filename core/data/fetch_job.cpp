#include "data/fetch_job.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"

namespace mlpath::data {

namespace {

constexpr auto lock_pause = std::chrono::milliseconds(100);

std::string mirror_url(std::string_view base, const library::Dataset& dataset, const library::DatasetFile& file) {
    while (base.ends_with('/')) {
        base.remove_suffix(1);
    }
    constexpr std::string_view plain = "-._~/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string url = std::string(base) + '/';
    for (const char c : dataset.id + '/' + file.name) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            plain.find(c) != std::string_view::npos) {
            url += c;
        } else {
            url += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return url;
}

struct Heard {
    LogLevel level = LogLevel::off;
    std::string_view event{};
};

Heard heard_of(FetchStage stage) {
    switch (stage) {
        case FetchStage::cached: return {LogLevel::debug, "data in the cache"};
        case FetchStage::waiting: return {LogLevel::info, "data waited for"};
        case FetchStage::connecting: return {LogLevel::info, "data asked for"};
        case FetchStage::retrying: return {LogLevel::warning, "data asked for again"};
        case FetchStage::next_source: return {LogLevel::warning, "source given up"};
        case FetchStage::verifying: return {LogLevel::debug, "data verified"};
        case FetchStage::unpacking: return {LogLevel::debug, "data unpacked"};
        case FetchStage::fetched: return {LogLevel::info, "data fetched"};
        case FetchStage::failed: return {LogLevel::warning, "data not fetched"};
        case FetchStage::receiving: break;
    }
    return {};
}

}  // namespace

std::string other_ways(const library::Dataset& dataset, const library::DatasetFile& file) {
    std::string hint;
    if (!file.sources.empty()) {
        hint = "download " + printable(file.sources.front().url) + " by hand, then ";
    }
    return hint + "`mlpath fetch " + dataset.id + " --from FILE`; or name a mirror: `mlpath fetch " + dataset.id +
           " --mirror URL`";
}

FetchJob::FetchJob(const library::Dataset& dataset, const library::DatasetFile& file, std::size_t index,
                   const JobContext& context)
    : m_dataset(dataset), m_file(file), m_context(context), m_index(index) {
    if (!context.options.mirror.empty()) {
        m_sources.push_back(mirror_url(context.options.mirror, dataset, file));
    }
    for (const auto& source : file.sources) {
        m_sources.push_back(source.url);
        m_max_bytes = std::max(m_max_bytes, source.bytes);
    }
    m_result.dataset = dataset.id;
    m_result.name = file.name;
}

// What a log hears of a stage: nothing of those that come many times a second.
void FetchJob::tell_log(FetchStage stage, std::string_view note, std::chrono::milliseconds delay) const {
    const auto heard = heard_of(stage);
    m_context.tools.log.write(heard.level, heard.event, [&] {
        LogFields fields{{"dataset", m_dataset.id}, {"file", m_file.name}};
        if (m_source < m_sources.size() && stage != FetchStage::cached) {
            const bool is_mirror = m_source == 0 && !m_context.options.mirror.empty();
            fields.push_back({is_mirror ? "mirror" : "source", source()});
        }
        if (!note.empty()) {
            fields.push_back({"why", std::string(note)});
        }
        if (delay.count() > 0) {
            fields.push_back({"again-in", human_duration(delay)});
        }
        if (m_part != nullptr && m_part->size() > 0) {
            fields.push_back({"has", human_bytes(m_part->size())});
        }
        return fields;
    });
}

void FetchJob::tell(FetchStage stage, std::string_view note, std::chrono::milliseconds delay) const {
    tell_log(stage, note, delay);
    if (m_context.tools.progress == nullptr) {
        return;
    }
    const bool at_source = m_source < m_sources.size() && stage != FetchStage::cached;
    const auto done = m_part ? m_part->size() : over() ? m_result.bytes : 0;
    m_context.tools.progress->on({.stage = stage,
                                  .index = m_index,
                                  .count = m_context.count,
                                  .dataset = m_dataset.id,
                                  .name = m_file.name,
                                  .source = at_source ? std::string_view(source()) : std::string_view(),
                                  .done = done,
                                  .total = m_max_bytes,
                                  .note = note,
                                  .delay = delay,
                                  .error = m_error ? &*m_error : nullptr});
}

void FetchJob::tell_received() {
    if (m_state == State::receiving && m_part->size() != m_told_bytes) {
        m_told_bytes = m_part->size();
        tell(FetchStage::receiving);
    }
}

void FetchJob::leave(State state) {
    m_part.reset();
    m_state = state;
}

void FetchJob::fail_with(Error error) {
    m_error = std::move(error);
    leave(State::failed);
    tell(FetchStage::failed, m_error->message);
}

bool FetchJob::in_cache() {
    auto entry = m_context.tools.cache.find(m_file, m_context.options.depth);
    if (!entry) {
        fail_with(std::move(entry).error());
        return true;
    }
    if (!*entry) {
        return false;
    }
    std::error_code ignored;
    m_result.path = (*entry)->path;
    m_result.sha256 = (*entry)->sha256;
    m_result.bytes = fs::file_size((*entry)->path, ignored);
    leave(State::done);
    tell(FetchStage::cached);
    return true;
}

bool FetchJob::size_is_promised() const {
    return m_part->size() > 0 && std::ranges::any_of(m_file.sources, [&](const library::Source& source) {
               return source.bytes == m_part->size();
           });
}

bool FetchJob::hash_is_promised(const std::string& sha256) const {
    return std::ranges::any_of(m_file.sources, [&](const library::Source& source) { return source.sha256 == sha256; });
}

bool FetchJob::prepare() {
    if (m_part) {
        return m_state == State::ready;
    }
    if (in_cache()) {
        return false;
    }
    const auto& key = m_file.sources.front().sha256;
    const auto& cache = m_context.tools.cache;
    auto part = PartFile::open(cache, key, m_max_bytes, m_context.hasher);
    if (!part && part.error().kind == ErrorKind::busy) {
        m_state = State::locked_out;
        m_due = m_context.tools.pacer.now() + lock_pause;
        if (!std::exchange(m_told_waiting, true)) {
            tell(FetchStage::waiting, "another mlpath fetches this file");
        }
        return false;
    }
    if (!part) {
        fail_with(std::move(part).error());
        return false;
    }
    m_part = std::move(*part);
    m_state = State::ready;
    if (in_cache()) {  // whoever held the lock has brought it
        return false;
    }
    if (size_is_promised()) {  // an earlier run was ended between the last byte and the verdict
        verify();
        return false;
    }
    if (m_context.options.network == Network::offline) {
        fail_with({ErrorKind::network,
                   printable(m_file.name) + " of the dataset " + m_dataset.id +
                       " is not in the cache, and --offline forbids to fetch it",
                   {},
                   "run `mlpath fetch " + m_dataset.id + "` without --offline; or " + other_ways(m_dataset, m_file)});
        return false;
    }
    return true;
}

void FetchJob::start(system::HttpClient& http) {
    tell(FetchStage::connecting);
    auto id = http.start(m_part->request_for(source()), *m_part);
    if (!id) {
        fail_with(std::move(id).error());
        return;
    }
    m_transfer = *id;
    m_state = State::receiving;
}

void FetchJob::verify() {
    m_state = State::verifying;
    tell(FetchStage::verifying);
    m_part->verify();
}

void FetchJob::next_source(const std::string& why, ErrorKind kind) {
    m_reasons.push_back(why);
    m_kind = kind == ErrorKind::integrity ? kind : m_kind;
    tell(FetchStage::next_source, why);
    ++m_source;
    m_attempts = 0;
    m_farthest = 0;
    m_started_over = false;
    m_asked_again = false;
    m_state = State::ready;
    m_due = m_context.tools.pacer.now();
    if (m_source == m_sources.size()) {
        fail_with({m_kind,
                   printable(m_file.name) + " of the dataset " + m_dataset.id +
                       " could not be fetched: " + join(m_reasons, "; "),
                   {},
                   other_ways(m_dataset, m_file)});
    }
}

void FetchJob::retry(const system::HttpOutcome& outcome, Verdict verdict) {
    if (m_part->size() > m_farthest) {
        m_farthest = m_part->size();
        m_attempts = 0;
    }
    const auto& policy = m_context.options.retry;
    const int most = verdict == Verdict::unreachable ? policy.attempts_unreachable : policy.attempts;
    const auto why = in_words(outcome, source());
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const auto pause = pause_before(++m_attempts, outcome, policy, now, m_context.tools.random);
    if (m_attempts >= most || !pause) {
        next_source(why, ErrorKind::network);
        return;
    }
    m_state = State::ready;
    m_due = m_context.tools.pacer.now() + *pause;
    tell(FetchStage::retrying, why, *pause);
}

void FetchJob::ended(const system::HttpOutcome& outcome) {
    m_transfer = 0;
    m_result.transferred += outcome.received;
    if (outcome.failure == system::HttpFailure::sink) {
        if (m_part->trouble() && m_part->trouble()->kind != ErrorKind::integrity) {
            fail_with(*m_part->trouble());  // the disk: no other source can help
            return;
        }
        const auto why = system::host_of(source()) + ": " + (m_part->trouble() ? m_part->trouble()->message : "");
        if (auto cleared = m_part->restart(); !cleared) {
            fail_with(std::move(cleared).error());
        } else {
            next_source(why, ErrorKind::integrity);
        }
        return;
    }
    const bool no_such_range = outcome.failure == system::HttpFailure::none && outcome.head.status == 416;
    if (no_such_range && m_part->size() > 0 && !std::exchange(m_started_over, true)) {
        if (auto cleared = m_part->restart(); !cleared) {
            fail_with(std::move(cleared).error());
            return;
        }
        m_state = State::ready;
        m_due = m_context.tools.pacer.now();
        return;
    }
    auto verdict = judge(outcome);
    // Without a length, an end of the connection looks like an end of the file.
    if (verdict == Verdict::good && !outcome.head.length && m_part->size() < m_max_bytes && !size_is_promised() &&
        outcome.head.content_type != "text/html" && outcome.head.content_encoding.empty() &&
        !std::exchange(m_asked_again, true)) {
        auto dropped = outcome;
        dropped.failure = system::HttpFailure::dropped;
        retry(dropped, Verdict::transient);
        return;
    }
    if (verdict == Verdict::good) {
        verify();
    } else if (outcome.received > 0 && size_is_promised()) {
        m_doubtful = outcome;  // a server that lies about the length: the bytes may be the right ones
        verify();
    } else if (verdict == Verdict::give_up) {
        next_source(in_words(outcome, source()),
                    outcome.failure == system::HttpFailure::too_large ? ErrorKind::integrity : ErrorKind::network);
    } else {
        retry(outcome, verdict);
    }
}

}  // namespace mlpath::data
