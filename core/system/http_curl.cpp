#include "system/http_curl.hpp"

#include <pthread.h>
#include <signal.h>

#include <array>
#include <ctime>
#include <map>
#include <utility>

#include "base/text.hpp"
#include "system/http_curl_library.hpp"

namespace mlpath::system {

namespace {

// A peer that has gone makes OpenSSL's write raise SIGPIPE, which would end the program: it is held back in this thread
// for the time of a call into libcurl, and taken away if it came.
class PipeSignalHeld {
public:
    PipeSignalHeld() {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        sigset_t pending{};
        ::sigpending(&pending);
        m_was_pending = ::sigismember(&pending, SIGPIPE) == 1;
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    PipeSignalHeld(const PipeSignalHeld&) = delete;
    PipeSignalHeld& operator=(const PipeSignalHeld&) = delete;
    ~PipeSignalHeld() {
        sigset_t pending{};
        ::sigpending(&pending);
        if (!m_was_pending && ::sigismember(&pending, SIGPIPE) == 1) {
            int taken = 0;
            ::sigwait(&m_pipe, &taken);
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
    bool m_was_pending = false;
};

HttpFailure failure_of(CURLcode code) {
    switch (code) {
        case CURLE_OK: return HttpFailure::none;
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT: return HttpFailure::bad_url;
        case CURLE_COULDNT_RESOLVE_HOST: return HttpFailure::resolve;
        case CURLE_COULDNT_CONNECT: return HttpFailure::connect;
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_PROXY: return HttpFailure::proxy;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR: return HttpFailure::certificate;
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_USE_SSL_FAILED: return HttpFailure::tls;
        case CURLE_OPERATION_TIMEDOUT: return HttpFailure::stalled;
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM: return HttpFailure::dropped;
        case CURLE_TOO_MANY_REDIRECTS: return HttpFailure::redirects;
        case CURLE_FILESIZE_EXCEEDED: return HttpFailure::too_large;
        default: return HttpFailure::protocol;
    }
}

struct Transfer {
    std::uint64_t id = 0;
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    BodySink* sink = nullptr;
    std::uint64_t max_bytes = 0;
    std::uint64_t received = 0;
    HttpHead head{};
    HttpFailure refused = HttpFailure::none;  // why our own callback ended it
    bool begun = false;
    std::array<char, CURL_ERROR_SIZE> detail{};

    [[nodiscard]] bool wanted() const { return head.status == 200 || head.status == 206; }

    bool begin() {
        if (begun || !wanted()) {
            return true;
        }
        begun = true;
        if (max_bytes > 0 && head.length.value_or(0) > max_bytes) {
            refused = HttpFailure::too_large;
        } else if (!sink->begin(head)) {
            refused = HttpFailure::sink;
        }
        return refused == HttpFailure::none;
    }

    bool take(std::string_view bytes) {
        constexpr std::uint64_t dropped_at_most = 1u << 20;  // of the page that comes with an error
        received += bytes.size();
        if (!wanted()) {
            return received <= dropped_at_most;
        }
        if (!begin()) {
            return false;
        }
        if (max_bytes > 0 && received > max_bytes) {
            refused = HttpFailure::too_large;
        } else if (!sink->write(bytes)) {
            refused = HttpFailure::sink;
        }
        return refused == HttpFailure::none;
    }
};

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* transfer) {
    take_header_line(static_cast<Transfer*>(transfer)->head, {bytes, size * count});
    return size * count;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* transfer) {
    return static_cast<Transfer*>(transfer)->take({bytes, size * count}) ? size * count : 0;
}

class CurlClient final : public HttpClient {
public:
    CurlClient(CurlLibrary curl, CURLM* multi, CurlOptions options)
        : m_curl(std::move(curl)), m_multi(multi), m_options(std::move(options)) {}
    CurlClient(const CurlClient&) = delete;
    CurlClient& operator=(const CurlClient&) = delete;
    ~CurlClient() override {
        while (!m_transfers.empty()) {
            cancel(m_transfers.begin()->first);
        }
        for (CURL* easy : m_spare) {
            m_curl.easy_cleanup(easy);
        }
        const PipeSignalHeld held;
        m_curl.multi_cleanup(m_multi);
    }

    Result<std::uint64_t> start(const HttpRequest& request, BodySink& sink) override;
    void cancel(std::uint64_t id) override;
    Result<std::vector<HttpOutcome>> poll(std::chrono::milliseconds wait) override;
    [[nodiscard]] std::size_t active() const override { return m_transfers.size(); }
    void wake() override { m_curl.multi_wakeup(m_multi); }

private:
    void set_options(Transfer& transfer, const HttpRequest& request);
    HttpOutcome outcome_of(Transfer& transfer, CURLcode code);
    void release(Transfer& transfer);
    Result<std::vector<HttpOutcome>> move_on(std::chrono::milliseconds wait);

    CurlLibrary m_curl;
    CURLM* m_multi;
    CurlOptions m_options;
    std::map<std::uint64_t, std::unique_ptr<Transfer>> m_transfers;
    std::vector<CURL*> m_spare;
    std::uint64_t m_last_id = 0;
};

void CurlClient::set_options(Transfer& transfer, const HttpRequest& request) {
    const auto set = [&](CURLoption option, auto value) { return m_curl.easy_setopt(transfer.easy, option, value); };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PRIVATE, &transfer);
    set(CURLOPT_ERRORBUFFER, transfer.detail.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, m_options.user_agent.c_str());
    // The names of protocols came with 7.85; before, they were bits.
    constexpr auto old_protocols = static_cast<CURLoption>(181);
    constexpr auto old_redirect_protocols = static_cast<CURLoption>(182);
    constexpr long http_and_https = CURLPROTO_HTTP | CURLPROTO_HTTPS;
    if (set(CURLOPT_PROTOCOLS_STR, "http,https") != CURLE_OK) {
        set(old_protocols, http_and_https);
    }
    if (set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https") != CURLE_OK) {
        set(old_redirect_protocols, http_and_https);
    }
    set(CURLOPT_FOLLOWLOCATION, request.redirects == Redirects::followed ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, m_options.max_redirects);
    if (request.method == HttpMethod::head) {
        set(CURLOPT_NOBODY, 1L);
    }
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    if (request.url.starts_with("https:")) {
        set(CURLOPT_PIPEWAIT, 1L);  // rather another stream of a connection than another connection
    }
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_options.connect_limit.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, m_options.stall_bytes);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(m_options.stall_time.count()));
    set(CURLOPT_BUFFERSIZE, 512L * 1024);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!m_options.certificates.empty()) {
        set(CURLOPT_CAINFO, m_options.certificates.c_str());
    }
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &transfer);

    const auto header = [&](const std::string& line) {
        transfer.headers = m_curl.slist_append(transfer.headers, line.c_str());
    };
    header("Accept-Encoding: identity");  // the promised hash is of the file's own bytes
    if (request.offset > 0 || request.length > 0) {
        const auto last = request.length > 0 ? std::to_string(request.offset + request.length - 1) : std::string();
        set(CURLOPT_RANGE, (std::to_string(request.offset) + "-" + last).c_str());
        if (!request.validator.empty()) {
            header("If-Range: " + request.validator);
        }
    }
    set(CURLOPT_HTTPHEADER, transfer.headers);
}

