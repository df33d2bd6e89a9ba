#include <doctest/doctest.h>
#include <unistd.h>

#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/text.hpp"
#include "run/step.hpp"
#include "run/warm.hpp"
#include "run/warm_answer.hpp"

// A program in a fork of a warm interpreter must not be able to tell: each runs cold and warm, and what it says, and
// how it ends, must be the same.
using namespace mlpath;
using namespace mlpath::run;
using namespace std::chrono_literals;

namespace {

// Counts what is run cold.
class Counted final : public system::Processes {
public:
    Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override {
        ++cold_runs;
        return m_real.run(spec, stop);
    }
    Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                           std::stop_token stop) override {
        ++conversations;
        return m_real.converse(spec, stop);
    }
    int cold_runs = 0;
    int conversations = 0;

private:
    system::RealProcesses m_real;
};

// "<function f at 0x7f6e>": another each time.
std::string without_addresses(std::string text) {
    for (auto at = text.find(" at 0x"); at != std::string::npos; at = text.find(" at 0x", at + 1)) {
        text.erase(at, std::min(text.find('>', at), text.size()) - at);
    }
    return text;
}

struct WarmWorld {
    TemporaryFolder mine = *TemporaryFolder::make("mlpath-test-");
    Counted cold;
    WarmPool pool{cold, MLPATH_WARM_FILES};
    Interpreter python{.path = "/usr/bin/python3", .version = "3.11"};
    Sandbox sandbox = *Sandbox::open(SandboxWish::automatic, cold);
    std::vector<std::string> imports{"json", "numpy"};

    WarmWorld() { cold.cold_runs = 0; }

    system::ProcessOutcome run(system::Processes& processes, const std::string& code,
                               const std::map<std::string, std::string>& settings = {}) {
        REQUIRE(write_file(mine.path() / "program.py", code));
        auto place = Workplace::make({mine.path(), {"program.py"}}, {});
        REQUIRE(place);
        const StepRunner runner(processes, python, sandbox);
        auto outcome = runner.run_command({"{python}", "program.py", "one", "two"}, "typed\n",
                                          {.environment = settings}, 20, *place);
        REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
        // What the interpreter itself prints when it dies of a signal tells of our frames as well.
        std::string kept;
        for (const auto line : split(outcome->err.head, '\n')) {
            const bool ours = line.find("/warm.py\", line") != std::string_view::npos;
            if (!ours && !line.empty() && !line.starts_with("Current thread") &&
                !line.starts_with("Extension modules")) {
                kept += std::string(line) + '\n';
            }
        }
        outcome->err.head = std::move(kept);
        if (const auto left = read_file(place->folder() / "out.csv")) {
            outcome->out.head += "out.csv: " + *left;
        }
        // The working folder has another name each time.
        for (auto* text : {&outcome->out.head, &outcome->err.head}) {
            *text = replace_all(std::move(*text), place->folder().string(), "HERE");
            *text = without_addresses(replace_all(std::move(*text), place->homes()->string(), "HOME"));
        }
        return std::move(*outcome);
    }
    system::Processes& warm() { return pool.processes({.python = python.path, .imports = imports}); }
};

// Each program must say the same cold and warm, leave the same file behind, and end in the same way.
void compare(WarmWorld& world, const std::vector<std::string>& programs) {
    for (const auto& program : programs) {
        CAPTURE(program);
        const auto cold = world.run(world.cold, program);
        const auto before = world.cold.cold_runs;
        const auto warm = world.run(world.warm(), program);
        CHECK_MESSAGE(world.cold.cold_runs == before, "it was run cold");
        CHECK(warm.ending == cold.ending);
        CHECK(warm.exit_code == cold.exit_code);
        CHECK(warm.signal == cold.signal);
        CHECK(warm.out.text() == cold.out.text());
        CHECK(warm.err.head == cold.err.head);
    }
    CHECK(world.cold.conversations == 1);  // one interpreter served them all
}

}  // namespace

