#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "base/files.hpp"
#include "base/text.hpp"
#include "system/process.hpp"

using namespace mlpath;
using namespace mlpath::system;
using namespace std::chrono_literals;

namespace {

const std::string python = "/usr/bin/python3";
const std::map<std::string, std::string> plain{{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}};

ProcessSpec shell(std::string script) {
    return {.argv = {"sh", "-c", std::move(script)}, .environment = plain, .folder = "/"};
}
ProcessSpec script(std::string code) {
    return {.argv = {python, "-I", "-S", "-c", std::move(code)}, .environment = plain, .folder = "/"};
}
ProcessOutcome run(const ProcessSpec& spec, std::stop_token stop = {}) {
    RealProcesses processes;
    auto outcome = processes.run(spec, std::move(stop));
    REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
    return std::move(*outcome);
}
bool alive(pid_t pid) { return ::kill(pid, 0) == 0; }

// A file into which a program writes the id of a process that must not outlive it.
struct PidFile {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    fs::path path = folder.path() / "pid";
    [[nodiscard]] pid_t read() const {
        for (int i = 0; i < 3000; ++i) {
            const auto text = read_file(path);
            if (text && text->ends_with('\n')) {
                return std::stoi(*text);
            }
            std::this_thread::sleep_for(10ms);
        }
        FAIL("no process id was written");
        return 0;
    }
};

}  // namespace

TEST_CASE("how a program ended is told apart") {
    struct Case {
        std::string code;
        Ending ending;
        int number;
    };
    const std::vector<Case> cases{
        {"exit 0", Ending::exited, 0},
        {"exit 7", Ending::exited, 7},
        {"exit 255", Ending::exited, 255},
        {"kill -SEGV $$", Ending::signalled, SIGSEGV},
        {"kill -KILL $$", Ending::signalled, SIGKILL},
        {"kill -TERM $$", Ending::signalled, SIGTERM},
        {"ulimit -c; kill -ABRT $$", Ending::signalled, SIGABRT},
    };
    for (const auto& each : cases) {
        CAPTURE(each.code);
        const auto outcome = run(shell(each.code));
        CHECK(outcome.ending == each.ending);
        CHECK((each.ending == Ending::exited ? outcome.exit_code : outcome.signal) == each.number);
        CHECK(outcome.succeeded() == (each.code == "exit 0"));
    }
}

TEST_CASE("output, input, folder and measures arrive") {
    auto spec = shell("pwd; cat; echo problem >&2; echo more > /dev/stdout");
    spec.input = "from us\n";
    spec.folder = "/usr";
    const auto outcome = run(spec);
    CHECK(outcome.out.text() == "/usr\nfrom us\nmore\n");
    CHECK(outcome.err.text() == "problem\n");
    CHECK(outcome.out.complete());
    CHECK(outcome.wall > 0us);
    const auto large = run(script("b = bytearray(80_000_000)"));
    CHECK(large.peak_memory_bytes > 80'000'000);
    CHECK(large.peak_memory_bytes < 400'000'000);
}

TEST_CASE("a program gets the environment that was given, no more") {
    auto spec = shell("exec /usr/bin/env");
    spec.environment = {{"ONE", "1"}, {"EMPTY", ""}, {"PATH", "/usr/bin:/bin"}};
    spec.argv = {"/usr/bin/env"};
    CHECK(run(spec).out.text() == "EMPTY=\nONE=1\nPATH=/usr/bin:/bin\n");
}

TEST_CASE("no descriptor of ours reaches a program, and signals are as a shell would have them") {
    const int leak = ::open("/dev/null", O_RDONLY);  // without close-on-exec, as a careless library opens
    const auto outcome =
        run(script("import os\nprint(sorted(int(f) for f in os.listdir('/proc/self/fd'))[:-1])\n"
                   "print([l for l in open('/proc/self/status') if l[:6] in ('SigBlk','SigIgn')])"));
    ::close(leak);
    const auto seen = lines(outcome.out.head);
    REQUIRE(seen.size() == 2);
    CHECK(seen[0] == "[0, 1, 2]");
    // Python itself ignores SIGPIPE and SIGXFSZ.
    CHECK(seen[1] == "['SigBlk:\\t0000000000000000\\n', 'SigIgn:\\t0000000001001000\\n']");
}

