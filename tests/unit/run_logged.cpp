#include <doctest/doctest.h>

#include <mutex>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "run/logged.hpp"

namespace mlpath::run {

namespace {

class HeardEvents final : public LogListener {
public:
    explicit HeardEvents(LogLevel level) : m_level(level) {}
    [[nodiscard]] LogLevel level() const override { return m_level; }
    void hear(LogLevel level, std::string_view event, std::span<const LogField> fields) override {
        const std::scoped_lock lock(m_mutex);
        heard.push_back({level, std::string(event), {fields.begin(), fields.end()}});
    }
    struct Event {
        LogLevel level{};
        std::string event{};
        LogFields fields{};
        [[nodiscard]] std::string at(std::string_view name) const {
            for (const auto& field : fields) {
                if (field.name == name) {
                    return field.value;
                }
            }
            return "absent";
        }
    };
    std::vector<Event> heard{};

private:
    LogLevel m_level;
    std::mutex m_mutex{};
};

class AnsweringProcesses final : public system::Processes {
public:
    Result<system::ProcessOutcome> answer = system::ProcessOutcome{};
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& /*spec*/,
                                                     std::stop_token /*stop*/) override {
        return answer;
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& /*spec*/,
                                                                         std::stop_token /*stop*/) override {
        return fail(ErrorKind::missing, "no such program");
    }
};

system::ProcessSpec a_program() {
    system::ProcessSpec spec{.argv = {"/usr/bin/python3", "-c", std::string(5000, 's'), "two words", "a\nsecret"},
                             .environment = {{"MLPATH_CACHE_KEY", "a key"}},
                             .folder = "/tmp/x",
                             .input = "what is held out"};
    spec.confinement.walls = confine::Walls::name_spaces;
    spec.confinement.limits.memory_bytes = 4'000'000'000;
    return spec;
}

}  // namespace

TEST_CASE("a program is told with its arguments, confinement, time and memory, and nothing that it read or said") {
    AnsweringProcesses inner;
    inner.answer->wall = std::chrono::milliseconds(1500);
    inner.answer->peak_memory_bytes = 12'000'000;
    inner.answer->out.head = "the truth";
    inner.answer->out.total = 9;
    HeardEvents events(LogLevel::debug);
    LoggedProcesses processes(inner, Log(events));
    REQUIRE(processes.run(a_program(), {}).has_value());
    REQUIRE(events.heard.size() == 2);
    CHECK(events.heard[0].event == "process started");
    const auto& ended = events.heard[1];
    CHECK(ended.event == "process ended");
    CHECK(ended.level == LogLevel::debug);
    CHECK(ended.at("arguments") == "/usr/bin/python3 -c '[5.0 kB of text]' 'two words' '[8 B of text]'");
    CHECK(ended.at("walls") == "namespaces");
    CHECK(ended.at("network") == "none");
    CHECK(ended.at("limits").find("4.0 GB of memory") != std::string::npos);
    CHECK(ended.at("ending") == "exit 0");
    CHECK(ended.at("seconds") == "1.500000");
    CHECK(ended.at("memory") == "12.0 MB");
    CHECK(ended.at("printed") == "9 B");
    for (const auto& event : events.heard) {
        for (const auto& field : event.fields) {
            for (const auto* secret : {"a key", "held out", "the truth", "secret"}) {
                CHECK(field.value.find(secret) == std::string::npos);
            }
        }
    }
}

TEST_CASE("what did not end well is told from level info on, what could not begin as a warning") {
    AnsweringProcesses inner;
    HeardEvents events(LogLevel::info);
    LoggedProcesses processes(inner, Log(events));
    REQUIRE(processes.run(a_program(), {}).has_value());
    CHECK(events.heard.empty());
    inner.answer->ending = system::Ending::out_of_memory;
    REQUIRE(processes.run(a_program(), {}).has_value());
    REQUIRE(events.heard.size() == 1);
    CHECK(events.heard[0].at("ending") == "out of memory");
    inner.answer = fail(ErrorKind::missing, "no such program");
    CHECK_FALSE(processes.run(a_program(), {}).has_value());
    CHECK_FALSE(processes.converse(a_program(), {}).has_value());
    REQUIRE(events.heard.size() == 3);
    CHECK(events.heard[2].level == LogLevel::warning);
    CHECK(events.heard[2].event == "process not started");
    CHECK(events.heard[2].at("why") == "no such program");
}

TEST_CASE("a conversation that nobody finishes is told too, with its time and memory") {
    class Talk final : public system::Conversation {
    public:
        [[nodiscard]] Status send_line(std::string_view /*line*/) override { return {}; }
        [[nodiscard]] Result<std::optional<std::string>> receive_line(std::chrono::milliseconds /*wait*/,
                                                                      std::size_t /*max_line*/) override {
            return std::nullopt;
        }
        [[nodiscard]] Descriptor connection() override { return {}; }
        [[nodiscard]] std::shared_ptr<const Descriptor> folder() const override { return nullptr; }
        [[nodiscard]] system::ProcessOutcome finish() override { return {.exit_code = 3}; }
        [[nodiscard]] system::ProcessOutcome end() override {
            return {.ending = system::Ending::interrupted,
                    .wall = std::chrono::milliseconds(20),
                    .peak_memory_bytes = 7'000'000};
        }
    };
    HeardEvents events(LogLevel::debug);
    {
        const auto left = log_conversation(Log(events), "warm", a_program(), std::make_unique<Talk>());
        auto finished = log_conversation(Log(events), "cold", a_program(), std::make_unique<Talk>());
        CHECK((*finished)->finish().exit_code == 3);
    }
    REQUIRE(events.heard.size() == 4);
    CHECK(events.heard[0].event == "process started");
    CHECK(events.heard[2].at("ending") == "exit 3");
    CHECK(events.heard[2].level == LogLevel::info);
    CHECK(events.heard[3].at("ending") == "no longer needed");
    CHECK(events.heard[3].at("start") == "warm");
    CHECK(events.heard[3].at("memory") == "7.0 MB");
    CHECK(events.heard[3].level == LogLevel::debug);
}

TEST_CASE("where nobody hears, a conversation is the one that was begun") {
    AnsweringProcesses inner;
    auto none = log_conversation(Log(), "cold", a_program(), std::unique_ptr<system::Conversation>());
    CHECK(none.has_value());
    CHECK(*none == nullptr);
}

}  // namespace mlpath::run
