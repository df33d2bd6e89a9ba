// The use case behind `mlpath verify`: prove portfolios from scratch, trusting nothing that they bring but their
// sources.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/judging.hpp"
#include "report/report.hpp"

namespace mlpath::app {

enum class SeedFrom { portfolio, fresh, given };
enum class CacheUse {
    none,
    own,     // of this user on this machine
    shared,  // in a folder that machines share, authenticated by a key from the environment
};

struct VerifyRequest {
    std::vector<fs::path> paths{};
    std::vector<std::string> require{};  // own, all, stage:ID, project:ID
    SeedFrom seed_from = SeedFrom::portfolio;
    std::uint64_t seed = 0;  // for given
    CacheUse cache = CacheUse::none;
    fs::path cache_folder{};  // for shared
    Recall recall = Recall::use;
    data::Network network = data::Network::allowed;
    fs::path binary{};  // of this program, for its hash; empty: /proc/self/exe
};

// Told while the work goes on, by one thread at a time. Projects are judged side by side: they may begin while others
// are not at their end, and they end in order.
class VerifyObserver : public checks::Observer {
public:
    virtual void project_begins(const std::string& /*portfolio*/, const std::string& /*project*/,
                                std::size_t /*number*/, std::size_t /*of*/) {}
    virtual void project_ended(const report::ProjectReport& /*project*/) {}
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
