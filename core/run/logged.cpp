#include "run/logged.hpp"

#include <exception>
#include <string>

#include "base/text.hpp"
#include "base/time.hpp"

namespace mlpath::run {

namespace {

// A longer word is a script of ours, or something that has no place in a log.
constexpr std::size_t longest_word = 200;

std::string arguments(const system::ProcessSpec& spec) {
    std::vector<std::string> words;
    for (const auto& word : spec.argv) {
        const bool is_text = word.size() > longest_word || word.find('\n') != std::string::npos;
        words.push_back(is_text ? "[" + human_bytes(word.size()) + " of text]" : word);
    }
    return shell_line(words);
}

std::string_view in_words(confine::Walls walls) {
    switch (walls) {
        case confine::Walls::none: return "none";
        case confine::Walls::rules: return "rules";
        case confine::Walls::name_spaces: return "namespaces";
    }
    return "";
}

std::string_view in_words(confine::Becomes becomes) {
    switch (becomes) {
        case confine::Becomes::own: return "own";
        case confine::Becomes::another: return "another";
        case confine::Becomes::reader: return "another that reads what root may";
    }
    return "";
}

std::string limits(const confine::Confinement& confinement, std::chrono::milliseconds wall) {
    const auto& limits = confinement.limits;
    std::string words = human_duration(wall);
    const auto add = [&](std::uint64_t limit, const std::string& shown) { words += limit == 0 ? "" : ", " + shown; };
    add(limits.memory_bytes, human_bytes(limits.memory_bytes) + " of memory");
    add(limits.cpu_seconds, std::to_string(limits.cpu_seconds) + " s of processor time");
    add(limits.processes, count_of(limits.processes, "process", "processes"));
    add(limits.open_files, count_of(limits.open_files, "open file"));
    add(limits.file_bytes, human_bytes(limits.file_bytes) + " a file");
    return words;
}

std::string ending(const system::ProcessOutcome& outcome) {
    switch (outcome.ending) {
        case system::Ending::exited: return "exit " + std::to_string(outcome.exit_code);
        case system::Ending::signalled: return "signal " + std::to_string(outcome.signal);
        case system::Ending::timed_out: return "out of time";
        case system::Ending::interrupted: return "interrupted";
        case system::Ending::out_of_memory: return "out of memory";
        case system::Ending::out_of_cpu_time: return "out of processor time";
        case system::Ending::too_much_output: return "printed too much";
    }
    return "";
}

LogFields fields_of(std::string_view how, const system::ProcessSpec& spec) {
    const auto& confinement = spec.confinement;
    return {{"arguments", arguments(spec)},
            {"folder", spec.folder.string()},
            {"start", std::string(how)},
            {"walls", std::string(in_words(confinement.walls))},
            {"user", std::string(in_words(confinement.becomes))},
            {"network", confinement.walls == confine::Walls::none           ? "as here"
                        : confinement.network == confine::Network::loopback ? "loopback"
                                                                            : "none"},
            {"limits", limits(confinement, spec.wall_limit)}};
}

// us: since nobody needed it any more, which is no failure.
enum class EndedBy { itself, us };

void tell_ending(const Log& log, LogFields fields, const system::ProcessOutcome& outcome,
                 EndedBy by = EndedBy::itself) {
    const bool as_meant = outcome.succeeded() || by == EndedBy::us;
    log.write(as_meant ? LogLevel::debug : LogLevel::info, "process ended", [&] {
        fields.push_back({"ending", by == EndedBy::us ? "no longer needed" : ending(outcome)});
        fields.push_back({"seconds", std::to_string(static_cast<double>(outcome.wall.count()) / 1e6)});
        fields.push_back({"memory", human_bytes(outcome.peak_memory_bytes)});
        fields.push_back({"printed", human_bytes(outcome.out.total + outcome.err.total)});
        return std::move(fields);
    });
}

class LoggedConversation final : public system::Conversation {
public:
    LoggedConversation(std::unique_ptr<system::Conversation> inner, Log log, LogFields fields)
        : m_inner(std::move(inner)), m_log(log), m_fields(std::move(fields)) {}
    LoggedConversation(const LoggedConversation&) = delete;
    LoggedConversation& operator=(const LoggedConversation&) = delete;
    ~LoggedConversation() override {
        try {
            if (!m_told) {
                static_cast<void>(end());
            }
        } catch (const std::exception&) {  // no memory for a line of a log
        }
    }

    [[nodiscard]] Status send_line(std::string_view line) override { return m_inner->send_line(line); }
    [[nodiscard]] Result<std::optional<std::string>> receive_line(std::chrono::milliseconds wait,
                                                                  std::size_t max_line) override {
        return m_inner->receive_line(wait, max_line);
    }
    [[nodiscard]] Descriptor connection() override { return m_inner->connection(); }
    [[nodiscard]] std::shared_ptr<const Descriptor> folder() const override { return m_inner->folder(); }
    [[nodiscard]] system::ProcessOutcome finish() override {
        m_told = true;
        auto outcome = m_inner->finish();
        tell_ending(m_log, std::move(m_fields), outcome);
        return outcome;
    }
    [[nodiscard]] system::ProcessOutcome end() override {
        m_told = true;
        auto outcome = m_inner->end();
        tell_ending(m_log, std::move(m_fields), outcome, EndedBy::us);
        return outcome;
    }

private:
    std::unique_ptr<system::Conversation> m_inner;
    Log m_log;
    LogFields m_fields;
    bool m_told = false;
};

void tell_refusal(const Log& log, std::string_view how, const system::ProcessSpec& spec, const Error& error) {
    log.write(error.kind == ErrorKind::interrupted ? LogLevel::info : LogLevel::warning, "process not started", [&] {
        auto fields = fields_of(how, spec);
        fields.push_back({"why", error.message});
        return fields;
    });
}

}  // namespace

void log_run(const Log& log, std::string_view how, const system::ProcessSpec& spec,
             const Result<system::ProcessOutcome>& outcome) {
    if (!outcome) {
        tell_refusal(log, how, spec, outcome.error());
    } else if (log.hears(LogLevel::info)) {
        tell_ending(log, fields_of(how, spec), *outcome);
    }
}

Result<std::unique_ptr<system::Conversation>> log_conversation(
    const Log& log, std::string_view how, const system::ProcessSpec& spec,
    Result<std::unique_ptr<system::Conversation>> conversation) {
    if (!conversation) {
        tell_refusal(log, how, spec, conversation.error());
        return conversation;
    }
    if (!log.hears(LogLevel::info)) {
        return conversation;
    }
    auto fields = fields_of(how, spec);
    log.debug("process started", [&] { return fields; });
    return std::make_unique<LoggedConversation>(std::move(*conversation), log, std::move(fields));
}

Result<system::ProcessOutcome> LoggedProcesses::run(const system::ProcessSpec& spec, std::stop_token stop) {
    m_log.debug("process started", [&] { return fields_of("cold", spec); });
    auto outcome = m_inner.run(spec, std::move(stop));
    log_run(m_log, "cold", spec, outcome);
    return outcome;
}

Result<std::unique_ptr<system::Conversation>> LoggedProcesses::converse(const system::ProcessSpec& spec,
                                                                        std::stop_token stop) {
    return log_conversation(m_log, "cold", spec, m_inner.converse(spec, std::move(stop)));
}

}  // namespace mlpath::run
