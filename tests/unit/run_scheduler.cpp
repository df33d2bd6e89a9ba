// The scheduler by made-up jobs on a made-up clock, and then by real threads that run made-up programs. Nothing here
// waits for time to pass. Also built by itself under ThreadSanitizer (tests/CMakeLists.txt).
#include "run/scheduler.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <functional>
#include <limits>
#include <random>
#include <set>
#include <thread>

#include "run/scheduled.hpp"

using namespace mlpath;
using namespace mlpath::run;

namespace {

using Tickets = std::vector<Scheduler::Ticket>;
constexpr std::uint64_t gibi = std::uint64_t{1} << 30;

}  // namespace

TEST_CASE("jobs begin in the order in which they asked, as many as there is room for") {
    Scheduler scheduler({.jobs = 2, .memory_bytes = 4 * gibi});
    const auto a = scheduler.ask({gibi});
    const auto b = scheduler.ask({gibi});
    const auto c = scheduler.ask({gibi});
    CHECK(scheduler.begin() == Tickets{a, b});
    CHECK(scheduler.begin().empty());
    CHECK(scheduler.leave(a));  // b ran beside it
    CHECK(scheduler.begin() == Tickets{c});
    CHECK(scheduler.leave(b));
    CHECK(scheduler.leave(c));
    CHECK(scheduler.running() == 0);
}

TEST_CASE("a large job is not overtaken, and one that is larger than everything runs by itself") {
    Scheduler scheduler({.jobs = 4, .memory_bytes = 4 * gibi});
    const auto small = scheduler.ask({gibi});
    const auto large = scheduler.ask({9 * gibi});
    const auto late = scheduler.ask({gibi});
    CHECK(scheduler.begin() == Tickets{small});
    CHECK_FALSE(scheduler.leave(small));
    CHECK(scheduler.begin() == Tickets{large});
    CHECK_FALSE(scheduler.leave(large));
    CHECK(scheduler.begin() == Tickets{late});
}

TEST_CASE("who wants no company waits for all that run, and all wait for it") {
    Scheduler scheduler({.jobs = 4});
    const auto first = scheduler.ask({});
    const auto alone = scheduler.ask({.company = Company::none});
    const auto late = scheduler.ask({});
    CHECK(scheduler.begin() == Tickets{first});
    CHECK_FALSE(scheduler.leave(first));
    CHECK(scheduler.begin() == Tickets{alone});
    CHECK(scheduler.begin().empty());
    CHECK_FALSE(scheduler.leave(alone));
    CHECK(scheduler.begin() == Tickets{late});
}

TEST_CASE("one that gives up waiting stands in nobody's way") {
    Scheduler scheduler({.jobs = 1});
    const auto first = scheduler.ask({});
    const auto second = scheduler.ask({});
    const auto third = scheduler.ask({});
    CHECK(scheduler.begin() == Tickets{first});
    CHECK_FALSE(scheduler.leave(second));
    CHECK_FALSE(scheduler.leave(first));
    CHECK(scheduler.begin() == Tickets{third});
}

namespace {

// A day of made-up projects: each runs its jobs one behind the other, or several side by side as probes do; a job may
// end well or badly, be tried again by itself, or be given up while it waits.
class SimulatedDay {
public:
    SimulatedDay(unsigned seed, Budget budget) : m_draw(seed), m_budget(budget), m_scheduler(budget) {}

    void run() {
        const auto projects = number(1, 12);
        for (std::size_t i = 0; i < projects; ++i) {
            m_projects.push_back({.jobs_left = number(1, 8)});
            ask_next(i);
        }
        begin();
        while (!m_jobs.empty()) {
            give_some_up();
            const auto next = std::ranges::min_element(m_jobs, {}, [](const auto& entry) { return entry.second.ends; });
            // Nothing that waits forever: whoever is left has an end on the clock.
            REQUIRE_MESSAGE(next->second.ends != never, "all wait, and nothing runs");
            m_now = next->second.ends;
            end(next->first);
            begin();
        }
        CHECK(m_scheduler.running() == 0);
        CHECK(m_scheduler.waiting() == 0);
        for (const auto& project : m_projects) {
            CHECK(project.jobs_left == 0);
            CHECK(project.under_way == 0);
        }
        CHECK(m_over == m_asked);
    }

private:
    using Time = std::uint64_t;
    static constexpr Time never = std::numeric_limits<Time>::max();
    struct Job {
        std::size_t project = 0;
        Claim claim{};
        Time ends = never;  // while it waits
    };
    struct Project {
        std::size_t jobs_left = 0;
        std::size_t under_way = 0;
    };