TEST_CASE("a warm program cannot tell that it is one") {
    WarmWorld world;
    const std::vector<std::string> programs{
        "print('hello')",
        "import sys; print(sys.argv, sys.path[0], __name__, __file__, __spec__, __package__, __doc__)",
        "import sys; print(sys.orig_argv[1:], sys.flags, sys.executable)",
        "'''A docstring.'''\nprint(__doc__, sorted(globals()))",
        "import os; print(os.getcwd(), sorted(os.environ.items()), sorted(os.listdir()))",
        "print(hash('text'), hash((1, 'a')))",
        "import sys; print(sys.stdin.read()); print(input('?'))",
        "import os; print(os.getuid() == 0, os.umask(0), sorted(os.listdir('/proc/self/fd')))",
        "import sys; sys.exit()",
        "import sys; sys.exit(3)",
        "import sys; sys.exit(-1)",
        "import sys; sys.exit(256 + 7)",
        "import sys; sys.exit('a last word')",
        "raise ValueError('wrong')",
        "def f():\n    return 1 / 0\n\ntry:\n    f()\nexcept ZeroDivisionError as e:\n    raise RuntimeError('x') from "
        "e",
        "print('before'\n",
        "def f(:\n    pass",
        "import os; os._exit(9)",
        "import os; os.kill(os.getpid(), 15)",
        "import os; os.kill(os.getpid(), 2)",
        "import os; os.abort()",
        "raise KeyboardInterrupt",
        "import atexit; atexit.register(print, 'at the end'); print('first')",
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.2), print('thread'))).start()",
        "import threading; print(threading.current_thread().name, threading.active_count())",
        "import signal; print(signal.getsignal(2), signal.getsignal(13), signal.getsignal(17), signal.getsignal(15))",
        "import pickle\nclass Thing:\n    pass\nprint(type(pickle.loads(pickle.dumps(Thing()))))",
        "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))",
        "import subprocess; print(subprocess.run(['echo', 'x'], capture_output=True).stdout)",
        "import sys; sys.stdout.write('no newline'); sys.stderr.write('err')",
        "import sys; print('x' * 200_000)",
        "import sys; print(sys.getrecursionlimit(), sys.stdout.encoding, sys.stdout.line_buffering, "
        "sys.dont_write_bytecode)",
        "from __future__ import annotations\ndef f(x: Missing): ...\nprint(f.__annotations__)",
        "import warnings; warnings.warn('old', DeprecationWarning); print('went on')",
        "import numpy; print(numpy.arange(3).sum())",
        "import no_such_module",
    };
    compare(world, programs);
}

