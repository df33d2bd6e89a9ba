// What `verify --cache` knows of projects that it judged before: whole projects, by everything that was visible in
// judging them, so that an unchanged one costs no more than a look at its files. Inside of core/app.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/judge/remembered.hpp"
#include "app/verify/verify_open.hpp"

namespace mlpath::app {

// The environment variable with the key that entries of a shared cache are authenticated by.
inline constexpr std::string_view cache_key_name = "MLPATH_CACHE_KEY";

// What the request asks for: null where that is nothing. usage: a shared cache without a key.
[[nodiscard]] Result<std::unique_ptr<Remembered>> open_cache(const Context& context, const VerifyRequest& request);
// Whether walls keep a program from writing there. Without them nothing that a cache says is believed.
[[nodiscard]] bool may_use_cache(const run::Sandbox& sandbox);

class ProjectRecall {
public:
    ProjectRecall(const Context& context, system::Processes& processes, data::Network network, Remembered& remembered,
                  std::stop_token stop)
        : m_context(context),
          m_processes(processes),
          m_network(network),
          m_remembered(remembered),
          m_stop(std::move(stop)) {}

    // In this order, before a key is asked for: what can be told of all copies of a project before there are tools, and
    // the rest of it.
    void look_ahead(const library::Project& project, library::DataKind data);
    void complete(const library::Project& project, library::DataKind data, const JudgingTools& tools);
    // The key for these files of the case, which lie in `folder`. Nothing where a part of what is seen cannot be told,
    // or where something is measured that is another each time.
    [[nodiscard]] std::optional<std::string> key_of(const Case& one, const FileHashes& files, const fs::path& folder,
                                                    std::uint64_t seed);
    // Fills the report of the case, if its result is known. Both of these may be used from several threads.
    [[nodiscard]] bool recall(std::string_view key, Case& one);

private:
    [[nodiscard]] bool take_in(const std::string& kept, Case& one);
    // What is the same for all copies of a project, asked for once.
    struct Same {
        std::optional<run::Interpreter> python{};
        std::optional<std::string> seen{};  // what judges, the interpreter and packages, the data
    };
    std::optional<std::string> seen_by(const library::Project& project, library::DataKind data,
                                       const run::Interpreter& python, const JudgingTools& tools);

    const Context& m_context;
    system::Processes& m_processes;
    data::Network m_network;
    Remembered& m_remembered;
    std::stop_token m_stop;
    std::map<std::pair<std::string, library::DataKind>, Same> m_same{};  // by project, and what it is judged on
};

// The result as it is kept; nothing where not all of it would be found again.
[[nodiscard]] std::optional<std::string> written(const report::ProjectReport& report);

}  // namespace mlpath::app
