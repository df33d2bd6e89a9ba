#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <thread>

#include "base/text.hpp"
#include "checks/judge_driver.hpp"
#include "checks/judge_reader.hpp"
#include "system/loopback.hpp"

// The roles of a kind's scripts, with real programs behind every wall that can be had here.
using namespace mlpath;
using namespace mlpath::checks;

namespace {

const fs::path own_python = fs::path(MLPATH_SOURCE_DIR) / "core/checks/python";

// Starts a server that sends what it is asked to, and tries what else there is to connect to.
constexpr std::string_view driver_script = R"(
import socket, subprocess, sys

SERVER = '''
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    connection, _ = server.accept()
    connection.sendall(sys.argv[2].encode())
    connection.close()
'''


def start(port, says):
    subprocess.Popen([sys.executable, "-c", SERVER, str(port), says])


def tries(family, kind, port):
    try:
        with socket.socket(getattr(socket, family), getattr(socket, kind)) as one:
            one.settimeout(2)
            if kind == "SOCK_DGRAM":
                one.sendto(b"x", ("127.0.0.1", port))
            else:
                one.connect(("127.0.0.1", port))
        return "reached"
    except OSError as problem:
        return type(problem).__name__


def leaves(path, text):
    open(path, "w").write(text)


def hangs():
    while True:
        pass


def raises():
    raise KeyError("x")
)";

struct Stage {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    system::RealProcesses processes;
    run::Sandbox sandbox;
    run::StepRunner runner;
    DriverRequest request;

    explicit Stage(run::Sandbox walls)
        : sandbox(std::move(walls)), runner(processes, {.path = "/usr/bin/python3", .version = "3.11"}, sandbox) {
        // Whoever the programs become has to reach the scripts.
        fs::permissions(folder.path(), fs::perms::others_exec | fs::perms::group_exec, fs::perm_options::add);
        for (const auto* name : {"drive.py", "read.py"}) {
            fs::copy_file(own_python / name, folder.path() / name);
        }
        REQUIRE(write_file(folder.path() / "script.py", driver_script));
        request = {.harness = folder.path(),
                   .script = folder.path() / "script.py",
                   .seconds = 30,
                   .network = confine::Network::loopback};
    }
    std::unique_ptr<Driver> driver() {
        auto place = run::Workplace::make({}, {}, sandbox.place());
        REQUIRE(place.has_value());
        auto driver = Driver::start(request, runner, std::move(*place), {});
        REQUIRE_MESSAGE(driver.has_value(), driver.error().message);
        return std::move(*driver);
    }
};

std::string told_by(Driver& driver, const std::string& request) {
    const auto reply = driver.ask(request, std::chrono::seconds(10));
    REQUIRE(reply.has_value());
    return reply->ended.empty() ? reply->line : reply->ended;
}

std::string received(Driver& driver, std::uint16_t port) {
    for (int tries = 0; tries < 200; ++tries) {
        const auto connection = driver.connect(port);
        if (!connection) {
            CHECK(connection.error().kind == ErrorKind::not_found);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            continue;
        }
        std::string text(64, '\0');
        const auto got = ::recv(connection->get(), text.data(), text.size(), MSG_WAITALL);
        return text.substr(0, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }
    return "nothing listens";
}

// Something of this machine's that listens, and is none of the program's affair.
struct Listener {
    Descriptor socket = *system::tcp_socket();
    std::uint16_t port = system::free_ports(1)->front();
    Listener() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(socket.get(), 1) == 0);
        REQUIRE(system::connect_to(*system::tcp_socket(), port, std::chrono::seconds(1)).has_value());
    }
};

void drive_behind(confine::Walls walls) {
    system::RealProcesses processes;
    auto sandbox = *run::Sandbox::open(
        walls == confine::Walls::none ? run::SandboxWish::off : run::SandboxWish::automatic, processes, {}, walls);
    if (sandbox.walls() != walls) {
        std::cerr << "skipped: these walls cannot be had here\n";
        return;
    }
    Stage stage(std::move(sandbox));
    const auto driver = stage.driver();
    const bool own_network = walls == confine::Walls::name_spaces;
    CHECK(driver->shares_loopback() == !own_network);
    CHECK(driver->connect(driver->port()).error().kind == ErrorKind::not_found);
    const auto port = std::to_string(driver->port());
    CHECK(told_by(*driver, R"({"function":"start","arguments":{"port":)" + port + R"(,"says":"hello"}})") ==
          R"({"ok": true, "value": null})");
    for (int connections = 0; connections < 40; ++connections) {
        REQUIRE(received(*driver, driver->port()) == "hello");
    }
    CHECK(told_by(*driver, R"({"function":"raises","arguments":{}})") ==
          R"({"ok": false, "type": "KeyError", "message": "'x'"})");
    CHECK(told_by(*driver, R"({"function":"leaves","arguments":{"path":"out.txt","text":"left"}})") ==
          R"({"ok": true, "value": null})");
    const auto evidence = driver->leave({"out.txt"});
    REQUIRE(evidence.has_value());
    CHECK((*evidence)->outcome.process.succeeded());
    CHECK((*evidence)->place->artifact("out.txt") == "left");
    CHECK(driver->connect(driver->port()).error().kind == ErrorKind::not_found);
}

}  // namespace

TEST_CASE("a server that a driver starts is reached, behind every wall") {
    for (const auto walls : {confine::Walls::name_spaces, confine::Walls::rules, confine::Walls::none}) {
        drive_behind(walls);
    }
}