TEST_CASE("a warm program ends as in a fresh interpreter") {
    WarmWorld world;
    const std::vector<std::string> programs{
        "import sys; print('a'); sys.stdout.close()",
        "import sys; sys.stdout = None; print('b')",
        "import sys; print('a'); sys.stdout = None; raise ValueError('x')",
        "import sys; print('a'); del sys.stdout",
        "import sys; print('a'); sys.stdout = open('log.txt','w'); print('b')\nimport atexit; atexit.register(lambda: "
        "sys.__stdout__.write(repr(open('log.txt').read())))",
        "import sys; sys.stdout = open('log.txt','w'); sys.stdout.close()",
        "import os; print('a'); os.close(1)",
        "import os, sys; print('a'); sys.stdout.flush(); os.close(1)",
        "import os; os.close(1); print('lost')",
        "import os; os.close(2); print('kept'); 1/0",
        "import os; os.dup2(2, 1); print('to the other')",
        "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1); print('full')",
        "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 2); import sys; print('full', file=sys.stderr, end='')",
        "import os, sys; sys.stdout = open('/dev/full', 'w'); print('full')",
        "import os; r, w = os.pipe(); os.close(r); os.dup2(w, 1); print('broken')",
        "import os; r, w = os.pipe(); os.close(r); os.dup2(w, 1); print('broken', flush=True)",
        "import sys; sys.stderr = None; 1/0",
        "import sys; sys.stderr = None; sys.exit('text')",
        "import sys; del sys.stderr; sys.exit('text')",
        "import sys; sys.stderr.close(); sys.exit('text')",
        "import sys; sys.stdin.close(); print('x')",
        "import sys; sys.stdin = None; print('x')",
        "import sys; sys.stdin.close(); input()",
        "import sys; sys.exit(None)",
        "import sys; sys.exit(True)",
        "import sys; sys.exit(2**31)",
        "import sys; sys.exit(2**32 + 5)",
        "import sys; sys.exit(2**70)",
        "import sys; sys.exit(-2**70)",
        "import sys; sys.exit(-2**63)",
        "import sys; sys.exit(1.5)",
        "import sys; sys.exit((1, 2))",
        "import sys; sys.exit('gr\\u00fc\\udc80n')",
        "import sys; sys.exit('')",
        "import sys\nclass N(int):\n    def __and__(self, o): return 9\n    def __le__(self, o): return "
        "1/0\nsys.exit(N(3))",
        "import sys\nclass T:\n    def __str__(self): raise ValueError('no')\nsys.exit(T())",
        "raise SystemExit",
        "class E(SystemExit):\n    code = 4\nraise E()",
        "class E(SystemExit):\n    @property\n    def code(self): raise KeyError('k')\nraise E('hm')",
        "import atexit; atexit.register(lambda: 1/0); print('x')",
        "import atexit; atexit.register(print, 'one'); atexit.register(lambda: [][0]); atexit.register(print, 'three')",
        "import atexit, os; atexit.register(os._exit, 6); print('x', flush=True)",
        "import threading; t = threading.Thread(target=lambda: 1/0); t.start(); t.join(); print('x')",
        "import threading, sys; threading.Thread(target=sys.exit, args=(4,)).start(); print('x')",
        "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); print('x')",
        "import threading, time\nclass A:\n    def __del__(self): print('gone')\na = A(); "
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); print('x')",
        "import threading, time, sys; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); "
        "print('x'); sys.exit('why')",
        "import threading, time, sys; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); "
        "print('x'); raise KeyboardInterrupt",
        "import threading, time, sys; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); "
        "print('x'); sys.stdout.close()",
        "import threading, atexit, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); "
        "atexit.register(print, 'end'); 1/0",
        "import threading\ndef f():\n    while True: pass\nthreading.Thread(target=f, daemon=True).start(); print('x')",
        "class A:\n    def __del__(self): print('gone')\na = A(); print('x')",
        "class A:\n    def __del__(self): 1/0\na = A(); print('x')",
        "class A:\n    def __del__(self): 1/0\na = A(); del a; print('x')",
        "class A:\n    def __del__(self): print('gone')\na = A(); a.me = a; print('x')",
        "class A:\n    def __del__(self): print('gone')\na = A(); raise ValueError('x')",
        "class A:\n    def __del__(self): print('gone')\na = A(); import sys; sys.excepthook = lambda *x: "
        "print('hook', a is not None)\n1/0",
        "class A:\n    def __del__(self): print('gone')\nimport sys; sys.thing = A()",
        "class A:\n    def __del__(self): print('gone', flush=True)\nimport builtins; builtins.thing = A()",
        "def g():\n    try:\n        yield 1\n    finally: print('closed')\nx = g(); next(x)",
        "import weakref\nclass A: pass\na = A(); weakref.finalize(a, print, 'finalized')",
        "f = open('out.csv', 'w'); f.write('x' * 100)\nimport atexit, os; print('x')",
        "import sys; sys.unraisablehook = lambda u: print('hook', u.exc_type, u.err_msg, type(u.object))\nclass A:\n   "
        " def __del__(self): 1/0\na = A(); del a; print('x')",
        "import sys; sys.unraisablehook = lambda u: print('hook', u.exc_type, u.err_msg, file=sys.stderr)\nimport os; "
        "print('a'); os.close(1)",
        "import sys; sys.unraisablehook = lambda u: 1/0\nimport os; print('a'); os.close(1)",
        "import sys; sys.unraisablehook = None\nimport os; print('a'); os.close(1)",
        "import sys; del sys.unraisablehook\nimport os; print('a'); os.close(1)",
        "import sys; sys.excepthook = lambda *a: print('hook', a[0], a[2].tb_lineno); 1/0",
        "import sys\ndef hook(*a):\n    raise KeyError('again')\nsys.excepthook = hook\n1/0",
        "import sys\ndef hook(*a):\n    sys.exit(7)\nsys.excepthook = hook\n1/0",
        "import sys; del sys.excepthook\n1/0",
        "import sys; sys.excepthook = None\n1/0",
        "import sys, atexit; atexit.register(lambda: print(sys.last_type, sys.last_value, "
        "sys.last_traceback.tb_lineno))\n1/0",
        "import sys\nclass Tee:\n    def write(self, t): sys.__stdout__.write(t.upper())\nsys.stdout = Tee(); "
        "print('x')",
        "import sys\nclass Tee:\n    def write(self, t): sys.__stdout__.write(t.upper())\n    def flush(self): raise "
        "OSError('never')\nsys.stdout = Tee(); print('x')",
        "import sys\nclass Tee:\n    closed = True\n    def write(self, t): sys.__stdout__.write(t.upper())\n    def "
        "flush(self): raise OSError('never')\nsys.stdout = Tee(); print('x')",
        "import io, sys; sys.stdout = io.StringIO(); print('kept in memory')",
        "import io, sys; sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='latin-1'); print('\\u00fc')",
        "import sys; sys.stdout.reconfigure(line_buffering=True); print('x')",
        "import sys; sys.stdout.buffer.write(b'raw'); print('text')",
        "import sys; s = sys.stdout.detach(); s.write(b'detached')",
        "import sys; sys.stdout.buffer.close()",
        "import sys; sys.stdout.buffer.raw.close(); print('x')",
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()): print('no')\nprint('yes')",
        "import os, sys; sys.stdout = os.fdopen(1, 'w'); print('x')",
        "import os, sys; sys.stdout = os.fdopen(os.dup(1), 'w', buffering=1); print('x'); print('y')",
        "with open(1, 'w') as f: f.write('x')",
        "open(1, 'w', closefd=False).write('x'); print('y')",
        "import ctypes; ctypes.CDLL(None).printf(b'from C\\n')",
        "import os; os._exit = None; print('x')",
        "import gc; gc.disable(); print('x')",
        "import gc; gc.collect = None; print('x')",
        "import builtins; p = print; builtins.print = lambda *a: p('mine', *a); print('x')",
        "import sys; sys.modules.clear(); print('x')",
        "import sys; sys.modules = {}; print('x')",
        "import sys; sys.stdout = 5; print('x')",
        "import sys; sys.stdout = 5",
        "import sys; sys.__stdout__ = None; sys.stdout.write('x')",
        "import sys; sys.__stdout__.close(); sys.__stderr__.close(); sys.__stdin__.close()",
        "import os\nfor fd in range(3): os.close(fd)",
        "import os\nos.closerange(0, 100)\nprint('x')",
        "import os\nif os.fork() == 0:\n    print('child')\nelse:\n    os.wait(); print('parent')",
        "import os, sys\nif os.fork() == 0:\n    sys.exit(3)\nprint(os.wait()[1])",
        "import logging; logging.basicConfig(filename='l.txt'); logging.warning('x'); print(open('l.txt').read())",
        "import tempfile; d = tempfile.TemporaryDirectory(dir='.'); print('x')",
        "import multiprocessing as m\ndef f(x): print('in child', flush=True)\np = m.Process(target=f, args=(1,)); "
        "p.start(); p.join(); print(p.exitcode)",
        "import concurrent.futures as c\np = c.ThreadPoolExecutor(2); print(p.submit(pow, 2, 5).result())",
        "import concurrent.futures as c\np = c.ThreadPoolExecutor(2); p.submit(lambda: print('late'))",
        "import asyncio\nasync def f(): print('x')\nasyncio.run(f())",
        "import asyncio\nasync def f(): await asyncio.sleep(9)\nc = f()",
        "import signal; signal.signal(2, lambda *a: print('caught')); import os; os.kill(os.getpid(), 2)",
        "import signal, os; signal.signal(2, signal.SIG_IGN); raise KeyboardInterrupt",
        "class K(KeyboardInterrupt): pass\nraise K",
        "raise BaseException('base')",
        "raise GeneratorExit('g')",
        "raise ExceptionGroup('g', [ValueError(1)])",
        "import sys; sys.tracebacklimit = 0; 1/0",
        "import sys; sys.settrace(lambda *a: None); print('x')",
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)); f = open('big', 'w'); f.write('x' * "
        "100); f.flush()",
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)); f = open('big', 'w'); f.write('x' * "
        "100); print('x')",
    };
    compare(world, programs);
}

