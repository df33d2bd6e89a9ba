#include <algorithm>
#include <memory>

#include "app/learn/quiz.hpp"
#include "asking.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/question.hpp"
#include "render/words.hpp"

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

enum class Outcome { known, to_learn, undecided };

struct TopicResult {
    std::string topic{};
    std::string title{};
    Tally tally{};
    Outcome outcome = Outcome::undecided;
};

std::string_view outcome_words(Outcome outcome) {
    switch (outcome) {
        case Outcome::known: return "tested out: it counts as learned";
        case Outcome::to_learn: return "to learn";
        case Outcome::undecided: return "not decided";
    }
    return "";
}

class Assessment {
public:
    Assessment(Host& host, const app::Context& context, std::optional<std::uint64_t> seed)
        : m_host(host), m_context(context), m_seed(seed), m_asker(host, context) {}

    // One stage after the other: what is ahead is asked about only where all before it is known.
    Status ask(const std::vector<std::vector<std::string>>& stages) {
        for (const auto& topics : stages) {
            for (const auto& topic : topics) {
                if (waits(m_context.index, topic, m_waiting)) {
                    m_waiting.push_back(topic);
                    continue;
                }
                MLPATH_CHECK(ask(topic));
                if (m_ended || m_waiting_begun == enough_not_known) {
                    return {};
                }
            }
            if (!m_waiting.empty()) {
                return {};
            }
        }
        return {};
    }

    void tell() {
        Page page(m_host.out_terminal());
        page.line();
        if (m_results.empty()) {
            page.line("Nothing was answered, so nothing is decided. `mlpath next` says how to go on.");
            m_host.print(page);
            return;
        }
        std::vector<std::vector<std::string>> rows{{"topic", "right", "result"}};
        for (const auto& [topic, title, tally, outcome] : m_results) {
            rows.push_back(
                {title, std::to_string(tally.right) + " of " + std::to_string(tally.asked),
                 std::string(outcome_words(outcome)) + (outcome == Outcome::to_learn ? ": mlpath show " + topic : "")});
        }
        page.table(rows);
        page.line();
        const auto known = std::ranges::count(m_results, Outcome::known, &TopicResult::outcome);
        page.line(known == 0 ? "No topic is marked as learned by this. `mlpath next` says how to go on."
                             : count_of(static_cast<std::size_t>(known), "topic") + (known == 1 ? " is" : " are") +
                                   " marked as learned. `mlpath next` says how to go on.");
        m_host.print(page);
        m_asker.remark_memory(m_all);
    }

private:
    Status ask(const std::string& topic) {
        MLPATH_TRY(const auto sheet,
                   app::assess_sheet(m_context, topic, m_seed.value_or(m_host.random().next() % 1'000'000'000)));
        MLPATH_TRY(const auto tally, m_asker.ask(sheet, Asker::Until::decided));
        m_ended = tally.ended_early;
        m_all.asked += tally.asked;
        m_all.not_remembered = tally.not_remembered.empty() ? m_all.not_remembered : tally.not_remembered;
        if (tally.asked == 0) {
            return {};
        }
        // What could not be judged is held neither against the learner nor for them.
        const auto outcome = tally.right >= sheet.needed               ? Outcome::known
                             : tally.ended_early || tally.left_out > 0 ? Outcome::undecided
                                                                       : Outcome::to_learn;
        if (outcome == Outcome::known) {
            const auto recorded = app::record_quiz(m_context, topic, app::Answered::right);
            m_all.not_remembered = recorded.ok ? m_all.not_remembered : recorded.why_not;
        } else {
            m_waiting.push_back(topic);
            ++m_waiting_begun;
        }
        m_results.push_back({topic, sheet.title, tally, outcome});
        return {};
    }

    Host& m_host;
    const app::Context& m_context;
    std::optional<std::uint64_t> m_seed;
    Asker m_asker;
    std::vector<TopicResult> m_results{};
    std::vector<std::string> m_waiting{};  // what is not known, with what builds on it
    std::size_t m_waiting_begun = 0;       // of these, what was asked about
    bool m_ended = false;
    Tally m_all{};  // of what is told at the end: whether everything was remembered
};

}  // namespace

Action make_assess(Options& options) {
    struct Input {
        std::string topic{};
        std::optional<std::string> answers{};
        std::optional<std::uint64_t> seed{};
    };
    auto input = std::make_shared<Input>();
    options.optional("TOPIC", "this topic alone; without it, those of your stage that you have not learned",
                     input->topic, Values::topics);
    options.option("--answers", "FILE", "take the answers to what --json served from here; - is standard input",
                   input->answers, Values::files);
    options.option("--seed", "N", "shuffle the options by this number", input->seed);
    return [input](Host& host) -> Result<Exit> {
        if (input->answers && !host.json()) {
            return fail(ErrorKind::usage, "--answers belongs to --json: another program asks the questions",
                        "`mlpath assess` asks them here");
        }
        MLPATH_TRY(const auto context, host.context());
        input->topic = app::asked_today(context.index, input->topic);
        if (input->answers) {
            Asker asker(host, context);
            MLPATH_TRY(const auto tally, asker.take({app::SheetKind::quiz, input->topic}, *input->answers));
            return tally.right >= quiz::needed_to_pass(tally.asked) ? Exit::done : Exit::falls_short;
        }
        std::vector<std::vector<std::string>> stages{{input->topic}};
        if (input->topic.empty()) {
            MLPATH_TRY(stages, app::topics_to_assess(context));
        }
        if (host.json()) {
            // The first topic's questions; once they are answered, or another is named, those of the next.
            Json object{{"topics", stages.empty() ? std::vector<std::string>() : stages.front()}};
            if (!stages.empty()) {
                MLPATH_TRY(const auto sheet,
                           app::assess_sheet(context, stages.front().front(),
                                             input->seed.value_or(host.random().next() % 1'000'000'000)));
                object.update(json_of(sheet));
            }
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        if (stages.empty()) {
            page.line(
                "Every topic of your roadmap that has questions is learned. `mlpath review` asks again what is due.");
            host.print(page);
            return Exit::done;
        }
        page.line(
            "Let us see what you know already. A topic takes at most five questions, its hardest: four "
            "right answers mark it as learned, two wrong ones end it. `?` says that you do not know; Ctrl-D ends it, "
            "and what was answered is kept.",
            Tone::strong);
        host.print(page);
        Assessment assessment(host, context, input->seed);
        MLPATH_CHECK(assessment.ask(stages));
        assessment.tell();
        return Exit::done;
    };
}

}  // namespace mlpath::cli
