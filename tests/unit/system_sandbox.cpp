#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/text.hpp"
#include "confine/landlock.hpp"
#include "confine/memory_group.hpp"
#include "system/process.hpp"

// A world made by hand: what a program finds in it, and what it cannot do there. What mlpath puts into a learner's
// world is tested with core/run; the attacks, with the binary.
using namespace mlpath;
using namespace mlpath::system;
using confine::Mount;
using confine::Rule;
using confine::Walls;

namespace {

const std::string sandboxed_python = "/usr/bin/python3";

struct World {
    TemporaryFolder given = *TemporaryFolder::make("mlpath-test-");
    ProcessSpec spec;

    explicit World(std::string code, Walls walls = Walls::name_spaces) {
        REQUIRE(write_file(given.path() / "source.txt", "a source\n"));
        ::chmod(given.path().c_str(), 0755);
        ::chmod((given.path() / "source.txt").c_str(), 0644);
        confine::Confinement confinement{
            .walls = walls, .becomes = confine::Becomes::another, .user = 65534, .group = 65534, .folder = "/scratch"};
        confinement.mounts = {
            {Mount::Kind::read_only, "/usr", "/usr", 0},
            {Mount::Kind::read_only, "/etc/alternatives", "/etc/alternatives", 0},
            {Mount::Kind::link, "/lib", "usr/lib", 0},
            {Mount::Kind::link, "/lib64", "usr/lib64", 0},
            {Mount::Kind::link, "/bin", "usr/bin", 0},
            {Mount::Kind::file, "/etc/passwd", "learner:x:65534:65534::/scratch:/bin/sh\n", 0},
            {Mount::Kind::device, "/dev/null", "/dev/null", 0},
            {Mount::Kind::processes, "/proc", "", 0},
            {Mount::Kind::scratch, "/scratch", "", 1u << 20},
            {Mount::Kind::read_only, "/scratch/source.txt", (given.path() / "source.txt").string(), 0},
        };
        spec = {.argv = {sandboxed_python, "-I", "-S", "-c", std::move(code)},
                .environment = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}},
                .folder = given.path(),
                .input = {},
                .confinement = std::move(confinement)};
    }
    ProcessOutcome run() const {
        RealProcesses processes;
        auto outcome = processes.run(spec);
        REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
        return std::move(*outcome);
    }
    std::string said() const {
        const auto outcome = run();
        CHECK_MESSAGE(outcome.succeeded(), outcome.err.text());
        return std::string(trim(outcome.out.text()));
    }
};

// Whether this machine grants namespaces; where it does not, the tests say so and prove nothing.
bool worlds_can_be_made() {
    const World world("pass");
    RealProcesses processes;
    const auto outcome = processes.run(world.spec);
    if (!outcome) {
        std::cerr << "skipped: " << outcome.error().message << '\n';
    }
    return outcome.has_value();
}

}  // namespace

TEST_CASE("in a world of its own a program finds only what was listed") {
    if (!worlds_can_be_made()) {
        return;
    }
    CHECK(World("import os; print(sorted(os.listdir('/')))").said() ==
          "['bin', 'dev', 'etc', 'lib', 'lib64', 'proc', 'scratch', 'usr']");
    CHECK(World("import os; print(sorted(os.listdir('/etc')), sorted(os.listdir('/scratch')))").said() ==
          "['alternatives', 'passwd'] ['source.txt']");
    CHECK(World("print(open('/scratch/source.txt').read())").said() == "a source");
    CHECK(World("import os; print([p for p in os.listdir('/proc') if p.isdigit()])").said() == "['1', '2']");
    CHECK(World("import os; print(os.getpid(), os.getuid() != 0, os.uname().nodename)").said() == "2 True mlpath");
}

TEST_CASE("what a program writes is left in the scratch folder and nowhere else") {
    if (!worlds_can_be_made()) {
        return;
    }
    const World world(R"(
import os
def tried(path):
    try:
        open(path, 'w').write('x')
        return 'written'
    except OSError as error:
        return error.strerror
for path in ('/scratch/out.txt', '/scratch/source.txt', '/usr/x', '/x', '/etc/passwd', '/proc/sys/kernel/hostname'):
    print(path, tried(path))
try:
    os.remove('/scratch/source.txt')
except OSError as error:
    print(error.strerror)
)");
    const auto outcome = world.run();
    CHECK_MESSAGE(outcome.succeeded(), outcome.err.text());
    CHECK(outcome.out.text() ==
          "/scratch/out.txt written\n/scratch/source.txt Read-only file system\n/usr/x Read-only file system\n"
          "/x Read-only file system\n/etc/passwd Read-only file system\n/proc/sys/kernel/hostname Permission denied\n"
          "Device or resource busy\n");
    REQUIRE(outcome.folder);
    CHECK(::faccessat(outcome.folder->get(), "out.txt", F_OK, 0) == 0);
    CHECK(read_file(world.given.path() / "source.txt") == "a source\n");
    CHECK_FALSE(fs::exists("/scratch/out.txt"));
}