TEST_CASE("a program that is not text is left to a fresh interpreter, which has words of its own for it") {
    WarmWorld world;
    for (const std::string& program : {std::string("# gr\xF6\xDF\nprint(1)\n"), std::string("print(1)\0\n", 10)}) {
        const auto cold = world.run(world.cold, program);
        const auto warm = world.run(world.warm(), program);
        CHECK(warm.exit_code == cold.exit_code);
        CHECK(warm.out.text() == cold.out.text());
        CHECK(warm.err.head == cold.err.head);
    }
}

TEST_CASE("forks draw different random numbers") {
    WarmWorld world;
    const std::string program = "import random, numpy; print(random.random(), numpy.random.rand())";
    CHECK(world.run(world.warm(), program).out.text() != world.run(world.warm(), program).out.text());
}

TEST_CASE("what would not be the same is run cold") {
    WarmWorld world;
    struct Case {
        std::string why;
        std::string program;
        std::map<std::string, std::string> settings;
        std::string says;
    };
    for (const auto& [why, program, settings, says] : std::vector<Case>{
             {"another hash seed", "print(__import__('os').environ['PYTHONHASHSEED'])", {{"PYTHONHASHSEED", "7"}}, "7"},
             {"a setting of its own", "print(__import__('os').environ['LEVEL'])", {{"LEVEL", "3"}}, "3"},
         }) {
        CAPTURE(why);
        static_cast<void>(world.run(world.warm(), "print()"));  // the interpreter is there
        const auto before = world.cold.cold_runs;
        CHECK(world.run(world.warm(), program, settings).out.text() == says + "\n");
        CHECK(world.cold.cold_runs == before + 1);
    }
}

