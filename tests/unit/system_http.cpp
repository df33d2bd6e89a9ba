// HTTP as values, and libraries opened on use.
#include "system/http.hpp"

#include <doctest/doctest.h>

#include "servers/raw_server.hpp"
#include "system/http_curl.hpp"
#include "system/shared_library.hpp"

using namespace mlpath;
using namespace mlpath::system;

TEST_CASE("the head of the last answer is what counts") {
    HttpHead head;
    for (const auto* line : {"HTTP/1.1 302 Found\r\n", "Retry-After: 9\r\n", "ETag: \"old\"\r\n", "\r\n",
                             "HTTP/2 206 \r\n", "content-TYPE:  Text/HTML; charset=x\r\n", "ETag: \"new\"\r\n",
                             "Content-Range: bytes 10-19/200\r\n", "Content-Length: 10\r\n", "no header\r\n", "\r\n"}) {
        take_header_line(head, line);
    }
    CHECK(head.status == 206);
    CHECK(head.content_type == "text/html");
    CHECK(head.etag == "\"new\"");
    CHECK(head.retry_after.empty());
    CHECK(head.range_start == 10);
    CHECK(head.range_total == 200);
    CHECK(head.length == 10);
    take_header_line(head, "Content-Range: bytes */77");
    CHECK(!head.range_start);
    CHECK(head.range_total == 77);
    take_header_line(head, "Content-Length: -1");
    CHECK(!head.length);
}

TEST_CASE("a validator vouches for bytes, or there is none") {
    CHECK(validator_of({.etag = "\"a\"", .last_modified = "Thu"}) == "\"a\"");
    CHECK(validator_of({.etag = "W/\"a\"", .last_modified = "Thu"}) == "Thu");
    CHECK(validator_of({.etag = "W/\"a\""}).empty());
    CHECK(validator_of({}).empty());
    CHECK(validator_of({.etag = "\"a\rX: b\"", .last_modified = "Thu"}) == "Thu");
    CHECK(validator_of({.etag = "\"\x1b\"", .last_modified = "T\nhu"}).empty());
}

TEST_CASE("Retry-After in seconds, as a date, or as nonsense") {
    const auto now = std::chrono::system_clock::from_time_t(1'700'000'000);  // Tue, 14 Nov 2023 22:13:20 GMT
    CHECK(retry_after("120", now) == std::chrono::seconds(120));
    CHECK(retry_after(" 0 ", now) == std::chrono::seconds(0));
    CHECK(retry_after("Tue, 14 Nov 2023 22:14:20 GMT", now) == std::chrono::seconds(60));
    CHECK(retry_after("Tue, 14 Nov 2023 22:00:00 GMT", now) == std::chrono::seconds(0));
    CHECK(!retry_after("soon", now));
    CHECK(!retry_after("-5", now));
    CHECK(!retry_after("Tue, 14 Nov 2023", now));
    CHECK(retry_after("Fri, 31 Dec 9999 23:59:59 GMT", now) == std::chrono::seconds(3'153'600'000));
    CHECK(retry_after("99999999999999", now) < std::chrono::hours(24 * 366 * 101));
}

TEST_CASE("a host is shown without secrets and without control characters") {
    CHECK(host_of("https://user:secret@example.org:8080/a?b") == "example.org:8080");
    CHECK(host_of("http://example.org") == "example.org");
    CHECK(host_of("http://exam\x1bple.org/") == "exam\\x1bple.org");
}

TEST_CASE("a library that is not there is a missing package") {
    const auto library = SharedLibrary::open("libmlpath-nothing.so.9", "libnothing9");
    REQUIRE(!library);
    CHECK(library.error().kind == ErrorKind::missing);
    CHECK(library.error().hint.find("libnothing9") != std::string::npos);
    const auto libc = SharedLibrary::open("libc.so.6", "libc6");
    REQUIRE(libc);
    int (*nothing)(int) = nullptr;
    CHECK(libc->load(nothing, "mlpath_no_such_function").error().kind == ErrorKind::missing);
    CHECK(libc->load(nothing, "abs"));
    CHECK(nothing(-3) == 3);
}

namespace {

struct Collector final : BodySink {
    Status begin(const HttpHead& head) override {
        begun.push_back(head.status);
        return {};
    }
    Status write(std::string_view more) override {
        bytes += more;
        return {};
    }
    std::vector<int> begun{};
    std::string bytes{};
};

std::vector<HttpOutcome> all_of(HttpClient& client) {
    std::vector<HttpOutcome> all;
    while (client.active() > 0) {
        const auto some = client.poll(std::chrono::milliseconds(100));
        REQUIRE(some);
        all.insert(all.end(), some->begin(), some->end());
    }
    return all;
}

}  // namespace

TEST_CASE("transfers share a connection that is kept, redirects are followed, errors bring no body") {
    tests::RawServer server([](const tests::RawRequest& request, const tests::RawConnection& connection) {
        if (request.path == "/there") {
            connection.answer(302, "moved", "Location: /here\r\n");
        } else if (request.path == "/empty") {
            connection.answer(200, "");
        } else {
            connection.answer(request.path == "/here" ? 200 : 404, "body of " + request.path);
        }
        return tests::After::keep;
    });
    const auto client = open_curl();
    REQUIRE(client);
    for (const std::string path : {"/there", "/missing", "/empty", "/here"}) {
        CAPTURE(path);
        Collector sink;
        REQUIRE((*client)->start({.url = server.url(path)}, sink));
        const auto outcomes = all_of(**client);
        REQUIRE(outcomes.size() == 1);
        CHECK(outcomes[0].failure == HttpFailure::none);
        CHECK(outcomes[0].head.status == (path == "/missing" ? 404 : 200));
        CHECK(sink.bytes == (path == "/there" || path == "/here" ? "body of /here" : ""));
        CHECK(sink.begun.size() == (path == "/missing" ? 0 : 1));
        CHECK(outcomes[0].received == sink.bytes.size());
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("what is canceled ends, what waits is woken") {
    tests::RawServer server([](const tests::RawRequest&, const tests::RawConnection& connection) {
        connection.stall();
        return tests::After::close;
    });
    const auto client = open_curl();
    REQUIRE(client);
    Collector sink;
    const auto id = (*client)->start({.url = server.url("/")}, sink);
    REQUIRE(id);
    std::jthread waker([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        (*client)->wake();
    });
    const auto before = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - before < std::chrono::milliseconds(50)) {
        REQUIRE((*client)->poll(std::chrono::milliseconds(60'000)));  // without the wake this would be a minute
    }
    (*client)->cancel(*id);
    CHECK((*client)->active() == 0);
    Collector other;
    REQUIRE((*client)->start({.url = "gopher://127.0.0.1/"}, other));
    const auto outcomes = all_of(**client);
    REQUIRE(outcomes.size() == 1);
    CHECK(outcomes[0].failure == HttpFailure::bad_url);
}
