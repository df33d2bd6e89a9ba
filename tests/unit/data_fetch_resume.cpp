// Transfers that break: resumed where the bytes still hold, begun anew where they do not, tried again after a pause.
#include <zlib.h>

#include "data_fetch_world.hpp"

using namespace tests;
using data::FetchStage;
using std::chrono::milliseconds;

namespace {

const std::string body = bytes_of(3'000'000);

std::string head_of(std::size_t length, const std::string& etag = "\"v1\"") {
    return "HTTP/1.1 200 OK\r\nETag: " + etag + "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

// The first answer ends after half of the body, with a good length and ETag.
After half_of_it(const RawConnection& connection, std::string_view whole, const std::string& etag = "\"v1\"") {
    connection.send(head_of(whole.size(), etag));
    connection.send(whole.substr(0, whole.size() / 2));
    connection.pause(30);  // so that the bytes arrive before the end does
    return After::close;
}

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string packed(bytes.size() + 1000, '\0');
    std::string input(bytes);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

}  // namespace

TEST_CASE("a dropped connection is resumed with the validator of the first answer") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        return request.number == 1 ? half_of_it(connection, body) : serve_well(request, connection, body);
    });
    World world;
    const auto report = world.fetch({source_of(server.url("/f"), body)});
    REQUIRE(report);
    CHECK(report->files[0].transferred == body.size());  // no byte came twice
    const auto log = server.log();
    REQUIRE(log.size() == 2);
    CHECK(log[1].offset() == body.size() / 2);
    CHECK(log[1].header("if-range") == "\"v1\"");
    CHECK(world.events.saw(FetchStage::retrying));
    CHECK(world.pacer.slept.size() == 1);
}

TEST_CASE("a file that changed in between, a range that is ignored, or a weak validator: from the first byte") {
    const auto old = bytes_of(body.size(), 2);
    struct Row {
        std::string what;
        const char* first_etag;
        std::size_t second_offset;
    };
    for (const auto& row : {Row{"changed", "\"v0\"", body.size() / 2}, Row{"weak", "W/\"v0\"", 0}}) {
        CAPTURE(row.what);
        RawServer server([&](const RawRequest& request, const RawConnection& connection) {
            return request.number == 1 ? half_of_it(connection, old, row.first_etag)
                                       : serve_well(request, connection, body);
        });
        World world;
        const auto report = world.fetch({source_of(server.url("/f"), body)});
        REQUIRE(report);
        CHECK(read_file(report->files[0].path).value() == body);
        CHECK(server.log()[1].offset() == row.second_offset);
        CHECK(server.requests("/f") == 2);
    }
    RawServer ignores([](const RawRequest& request, const RawConnection& connection) {
        if (request.number == 1) {
            return half_of_it(connection, body);
        }
        connection.answer(200, body, "ETag: \"v1\"\r\n");
        return After::keep;
    });
    World world;
    CHECK(world.fetch({source_of(ignores.url("/f"), body)}));
}

TEST_CASE("a server that joins other bytes to ours is asked once more for the whole") {
    const auto old = bytes_of(body.size(), 2);
    RawServer server([&](const RawRequest& request, const RawConnection& connection) {
        return request.number == 1 ? half_of_it(connection, old) : serve_well(request, connection, body);
    });
    World world;  // the ETag is the same for other bytes: only the hash tells
    const auto report = world.fetch({source_of(server.url("/f"), body)});
    REQUIRE(report);
    CHECK(server.requests("/f") == 3);
    CHECK(server.log()[2].offset() == 0);
    CHECK((!fs::exists(world.cache.root() / "rejected")));
}

TEST_CASE("another range than was asked for is not taken") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        if (request.path == "/good" || request.number > 2) {
            return serve_well(request, connection, body);
        }
        if (request.number == 1) {
            return half_of_it(connection, body);
        }
        connection.answer(206, body.substr(10), "Content-Range: bytes 10-2999999/3000000\r\n");
        return After::close;
    });
    World world;
    const auto report = world.fetch({source_of(server.url("/bad"), body), source_of(server.url("/good"), body)});
    REQUIRE(report);
    CHECK(read_file(report->files[0].path).value() == body);
    CHECK(world.events.noted("another range"));
}

TEST_CASE("a range beyond the end begins anew") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        if (request.number == 1) {
            return half_of_it(connection, body);
        }
        if (request.offset() > 0) {
            connection.answer(416, "", "Content-Range: bytes */100\r\n");
            return After::keep;
        }
        return serve_well(request, connection, body);
    });
    World world;
    REQUIRE(world.fetch({source_of(server.url("/f"), body)}));
    CHECK(server.requests("/f") == 3);
}

TEST_CASE("a passing trouble is waited for, with pauses that grow") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        if (request.number <= 3) {
            connection.answer(request.number == 1 ? 500 : request.number == 2 ? 502 : 408, "later");
            return After::keep;
        }
        return serve_well(request, connection, "x");
    });
    World world;
    REQUIRE(world.fetch({source_of(server.url("/f"), "x")}));
    CHECK(server.requests("/f") == 4);
    REQUIRE(world.pacer.slept.size() == 3);
    CHECK(world.pacer.slept[0] > milliseconds(450));
    CHECK(world.pacer.slept[0] <= milliseconds(500));
    CHECK(world.pacer.slept[1] > milliseconds(950));
    CHECK(world.pacer.slept[2] > milliseconds(1950));
    CHECK(world.pacer.slept[2] <= milliseconds(2000));
}

