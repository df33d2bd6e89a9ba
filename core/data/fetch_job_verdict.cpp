// The verdict on a file's bytes: taken into the cache, or kept aside and the next source asked.
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/fetch_decode.hpp"
#include "data/fetch_job.hpp"

namespace mlpath::data {

void FetchJob::accept(const fs::path& bytes, const std::string& sha256) {
    m_result.bytes = m_part->size();
    if (m_result.transferred > 0 || m_part->origin().empty()) {
        m_result.source = m_source < m_sources.size() ? source() : "";
    } else {
        m_result.source = m_part->origin();
    }
    auto path = m_context.tools.cache.adopt(bytes, sha256);
    if (!path) {
        fail_with(std::move(path).error());
        return;
    }
    if (bytes == m_part->path()) {
        m_part->taken();
    } else {
        std::error_code ignored;
        m_result.bytes = fs::file_size(*path, ignored);
        static_cast<void>(m_part->restart());
    }
    m_result.path = std::move(*path);
    m_result.sha256 = sha256;
    m_result.origin = Origin::downloaded;
    leave(State::done);
    tell(FetchStage::fetched);
}

bool FetchJob::accept_decoded() {
    if (m_part->head().content_encoding != "gzip" && m_part->head().content_encoding != "x-gzip") {
        return false;
    }
    const fs::path decoded = m_part->path().string() + ".decoded";
    const auto status = decode_gzip(m_part->path(), decoded, m_max_bytes);
    const auto sha256 = status ? sha256_of_file(decoded) : Result<std::string>(fail(status.error()));
    if (sha256 && hash_is_promised(*sha256)) {
        accept(decoded, *sha256);
        return true;
    }
    std::error_code ignored;
    fs::remove(decoded, ignored);
    return false;
}

void FetchJob::hashed(const Result<std::string>& sha256) {
    m_part->hashed();
    if (!sha256) {
        fail_with(cache_error(sha256.error()));
        return;
    }
    if (hash_is_promised(*sha256)) {
        accept(m_part->path(), *sha256);
        return;
    }
    if (const auto doubtful = std::exchange(m_doubtful, std::nullopt)) {
        m_started_over = true;
        if (auto cleared = m_part->restart(); !cleared) {
            fail_with(std::move(cleared).error());
        } else {
            retry(*doubtful, judge(*doubtful));
        }
        return;
    }
    if (!m_part->resumed() || m_started_over) {
        if (!accept_decoded()) {
            reject();
        }
        return;
    }
    // Joined of two transfers, or left by a run that a power cut ended: the source is not to blame yet.
    m_started_over = true;
    m_state = State::ready;
    m_due = m_context.tools.pacer.now();
    if (auto cleared = m_part->restart(); !cleared) {
        fail_with(std::move(cleared).error());
    } else if (m_context.options.network == Network::offline) {
        leave(State::ready);  // prepare() says that it is absent
    }
}

void FetchJob::reject() {
    const auto head = m_part->head();
    const auto bytes = m_part->size();
    const auto& cache = m_context.tools.cache;
    auto aside = cache.reject(m_part->path(), m_dataset.id + "-" + m_file.name);
    if (!aside) {
        fail_with(std::move(aside).error());
        return;
    }
    m_part->taken();
    m_part.reset();  // prepare() opens a new one
    const auto host = system::host_of(source());
    const auto what = head.content_type == "text/html"
                          ? host + " sent a web page instead of the file (a login or a notice?)"
                          : host + " sent " + std::to_string(bytes) + " bytes that are not the promised ones";
    next_source(what + ", kept aside as " + printable(aside->string()), ErrorKind::integrity);
}

}  // namespace mlpath::data
