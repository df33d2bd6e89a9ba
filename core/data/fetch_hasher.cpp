#include "data/fetch_hasher.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "base/hash.hpp"

namespace mlpath::data {

namespace {

constexpr std::uint64_t chunk = 1u << 20;
constexpr std::uint64_t flush_each = 16u << 20;  // the disk begins to write while the network still brings more

struct Followed {
    std::uint64_t ticket = 0;
    int descriptor = -1;
    fs::path path{};
    // Under the mutex:
    std::uint64_t written = 0;
    bool complete = false;
    bool dropped = false;
    // The thread's own:
    Sha256 hash{};
    std::uint64_t hashed = 0;
    std::uint64_t flush_begun = 0;
    int trouble = 0;
};

void begin_flush(const Followed& file, std::uint64_t from, std::uint64_t to) {
#ifdef __linux__
    ::sync_file_range(file.descriptor, static_cast<off_t>(from), static_cast<off_t>(to - from), SYNC_FILE_RANGE_WRITE);
#else
    static_cast<void>(file), static_cast<void>(from), static_cast<void>(to);
#endif
}

int flush(int descriptor) {
#ifdef __linux__
    return ::fdatasync(descriptor);
#else
    return ::fsync(descriptor);
#endif
}

// Hashes one chunk more; whether there was any.
bool follow(Followed& file, std::uint64_t written, std::vector<char>& buffer) {
    const auto want = std::min(chunk, written - std::min(written, file.hashed));
    if (want == 0 || file.trouble != 0) {
        return false;
    }
    const auto got = ::pread(file.descriptor, buffer.data(), want, static_cast<off_t>(file.hashed));
    if (got <= 0) {
        file.trouble = got == 0 ? EIO : errno == EINTR ? 0 : errno;  // 0: somebody else cut the file
        return file.trouble == 0;
    }
    file.hash.update({buffer.data(), static_cast<std::size_t>(got)});
    file.hashed += static_cast<std::uint64_t>(got);
    if (file.hashed - file.flush_begun >= flush_each) {
        begin_flush(file, file.flush_begun, file.hashed);
        file.flush_begun = file.hashed;
    }
    return true;
}

}  // namespace

struct Hasher::State {
    std::function<void()> on_finished{};
    mutable std::mutex mutex{};
    std::condition_variable_any changed{};
    std::condition_variable let_go{};
    std::map<std::uint64_t, std::unique_ptr<Followed>> files{};
    Followed* in_hand = nullptr;  // what the thread reads or flushes now
    std::vector<Finished> finished{};
    std::size_t unfinished = 0;
    std::uint64_t last_ticket = 0;
    std::jthread thread{};  // last: ends first

