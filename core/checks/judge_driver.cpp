#include "checks/judge_driver.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "checks/judge.hpp"
#include "json/json.hpp"
#include "run/beneath.hpp"
#include "system/clock.hpp"
#include "system/loopback.hpp"

namespace mlpath::checks {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t most_reply = 16u << 20;
// Of a network in which nothing else listens. No framework's usual port, so that whoever ignores the one given is seen.
constexpr std::uint16_t own_port = 8642;
constexpr milliseconds connect_wait{5000};   // a loopback answers at once
constexpr const char* hurry = "hurry.so";    // for a driver that hurries what it starts; not every system has it
constexpr const char* keymap = "keymap.so";  // for one that starts a screen; not every system has it
constexpr std::string_view first_answer = R"({"ok": true})";

milliseconds left_until(Clock::time_point deadline) {
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(deadline - Clock::now()));
}

Error too_many_sockets() {
    return {ErrorKind::malformed,
            "a check may make " + std::to_string(confine::most_connections) +
                " connections to one driver, and there were more",
            {},
            {}};
}

std::string new_token() {
    system::RealRandom random;
    return system::random_id(random);
}

}  // namespace

Result<std::unique_ptr<Driver>> Driver::start(const DriverRequest& request, const run::StepRunner& runner,
                                              run::Workplace place, std::stop_token stop) {
    std::unique_ptr<Driver> driver(new Driver(std::move(place)));
    MLPATH_CHECK(driver->begin(request, runner, std::move(stop)));
    return driver;
}

Status Driver::begin(const DriverRequest& request, const run::StepRunner& runner, std::stop_token stop) {
    run::StepRunner::Beside beside{.seconds = request.seconds, .files = caller_files(request.harness)};
    for (const auto* own : {"drive.py", "driver_program.py", hurry, keymap}) {
        beside.files.push_back(request.harness / own);
    }
    beside.files.push_back(request.script);
    beside.files.insert(beside.files.end(), request.parts.begin(), request.parts.end());
    MLPATH_TRY(const auto walls, runner.walls());
    MLPATH_TRY(const auto first_line, choose_ports(request, walls, beside));
    const milliseconds limit(std::llround(std::clamp(request.seconds, 1.0, 3600.0) * 1000));
    m_deadline = Clock::now() + limit;
    MLPATH_TRY(auto prepared, runner.prepare(m_place, beside));
    MLPATH_TRY(m_conversation,
               runner.processes().converse({.argv = {runner.python().path.string(),
                                                     (request.harness / "drive.py").string(), request.script.string()},
                                            .environment = std::move(prepared.environment),
                                            .folder = m_place.folder(),
                                            .input = {},
                                            .wall_limit = limit,
                                            .output_limit = run::StepRunner::output_limit,
                                            .confinement = std::move(prepared.confinement)},
                                           std::move(stop)));
    MLPATH_TRY(const auto ready, ask(first_line, limit));
    if (ready.line != first_answer) {
        return fail(ErrorKind::internal, ready.ended.empty() ? "mlpath's own driver did not begin"
                                                             : "mlpath's own driver did not begin: it " + ready.ended);
    }
    return {};
}

Result<std::string> Driver::choose_ports(const DriverRequest& request, confine::Walls walls,
                                         run::StepRunner::Beside& beside) {
    const bool talks_to_us = request.network == confine::Network::loopback;
    Json relay;
    std::vector<std::uint16_t> told(request.ports);
    if (walls == confine::Walls::name_spaces) {
        m_port = talks_to_us ? own_port : std::uint16_t{0};
        std::iota(told.begin(), told.end(), static_cast<std::uint16_t>(own_port + 1));
    } else {
        MLPATH_TRY(beside.ports, system::free_ports(request.ports + (talks_to_us ? 2 : 0)));
        std::copy_n(beside.ports.begin(), request.ports, told.begin());
        if (talks_to_us) {
            m_port = beside.ports[request.ports];
            m_relay = beside.ports[request.ports + 1];
            m_token = new_token();
            relay = Json{{"port", m_relay}, {"token", m_token}};
        }
    }
    beside.network = talks_to_us || !told.empty() ? confine::Network::loopback : confine::Network::none;
    return Json{{"relay", relay}, {"ports", told}}.dump();
}

