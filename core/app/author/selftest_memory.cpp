#include "app/author/selftest_memory.hpp"

#include "app/author/proof_key.hpp"
#include "app/data/judges_secret.hpp"
#include "base/hash.hpp"
#include "checks/finding_json.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view format_of_proofs =
    "selftest 2";  // raised when the same key would have to mean something else

Result<std::string> judge_seen(const library::Content& content, const run::Interpreter& python,
                               Remembered& remembered) {
    MLPATH_TRY(const auto program, remembered.program_hash());
    MLPATH_TRY(const auto harness, harness_hash(content));
    return program + ' ' + harness + '\n' + python.version + ' ' + python.path.string();
}

}  // namespace

SelftestMemory::SelftestMemory(const Context& context, const JudgingTools& tools, const run::Interpreter& judge_python,
                               Freshness freshness)
    : m_context(context), m_tools(tools), m_remembered(Remembered::own(context, freshness)) {
    if (auto seen = judge_seen(context.content, judge_python, *m_remembered)) {
        m_judge = std::move(*seen);
    }
}

std::optional<std::string> SelftestMemory::programs(const run::Interpreter& python) {
    auto seen = m_judge ? m_remembered->programs_seen(python, m_tools.sandbox, m_tools.schedule.threads)
                        : std::optional<std::string>();
    return seen ? std::optional(std::string(format_of_proofs) + '\n' + *m_judge + '\n' + *seen) : std::nullopt;
}

std::optional<std::string> SelftestMemory::seen_by(const library::Project& project, library::DataKind kind,
                                                   const run::Interpreter& python, const std::stop_token& stop) {
    const auto seen = programs(python);
    const auto files = project_hash(m_context.content, project, kind);
    if (!seen || !files) {
        return std::nullopt;
    }
    ProjectData data(m_context, project, data::Network::allowed, m_tools.progress, stop, {},
                     data_choice(m_tools, kind, std::string(known_secret)));
    const auto fingerprint = data.fingerprint();  // where it cannot be had, judging tells why
    return fingerprint ? std::optional(*seen + '\n' + *files + '\n' + *fingerprint) : std::nullopt;
}

std::optional<std::string> SelftestMemory::key_of_quiz(const std::string& id, const run::Interpreter& python) {
    const auto seen = programs(python);
    const auto text = m_context.content.read("curricula/quizzes/" + id + ".json");
    return seen && text ? std::optional(sha256_of("a quiz\n" + *seen + '\n' + id + ' ' + sha256_of(*text)))
                        : std::nullopt;
}

std::string SelftestMemory::key_of(const std::string& seen, const Round& round, const SubjectFiles& files) {
    Sha256 laid;
    for (const auto& [name, bytes] : files) {
        laid.update(name + '\0' + sha256_of(bytes) + '\n');
    }
    const auto& flaw = round.subject.flaw;
    Sha256 hash;
    for (const auto& part : {std::string("a subject"), seen, round.subject.name(), laid.finish(), flaw.milestone,
                             flaw.check, flaw.message, std::to_string(round.seed)}) {
        hash.update(sha256_of(part));
    }
    for (const auto& kind : kinds_of(round)) {
        hash.update(sha256_of(kind));
    }
    return hash.finish();
}

std::optional<SubjectEnd> SelftestMemory::proved(const std::string& key) const {
    const auto text = m_remembered->find(key);
    const auto json = text ? Json::parse(*text, nullptr, false) : Json(Json::value_t::discarded);
    try {
        SubjectEnd end{.milestone = json.at("milestone").get<std::string>(),
                       .check = json.at("check").get<std::string>(),
                       .told = json.at("told").get<std::string>(),
                       .run_seconds = json.at("run_seconds").get<double>()};
        for (const auto& each : json.at("drawn")) {
            end.drawn.push_back({each.at(0).get<std::string>(), each.at(1).get<std::string>(),
                                 checks::verdict_from(each.at(2).get<std::string>()).value_or(checks::Verdict::error),
                                 checks::judged_from(each.at(3))});
        }
        return end;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

void SelftestMemory::keep(const std::string& key, const SubjectEnd& end) const {
    auto drawn = Json::array();
    for (const auto& each : end.drawn) {
        drawn.push_back(Json::array({each.milestone, each.check, checks::to_string(each.verdict),
                                     each.judged ? checks::json_of(*each.judged) : Json()}));
    }
    const Json json{{"milestone", end.milestone},
                    {"check", end.check},
                    {"told", end.told},
                    {"run_seconds", end.run_seconds},
                    {"drawn", std::move(drawn)}};
    m_remembered->keep(key, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace mlpath::app