TEST_CASE("what we listen with is reached by a driver's programs, and its port is taken") {
    system::RealProcesses processes;
    for (const auto walls : {confine::Walls::name_spaces, confine::Walls::rules, confine::Walls::none}) {
        auto sandbox = *run::Sandbox::open(
            walls == confine::Walls::none ? run::SandboxWish::off : run::SandboxWish::automatic, processes, {}, walls);
        if (sandbox.walls() != walls) {
            std::cerr << "skipped: these walls cannot be had here\n";
            continue;
        }
        Stage stage(std::move(sandbox));
        const auto driver = stage.driver();
        const auto listens = driver->listen();
        REQUIRE_MESSAGE(listens.has_value(), listens.error().message);
        const auto port = std::to_string(driver->port());
        CHECK(told_by(*driver, R"({"function":"tries","arguments":{"family":"AF_INET","kind":"SOCK_STREAM","port":)" +
                                   port + "}}") == R"({"ok": true, "value": "reached"})");
        CHECK(Descriptor(::accept(listens->get(), nullptr, nullptr)).is_open());
        CHECK(driver->listen().error().kind == ErrorKind::io);
        CHECK(driver->leave({}).has_value());
        CHECK(driver->listen().error().kind == ErrorKind::malformed);
    }
    // Where there is no loopback, nobody can come.
    Stage stage(run::Sandbox{});
    stage.request.network = confine::Network::none;
    CHECK(stage.driver()->listen().error().kind == ErrorKind::malformed);
}

TEST_CASE("of this machine's loopback a driver reaches the ports of its own alone") {
    system::RealProcesses processes;
    for (const auto walls : {confine::Walls::name_spaces, confine::Walls::rules}) {
        auto sandbox = *run::Sandbox::open(run::SandboxWish::automatic, processes, {}, walls);
        if (sandbox.walls() != walls || sandbox.landlock() < 4) {
            std::cerr << "skipped: these walls cannot be had here\n";
            continue;
        }
        Stage stage(std::move(sandbox));
        const Listener other;
        const auto driver = stage.driver();
        const auto tried = [&](const std::string& kind, std::uint16_t port) {
            return told_by(*driver, R"({"function":"tries","arguments":{"family":"AF_INET","kind":")" + kind +
                                        R"(","port":)" + std::to_string(port) + "}}");
        };
        CHECK(tried("SOCK_STREAM", other.port).find("reached") == std::string::npos);
        const bool own_network = walls == confine::Walls::name_spaces;
        CHECK((tried("SOCK_DGRAM", other.port).find("reached") != std::string::npos) == own_network);
        // Nothing listens there, and nothing is in the way of asking.
        CHECK(tried("SOCK_STREAM", driver->port()).find("ConnectionRefusedError") != std::string::npos);
    }
}

TEST_CASE("a driver that hangs or ends is told, and what it answers late is heard by nobody") {
    Stage stage(run::Sandbox{});
    auto driver = stage.driver();
    auto reply = driver->ask(R"({"function":"hangs","arguments":{}})", std::chrono::milliseconds(300));
    CHECK(reply.value().ended == "did not answer in time");
    CHECK(driver->ask(R"({"function":"raises","arguments":{}})", std::chrono::seconds(5)).value().line.empty());
    CHECK(driver->leave({}).has_value());
    stage.request.script = stage.folder.path() / "absent.py";
    auto place = run::Workplace::make({}, {}, stage.sandbox.place());
    CHECK_FALSE(Driver::start(stage.request, stage.runner, std::move(*place), {}).has_value());
}

TEST_CASE("a reader tells facts, and what it cannot read is the file's fault") {
    Stage stage(run::Sandbox{});
    const struct {
        std::string_view script;
        std::string_view told;
    } cases[] = {
        {"def read(path): return {'text': path.read_text()}", R"({"ok": true, "facts": {"text": "bytes"}})"},
        {"def read(path):\n    print('noise')\n    return 1", R"({"ok": true, "facts": 1})"},
        {"def read(path): raise ValueError('no page')", "`a.pdf` cannot be read: ValueError: no page"},
        {"def read(path): return float('nan')",
         "`a.pdf` cannot be read: ValueError: Out of range float values are not JSON compliant"},
        {"def read(path): return 'x' * 9_000_000", "`a.pdf` cannot be read: it holds more than this check takes"},
        {"import os\ndef read(path): os.kill(os.getpid(), 11)", "what reads it was ended by signal 11"},
        {"def read(path):\n    while True: pass", "what reads it did not end within 2 s"},
        {"import no_such_module", "a package is missing: ModuleNotFoundError: No module named 'no_such_module'"},
        {"import os\ndef read(path): return os.listdir()", R"({"ok": true, "facts": ["a.pdf"]})"},
    };
    for (const auto& [script, told] : cases) {
        CAPTURE(script);
        REQUIRE(write_file(stage.folder.path() / "reader.py", script));
        const auto got = read_by_script({.harness = stage.folder.path(),
                                         .script = stage.folder.path() / "reader.py",
                                         .name = "a.pdf",
                                         .bytes = "bytes",
                                         .seconds = 2},
                                        stage.runner, {});
        const auto said = !got ? got.error().message : *got ? **got : got->error().message;
        CHECK_MESSAGE(said.find(told) != std::string::npos, said);
    }
}