system::ProcessOutcome Driver::finish() {
    if (m_conversation) {
        m_outcome = m_conversation->finish();
        m_conversation.reset();
    }
    return m_outcome;
}

Result<Driver::Reply> Driver::ask(std::string_view request, milliseconds wait) {
    if (!m_conversation) {
        return Reply{.ended = run::describe(m_outcome)};
    }
    if (const auto sent = m_conversation->send_line(request); !sent && sent.error().kind == ErrorKind::interrupted) {
        return fail(sent.error());
    }
    auto line = m_conversation->receive_line(std::min(wait, left_until(m_deadline)), most_reply);
    if (line && *line) {
        return Reply{.line = std::move(**line)};
    }
    if (!line && line.error().kind == ErrorKind::interrupted) {
        return fail(line.error());
    }
    // What answers late would be taken for the answer to what is asked next.
    const bool late = !line && line.error().kind == ErrorKind::busy;
    const bool too_much = !line && line.error().kind == ErrorKind::malformed;
    const auto outcome = finish();
    return Reply{.ended = late       ? std::string("did not answer in time")
                          : too_much ? std::string("answered more than 16 MB")
                                     : run::describe(outcome)};
}

Result<Descriptor> Driver::connect(std::uint16_t port) {
    if (!m_conversation) {
        return fail(ErrorKind::not_found, "the program has ended");
    }
    if (m_relay != 0) {
        return through_relay(port);
    }
    auto socket = m_spare.is_open() ? std::move(m_spare) : m_conversation->connection();
    if (!socket.is_open()) {
        return fail(too_many_sockets());
    }
    if (auto connected = system::connect_to(socket, port, connect_wait); !connected) {
        m_spare = std::move(socket);  // whoever waits for a server tries many times
        return fail(std::move(connected).error());
    }
    return socket;
}

Result<Descriptor> Driver::listen() {
    if (!m_conversation || m_port == 0) {
        return fail(ErrorKind::malformed, "the script listens at a port of no driver");
    }
    MLPATH_TRY(auto socket, m_relay != 0 ? system::tcp_socket() : Result<Descriptor>(m_conversation->connection()));
    if (!socket.is_open()) {
        return fail(too_many_sockets());
    }
    MLPATH_CHECK(system::listen_at(socket, m_port));
    return socket;
}

Result<Descriptor> Driver::through_relay(std::uint16_t port) {
    MLPATH_TRY(auto socket, system::tcp_socket());
    MLPATH_CHECK(system::connect_to(socket, m_relay, connect_wait));
    const timeval patience{.tv_sec = 15, .tv_usec = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const auto greeting = m_token + " " + std::to_string(port) + "\n";
    char answer = '-';
    if (::send(socket.get(), greeting.data(), greeting.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(greeting.size()) ||
        ::recv(socket.get(), &answer, 1, 0) != 1 || answer != '+') {
        return fail(ErrorKind::not_found, "nothing listens on port " + std::to_string(port));
    }
    const timeval none{};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &none, sizeof none);
    return socket;
}

Result<EvidencePtr> Driver::leave(const std::vector<std::string>& writes) {
    auto evidence = std::make_shared<Evidence>();
    evidence->outcome.process = finish();
    evidence->outcome.command = "the program";
    if (evidence->outcome.process.folder) {
        MLPATH_CHECK(m_place.take_back(writes, *evidence->outcome.process.folder));
        evidence->outcome.process.folder.reset();
    }
    evidence->place.emplace(std::move(m_place));
    return EvidencePtr(std::move(evidence));
}

}  // namespace mlpath::checks
