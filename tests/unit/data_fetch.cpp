// Fetching against a server that behaves, and what is done with what it sends.
#include "data_fetch_world.hpp"

#include <fstream>
#include <thread>

using namespace tests;
using data::FetchStage;
using data::Origin;

TEST_CASE("a file is fetched once, and found from then on without a network") {
    const auto body = bytes_of(3'000'000);
    RawServer server(
        [&](const auto& request, const auto& connection) { return serve_well(request, connection, body); });
    World world;
    auto report = world.fetch({source_of(server.url("/iris.csv"), body)});
    REQUIRE(report);
    REQUIRE(report->files.size() == 1);
    CHECK(report->files[0].origin == Origin::downloaded);
    CHECK(report->files[0].transferred == body.size());
    CHECK(report->files[0].source == server.url("/iris.csv"));
    CHECK(read_file(report->files[0].path).value() == body);
    CHECK(world.events.saw(FetchStage::fetched));

    report = world.fetch({source_of(server.url("/iris.csv"), body)});
    REQUIRE(report);
    CHECK(report->files[0].origin == Origin::cached);
    CHECK(server.requests("/iris.csv") == 1);
    CHECK(world.clients == 1);  // the second time no client was even made
}

TEST_CASE("many files come over few connections") {
    RawServer server([&](const auto& request, const auto& connection) {
        return serve_well(request, connection, "content of " + request.path);
    });
    std::vector<library::Dataset> datasets;
    for (int i = 0; i < 60; ++i) {
        const auto path = "/file" + std::to_string(i);
        datasets.push_back(
            {.id = "set" + std::to_string(i),
             .files = {{.name = "x.csv", .sources = {source_of(server.url(path), "content of " + path)}}}});
    }
    World world;
    const auto report = world.fetch(datasets);
    REQUIRE(report);
    REQUIRE(report->files.size() == 60);
    CHECK(report->files[59].dataset == "set59");
    CHECK(read_file(report->files[59].path).value() == "content of /file59");
    CHECK(server.connections() <= 8);
}

TEST_CASE("the next source is asked where one fails, and the bad bytes are kept aside") {
    const std::string body = "sepal,petal\n1,2\n";
    struct Row {
        std::string what;
        RawHandler handler;
        const char* note;
        int requests;
    };
    const std::vector<Row> rows{
        {"not found",
         [](const auto&, const auto& connection) {
             connection.answer(404, "no");
             return After::keep;
         },
         "answered 404 (not found)", 1},
        {"other bytes",
         [](const auto&, const auto& connection) {
             connection.answer(200, "sepal,petal\n1,3\n");
             return After::keep;
         },
         "not the promised ones", 1},
        {"a web page",
         [](const auto&, const auto& connection) {
             connection.answer(200, "<html>log in", "Content-Type: text/html; charset=utf-8\r\n");
             return After::keep;
         },
         "sent a web page", 1},
        {"a length beyond measure",
         [](const auto&, const auto& connection) {
             connection.answer(200, "sepal", "Content-Length: 99999999999\r\n");
             return After::close;
         },
         "more bytes than the file has", 1},
        {"no end",
         [](const auto&, const auto& connection) {
             connection.send("HTTP/1.1 200 OK\r\n\r\n");
             while (!connection.ending() && connection.send(std::string(4096, 'x'))) {
             }
             return After::close;
         },
         "more bytes than the file has", 1},
        {"a circle",
         [](const auto&, const auto& connection) {
             connection.answer(302, "", "Location: /bad\r\n");
             return After::keep;
         },
         "redirects in a circle", 11},
        {"a way to our own files",
         [](const auto&, const auto& connection) {
             connection.answer(302, "", "Location: file:///etc/passwd\r\n");
             return After::keep;
         },
         "not one of http or https", 1},
        {"no HTTP",
         [](const auto&, const auto& connection) {
             connection.send("SSH-2.0-OpenSSH_9.2\r\n");
             return After::close;
         },
         "does not speak proper HTTP", 1},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        RawServer server([&](const RawRequest& request, const RawConnection& connection) {
            return request.path == "/bad" ? row.handler(request, connection) : serve_well(request, connection, body);
        });
        World world;
        const auto report = world.fetch({source_of(server.url("/bad"), body), source_of(server.url("/good"), body)});
        REQUIRE(report);
        CHECK(report->files[0].source == server.url("/good"));
        CHECK(world.events.saw(FetchStage::next_source));
        CHECK(world.events.noted(row.note));
        CHECK(server.requests("/bad") == row.requests);
        CHECK(world.pacer.slept.empty());  // nothing of this passes by waiting

        World alone;
        const auto failed = alone.fetch({source_of(server.url("/bad"), body)});
        REQUIRE(!failed);
        CHECK(holds(failed.error().message, "iris.csv of the dataset irises"));
        CHECK(holds(failed.error().hint, "mlpath fetch irises --from FILE"));
        CHECK(holds(failed.error().hint, "--mirror URL"));
        CHECK(!fs::exists(alone.cache.entry_path(sha256_of(body))));
        CHECK(files_below(alone.cache.root(), {"locks", "rejected"})->empty());
    }
}

