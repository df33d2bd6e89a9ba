#include "render/fetch_display.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/time.hpp"

namespace mlpath::cli {

namespace {

std::string name_of(const data::FetchEvent& event) {
    const std::string name(event.name);
    return event.dataset.empty() ? name : std::string(event.dataset) + "/" + name;
}

}  // namespace

void Rate::seen(std::uint64_t bytes, std::chrono::steady_clock::time_point now) {
    const double seconds = std::chrono::duration<double>(now - m_since).count();
    if (!m_started || bytes < m_bytes) {
        m_started = true;
        m_since = now;
        m_bytes = bytes;
    } else if (seconds >= 0.25) {
        const double latest = static_cast<double>(bytes - m_bytes) / seconds;
        m_rate = m_rate == 0 ? latest : 0.7 * m_rate + 0.3 * latest;
        m_since = now;
        m_bytes = bytes;
    }
}

FetchDisplay::FetchDisplay(Host& host) : m_host(host), m_line(host.err(), host.err_terminal(), !host.json()) {}

void FetchDisplay::say(const std::string& text) {
    m_line.clear();
    m_host.remark(text);
}

void FetchDisplay::draw(const data::FetchEvent& event) {
    File sum;
    std::size_t finished = 0;
    for (const auto& file : m_files) {
        sum.done += file.done;
        sum.total += std::max(file.total, file.done);
        finished += file.finished ? 1 : 0;
    }
    m_rate.seen(sum.done, std::chrono::steady_clock::now());
    auto text =
        m_files.size() == 1 ? name_of(event) : std::to_string(finished) + " of " + count_of(m_files.size(), "file");
    if (event.stage == data::FetchStage::verifying || event.stage == data::FetchStage::unpacking) {
        m_line.draw(text + (event.stage == data::FetchStage::verifying ? ": verifying" : ": unpacking"));
        return;
    }
    if (sum.total > 0) {
        const double share = static_cast<double>(sum.done) / static_cast<double>(sum.total);
        const bool wide = m_host.err_terminal().width >= 60;
        text += " " + (wide ? bar(share, 20, m_host.err_terminal().unicode) + " " : std::string());
        text += std::to_string(static_cast<int>(share * 100)) + "% of " + human_bytes(sum.total);
    } else {
        text += " " + human_bytes(sum.done);
    }
    if (const auto rate = m_rate.per_second(); rate > 0) {
        text += ", " + human_bytes(static_cast<unsigned long long>(rate)) + "/s";
        if (sum.total > sum.done) {
            const auto left = static_cast<double>(sum.total - sum.done) / rate;
            text += ", " + human_duration(std::chrono::seconds(static_cast<long>(left) + 1)) + " left";
        }
    }
    m_line.draw(text);
}

void FetchDisplay::on(const data::FetchEvent& event) {
    using data::FetchStage;
    m_files.resize(std::max({m_files.size(), event.count, event.index + 1}));
    auto& file = m_files[event.index];
    const bool spoken = m_host.err_terminal().is_terminal && !m_line.live();  // --plain: lines instead of a bar
    switch (event.stage) {
        case FetchStage::cached: file.finished = true; break;
        case FetchStage::waiting: say(name_of(event) + ": another mlpath fetches it; waiting"); break;
        case FetchStage::connecting:
            m_host.note("asking " + std::string(event.source));
            if (spoken) {
                m_host.remark("fetching " + name_of(event));
            }
            break;
        case FetchStage::receiving:
            file.done = event.done;
            file.total = event.total;
            file.transferred = true;
            draw(event);
            break;
        case FetchStage::retrying:
            say(name_of(event) + ": " + std::string(event.note) + "; again in " +
                human_duration(std::chrono::duration_cast<std::chrono::microseconds>(event.delay)));
            break;
        case FetchStage::next_source:
            say(name_of(event) + ": " + std::string(event.note) + "; trying the next source");
            break;
        case FetchStage::verifying:
        case FetchStage::unpacking: draw(event); break;
        case FetchStage::fetched:
            file.finished = true;
            if (spoken) {
                m_host.remark("fetched " + name_of(event));
            }
            break;
        case FetchStage::failed: file.finished = true; break;
    }
}

}  // namespace mlpath::cli