TEST_CASE("an interpreter that is asked for a second time with another hash seed is kept") {
    WarmWorld world;
    const std::string program = "print(hash('text'), __import__('os').environ['PYTHONHASHSEED'])";
    std::set<std::string> said;
    for (const auto* seed : {"1", "2"}) {
        const auto first = world.run(world.warm(), program, {{"PYTHONHASHSEED", seed}});
        const auto before = world.cold.cold_runs;
        for (int time = 0; time < 2; ++time) {
            CHECK(world.run(world.warm(), program, {{"PYTHONHASHSEED", seed}}).out.text() == first.out.text());
        }
        CHECK(world.cold.cold_runs == before);
        said.insert(first.out.text());
    }
    CHECK(said.size() == 2);
}

TEST_CASE("a folder of PYTHONPATH, and what it does first, are as in a fresh interpreter") {
    WarmWorld world;
    REQUIRE(write_file(world.mine.path() / ".first/sitecustomize.py", "import json\njson.seen = 'observed'\n"));
    REQUIRE(write_file(world.mine.path() / ".first/beside.py", "here = 1\n"));
    REQUIRE(write_file(world.mine.path() / "program.py",
                       "import json, sys, beside, sitecustomize\n"
                       "print(json.seen, sitecustomize.__file__[-20:], [p[-7:] for p in sys.path], beside.here)"));
    auto place =
        Workplace::make({world.mine.path(), {"program.py", ".first/sitecustomize.py", ".first/beside.py"}}, {});
    REQUIRE(place);
    const auto run_by = [&](system::Processes& processes) {
        const StepRunner runner(processes, world.python, world.sandbox);
        const auto outcome =
            runner.run_command({"{python}", "program.py"}, {}, {.environment = {{"PYTHONPATH", ".first"}}}, 20, *place);
        REQUIRE(outcome);
        return outcome->out.text() + outcome->err.text();
    };
    const auto cold = run_by(world.cold);
    CHECK(cold.starts_with("observed "));
    world.cold.cold_runs = 0;
    // Once as the first of all: the interpreter itself has nothing of it.
    CHECK(run_by(world.warm()) == cold);
    CHECK(world.run(world.warm(), "import json; print(hasattr(json, 'seen'))").out.text() == "False\n");
    CHECK(run_by(world.warm()) == cold);
    CHECK(world.cold.cold_runs == 0);
}