Result<std::uint64_t> CurlClient::start(const HttpRequest& request, BodySink& sink) {
    auto transfer = std::make_unique<Transfer>();
    if (m_spare.empty()) {
        transfer->easy = m_curl.easy_init();
    } else {
        transfer->easy = m_spare.back();
        m_spare.pop_back();
    }
    if (transfer->easy == nullptr) {
        return fail(ErrorKind::internal, "libcurl could not make a transfer");
    }
    transfer->id = ++m_last_id;
    transfer->sink = &sink;
    transfer->max_bytes = request.max_bytes;
    set_options(*transfer, request);
    if (const auto code = m_curl.multi_add_handle(m_multi, transfer->easy); code != CURLM_OK) {
        const std::string words = m_curl.multi_strerror(code);
        release(*transfer);
        return fail(ErrorKind::internal, "libcurl could not begin a transfer: " + words);
    }
    const auto id = transfer->id;
    m_transfers.emplace(id, std::move(transfer));
    return id;
}

void CurlClient::release(Transfer& transfer) {
    m_curl.slist_free_all(transfer.headers);
    m_curl.easy_reset(transfer.easy);
    m_spare.push_back(transfer.easy);
}

void CurlClient::cancel(std::uint64_t id) {
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end()) {
        return;
    }
    const PipeSignalHeld held;
    m_curl.multi_remove_handle(m_multi, found->second->easy);
    release(*found->second);
    m_transfers.erase(found);
}