    std::size_t number(std::size_t least, std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(least, most)(m_draw);
    }

    void ask(std::size_t project, const Claim& claim) {
        ++m_asked;
        ++m_projects[project].under_way;
        const auto ticket = m_scheduler.ask(claim);
        CHECK(m_jobs.emplace(ticket, Job{project, claim}).second);
    }
    // What a project asks for when nothing of it is under way.
    void ask_next(std::size_t project) {
        auto& left = m_projects[project].jobs_left;
        for (auto side_by_side = std::min(left, number(1, 3)); side_by_side > 0; --side_by_side) {
            --left;
            ask(project, {.memory_bytes = number(0, 6) * gibi / 2});
        }
    }

    void begin() {
        for (const auto ticket : m_scheduler.begin()) {
            auto& job = m_jobs.at(ticket);
            CHECK(job.ends == never);
            job.ends = m_now + number(1, 100);
        }
        std::uint64_t memory = 0;
        std::size_t running = 0;
        bool someone_alone = false;
        Scheduler::Ticket newest = 0;
        Scheduler::Ticket waits_longest = std::numeric_limits<Scheduler::Ticket>::max();
        for (const auto& [ticket, job] : m_jobs) {
            if (job.ends == never) {
                waits_longest = std::min(waits_longest, ticket);
                continue;
            }
            ++running;
            newest = std::max(newest, ticket);
            memory += job.claim.memory_bytes;
            someone_alone = someone_alone || job.claim.company == Company::none;
        }
        CHECK(running == m_scheduler.running());
        CHECK(running <= std::max(1U, m_budget.jobs));
        CHECK((running <= 1 || memory <= m_budget.memory_bytes));
        CHECK((!someone_alone || running == 1));
        CHECK((running > 0 || m_jobs.empty()));
        CHECK(newest < waits_longest);  // nobody was overtaken
    }

    void end(Scheduler::Ticket ticket) {
        const auto job = m_jobs.at(ticket);
        m_jobs.erase(ticket);
        const bool had_company = m_scheduler.leave(ticket);
        CHECK((job.claim.company == Company::any || !had_company));
        over(job.project);
        if (had_company && number(0, 9) == 0) {  // for lack of something
            ask(job.project, {.memory_bytes = job.claim.memory_bytes, .company = Company::none});
        } else if (m_projects[job.project].under_way == 0) {
            ask_next(job.project);
        }
    }

    void give_some_up() {
        if (number(0, 19) != 0) {
            return;
        }
        const auto one = std::ranges::find_if(m_jobs, [](const auto& entry) { return entry.second.ends == never; });
        if (one != m_jobs.end()) {
            const auto [ticket, job] = *one;
            m_jobs.erase(one);
            m_scheduler.leave(ticket);
            over(job.project);
            if (m_projects[job.project].under_way == 0) {
                ask_next(job.project);
            }
            begin();
        }
    }

    void over(std::size_t project) {
        --m_projects[project].under_way;
        ++m_over;
    }

    std::mt19937 m_draw;
    Budget m_budget;
    Scheduler m_scheduler;
    Time m_now = 0;
    std::map<Scheduler::Ticket, Job> m_jobs{};
    std::vector<Project> m_projects{};
    std::size_t m_asked = 0;
    std::size_t m_over = 0;
};

}  // namespace

TEST_CASE("whatever fails, no job is lost, none waits forever, and the limits are kept") {
    for (unsigned seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        SimulatedDay(seed, {.jobs = seed % 5, .memory_bytes = (seed % 7) * gibi}).run();
    }
}