TEST_CASE("a scratch folder is full when it is full") {
    if (!worlds_can_be_made()) {
        return;
    }
    CHECK(World(R"(
try:
    with open('big', 'wb') as file:
        for _ in range(8):
            file.write(bytes(1 << 20))
            file.flush()
except OSError as error:
    print(error.strerror)
)")
              .said() == "No space left on device");
}

TEST_CASE("there is no network, and a loopback of its own where one is wanted") {
    if (!worlds_can_be_made()) {
        return;
    }
    const std::string talk = R"(
import socket
def tried(kind, address):
    try:
        with socket.socket(socket.AF_INET, kind) as s:
            s.connect(address)
            s.send(b'x')
            return 'sent'
    except OSError as error:
        return error.strerror
print(tried(socket.SOCK_STREAM, ('127.0.0.1', 9)), '|', tried(socket.SOCK_DGRAM, ('192.0.2.1', 53)))
)";
    CHECK(World(talk).said() == "Network is unreachable | Network is unreachable");
    World looped(talk);
    looped.spec.confinement.network = confine::Network::loopback;
    CHECK(looped.said() == "Connection refused | Network is unreachable");
}

TEST_CASE("a program ends as it would without walls") {
    if (!worlds_can_be_made()) {
        return;
    }
    struct Case {
        std::string code;
        Ending ending;
        int number;
    };
    for (const auto& [code, ending, number] : std::vector<Case>{
             {"raise SystemExit(7)", Ending::exited, 7},
             {"import os; os._exit(255)", Ending::exited, 255},
             {"import os; os.kill(os.getpid(), 9)", Ending::signalled, 9},
             {"import os; os.abort()", Ending::signalled, 6},
             {"import os, signal; os.kill(os.getpid(), signal.SIGTERM)", Ending::signalled, 15},
         }) {
        CAPTURE(code);
        const auto outcome = World(code).run();
        CHECK(outcome.ending == ending);
        CHECK((ending == Ending::exited ? outcome.exit_code : outcome.signal) == number);
    }
}

TEST_CASE("what outlives the program ends with its world") {
    if (!worlds_can_be_made()) {
        return;
    }
    const World world(R"(
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print('daemon', flush=True)
        time.sleep(1000)
    os._exit(0)
time.sleep(0.2)
)");
    const auto outcome = world.run();
    CHECK(outcome.succeeded());
    CHECK(outcome.out.text() == "daemon\n");
}

TEST_CASE("no capability is left, and none comes back") {
    if (!worlds_can_be_made()) {
        return;
    }
    CHECK(World("print([l.split()[1] for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNew'))])").said() ==
          "['0000000000000000', '0000000000000000', '0000000000000000', '0000000000000000', '0000000000000000', '1']");
}

TEST_CASE("memory and processor time are counted for the whole tree") {
    if (!worlds_can_be_made()) {
        return;
    }
    World memory(R"(
import os, time
for _ in range(4):
    if os.fork() == 0:
        block = b'x' * 60_000_000
        time.sleep(60)
time.sleep(60)
)");
    memory.spec.confinement.limits.memory_bytes = 150'000'000;
    CHECK(memory.run().ending == Ending::out_of_memory);
    memory.spec.confinement.limits.memory_bytes = 0;
    memory.spec.wall_limit = std::chrono::seconds(1);
    CHECK(memory.run().ending == Ending::timed_out);

    World cpu("import os\nos.fork()\nwhile True: pass");
    cpu.spec.confinement.limits.cpu_seconds = 1;
    const auto outcome = cpu.run();
    CHECK((outcome.ending == Ending::out_of_cpu_time || outcome.signal == SIGXCPU || outcome.signal == SIGKILL));
}

