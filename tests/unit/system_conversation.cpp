#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <string>
#include <thread>

#include "base/text.hpp"
#include "system/process.hpp"

using namespace mlpath;
using namespace mlpath::system;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<Conversation> talk(const std::string& code, std::stop_token stop = {},
                                   std::chrono::milliseconds limit = 60s) {
    RealProcesses processes;
    auto conversation = processes.converse(
        {.argv = {"/usr/bin/python3", "-I", "-S", "-c", "import os, sys, time\nr, w = open(3), open(4, 'w')\n" + code},
         .environment = {{"LC_ALL", "C.UTF-8"}},
         .folder = "/",
         .wall_limit = limit},
        std::move(stop));
    REQUIRE_MESSAGE(conversation.has_value(), conversation.error().message);
    return std::move(*conversation);
}

}  // namespace

TEST_CASE("lines go both ways, of any length, while the other streams are kept") {
    const auto program = talk(
        "print('hello', file=sys.stderr)\n"
        "for line in r: w.write(line[:-1][::-1] + '\\n'); w.flush()\n"
        "sys.exit(5)");
    for (const auto& line : {std::string("abc"), std::string(), std::string("ünicode"), std::string(3'000'000, 'x')}) {
        REQUIRE(program->send_line(line));
        const auto answer = program->receive_line(40s);
        REQUIRE(answer.has_value());
        REQUIRE(answer->has_value());
        CHECK((*answer)->size() == line.size());
    }
    const auto outcome = program->finish();
    CHECK(outcome.exit_code == 5);
    CHECK(outcome.err.text() == "hello\n");
}

TEST_CASE("several lines in one piece are handed out one by one, and a last one without end is none") {
    const auto program = talk("w.write('one\\ntwo\\n\\nrest'); w.flush()");
    CHECK(**program->receive_line(40s) == "one");
    CHECK(**program->receive_line(40s) == "two");
    CHECK((**program->receive_line(40s)).empty());
    const auto end = program->receive_line(40s);
    REQUIRE(end.has_value());
    CHECK(!end->has_value());
    CHECK(program->finish().succeeded());
}

TEST_CASE("an answer that does not come in time is told, and the conversation can go on") {
    const auto program = talk("r.readline(); r.readline(); w.write('late\\n'); w.flush(); r.readline()");
    REQUIRE(program->send_line("go"));
    const auto early = program->receive_line(50ms);
    REQUIRE(!early);
    CHECK(early.error().kind == ErrorKind::busy);
    REQUIRE(program->send_line("go on"));
    CHECK(**program->receive_line(40s) == "late");
}

TEST_CASE("too long a line is refused without keeping more than was allowed") {
    const auto program = talk("while True: w.write('x' * 1000000)");
    const auto line = program->receive_line(40s, 2'000'000);
    REQUIRE(!line);
    CHECK(line.error().kind == ErrorKind::malformed);
    CHECK(program->finish().peak_memory_bytes > 0);
}

TEST_CASE("a program that closes its end, or ends, is seen at once") {
    const auto closing = talk("w.close(); time.sleep(1000)");
    CHECK(!closing->receive_line(40s)->has_value());
    CHECK(closing->finish().signal == SIGKILL);  // it had a second to leave

    const auto ended = talk("os.kill(os.getpid(), 11)");
    CHECK(!ended->receive_line(40s)->has_value());
    CHECK(!ended->send_line(std::string(1'000'000, 'x')));
    CHECK(ended->finish().signal == SIGSEGV);
}

TEST_CASE("a program that neither reads nor answers is bound by its wall limit") {
    const auto program = talk("time.sleep(1000)", {}, 500ms);
    CHECK(!program->send_line(std::string(5'000'000, 'x')));
    CHECK(!program->receive_line(40s)->has_value());
    CHECK(program->finish().ending == Ending::timed_out);
}

TEST_CASE("a stop ends the waiting") {
    std::stop_source source;
    const auto program = talk("time.sleep(1000)", source.get_token());
    std::jthread other([&source] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    });
    const auto line = program->receive_line(40s);
    REQUIRE(!line);
    CHECK(line.error().kind == ErrorKind::interrupted);
    CHECK(program->finish().ending == Ending::interrupted);
}

TEST_CASE("a conversation that is dropped takes its program along") {
    auto program = talk("w.write(f'{os.getpid()}\\n'); w.flush(); time.sleep(1000)");
    const auto pid = std::stoi(**program->receive_line(40s));
    CHECK(::kill(pid, 0) == 0);
    program.reset();
    CHECK(::kill(pid, 0) != 0);
}

TEST_CASE("two conversations at once, and a descendant that keeps the pipes of one") {
    const auto first = talk("for line in r: w.write('1' + line); w.flush()");
    const auto second = talk(
        "if os.fork() == 0: time.sleep(1000)\n"
        "w.write('2' + r.readline()); w.flush()");
    REQUIRE(first->send_line("a"));
    REQUIRE(second->send_line("b"));
    CHECK(**second->receive_line(40s) == "2b");
    CHECK(**first->receive_line(40s) == "1a");
    CHECK(second->finish().succeeded());
    CHECK(first->finish().succeeded());
}
