// The use case behind `mlpath verify`: prove portfolios from scratch, trusting nothing that they bring but their
// sources.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/judge/judging.hpp"
#include "report/report.hpp"

namespace mlpath::app {

enum class SeedFrom { portfolio, fresh, given };
enum class CacheUse {
    none,
    own,     // of this user on this machine
    shared,  // in a folder that machines share, authenticated by a key from the environment
};

// Whether environments that projects ask for, and nobody made here, are made in the cache first.
enum class Environments { as_they_are, make };

// Whether what is proved on synthetic data counts.
enum class OnSynthetic { left_out, counts };

struct VerifyRequest {
    std::vector<fs::path> paths{};
    std::vector<std::string> require{};  // own, all, stage:ID, project:ID
    SeedFrom seed_from = SeedFrom::portfolio;
    std::uint64_t seed = 0;  // for given
    CacheUse cache = CacheUse::none;
    fs::path cache_folder{};  // for shared
    Freshness freshness = Freshness::cached;
    data::Network network = data::Network::allowed;
    Environments environments = Environments::as_they_are;
    OnSynthetic on_synthetic = OnSynthetic::left_out;
    fs::path binary{};  // of this program, for its hash; empty: /proc/self/exe
};

// Told while the work goes on, by one thread at a time. Projects are judged side by side, so each call says of which
// one it speaks.
class VerifyObserver {
public:
    struct Place {
        std::size_t number = 0;  // from 1
        std::size_t of = 0;
        std::string name{};  // its folder as the command line leads there: "anna/iris", "iris"
    };
    virtual ~VerifyObserver() = default;
    virtual void environment(std::string_view /*group*/, std::string_view /*says*/) {}  // one is being made
    virtual void project_begins(const Place& /*project*/) {}
    virtual void milestone_begins(const Place& /*project*/, const library::Milestone& /*milestone*/) {}
    virtual void project_ended(const Place& /*project*/, const report::ProjectReport& /*result*/) {}
};

// The tools of judging once they are there: to find out what the sandbox can do takes longer than to look at a
// portfolio that has not changed. Called once.
using ToolsWhenReady = std::function<Result<JudgingTools>()>;

// usage: a path that is no folder, no project in any of them, a requirement that is not understood; io: the only path
// cannot be looked into. What one portfolio is or does costs the others nothing. The report's verdict decides the exit
// code: pass 0, fail 1, else 3.
[[nodiscard]] Result<report::Report> verify(const Context& context, system::Processes& processes,
                                            const ToolsWhenReady& tools, const VerifyRequest& request,
                                            VerifyObserver& observer, std::stop_token stop = {});
[[nodiscard]] Result<report::Report> verify(const Context& context, const JudgingTools& tools,
                                            const VerifyRequest& request, VerifyObserver& observer,
                                            std::stop_token stop = {});

}  // namespace mlpath::app