namespace {

// Programs that only count how many of them run.
class CountedPrograms final : public system::Processes {
public:
    using Program = std::function<Result<system::ProcessOutcome>(const system::ProcessSpec&, unsigned beside)>;
    explicit CountedPrograms(Program program) : m_program(std::move(program)) {}

    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token) override {
        const auto running = ++m_running;
        auto most = m_most.load();
        while (running > most && !m_most.compare_exchange_weak(most, running)) {
        }
        std::this_thread::yield();
        auto outcome = m_program(spec, running - 1);
        --m_running;
        ++m_runs;
        return outcome;
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec&,
                                                                         std::stop_token) override {
        struct Silent final : system::Conversation {
            [[nodiscard]] Status send_line(std::string_view) override { return {}; }
            [[nodiscard]] Result<std::optional<std::string>> receive_line(std::chrono::milliseconds,
                                                                          std::size_t) override {
                return std::nullopt;
            }
            [[nodiscard]] std::shared_ptr<const Descriptor> folder() const override { return {}; }
            [[nodiscard]] Descriptor connection() override { return {}; }
            [[nodiscard]] system::ProcessOutcome finish() override { return {}; }
        };
        return std::make_unique<Silent>();
    }

    [[nodiscard]] unsigned most() const { return m_most; }
    [[nodiscard]] unsigned runs() const { return m_runs; }

private:
    Program m_program;
    std::atomic<unsigned> m_running{0};
    std::atomic<unsigned> m_most{0};
    std::atomic<unsigned> m_runs{0};
};

Result<system::ProcessOutcome> ended_well(const system::ProcessSpec&, unsigned) { return system::ProcessOutcome{}; }

system::ProcessOutcome complaining(const std::string& words) {
    system::ProcessOutcome outcome{.exit_code = 1};
    outcome.err.head = "Traceback …\n" + words + "\n";
    outcome.err.total = outcome.err.head.size();
    return outcome;
}

}  // namespace

TEST_CASE("threads run as many programs as there are slots, and every program once") {
    CountedPrograms programs(ended_well);
    Schedule schedule({.jobs = 3});
    ScheduledProcesses scheduled(programs, schedule);
    std::atomic<unsigned> well{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < 200; ++turn) {
                    const auto outcome = scheduled.run({}, {});
                    well += outcome && outcome->succeeded() ? 1 : 0;
                }
            });
        }
    }
    CHECK(programs.runs() == 1600);
    CHECK(well == 1600);
    CHECK(programs.most() <= 3);
}

TEST_CASE("a program that lacked something is tried once more by itself; by itself, once is all") {
    struct Row {
        const char* what;
        Result<system::ProcessOutcome> beside;  // how it ends where something runs beside it
        bool again;
    };
    const std::vector<Row> rows{
        {"killed by the system", system::ProcessOutcome{.ending = system::Ending::signalled, .signal = SIGKILL}, true},
        {"no memory", complaining("MemoryError"), true},
        {"no process", complaining("OSError: [Errno 12] Cannot allocate memory"), true},
        {"no thread", complaining("RuntimeError: can't start new thread"), true},
        {"could not be started", fail(ErrorKind::io, "fork"), true},
        {"an ordinary error", complaining("KeyError: 'Agee'"), false},
        {"too slow", system::ProcessOutcome{.ending = system::Ending::timed_out}, false},
        {"over its own limit", system::ProcessOutcome{.ending = system::Ending::out_of_memory}, false},
        {"not installed", fail(ErrorKind::missing, "no python3"), false},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        Schedule schedule({.jobs = 2});
        std::optional<Slots::Slot> neighbour = schedule.slots.take({}, {});
        unsigned tries = 0;
        CountedPrograms programs([&](const system::ProcessSpec&, unsigned) -> Result<system::ProcessOutcome> {
            neighbour.reset();  // it ends first, so that the second try need not wait
            return ++tries == 1 ? row.beside : Result<system::ProcessOutcome>(system::ProcessOutcome{});
        });
        const auto outcome = ScheduledProcesses(programs, schedule).run({}, {});
        CHECK(tries == (row.again ? 2 : 1));
        CHECK((outcome && outcome->succeeded()) == row.again);
    }
    Schedule schedule({.jobs = 2});
    CountedPrograms programs([](const system::ProcessSpec&, unsigned) { return complaining("MemoryError"); });
    CHECK(ScheduledProcesses(programs, schedule).run({}, {})->exit_code == 1);
    CHECK(programs.runs() == 1);
}