TEST_CASE("a sitecustomize that fails is told of, and no more") {
    WarmWorld world;
    REQUIRE(write_file(world.mine.path() / ".first/sitecustomize.py", "raise OSError('no place')\n"));
    REQUIRE(write_file(world.mine.path() / "program.py", "print('went on')"));
    auto place = Workplace::make({world.mine.path(), {"program.py", ".first/sitecustomize.py"}}, {});
    REQUIRE(place);
    std::vector<std::string> said;
    for (auto* processes : {static_cast<system::Processes*>(&world.cold), &world.warm()}) {
        const StepRunner runner(*processes, world.python, world.sandbox);
        const auto outcome =
            runner.run_command({"{python}", "program.py"}, {}, {.environment = {{"PYTHONPATH", ".first"}}}, 20, *place);
        REQUIRE(outcome);
        said.push_back(outcome->out.text() + outcome->err.text());
    }
    CHECK(said[0] == said[1]);
    CHECK(said[1].find("went on") != std::string::npos);
    CHECK(said[1].find("no place") != std::string::npos);
}

TEST_CASE("a program of ours is compiled beforehand, and is the program that its file says") {
    WarmWorld world;
    REQUIRE(write_file(world.mine.path() / "ours.py",
                       "import sys\nvalue = __name__\nif value == '__main__':\n"
                       "    print(sys.argv, sys.flags.isolated, sys.path[-1][-7:], value, __file__ == sys.argv[0])\n"));
    auto& ours = world.pool.processes(
        {.python = world.python.path, .options = {"-I", "-S", "-B"}, .folder = world.mine.path(), .imports = {"ours"}});
    const system::ProcessSpec spec{
        .argv = {"/usr/bin/python3", "-I", "-S", "-B", (world.mine.path() / "ours.py").string(), "word"},
        .environment = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}},
        .folder = world.mine.path(),
        .input = {}};
    const auto cold = world.cold.run(spec, {});
    world.cold.cold_runs = 0;
    const auto warm = ours.run(spec);
    REQUIRE(cold);
    REQUIRE(warm);
    CHECK(warm->out.text() == cold->out.text());
    CHECK(warm->err.text().empty());
    CHECK(world.cold.cold_runs == 0);
    // To others it is no module.
    CHECK(
        world
            .run(world.pool.processes({.python = world.python.path, .folder = world.mine.path(), .imports = {"ours"}}),
                 "import sys; print('ours' in sys.modules)")
            .out.text() == "False\n");
    // Other options are another interpreter.
    auto open = spec;
    open.argv = {"/usr/bin/python3", "-B", spec.argv[4], "word"};
    REQUIRE(ours.run(open));
    CHECK(world.cold.cold_runs == 1);
}

TEST_CASE("a file that shadows a module is what is imported") {
    WarmWorld world;
    const std::string program = "import json; print(json.here)";
    REQUIRE(write_file(world.mine.path() / "json.py", "here = 'the learner''s'\n"));
    REQUIRE(write_file(world.mine.path() / "program.py", program));
    const StepRunner runner(world.warm(), world.python, world.sandbox);
    auto place = Workplace::make({world.mine.path(), {"program.py", "json.py"}}, {});
    REQUIRE(place);
    const auto outcome = runner.run_command({"{python}", "program.py"}, {}, {}, 20, *place);
    REQUIRE(outcome);
    CHECK(outcome->out.text() == "the learners\n");
}

TEST_CASE("limits hold for a warm program as for a cold one") {
    WarmWorld world;
    REQUIRE(write_file(world.mine.path() / "program.py", "import os, time\nos.fork()\ntime.sleep(600)\n"));
    auto place = Workplace::make({world.mine.path(), {"program.py"}}, {});
    REQUIRE(place);
    const StepRunner runner(world.warm(), world.python, world.sandbox);
    const auto outcome = runner.run_command({"{python}", "program.py"}, {}, {}, 0.5, *place);
    REQUIRE(outcome);
    CHECK(outcome->ending == system::Ending::timed_out);
    std::stop_source stop;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(200ms);
        stop.request_stop();
    });
    const auto stopped = runner.run_command({"{python}", "program.py"}, {}, {}, 60, *place, stop.get_token());
    REQUIRE(stopped);
    CHECK(stopped->ending == system::Ending::interrupted);
}