TEST_CASE("Retry-After is honored, and a server that asks for too much is left") {
    for (const std::string wait : {"7", "3600"}) {
        CAPTURE(wait);
        RawServer server([&](const RawRequest& request, const RawConnection& connection) {
            if (request.path == "/f" && request.number == 1) {
                connection.answer(request.number == 1 ? 429 : 503, "", "Retry-After: " + wait + "\r\n");
                return After::keep;
            }
            return serve_well(request, connection, "x");
        });
        World world;
        const auto report = world.fetch({source_of(server.url("/f"), "x"), source_of(server.url("/g"), "x")});
        REQUIRE(report);
        if (wait == "7") {
            CHECK(report->files[0].source == server.url("/f"));
            REQUIRE(world.pacer.slept.size() == 1);
            CHECK(world.pacer.slept[0] > milliseconds(6900));
        } else {
            CHECK(report->files[0].source == server.url("/g"));
            CHECK(world.pacer.slept.empty());
        }
    }
}

TEST_CASE("trouble that does not pass ends") {
    RawServer server([](const auto&, const auto& connection) {
        connection.answer(503, "");
        return After::keep;
    });
    World world;
    const auto failed = world.fetch({source_of(server.url("/f"), "x")});
    REQUIRE(!failed);
    CHECK(server.requests("/f") == 5);
    CHECK(failed.error().kind == ErrorKind::network);
    CHECK(holds(failed.error().message, "503 (not available now)"));
}

TEST_CASE("a server that stalls is left after the stall time, and what came is resumed") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        if (request.number == 1) {
            connection.send(head_of(body.size()));
            connection.send(std::string_view(body).substr(0, 2'000'000));
            connection.stall();
            return After::close;
        }
        return serve_well(request, connection, body);
    });
    World world;
    const auto report = world.fetch({source_of(server.url("/f"), body)});
    REQUIRE(report);
    CHECK(server.log()[1].offset() == 2'000'000);
    CHECK(world.events.noted("stopped sending"));
}

TEST_CASE("a length that is a lie does not matter where the bytes are the promised ones") {
    RawServer server([](const RawRequest&, const RawConnection& connection) {
        connection.send(head_of(4));
        connection.pause(10);
        return After::close;
    });
    World world;
    const auto failed = world.fetch({source_of(server.url("/f"), "longer")});
    CHECK(!failed);

    RawServer generous([](const RawRequest&, const RawConnection& connection) {
        connection.send(head_of(6) + "right");  // and no sixth byte
        connection.pause(10);
        return After::close;
    });
    World other;
    library::Source longer = source_of(generous.url("/g"), "longer");
    CHECK(other.fetch({source_of(generous.url("/f"), "right"), longer}));
    CHECK(generous.requests("/f") == 1);
}

TEST_CASE("a slow drip, chunks without a length, and an end without one") {
    const std::string text = bytes_of(500);
    RawServer server([&](const RawRequest& request, const RawConnection& connection) {
        if (request.path == "/drip") {
            connection.send(head_of(text.size()));
            for (std::size_t i = 0; i < text.size(); i += 20) {
                connection.send(std::string_view(text).substr(i, 20));
                connection.pause(5);
            }
            return After::keep;
        }
        if (request.path == "/chunks") {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (std::size_t i = 0; i < text.size(); i += 100) {
                connection.send("64\r\n" + text.substr(i, 100) + "\r\n");
            }
            connection.send("0\r\n\r\n");
            return After::keep;
        }
        connection.send("HTTP/1.0 200 OK\r\nETag: \"e\"\r\n\r\n");
        const bool cut = request.path == "/cut" && request.number == 1;
        connection.send(std::string_view(text).substr(0, cut ? 100 : text.size()));
        connection.pause(10);
        return After::close;
    });
    for (const std::string path : {"/drip", "/chunks", "/until-closed", "/cut"}) {
        CAPTURE(path);
        World world;
        const auto report = world.fetch({source_of(server.url(path), text)});
        REQUIRE(report);
        CHECK(read_file(report->files[0].path).value() == text);
    }
    CHECK(server.requests("/cut") == 2);
}

TEST_CASE("a server that compresses unasked is understood, a bomb is not") {
    const std::string text(5000, 'a');
    RawServer server([&](const RawRequest& request, const RawConnection& connection) {
        const auto packed = gzipped(request.path == "/bomb" ? std::string(5'000'000, 'a') : text);
        CHECK(request.header("accept-encoding") == "identity");
        connection.answer(200, packed, "Content-Encoding: gzip\r\n");
        return After::keep;
    });
    World world;
    const auto report = world.fetch({source_of(server.url("/f"), text)});
    REQUIRE(report);
    CHECK(read_file(report->files[0].path).value() == text);
    CHECK(report->files[0].bytes == text.size());
    CHECK(files_below(world.cache.root() / "partial")->empty());
    World other;
    const auto failed = other.fetch({source_of(server.url("/bomb"), text)});
    REQUIRE(!failed);
    CHECK(failed.error().kind == ErrorKind::integrity);
}

TEST_CASE("interrupted: what has come stays, and the next run goes on from there") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        if (request.number == 1) {
            connection.send(head_of(body.size()));
            connection.send(std::string_view(body).substr(0, 2'000'000));
            connection.stall();
            return After::close;
        }
        return serve_well(request, connection, body);
    });
    World world;
    world.events.stop_at = 2'000'000;
    const auto failed = world.fetch({source_of(server.url("/f"), body)});
    REQUIRE(!failed);
    CHECK(failed.error().kind == ErrorKind::interrupted);
    World next;
    next.cache = world.cache;
    const auto report = next.fetch({source_of(server.url("/f"), body)});
    REQUIRE(report);
    CHECK(report->files[0].transferred == 1'000'000);
    CHECK(files_below(world.cache.root() / "partial")->empty());
}