TEST_CASE("programs that fail for lack of things while others run all come to an end") {
    CountedPrograms programs([](const system::ProcessSpec&, unsigned beside) {
        return beside > 0 ? complaining("MemoryError") : system::ProcessOutcome{};
    });
    Schedule schedule({.jobs = 4});
    ScheduledProcesses scheduled(programs, schedule);
    std::atomic<unsigned> well{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < 100; ++turn) {
                    const auto outcome = scheduled.run({}, {});
                    well += outcome && outcome->succeeded() ? 1 : 0;
                }
            });
        }
    }
    CHECK(well == 600);
}

TEST_CASE("a stop ends the waiting, and the slot goes to somebody else") {
    Schedule schedule({.jobs = 1});
    CountedPrograms programs(ended_well);
    ScheduledProcesses scheduled(programs, schedule);
    auto held = schedule.slots.take({}, {});
    REQUIRE(held);
    std::stop_source stop;
    std::jthread waits([&] {
        const auto outcome = scheduled.run({}, stop.get_token());
        REQUIRE(outcome);
        CHECK(outcome->ending == system::Ending::interrupted);
    });
    stop.request_stop();
    waits.join();
    CHECK(programs.runs() == 0);
    held.reset();
    CHECK(scheduled.run({}, {})->succeeded());
}

TEST_CASE("a conversation holds its slot until it has ended") {
    Schedule schedule({.jobs = 1});
    CountedPrograms programs(ended_well);
    ScheduledProcesses scheduled(programs, schedule);
    std::stop_source stopped;
    stopped.request_stop();
    {
        const auto conversation = scheduled.converse({}, {});
        REQUIRE(conversation);
        CHECK_FALSE(schedule.slots.take({}, stopped.get_token()));
        static_cast<void>((*conversation)->finish());
        CHECK(schedule.slots.take({}, stopped.get_token()));
    }
    {
        const auto forgotten = scheduled.converse({}, {});
        REQUIRE(forgotten);
    }
    CHECK(schedule.slots.take({}, stopped.get_token()));
}

TEST_CASE("a conversation says whether it had company, and may ask for none") {
    Schedule schedule({.jobs = 2});
    CountedPrograms programs(ended_well);
    ScheduledProcesses scheduled(programs, schedule);
    std::stop_source stopped;
    stopped.request_stop();
    const auto one = scheduled.converse({}, {});
    REQUIRE(one);
    CHECK_FALSE(scheduled.converse({.concurrency = system::Concurrency::exclusive}, stopped.get_token()));
    const auto two = scheduled.converse({}, {});
    REQUIRE(two);
    CHECK((*two)->finish().concurrency == system::Concurrency::shared);
    CHECK((*one)->finish().concurrency == system::Concurrency::shared);
    const auto alone = scheduled.converse({.concurrency = system::Concurrency::exclusive}, {});
    REQUIRE(alone);
    CHECK((*alone)->finish().concurrency == system::Concurrency::exclusive);
}

TEST_CASE("what a program took is known the next time, with something in reserve") {
    MemoryEstimates estimates;
    const system::ProcessSpec small{.argv = {"python3", "small.py"}};
    CHECK(estimates.of(small) == MemoryEstimates::guess);
    estimates.note(small, 100);
    estimates.note(small, 80);
    CHECK(estimates.of(small) == 125);
    CHECK(estimates.of({.argv = {"python3", "other.py"}}) == MemoryEstimates::guess);
}