TEST_CASE("a program that cannot be started is an error that says why") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    REQUIRE(write_file(folder.path() / "no-line", "no program at all", Durability::cached, 0755));
    REQUIRE(write_file(folder.path() / "closed", "#!/bin/sh\n", Durability::cached, 0644));
    REQUIRE(write_file(folder.path() / "lost", "#!/no/such/interpreter\n", Durability::cached, 0755));
    struct Case {
        std::string program;
        ErrorKind kind;
        std::string says;
    };
    const std::vector<Case> cases{
        {"no-such-program", ErrorKind::missing, "no program `no-such-program` on PATH"},
        {"/no/such/program", ErrorKind::missing, "does not exist"},
        {"./closed", ErrorKind::missing, "may not be executed"},
        {"./no-line", ErrorKind::missing, "no program for this system"},
        {"./lost", ErrorKind::missing, "interpreter"},
        {"", ErrorKind::internal, "no program"},
    };
    RealProcesses processes;
    for (const auto& each : cases) {
        CAPTURE(each.program);
        const auto outcome = processes.run({.argv = {each.program}, .environment = plain, .folder = folder.path()});
        REQUIRE(!outcome);
        CHECK(outcome.error().kind == each.kind);
        CHECK_MESSAGE(outcome.error().message.find(each.says) != std::string::npos, outcome.error().message);
    }
    const auto nowhere = processes.run({.argv = {"true"}, .environment = plain, .folder = "/no/such/folder"});
    REQUIRE(!nowhere);
    CHECK(nowhere.error().kind == ErrorKind::io);
    const auto no_launcher = RealProcesses("/no/such/launcher").run(shell("exit 0"));
    REQUIRE(!no_launcher);
    CHECK(no_launcher.error().kind == ErrorKind::internal);
}