    void run(std::stop_token stop);
    std::vector<std::uint64_t> hash_what_is_there(std::unique_lock<std::mutex>& lock, std::stop_token stop);
    void flush_and_report(std::unique_lock<std::mutex>& lock, const std::vector<std::uint64_t>& whole);
    template <typename Work>
    void with(std::unique_lock<std::mutex>& lock, Followed& file, Work work) {
        in_hand = &file;
        lock.unlock();
        work();
        lock.lock();
        in_hand = nullptr;
        let_go.notify_all();
    }
};

// One pass over all files; those that are complete and hashed to the end are returned.
std::vector<std::uint64_t> Hasher::State::hash_what_is_there(std::unique_lock<std::mutex>& lock, std::stop_token stop) {
    std::vector<char> buffer(chunk);
    std::vector<std::uint64_t> tickets;
    for (const auto& [ticket, file] : files) {
        tickets.push_back(ticket);
    }
    std::vector<std::uint64_t> whole;
    for (const auto ticket : tickets) {
        bool more = true;
        while (more && !stop.stop_requested()) {
            const auto found = files.find(ticket);
            if (found == files.end() || found->second->dropped) {
                break;
            }
            auto& file = *found->second;
            const bool complete = file.complete;
            // Whole chunks while it grows: chasing the writer byte by byte would be many small reads.
            const auto written = complete ? file.written : file.written - file.written % chunk;
            with(lock, file, [&] { more = follow(file, written, buffer); });
            if (!more && complete && !file.dropped && (file.hashed == written || file.trouble != 0)) {
                whole.push_back(ticket);
            }
        }
    }
    return whole;
}

// All files of the pass are given to the disk before the first is waited for: one commit of the journal serves them
// all.
void Hasher::State::flush_and_report(std::unique_lock<std::mutex>& lock, const std::vector<std::uint64_t>& whole) {
    for (const bool wait : {false, true}) {
        for (const auto ticket : whole) {
            const auto found = files.find(ticket);
            if (found == files.end() || found->second->dropped) {
                continue;
            }
            auto& file = *found->second;
            with(lock, file, [&] {
                if (!wait) {
                    begin_flush(file, file.flush_begun, file.hashed);
                } else if (file.trouble == 0 && flush(file.descriptor) != 0) {
                    file.trouble = errno;
                }
            });
            if (wait && !file.dropped) {
                finished.push_back({ticket, file.trouble == 0
                                                ? Result<std::string>(file.hash.finish())
                                                : fail(system_error("cannot store", file.path, file.trouble))});
                files.erase(ticket);
            }
        }
    }
    if (!whole.empty() && on_finished) {
        lock.unlock();
        on_finished();
        lock.lock();
    }
}

void Hasher::State::run(std::stop_token stop) {
    std::unique_lock lock(mutex);
    const auto something = [&] {
        return std::any_of(files.begin(), files.end(), [](const auto& entry) {
            const auto& file = *entry.second;
            return !file.dropped && (file.complete || (file.trouble == 0 && file.written - file.hashed >= chunk));
        });
    };
    while (!stop.stop_requested()) {
        if (changed.wait(lock, stop, something)) {
            flush_and_report(lock, hash_what_is_there(lock, stop));
        }
    }
}

Hasher::Hasher(std::function<void()> on_finished) : m_state(std::make_unique<State>()) {
    m_state->on_finished = std::move(on_finished);
    m_state->thread = std::jthread([state = m_state.get()](std::stop_token stop) { state->run(std::move(stop)); });
}

Hasher::~Hasher() = default;

std::uint64_t Hasher::begin(int descriptor, fs::path path) {
    const std::lock_guard lock(m_state->mutex);
    auto file = std::make_unique<Followed>();
    file->ticket = ++m_state->last_ticket;
    file->descriptor = descriptor;
    file->path = std::move(path);
    const auto ticket = file->ticket;
    m_state->files.emplace(ticket, std::move(file));
    return ticket;
}

void Hasher::advance(std::uint64_t ticket, std::uint64_t bytes) {
    const std::lock_guard lock(m_state->mutex);
    auto& file = *m_state->files.at(ticket);
    const bool enough = bytes / chunk != file.written / chunk;
    file.written = bytes;
    if (enough) {
        m_state->changed.notify_one();
    }
}

void Hasher::finish(std::uint64_t ticket, std::uint64_t bytes) {
    const std::lock_guard lock(m_state->mutex);
    auto& file = *m_state->files.at(ticket);
    file.written = bytes;
    file.complete = true;
    ++m_state->unfinished;
    m_state->changed.notify_one();
}

void Hasher::drop(std::uint64_t ticket) {
    std::unique_lock lock(m_state->mutex);
    const auto found = m_state->files.find(ticket);
    if (found == m_state->files.end()) {
        m_state->unfinished -=
            std::erase_if(m_state->finished, [&](const auto& done) { return done.ticket == ticket; });
        return;
    }
    auto* file = found->second.get();
    file->dropped = true;
    m_state->let_go.wait(lock, [&] { return m_state->in_hand != file; });
    m_state->unfinished -= file->complete ? 1 : 0;
    m_state->files.erase(ticket);
}

std::vector<Hasher::Finished> Hasher::take_finished() {
    const std::lock_guard lock(m_state->mutex);
    m_state->unfinished -= m_state->finished.size();
    return std::exchange(m_state->finished, {});
}

std::size_t Hasher::unfinished() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->unfinished;
}

}  // namespace mlpath::data
