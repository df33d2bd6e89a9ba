// What the commands that run a learner's programs share: the option `--sandbox`, and the tools of judging.
#pragma once

#include <memory>
#include <string>

#include "app/judging.hpp"
#include "host.hpp"
#include "options.hpp"

namespace mlpath::cli {

class SandboxOption {
public:
    void declare(Options& options);
    [[nodiscard]] run::SandboxWish wish() const;

private:
    std::string m_word = "auto";
};

// The tools of judging, with what they stand on.
class Bench {
public:
    [[nodiscard]] static Result<Bench> open(Host& host, const app::Context& context, run::SandboxWish sandbox,
                                            data::FetchProgress* fetches, unsigned jobs = 0);
    [[nodiscard]] const app::JudgingTools& tools() const { return m_tools; }

private:
    Bench(app::JudgingTools tools, std::unique_ptr<app::WarmRoom> warm)
        : m_warm(std::move(warm)), m_tools(std::move(tools)) {}
    std::unique_ptr<app::WarmRoom> m_warm;
    app::JudgingTools m_tools;
};

}  // namespace mlpath::cli