TEST_CASE("many programs at once, and none lost where the interpreter is gone") {
    WarmWorld world;
    REQUIRE(write_file(world.mine.path() / "program.py", "import sys; print(sum(range(10**6)), sys.argv[1])"));
    // Ends the interpreter that descends from the process of the given number, and no other's.
    REQUIRE(write_file(world.mine.path() / "kills.py", R"(
import os, signal, sys
def parent(process):
    return int(open(f'/proc/{process}/stat').read().rsplit(')', 1)[1].split()[1])
def descends(process):
    while process not in (0, 1, int(sys.argv[1])):
        process = parent(process)
    return process == int(sys.argv[1])
for name in os.listdir('/proc'):
    try:
        if name.isdigit() and b'warm.py' in open(f'/proc/{name}/cmdline', 'rb').read() and descends(int(name)):
            os.kill(int(name), signal.SIGKILL)
    except OSError:
        pass
)"));
    auto& warm = world.warm();
    const auto run_many = [&] {
        std::vector<std::string> said(8);
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < said.size(); ++i) {
                threads.emplace_back([&, i] {
                    auto place = Workplace::make({world.mine.path(), {"program.py"}}, {});
                    const StepRunner runner(warm, world.python, world.sandbox);
                    const auto outcome =
                        runner.run_command({"{python}", "program.py", std::to_string(i)}, {}, {}, 20, *place);
                    said[i] = outcome ? outcome->out.text() : outcome.error().message;
                });
            }
        }
        for (std::size_t i = 0; i < said.size(); ++i) {
            CHECK(said[i] == "499999500000 " + std::to_string(i) + "\n");
        }
    };
    run_many();
    CHECK(world.cold.cold_runs == 0);
    // From outside of a sandbox, as somebody with the rights might.
    const auto killed = world.cold.run(
        {.argv = {"/usr/bin/python3", (world.mine.path() / "kills.py").string(), std::to_string(::getpid())},
         .environment = {{"PATH", "/usr/bin"}},
         .folder = world.mine.path()},
        {});
    REQUIRE(killed);
    run_many();
    CHECK(world.cold.cold_runs >= 8);
}

TEST_CASE("packages that do not survive a fork start cold") {
    CHECK(survives_fork({"numpy", "sklearn.linear_model"}));
    CHECK_FALSE(survives_fork({"numpy", "torch.nn"}));
    WarmWorld known;
    known.imports = {"torch"};
    CHECK(known.run(known.warm(), "print(1)").out.text() == "1\n");
    CHECK(known.cold.cold_runs == 1);
    CHECK(known.cold.conversations == 0);

    // One that starts a thread when it is imported is found out.
    WarmWorld found;
    REQUIRE(
        write_file(found.mine.path() / "restless.py",
                   "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"));
    auto& restless =
        found.pool.processes({.python = found.python.path, .folder = found.mine.path(), .imports = {"restless"}});
    CHECK(found.run(restless, "print(1)").out.text() == "1\n");
    CHECK(found.cold.cold_runs == 1);
    CHECK(found.cold.conversations == 1);
}

TEST_CASE("an answer that is none is not taken for one") {
    struct Case {
        std::string message;
        WarmAnswer answer;
    };
    const std::vector<Case> cases{{"{}", WarmAnswer::other},
                                  {R"({"started": true})", WarmAnswer::started},
                                  {R"({"started": false})", WarmAnswer::other},
                                  {R"({"started": "yes"})", WarmAnswer::other},
                                  {R"({"cold": "why"})", WarmAnswer::other},
                                  {"[true]", WarmAnswer::none},
                                  {"7", WarmAnswer::none},
                                  {"{", WarmAnswer::none},
                                  {"", WarmAnswer::none}};
    for (const auto& [message, answer] : cases) {
        CAPTURE(message);
        CHECK(read_warm_answer(message) == answer);
    }
}