TEST_CASE("a gigabyte of output is counted, its ends kept, and it is neither slow nor large") {
    auto spec = script(
        "import sys\nout = sys.stdout.buffer\nout.write(b'first' + b'x' * 99_995)\n"
        "chunk = b'y' * 1_000_000\n"
        "for _ in range(999): out.write(chunk)\n"
        "out.write(b'z' * 899_996 + b'last')\nprint('err', file=sys.stderr)");
    spec.output_kept = 1000;
    const auto outcome = run(spec);
    CHECK(outcome.succeeded());
    CHECK(outcome.out.total == 1'000'000'000);
    CHECK(outcome.out.head.size() == 500);
    CHECK(outcome.out.tail.size() == 500);
    CHECK(outcome.out.head.starts_with("first"));
    CHECK(outcome.out.tail.ends_with("zlast"));
    CHECK(outcome.out.text().find("left out") != std::string::npos);
    CHECK(outcome.err.text() == "err\n");
}

TEST_CASE("what was kept is right at every boundary") {
    for (const int size : {0, 1, 9, 10, 11, 15, 16, 19, 20, 21, 1000}) {
        for (const int step : {1, 3, 7, 2000}) {
            CAPTURE(size);
            CAPTURE(step);
            auto spec = script("import os\nt = ''.join(chr(97 + i % 26) for i in range(" + std::to_string(size) +
                               "))\nfor i in range(0, len(t), " + std::to_string(step) + "): os.write(1, t[i:i+" +
                               std::to_string(step) + "].encode())");
            spec.output_kept = 10;
            std::string whole;
            for (int i = 0; i < size; ++i) {
                whole += static_cast<char>('a' + i % 26);
            }
            const auto out = run(spec).out;
            CHECK(out.total == static_cast<std::uint64_t>(size));
            CHECK(out.complete() == (size <= 10));
            CHECK(out.head == whole.substr(0, size <= 10 ? 10 : 5));
            CHECK(out.tail == (size <= 10 ? "" : whole.substr(whole.size() - 5)));
            if (size > 20) {
                break;  // the many small writes of long texts teach nothing new
            }
        }
    }
}

TEST_CASE("an endless program is stopped at its limit") {
    for (const auto* code : {"while :; do :; done", "sleep 1000", "kill -STOP $$", "trap '' TERM INT HUP; sleep 1000",
                             "while :; do echo flood; done", "kill -STOP $PPID; sleep 1000"}) {
        CAPTURE(code);
        auto spec = shell(code);
        spec.wall_limit = 300ms;
        const auto start = std::chrono::steady_clock::now();
        const auto outcome = run(spec);
        CHECK(outcome.ending == Ending::timed_out);
        CHECK(outcome.limit == 300ms);
        CHECK(!outcome.succeeded());
        CHECK(std::chrono::steady_clock::now() - start < 40s);
    }
}

TEST_CASE("a stop from another thread ends a program, also one that was requested before") {
    std::stop_source source;
    std::jthread other([&source] {
        std::this_thread::sleep_for(200ms);
        source.request_stop();
    });
    CHECK(run(shell("sleep 1000"), source.get_token()).ending == Ending::interrupted);
    CHECK(run(shell("sleep 1000"), source.get_token()).ending == Ending::interrupted);
}

TEST_CASE("input that nobody reads, or reads in part, does no harm") {
    for (const auto* code : {"exit 3", "exec <&-; sleep 0.1; exit 3", "head -c 10 >/dev/null; exit 3"}) {
        CAPTURE(code);
        auto spec = shell(code);
        spec.input = std::string(3'000'000, 'i');
        CHECK(run(spec).exit_code == 3);
    }
}

TEST_CASE("a limit on the size of files holds") {
    auto spec = shell("exec head -c 3000000 /dev/zero > \"$OUT\"");
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    spec.environment["OUT"] = (folder.path() / "large").string();
    spec.confinement.limits.file_bytes = 1'000'000;
    const auto outcome = run(spec);
    CHECK(outcome.ending == Ending::signalled);
    CHECK(outcome.signal == SIGXFSZ);
}

TEST_CASE("no descendant outlives a program") {
    struct Case {
        std::string what;
        std::string code;  // OUT is where the id of the descendant goes
        std::chrono::milliseconds limit = 60s;
    };
    const std::vector<Case> cases{
        {"a child in the background that keeps the pipes", "sleep 1000 & echo $! > $OUT; exit 0"},
        {"a child in a session of its own", "setsid sleep 1000 & echo $! > $OUT; sleep 0.1; exit 0"},
        {"a child of a killed program", "sleep 1000 & echo $! > $OUT; kill -KILL $$"},
        {"a program that its limit ends", "sleep 1000 & echo $! > $OUT; wait", 3s},
    };
    for (const auto& each : cases) {
        CAPTURE(each.what);
        const PidFile file;
        auto spec = shell(each.code);
        spec.environment["OUT"] = file.path.string();
        spec.wall_limit = each.limit;
        const auto start = std::chrono::steady_clock::now();
        static_cast<void>(run(spec));
        CHECK(!alive(file.read()));
        CHECK(std::chrono::steady_clock::now() - start < 40s);
    }
}

TEST_CASE("a daemon that forks twice and leaves the session is gone when run returns") {
    const PidFile file;
    auto spec = script(
        "import os, sys, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        os.setsid() if os.getpid() != os.getsid(0) else None\n"
        "        open(os.environ['OUT'], 'w').write(f'{os.getpid()}\\n')\n"
        "        time.sleep(1000)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "while not os.path.exists(os.environ['OUT']) or not open(os.environ['OUT']).read(): time.sleep(0.01)\n");
    spec.environment["OUT"] = file.path.string();
    const auto outcome = run(spec);
    CHECK(outcome.succeeded());
    CHECK(!alive(file.read()));
}

TEST_CASE("many children that fork on are ended, at the limit or at the end") {
    for (const std::string last : {"time.sleep(1000)", "os._exit(4)"}) {
        auto spec = script(
            "import os, time\n"
            "for _ in range(50):\n"
            "    if os.fork() == 0:\n"
            "        if os.fork() == 0: os.setsid()\n"
            "        print(os.getpid(), flush=True)\n"
            "        time.sleep(1000)\n"
            "time.sleep(0.5)\n" +
            last);
        spec.wall_limit = last == "os._exit(4)" ? 60s : 4s;
        const auto outcome = run(spec);
        CHECK((outcome.ending == Ending::timed_out || outcome.exit_code == 4));
        const auto pids = lines(outcome.out.head);
        CHECK(pids.size() > 50);
        for (const auto pid : pids) {
            CHECK(!alive(std::stoi(std::string(pid))));
        }
    }
}

TEST_CASE("a program that kills its launcher does not hang us") {
    auto spec = shell("kill -KILL $PPID; sleep 1000");
    CHECK(run(spec).ending == Ending::signalled);
}

TEST_CASE("when mlpath is killed its programs go with it") {
    for (const std::string before : {"", "kill -STOP $PPID; "}) {
        CAPTURE(before);
        const PidFile file;
        const pid_t stand_in = ::fork();
        REQUIRE(stand_in >= 0);
        if (stand_in == 0) {
            RealProcesses processes;
            auto spec = shell(before + "setsid sleep 1000 & echo $! > $OUT; wait");
            spec.environment["OUT"] = file.path.string();
            static_cast<void>(processes.run(spec));
            ::_exit(0);
        }
        const auto program = file.read();
        CHECK(alive(program));
        ::kill(stand_in, SIGKILL);
        for (int i = 0; i < 3000 && alive(program); ++i) {
            std::this_thread::sleep_for(10ms);
        }
        CHECK(!alive(program));
    }
}

TEST_CASE("programs run from many threads at once do not disturb one another") {
    std::vector<std::jthread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([i, &right] {
            for (int round = 0; round < 5; ++round) {
                auto spec = shell("cat; sleep 100 & exit " + std::to_string(i + 1));
                spec.input = std::string(200'000, static_cast<char>('a' + i));
                RealProcesses processes;
                spec.output_kept = 300'000;
                const auto outcome = processes.run(spec);
                right += outcome && outcome->exit_code == i + 1 && outcome->out.head == spec.input ? 1 : 0;
            }
        });
    }
    threads.clear();
    CHECK(right == 40);
}

TEST_CASE("find_program takes executable files from absolute entries alone") {
    CHECK(find_program("sh", "/nowhere:/bin") == fs::path("/bin/sh"));
    CHECK(!find_program("sh", ""));
    CHECK(!find_program("sh", ".:bin:"));
    CHECK(!find_program("etc", "/"));
    CHECK(!find_program("passwd", "/etc"));
}
