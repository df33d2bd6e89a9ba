// What `verify --cache` knows of projects that it judged before: whole projects, by everything that was visible in
// judging them, so that an unchanged one costs no more than a look at its files. Inside of core/app.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/remembered.hpp"
#include "app/verify_open.hpp"

namespace mlpath::app {

// The environment variable with the key that entries of a shared cache are authenticated by.
inline constexpr std::string_view cache_key_name = "MLPATH_CACHE_KEY";

// What the request asks for: null where that is nothing, or where there are no walls that keep a program from writing
// there, with a remark in the report. usage: a shared cache without a key.
[[nodiscard]] Result<std::unique_ptr<Remembered>> open_cache(const Context& context, const JudgingTools& tools,
                                                             const VerifyRequest& request, report::Report& report);

class ProjectRecall {
public:
    ProjectRecall(const Context& context, const JudgingTools& tools, data::Network network, Remembered& remembered,
                  std::stop_token stop)
        : m_context(context), m_tools(tools), m_network(network), m_remembered(remembered), m_stop(std::move(stop)) {}

    [[nodiscard]] Remembered& remembered() { return m_remembered; }
    // The key for these files of the case, which lie in `folder`. Nothing where a part of what is seen cannot be told,
    // or where something is measured that is another each time.
    [[nodiscard]] std::optional<std::string> key_of(const Case& one, const FileHashes& files, const fs::path& folder,
                                                    std::uint64_t seed);
    // Fills the report of the case, if its result is known.
    [[nodiscard]] bool recall(std::string_view key, Case& one);

private:
    // What is the same for all copies of a project, asked for once.
    struct Same {
        std::optional<run::Interpreter> python{};
        std::optional<std::string> seen{};  // what judges, the interpreter and packages, the data
    };
    const Same& same_for(const library::Project& project);
    std::optional<std::string> seen_by(const library::Project& project, const run::Interpreter& python);

    const Context& m_context;
    const JudgingTools& m_tools;
    data::Network m_network;
    Remembered& m_remembered;
    std::stop_token m_stop;
    std::map<std::string, Same> m_same{};
};

// The result as it is kept; nothing where not all of it would be found again.
[[nodiscard]] std::optional<std::string> written(const report::ProjectReport& report);

}  // namespace mlpath::app