TEST_CASE("memory counts whoever started the process, and when its parents are gone") {
    const std::string bomb = R"(
import os, sys, threading, time
def spread():
    for _ in range(4):
        if os.fork() == 0:
            if sys.argv[1] == 'orphans' and os.fork() != 0:
                os._exit(0)
            block = b'x' * 60_000_000
            time.sleep(60)
thread = threading.Thread(target=spread)
thread.start()
thread.join()
time.sleep(60)
)";
    for (const auto walls : {Walls::name_spaces, Walls::none}) {
        for (const auto* how : {"threads", "orphans"}) {
            CAPTURE(how);
            World memory(bomb, walls);
            memory.spec.argv.emplace_back(how);
            memory.spec.confinement.limits.memory_bytes = 150'000'000;
            memory.spec.wall_limit = std::chrono::seconds(20);
            CHECK(memory.run().ending == Ending::out_of_memory);
        }
    }
}

TEST_CASE("a control group holds memory that no sum would find") {
    const auto group = confine::MemoryGroup::make(150'000'000);
    if (!group) {
        MESSAGE("skipped: no control group can be made here");
        return;
    }
    group->remove();
    // Shared memory that nobody has mapped any more, small enough in each look; and plain memory.
    for (const std::string eats : {"file = os.memfd_create('m')\nfor _ in range(400): os.write(file, bytes(1 << 20))",
                                   "blocks = [bytes(range(256)) * 4096 for _ in range(400)]"}) {
        World memory("import os, time\n" + eats + "\nprint('had it all')\ntime.sleep(60)", Walls::none);
        memory.spec.confinement.limits.memory_bytes = 150'000'000;
        memory.spec.confinement.limits.counting = confine::Counting::group;
        memory.spec.wall_limit = std::chrono::seconds(20);
        const auto outcome = memory.run();
        CHECK(outcome.ending == Ending::out_of_memory);
        CHECK(outcome.out.text().empty());
    }
    World small("print('enough')", Walls::none);
    small.spec.confinement.limits.memory_bytes = 150'000'000;
    small.spec.confinement.limits.counting = confine::Counting::group;
    CHECK(small.said() == "enough");
}

TEST_CASE("a control group is made as each version of the system has it, or not at all") {
    const auto folder = *TemporaryFolder::make("mlpath-groups-");
    const auto root = folder.path().string();
    const auto file = [&](const std::string& path, std::string_view text) {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    };
    CHECK_FALSE(confine::MemoryGroup::make(1000, root));
    // Ordinary folders do not fill themselves with the kernel's files: what is made goes again.
    file("proc/self/cgroup", "4:memory:/job\n0::/user/scope\n");
    fs::create_directories(folder.path() / "sys/fs/cgroup/memory/job");
    fs::create_directories(folder.path() / "sys/fs/cgroup/user/scope");
    CHECK_FALSE(confine::MemoryGroup::make(1000, root));
    CHECK(fs::is_empty(folder.path() / "sys/fs/cgroup/memory/job"));
    CHECK(fs::is_empty(folder.path() / "sys/fs/cgroup/user/scope"));
    // Beside our own group, where that may have none below it.
    const auto beside = "sys/fs/cgroup/user/mlpath-" + std::to_string(::getpid());
    fs::remove_all(folder.path() / "sys/fs/cgroup/user/scope");
    for (const auto* name : {"cgroup.procs", "memory.max", "memory.swap.max", "memory.oom.group"}) {
        file(beside + "/" + name, "");
    }
    CHECK_FALSE(confine::MemoryGroup::make(1000, root));  // a group of that name is another's
}

TEST_CASE("who prints more than it may is ended, however fast it is") {
    World flood("import os\nwhile True: os.write(1, bytes(1 << 16))");
    flood.spec.output_limit = 1'000'000;
    flood.spec.wall_limit = std::chrono::seconds(20);
    CHECK(flood.run().ending == Ending::too_much_output);
    World quick("import os; os.write(1, bytes(600)); os.write(2, bytes(600))");
    quick.spec.output_limit = 1'000;
    CHECK(quick.run().ending == Ending::too_much_output);
    quick.spec.output_limit = 1'200;
    CHECK(quick.run().succeeded());
}

TEST_CASE("the number of processes is limited") {
    if (!worlds_can_be_made()) {
        return;
    }
    World bomb(R"(
import os, time
made = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except OSError:
    print(made < 40)
)");
    bomb.spec.confinement.limits.processes = 32;
    CHECK(bomb.said() == "True");
}