TEST_CASE("bytes that are not the promised ones are named, and never used") {
    RawServer server([](const auto&, const auto& connection) {
        connection.answer(200, "evil");
        return After::keep;
    });
    World world;
    const auto failed = world.fetch({source_of(server.url("/"), "good")});
    REQUIRE(!failed);
    CHECK(failed.error().kind == ErrorKind::integrity);
    const auto kept = files_below(world.cache.root() / "rejected");
    REQUIRE(kept);
    REQUIRE(kept->size() == 1);
    CHECK(read_file(world.cache.root() / "rejected" / kept->front()).value() == "evil");
    CHECK(holds(failed.error().message, kept->front()));
    CHECK(world.events.saw(FetchStage::failed));
}

TEST_CASE("one failure does not keep the others from coming, and all are told") {
    RawServer server([](const RawRequest& request, const RawConnection& connection) {
        return request.path == "/good" ? serve_well(request, connection, "good")
                                       : (connection.answer(404, ""), After::keep);
    });
    const std::vector<library::Dataset> datasets{
        {.id = "a", .files = {{.name = "a.csv", .sources = {source_of(server.url("/1"), "one")}}}},
        {.id = "b", .files = {{.name = "b.csv", .sources = {source_of(server.url("/good"), "good")}}}},
        {.id = "c", .files = {{.name = "c.csv", .sources = {source_of(server.url("/3"), "three")}}}}};
    World world;
    const auto failed = world.fetch(datasets);
    REQUIRE(!failed);
    CHECK(holds(failed.error().message, "2 of 3 files"));
    CHECK(holds(failed.error().message, "a.csv"));
    CHECK(holds(failed.error().message, "c.csv"));
    CHECK(fs::exists(world.cache.entry_path(sha256_of("good"))));
}

TEST_CASE("the mirror comes first, must give promised bytes, and is no more than the first source") {
    const std::string body = "promised";
    const std::string other = "also promised";  // the bytes of the second source
    std::string mirrored;
    RawServer server([&](const RawRequest& request, const RawConnection& connection) {
        if (request.path.starts_with("/base/") && mirrored.empty()) {
            connection.answer(404, "");
            return After::keep;
        }
        return serve_well(request, connection, request.path.starts_with("/base/") ? mirrored : body);
    });
    const auto fetched_from = [&](World& world) {
        world.options.mirror = server.url("/base/");
        const library::Dataset dataset{
            .id = "irises",
            .files = {{.name = "iris 1.csv",
                       .sources = {source_of(server.url("/first"), body), source_of(server.url("/second"), other)}}}};
        const auto report = world.fetch(std::span(&dataset, 1));
        REQUIRE(report);
        return report->files[0];
    };
    SUBCASE("as the first source") {
        mirrored = body;
        World world;
        CHECK(fetched_from(world).source == server.url("/base/irises/iris%201.csv"));
        CHECK(server.requests("/first") == 0);
    }
    SUBCASE("as another source") {
        mirrored = other;
        World world;
        CHECK(fetched_from(world).sha256 == sha256_of(other));
    }
    SUBCASE("wrong") {
        mirrored = "something";
        World world;
        CHECK(fetched_from(world).source == server.url("/first"));
    }
    SUBCASE("absent") {
        World world;
        CHECK(fetched_from(world).source == server.url("/first"));
    }
}