HttpOutcome CurlClient::outcome_of(Transfer& transfer, CURLcode code) {
    const char* url = nullptr;
    m_curl.easy_getinfo(transfer.easy, CURLINFO_EFFECTIVE_URL, &url);
    transfer.head.url = url == nullptr ? "" : url;
    const char* location = nullptr;
    m_curl.easy_getinfo(transfer.easy, CURLINFO_REDIRECT_URL, &location);
    transfer.head.location = location == nullptr ? "" : location;
    HttpOutcome outcome{.id = transfer.id};
    if (code == CURLE_OK && !transfer.begin()) {  // a body of no bytes
        outcome.failure = transfer.refused;
    } else if (transfer.refused != HttpFailure::none) {
        outcome.failure = transfer.refused;
    } else if (code == CURLE_WRITE_ERROR && !transfer.wanted()) {
        outcome.failure = HttpFailure::none;  // an endless page with an error: its status says all
    } else {
        outcome.failure = failure_of(code);
    }
    if (code != CURLE_OK) {
        const std::string_view detail = transfer.detail.data();
        outcome.detail = detail.empty() ? m_curl.easy_strerror(code) : std::string(detail);
    }
    if (transfer.head.status == 0) {
        curl_off_t connected = 0;
        m_curl.easy_getinfo(transfer.easy, CURLINFO_CONNECT_TIME_T, &connected);
        if (outcome.failure == HttpFailure::stalled && connected == 0) {
            outcome.failure = HttpFailure::connect;  // no stall of a transfer: the connection was never made
        } else if (outcome.failure == HttpFailure::bad_url && connected > 0) {
            outcome.failure = HttpFailure::protocol;  // the address was fine, what answered was no HTTP
        }
    }
    outcome.head = std::move(transfer.head);
    outcome.received = transfer.begun ? transfer.received : 0;
    return outcome;
}

Result<std::vector<HttpOutcome>> CurlClient::poll(std::chrono::milliseconds wait) {
    const PipeSignalHeld held;
    MLPATH_TRY(auto ended, move_on(std::chrono::milliseconds(0)));
    if (ended.empty() && wait.count() > 0) {
        return move_on(wait);
    }
    return ended;
}

Result<std::vector<HttpOutcome>> CurlClient::move_on(std::chrono::milliseconds wait) {
    if (wait.count() > 0) {
        m_curl.multi_poll(m_multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
    }
    int running = 0;
    if (const auto code = m_curl.multi_perform(m_multi, &running); code != CURLM_OK) {
        return fail(ErrorKind::internal, std::string("libcurl could not go on: ") + m_curl.multi_strerror(code));
    }
    std::vector<HttpOutcome> ended;
    int left = 0;
    while (const CURLMsg* message = m_curl.multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        Transfer* transfer = nullptr;
        m_curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        ended.push_back(outcome_of(*transfer, message->data.result));
        m_curl.multi_remove_handle(m_multi, transfer->easy);
        release(*transfer);
        m_transfers.erase(ended.back().id);
    }
    return ended;
}

}  // namespace

CurlOptions curl_options(const Environment& environment) {
    CurlOptions options;
    options.user_agent = std::string("mlpath/") + MLPATH_VERSION;
    for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
        if (const auto file = environment.get(name)) {
            options.certificates = *file;
            break;
        }
    }
    return options;
}

Result<std::unique_ptr<HttpClient>> open_curl(CurlOptions options) {
    MLPATH_TRY(auto curl, CurlLibrary::open());
    if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return fail(ErrorKind::internal, "libcurl could not be set up");
    }
    CURLM* multi = curl.multi_init();
    if (multi == nullptr) {
        return fail(ErrorKind::internal, "libcurl could not be set up");
    }
    curl.multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl.multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.connections_per_host);
    return std::make_unique<CurlClient>(std::move(curl), multi, std::move(options));
}

}  // namespace mlpath::system
