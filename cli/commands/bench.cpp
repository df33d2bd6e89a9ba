#include "commands/bench.hpp"

namespace mlpath::cli {

void SandboxOption::declare(Options& options) {
    options.choice("--sandbox", "WHEN", "require, auto (where it can be had) or off; auto unless said", m_word,
                   {"require", "auto", "off"});
}

run::SandboxWish SandboxOption::wish() const {
    return m_word == "require" ? run::SandboxWish::required
           : m_word == "off"   ? run::SandboxWish::off
                               : run::SandboxWish::automatic;
}

Result<Bench> Bench::open(Host& host, const app::Context& context, run::SandboxWish sandbox,
                          data::FetchProgress* fetches, unsigned jobs) {
    MLPATH_TRY(auto walls, run::Sandbox::open(sandbox, host.processes(), host.stop()));
    MLPATH_TRY(auto warm, app::WarmRoom::open(context.content, host.processes()));
    auto& pool = warm->pool();
    return Bench(
        {.processes = host.processes(), .progress = fetches, .jobs = jobs, .sandbox = std::move(walls), .warm = &pool},
        std::move(warm));
}

}  // namespace mlpath::cli
