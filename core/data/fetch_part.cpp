#include "data/fetch_part.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.hpp"

namespace mlpath::data {

namespace {

constexpr std::uint64_t worth_a_record = 1u << 20;  // less than this is sooner fetched again than recorded

fs::path part_record_of(const fs::path& part) { return part.string() + ".from"; }

// Opens the part and locks it. Whoever held it before may have moved it into the cache since we opened it: then the
// name stands for another file, or for none, and the lock that we got is of no use.
Result<Descriptor> open_locked(const fs::path& path) {
    while (true) {
        Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
        if (!file.is_open()) {
            return fail(cache_error(system_error("cannot write", path, errno)));
        }
        if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) {
                return fail(ErrorKind::busy, "another mlpath fetches " + printable(path.filename().string()));
            }
            return fail(cache_error(system_error("cannot lock", path, errno)));
        }
        struct stat ours{};
        struct stat named{};
        if (::fstat(file.get(), &ours) == 0 && ::lstat(path.c_str(), &named) == 0 && ours.st_ino == named.st_ino &&
            ours.st_dev == named.st_dev) {
            return file;
        }
    }
}

}  // namespace

Result<std::unique_ptr<PartFile>> PartFile::open(const Cache& cache, const std::string& key, std::uint64_t max_bytes,
                                                 Hasher& hasher) {
    auto path = cache.part_path(key);
    if (auto made = make_folders(path.parent_path()); !made) {
        return fail(cache_error(std::move(made).error()));
    }
    MLPATH_TRY(auto file, open_locked(path));
    struct stat status{};
    ::fstat(file.get(), &status);
    std::unique_ptr<PartFile> part(new PartFile(std::move(path), std::move(file), max_bytes, hasher, cache.log()));
    part->m_size = static_cast<std::uint64_t>(status.st_size);
    if (part->m_size > 0) {
        part->m_resumed = true;
        part->read_record();
    }
    if (part->m_size > max_bytes) {
        MLPATH_CHECK(part->restart());
    }
    return part;
}

PartFile::~PartFile() {
    if (m_ticket != 0) {
        m_hasher.drop(m_ticket);
    }
    if (!m_taken) {
        if (m_reserved > 0) {
            static_cast<void>(::ftruncate(m_file.get(), static_cast<off_t>(m_size)));  // gives the reserved space back
        }
        if (m_size == 0) {
            ::unlink(m_path.c_str());
        } else {
            write_record();
        }
    }
}

void PartFile::read_record() {
    const auto text = read_file(part_record_of(m_path), 64 * 1024);
    if (!text) {
        return;
    }
    const auto rows = lines(*text);
    if (rows.size() == 3 && rows[0] == "mlpath part 1") {
        m_url = rows[1];
        m_validator = rows[2];
        m_recorded = true;
    }
}

void PartFile::write_record() {
    if (!m_recorded && !m_validator.empty()) {
        m_recorded = true;
        // Without it the bytes are fetched again: no reason to fail.
        m_log.kept("where a download stopped",
                   write_file(part_record_of(m_path), "mlpath part 1\n" + m_url + '\n' + m_validator + '\n',
                              Durability::cached));
    }
}

system::HttpRequest PartFile::request_for(const std::string& url) {
    m_asked = url;
    m_trouble.reset();
    const bool can_resume = m_size > 0 && m_url == url && !m_validator.empty();
    return {.url = url,
            .offset = can_resume ? m_size : 0,
            .validator = can_resume ? m_validator : std::string(),
            .max_bytes = m_max_bytes};
}

Status PartFile::remember_trouble(Error error) {
    m_trouble = error;
    return fail(std::move(error));
}

Status PartFile::begin(const system::HttpHead& head) {
    m_head = head;
    if (head.status == 206) {
        if (head.range_start != m_size) {
            return remember_trouble({ErrorKind::integrity, "the server sent another range than was asked for", {}, {}});
        }
        m_resumed = m_resumed || m_size > 0;
    } else {
        if (auto cleared = restart(); !cleared) {
            return remember_trouble(std::move(cleared).error());
        }
        m_resumed = false;
        m_url = m_asked;
        m_validator = system::validator_of(head);
    }
    if (m_ticket == 0) {
        m_ticket = m_hasher.begin(m_file.get(), m_path);
        m_hasher.advance(m_ticket, m_size);
    }
#ifdef __linux__
    // A full disk is better known now than after an hour. Where a file system cannot reserve, it will tell later.
    const auto length = head.length.value_or(0);
    if (length >= worth_a_record &&
        ::fallocate(m_file.get(), FALLOC_FL_KEEP_SIZE, static_cast<off_t>(m_size), static_cast<off_t>(length)) != 0 &&
        (errno == ENOSPC || errno == EDQUOT)) {
        const auto number = errno;
        return remember_trouble(
            cache_error(system_error("cannot reserve " + human_bytes(length) + " for", m_path, number)));
    }
    m_reserved = length;
#endif
    return {};
}

Status PartFile::write(std::string_view bytes) {
    if (m_size + bytes.size() > m_max_bytes) {
        return remember_trouble({ErrorKind::integrity, "the server sends more bytes than the file has", {}, {}});
    }
    while (!bytes.empty()) {
        const auto written = ::pwrite(m_file.get(), bytes.data(), bytes.size(), static_cast<off_t>(m_size));
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return remember_trouble(cache_error(system_error("cannot write", m_path, errno)));
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
        m_size += static_cast<std::uint64_t>(written);
    }
    if (m_size >= worth_a_record) {
        write_record();
    }
    m_hasher.advance(m_ticket, m_size);
    return {};
}

Status PartFile::restart() {
    if (m_ticket != 0) {
        m_hasher.drop(m_ticket);
        m_ticket = 0;
    }
    if (m_size == 0 && !m_recorded && m_url.empty()) {
        return {};  // new
    }
    // The record goes first: bytes without one are never resumed, a record of other bytes could be.
    ::unlink(part_record_of(m_path).c_str());
    m_recorded = false;
    m_resumed = false;
    m_url.clear();
    m_validator.clear();
    m_size = 0;
    m_reserved = 0;
    if (::ftruncate(m_file.get(), 0) != 0) {
        return fail(cache_error(system_error("cannot empty", m_path, errno)));
    }
    return {};
}

void PartFile::verify() {
    if (m_ticket == 0) {
        m_ticket = m_hasher.begin(m_file.get(), m_path);
    }
    if (m_reserved > 0) {
        static_cast<void>(::ftruncate(m_file.get(), static_cast<off_t>(m_size)));
        m_reserved = 0;
    }
    m_hasher.finish(m_ticket, m_size);
}

void PartFile::taken() {
    m_taken = true;
    if (m_recorded) {
        ::unlink(part_record_of(m_path).c_str());
    }
}

}  // namespace mlpath::data
