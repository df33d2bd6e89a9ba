#include <algorithm>
#include <memory>

#include "app/quiz.hpp"
#include "asking.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/question.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t enough_not_known = 3;  // then the road begins here, and asking on would only tire

// Builds on what is not known: topics come with what they build on before them.
bool waits(const library::Index& index, const std::string& topic, const std::vector<std::string>& unknown) {
    const auto* const known = index.topics.find(topic);
    return known != nullptr && std::ranges::any_of(known->requires_topics, [&](const std::string& before) {
               return std::ranges::find(unknown, before) != unknown.end();
           });
}

}  // namespace

Action make_assess(Options& options) {
    const auto seed = std::make_shared<std::optional<std::uint64_t>>();
    options.option("--seed", "N", "shuffle the options by this number", *seed);
    return [seed](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto topics, app::topics_to_assess(context));
        if (host.json()) {
            host.print(Json{{"topics", topics}});
            return Exit::done;
        }
        Page page(host.out_terminal());
        page.line(
            "Let us see what you know already: the three hardest questions of each topic, in the order of your "
            "roadmap. A topic whose questions are all answered right counts as learned. `?` says that you do "
            "not know; Ctrl-D ends it, and what was answered is kept.",
            Tone::strong);
        host.print(page);
        Asker asker(host, context);
        std::vector<std::string> known;
        std::vector<std::string> unknown;
        std::vector<std::string> waiting;  // with what builds on them
        Tally all;                         // of what is told at the end: whether everything was remembered
        for (const auto& topic : topics) {
            if (waits(context.index, topic, waiting)) {
                waiting.push_back(topic);
                continue;
            }
            MLPATH_TRY(const auto sheet,
                       app::assess_sheet(context, topic, seed->value_or(host.random().next() % 1'000'000'000)));
            MLPATH_TRY(const auto tally, asker.ask(sheet));
            all.asked += tally.asked;
            all.not_remembered = tally.not_remembered.empty() ? all.not_remembered : tally.not_remembered;
            if (tally.ended_early) {
                break;
            }
            const bool passed = tally.right == sheet.questions.size();
            (passed ? known : unknown).push_back(topic);
            if (!passed) {
                waiting.push_back(topic);
            } else {
                const auto recorded = app::record_quiz(context, topic, app::Answered::right);
                all.not_remembered = recorded.ok ? all.not_remembered : recorded.why_not;
            }
            if (unknown.size() == enough_not_known) {
                break;
            }
        }
        page.line();
        page.line(known.empty() ? "No topic is marked as learned by this."
                                : "Marked as learned: " + list_of(known) + ".");
        page.line(unknown.empty() ? "`mlpath next` says how to go on."
                                  : "To learn: " + list_of(unknown) + ". `mlpath next` says how to go on.");
        host.print(page);
        asker.remark_memory(all);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