TEST_CASE("offline, nothing touches the network") {
    RawServer server([](const auto& request, const auto& connection) { return serve_well(request, connection, "x"); });
    World world;
    world.options.network = data::Network::offline;
    const auto failed = world.fetch({source_of(server.url("/x"), "x")});
    REQUIRE(!failed);
    CHECK(failed.error().kind == ErrorKind::network);
    CHECK(holds(failed.error().message, "--offline"));
    CHECK(holds(failed.error().hint, "mlpath fetch irises --from FILE"));
    CHECK(server.connections() == 0);
    CHECK(world.clients == 0);

    // All bytes came before, and the verdict did not: that needs no network either.
    REQUIRE(write_file(world.cache.part_path(sha256_of("x")), "x"));
    const auto report = world.fetch({source_of(server.url("/x"), "x")});
    REQUIRE(report);
    CHECK(server.connections() == 0);
    // Bytes of the right size that are wrong are no file.
    World other;
    other.options.network = data::Network::offline;
    REQUIRE(write_file(other.cache.part_path(sha256_of("x")), "y"));
    CHECK(!other.fetch({source_of(server.url("/x"), "x")}));
}

TEST_CASE("nobody there: a clear sentence, soon") {
    std::string url;
    {
        url = RawServer([](const auto&, const auto&) { return After::close; }).url("/iris.csv");
    }
    World world;
    const auto failed = world.fetch({source_of(url, "x")});
    REQUIRE(!failed);
    CHECK(failed.error().kind == ErrorKind::network);
    CHECK(holds(failed.error().message, "no connection to 127.0.0.1"));
    CHECK(world.pacer.slept.size() == 1);
}

TEST_CASE("a file by hand is verified, copied, and stays where it is") {
    World world;
    const auto given = world.folder.path() / "Downloads (1).csv";
    REQUIRE(write_file(given, "promised"));
    world.options.from = given;
    const auto report = world.fetch({source_of("https://example.invalid/iris.csv", "promised")});
    REQUIRE(report);
    CHECK(report->files[0].origin == Origin::by_hand);
    CHECK(fs::hard_link_count(report->files[0].path) == 1);
    CHECK(read_file(given).value() == "promised");
    CHECK(world.clients == 0);

    for (const std::string wrong : {"promiseD", "something else"}) {
        World other;
        REQUIRE(write_file(given, wrong));
        other.options.from = given;
        const auto failed = other.fetch({source_of("https://example.invalid/iris.csv", "promised")});
        REQUIRE(!failed);
        CHECK(failed.error().kind == ErrorKind::malformed);
        CHECK(holds(failed.error().message, "is not iris.csv of the dataset irises"));
        CHECK(read_file(given).value() == wrong);
        CHECK((!fs::exists(other.cache.root()) || files_below(other.cache.root())->empty()));
    }
}

TEST_CASE("of several files by hand, those with the right names are taken from a folder, and the rest is named") {
    World world;
    const library::Dataset dataset{.id = "digits",
                                   .files = {{.name = "a.gz", .sources = {source_of("https://e.invalid/a", "aa")}},
                                             {.name = "b.gz", .sources = {source_of("https://e.invalid/b", "bb")}}}};
    REQUIRE(write_file(world.folder.path() / "given" / "b.gz", "bb"));
    world.options.from = world.folder.path() / "given";
    auto report = world.fetch(std::span(&dataset, 1));
    REQUIRE(report);
    REQUIRE(report->files.size() == 1);
    CHECK(report->files[0].name == "b.gz");
    CHECK(report->absent == std::vector<std::string>{"digits/a.gz"});

    REQUIRE(write_file(world.folder.path() / "other name", "aa"));
    world.options.from = world.folder.path() / "other name";
    report = world.fetch(std::span(&dataset, 1));
    REQUIRE(report);
    CHECK(report->files.size() == 2);
    CHECK(report->absent.empty());
}

TEST_CASE("who needs the same file at the same time waits, and finds it") {
    const auto body = bytes_of(200'000);
    RawServer server([&](const RawRequest& request, const RawConnection& connection) {
        connection.pause(200);
        return serve_well(request, connection, body);
    });
    World one;
    World two;
    two.cache = one.cache;
    Result<data::FetchReport> first = fail(ErrorKind::internal, "");
    std::jthread other([&] { first = one.fetch({source_of(server.url("/f"), body)}); });
    const auto second = two.fetch({source_of(server.url("/f"), body)});
    other.join();
    REQUIRE(first);
    REQUIRE(second);
    CHECK(server.requests("/f") == 1);
    CHECK(one.events.saw(FetchStage::waiting) != two.events.saw(FetchStage::waiting));
}
