#include "commands/judging_setup.hpp"

#include "base/text.hpp"
#include "system/shell_limits.hpp"

namespace mlpath::cli {

void SandboxOption::declare(Options& options) {
    options.choice("--sandbox", "WHEN", "require, auto (the best that this machine allows) or off; auto by default",
                   m_word, {"require", "auto", "off"});
}

run::SandboxWish SandboxOption::wish() const {
    return m_word == "require" ? run::SandboxWish::required
           : m_word == "off"   ? run::SandboxWish::off
                               : run::SandboxWish::automatic;
}

void LoadOptions::declare(Options& options) {
    constexpr std::uint64_t most_megabytes = std::uint64_t{1} << 30;
    options.count("--jobs", "N", "programs at a time; one per core by default", m_jobs, most_jobs);
    options.count("--memory", "MB", "megabytes for all programs together; nine tenths of what is free by default",
                  m_megabytes, most_megabytes);
}

app::Asked LoadOptions::asked() const {
    return {.jobs = static_cast<unsigned>(m_jobs.value_or(0)), .memory_bytes = m_megabytes.value_or(0) << 20U};
}

Result<JudgingSetup> JudgingSetup::open(Host& host, const app::Context& context, run::SandboxWish sandbox,
                                        data::FetchProgress* fetches, const app::Asked& asked) {
    MLPATH_CHECK(system::enough_to_judge());
    MLPATH_TRY(auto walls, run::Sandbox::open(sandbox, host.processes(), host.stop()));
    run::log_sandbox(host.log(), walls);
    auto harness = std::make_unique<app::Harness>(context.content, walls.place());
    auto trials = std::make_unique<run::Trials>(host.processes(), host.log());
    auto warm = std::make_unique<app::WarmRoom>(context.content, host.processes(), host.log());
    auto schedule = app::schedule_for(system::this_machine(), asked);
    schedule->log = host.log();
    host.log().info("schedule", [&] {
        const auto& budget = schedule->slots.budget();
        return LogFields{{"jobs", std::to_string(budget.jobs)},
                         {"memory", human_bytes(budget.memory_bytes)},
                         {"threads", std::to_string(schedule->threads)}};
    });
    const app::JudgingTools tools{.processes = host.processes(),
                                  .harness = *harness,
                                  .schedule = *schedule,
                                  .progress = fetches,
                                  .sandbox = std::move(walls),
                                  .warm = warm.get(),
                                  .trials = trials.get()};
    return JudgingSetup(tools, std::move(harness), std::move(warm), std::move(schedule), std::move(trials));
}

}  // namespace mlpath::cli
