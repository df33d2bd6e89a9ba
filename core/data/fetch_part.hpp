// What has come of a file so far, on disk, with a record of where it came from and the validator that lets it be
// resumed: a process killed at any moment leaves what the next one can go on from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "data/cache.hpp"
#include "data/fetch_hasher.hpp"
#include "system/http.hpp"

namespace mlpath::data {

class PartFile final : public system::BodySink {
public:
    // Holds a lock on the part as long as it lives; kind busy where another process or job does. More than `max_bytes`
    // is never stored.
    [[nodiscard]] static Result<std::unique_ptr<PartFile>> open(const Cache& cache, const std::string& key,
                                                                std::uint64_t max_bytes, Hasher& hasher);
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    ~PartFile() override;  // keeps the bytes and writes the record, unless taken away

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const fs::path& path() const { return m_path; }
    // Some of the bytes are from an earlier transfer.
    [[nodiscard]] bool resumed() const { return m_resumed; }
    [[nodiscard]] const std::string& origin() const { return m_url; }
    [[nodiscard]] const system::HttpHead& head() const { return m_head; }

    // The request that fetches what is missing from `url`: from the first byte where the bytes are of another address
    // or nothing vouches for them.
    [[nodiscard]] system::HttpRequest request_for(const std::string& url);

    [[nodiscard]] Status begin(const system::HttpHead& head) override;
    [[nodiscard]] Status write(std::string_view bytes) override;
    // Why begin or write failed; integrity when the server's range does not fit, else io.
    [[nodiscard]] const std::optional<Error>& trouble() const { return m_trouble; }

    [[nodiscard]] Status restart();  // throws the bytes away
    void verify();                   // all bytes are here: the hasher will say what they are
    [[nodiscard]] std::uint64_t ticket() const { return m_ticket; }
    void hashed() { m_ticket = 0; }  // the hasher has finished with it
    void taken();                    // the file was moved away: only the record is left to remove

private:
    PartFile(fs::path path, Descriptor file, std::uint64_t max_bytes, Hasher& hasher, Log log)
        : m_path(std::move(path)), m_file(std::move(file)), m_max_bytes(max_bytes), m_hasher(hasher), m_log(log) {}
    Status remember_trouble(Error error);
    void read_record();
    void write_record();

    fs::path m_path;
    Descriptor m_file;
    std::uint64_t m_max_bytes = 0;
    Hasher& m_hasher;
    Log m_log;
    std::uint64_t m_ticket = 0;  // 0: the hasher does not follow
    std::uint64_t m_size = 0;
    std::uint64_t m_reserved = 0;  // disk space asked for beyond the size
    bool m_resumed = false;
    bool m_recorded = false;
    bool m_taken = false;
    std::string m_asked{};      // the address of the transfer that runs
    std::string m_url{};        // the address that the bytes came from …
    std::string m_validator{};  // … and what vouches for them
    system::HttpHead m_head{};
    std::optional<Error> m_trouble{};
};

}  // namespace mlpath::data
