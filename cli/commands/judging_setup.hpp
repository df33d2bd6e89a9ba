// What the commands that run a learner's programs share: the option `--sandbox`, and the tools of judging.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/judge/judging.hpp"
#include "host.hpp"
#include "options.hpp"
#include "run/trial.hpp"

namespace mlpath::cli {

class SandboxOption {
public:
    void declare(Options& options);
    [[nodiscard]] run::SandboxWish wish() const;

private:
    std::string m_word = "auto";
};

// `--jobs` and `--memory`.
class LoadOptions {
public:
    void declare(Options& options);
    [[nodiscard]] app::Asked asked() const;

private:
    std::optional<std::uint64_t> m_jobs{};
    std::optional<std::uint64_t> m_megabytes{};
};

// The tools of judging, with what they stand on.
class JudgingSetup {
public:
    [[nodiscard]] static Result<JudgingSetup> open(Host& host, const app::Context& context, run::SandboxWish sandbox,
                                                   data::FetchProgress* fetches, const app::Asked& asked = {});
    [[nodiscard]] const app::JudgingTools& tools() const { return m_tools; }

private:
    JudgingSetup(app::JudgingTools tools, std::unique_ptr<app::Harness> harness, std::unique_ptr<app::WarmRoom> warm,
                 std::unique_ptr<run::Schedule> schedule, std::unique_ptr<run::Trials> trials)
        : m_harness(std::move(harness)),
          m_warm(std::move(warm)),
          m_schedule(std::move(schedule)),
          m_trials(std::move(trials)),
          m_tools(std::move(tools)) {}
    std::unique_ptr<app::Harness> m_harness;  // before what runs with it
    std::unique_ptr<app::WarmRoom> m_warm;
    std::unique_ptr<run::Schedule> m_schedule;
    std::unique_ptr<run::Trials> m_trials;
    app::JudgingTools m_tools;
};

}  // namespace mlpath::cli
