#include "run/by_shell.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>

#include "system/shell_limits.hpp"

using namespace mlpath;
using namespace mlpath::run;

namespace {

using Resource = decltype(RLIMIT_CPU);

// A lower limit for as long as it lives.
class Lowered {
public:
    Lowered(Resource resource, rlim_t value) : m_resource(resource) {
        ::getrlimit(resource, &m_before);
        const rlimit lowered{.rlim_cur = value, .rlim_max = m_before.rlim_max};
        REQUIRE(::setrlimit(resource, &lowered) == 0);
    }
    Lowered(const Lowered&) = delete;
    Lowered& operator=(const Lowered&) = delete;
    ~Lowered() { ::setrlimit(m_resource, &m_before); }

private:
    Resource m_resource;
    rlimit m_before{};
};

system::ProcessOutcome ended(const std::string& said, int signal = 0) {
    system::ProcessOutcome outcome{.ending = signal == 0 ? system::Ending::exited : system::Ending::signalled,
                                   .exit_code = signal == 0 ? 1 : 0,
                                   .signal = signal};
    outcome.err.head = said;
    outcome.limits.cpu_seconds = 600;
    return outcome;
}

}  // namespace

TEST_CASE("what a limit of the shell did is told as its doing, and nothing else is") {
    struct Case {
        Resource resource;
        rlim_t value;
        system::ProcessOutcome outcome;
        std::string option;  // that the reason names
    };
    const std::vector<Case> cases{
        {RLIMIT_NOFILE, 250, ended("OSError: [Errno 24] Too many open files: 'a.txt'\n"), "`ulimit -n`"},
        {RLIMIT_FSIZE, 100 << 20, ended("OSError: [Errno 27] File too large\n"), "`ulimit -f`"},
        {RLIMIT_FSIZE, 100 << 20, ended("", SIGXFSZ), "`ulimit -f`"},
        {RLIMIT_AS, rlim_t{64} << 40, ended("MemoryError\n"), "`ulimit -v`"},
        {RLIMIT_AS, rlim_t{64} << 40, ended("OpenBLAS blas_thread_init: pthread_create failed\n", SIGSEGV),
         "`ulimit -v`"},
        {RLIMIT_CPU, 100'000, ended("", SIGXCPU), ""},  // more than the program's own
        {RLIMIT_CPU, 500, ended("", SIGXCPU), "`ulimit -t`"},
        {RLIMIT_CPU, 500, ended("", SIGKILL), "`ulimit -t`"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.outcome.err.head);
        CAPTURE(each.option);
        CHECK_FALSE(by_shell(each.outcome));
        const Lowered lowered(each.resource, each.value);
        const auto doing = by_shell(each.outcome);
        REQUIRE(doing.has_value() == !each.option.empty());
        if (doing) {
            CHECK(doing->why.find(each.option) != std::string::npos);
            CHECK_FALSE(doing->remedy.empty());
        }
        CHECK_FALSE(by_shell(ended("ValueError: wrong\n")));
        CHECK_FALSE(by_shell(system::ProcessOutcome{}));
    }
    CHECK_FALSE(by_shell("MemoryError"));
    const Lowered lowered(RLIMIT_AS, rlim_t{64} << 40);
    CHECK(by_shell("MemoryError"));
}

TEST_CASE("limits that leave too little to judge are refused, with the command that raises them") {
    CHECK(system::enough_to_judge());
    {
        const Lowered lowered(RLIMIT_FSIZE, 2 << 20);
        const auto refused = system::enough_to_judge();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::io);
        CHECK(refused.error().message.starts_with("a file may grow to 2.1 MB at most here (`ulimit -f`)"));
        CHECK(refused.error().hint == "run `ulimit -f unlimited` and then the command again");
    }
    const Lowered lowered(RLIMIT_NOFILE, 64);
    CHECK_FALSE(system::enough_to_judge());
    system::raise_open_files();
    CHECK(system::enough_to_judge());
}
