#include "run/warm.hpp"

#include "json/document.hpp"

namespace mlpath::run {

namespace {

constexpr auto lifetime = std::chrono::hours(24);
constexpr auto grace = std::chrono::seconds(30);  // for importing, and beyond a step's own limit

bool can_be_warm(const system::ProcessSpec& spec, const WarmUp& warm_up) {
    return spec.argv.size() >= 2 && spec.argv[0] == warm_up.python && spec.argv[1].ends_with(".py") &&
           spec.input.empty();
}

Result<system::CapturedOutput> read_output(const fs::path& file, std::size_t kept) {
    MLPATH_TRY(auto text, read_file(file, 1u << 30));
    system::CapturedOutput output{.head = {}, .tail = {}, .total = text.size()};
    if (text.size() <= kept) {
        output.head = std::move(text);
    } else {
        output.head = text.substr(0, kept / 2);
        output.tail = text.substr(text.size() - kept / 2);
    }
    return output;
}

Result<system::ProcessOutcome> outcome_of(const std::string& answer) {
    const auto parsed = json::parse(answer, "the warm interpreter's answer");
    if (!parsed.ok()) {
        return fail(to_error(parsed.faults));
    }
    const auto& value = parsed.document.value;
    system::ProcessOutcome outcome;
    if (value.value("timed_out", false)) {
        outcome.ending = system::Ending::timed_out;
    } else if (value.contains("signal")) {
        outcome.ending = system::Ending::signalled;
        outcome.signal = value.at("signal").get<int>();
    } else {
        outcome.exit_code = value.value("exit", 1);
    }
    return outcome;
}

}  // namespace

Result<std::unique_ptr<WarmProcesses::Interpreter>> WarmProcesses::lease(const system::ProcessSpec& spec) {
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_idle.empty()) {
            auto interpreter = std::move(m_idle.back());
            m_idle.pop_back();
            return interpreter;
        }
    }
    MLPATH_TRY(auto outputs, TemporaryFolder::make("mlpath-warm-"));
    system::ProcessSpec warm{.argv = {m_warm_up.python.string(), (m_warm_up.harness / "warm.py").string()},
                             .environment = spec.environment,
                             .folder = m_warm_up.harness,
                             .input = {},
                             .wall_limit = lifetime};
    warm.argv.insert(warm.argv.end(), m_warm_up.imports.begin(), m_warm_up.imports.end());
    MLPATH_TRY(auto talk, m_cold.converse(warm));
    return std::make_unique<Interpreter>(Interpreter{std::move(talk), std::move(outputs)});
}

Result<system::ProcessOutcome> WarmProcesses::run(const system::ProcessSpec& spec, std::stop_token stop) {
    if (!can_be_warm(spec, m_warm_up)) {
        return m_cold.run(spec, stop);
    }
    auto leased = lease(spec);
    if (!leased) {
        return m_cold.run(spec, stop);
    }
    auto interpreter = std::move(*leased);
    const auto out = interpreter->outputs.path() / "out";
    const auto err = interpreter->outputs.path() / "err";
    const Json request{{"argv", std::vector(spec.argv.begin() + 1, spec.argv.end())},
                       {"folder", spec.folder.string()},
                       {"environment", spec.environment},
                       {"out", out.string()},
                       {"err", err.string()},
                       {"seconds", std::chrono::duration<double>(spec.wall_limit).count()}};
    const auto begin = std::chrono::steady_clock::now();
    const auto sent = interpreter->talk->send_line(request.dump());
    const auto answer = sent ? interpreter->talk->receive_line(spec.wall_limit + grace)
                             : Result<std::optional<std::string>>(fail(sent.error()));
    if (!answer || !*answer) {
        return m_cold.run(spec, stop);  // the interpreter is gone; work goes on without it
    }
    MLPATH_TRY(auto outcome, outcome_of(**answer));
    outcome.wall = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    MLPATH_TRY(outcome.out, read_output(out, spec.output_kept));
    MLPATH_TRY(outcome.err, read_output(err, spec.output_kept));
    if (stop.stop_requested()) {
        outcome.ending = system::Ending::interrupted;
    }
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(interpreter));
    return outcome;
}

Result<std::unique_ptr<system::Conversation>> WarmProcesses::converse(const system::ProcessSpec& spec,
                                                                      std::stop_token stop) {
    return m_cold.converse(spec, stop);
}

}  // namespace mlpath::run
