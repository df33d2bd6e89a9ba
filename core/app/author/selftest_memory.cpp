#include "app/author/selftest_memory.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view format_of_proofs =
    "selftest 1";  // raised when the same key would have to mean something else

// Each file of the content whose path satisfies `counts`, as one hash.
template <typename Counts>
Result<std::string> hash_of(const library::Content& content, std::string_view below, const Counts& counts) {
    MLPATH_TRY(const auto paths, content.list(below));
    Sha256 hash;
    for (const auto& path : paths) {
        if (counts(path)) {
            MLPATH_TRY(const auto bytes, content.read(path));
            hash.update(path + '\0' + sha256_of(bytes) + '\n');
        }
    }
    return hash.finish();
}

Result<std::string> judge_seen(const library::Content& content, const run::Interpreter& python,
                               Remembered& remembered) {
    const auto all = [](const std::string&) { return true; };
    MLPATH_TRY(const auto program, remembered.program_hash());
    MLPATH_TRY(const auto harness, hash_of(content, "harness/", all));
    MLPATH_TRY(const auto warm, hash_of(content, "warm/", all));
    return program + ' ' + harness + ' ' + warm + '\n' + python.version + ' ' + python.path.string();
}

// What the template and the catalogue say: all but what only people read, and the flaws, which are subjects.
Result<std::string> project_seen(const library::Content& content, const std::string& project) {
    const auto root = library::template_path(project, "");
    const std::array decides{root + "project.json", root + "checks/", root + "data/", root + "skeleton/",
                             root + "solution/"};
    MLPATH_TRY(const auto files, hash_of(content, root, [&](const std::string& path) {
                   return std::ranges::any_of(decides, [&](const auto& part) { return path.starts_with(part); });
               }));
    const auto is_catalogue = [](const std::string& path) { return path.ends_with("curricula/datasets.json"); };
    MLPATH_TRY(const auto ours, hash_of(content, "curricula/", is_catalogue));
    MLPATH_TRY(const auto of_guests, hash_of(content, "libraries/", is_catalogue));
    return files + ' ' + ours + ' ' + of_guests;
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

std::optional<std::string> SelftestMemory::seen_by(const library::Project& project, const run::Interpreter& python,
                                                   const std::stop_token& stop) {
    const auto seen = programs(python);
    const auto files = project_seen(m_context.content, project.id);
    if (!seen || !files) {
        return std::nullopt;
    }
    ProjectData data(m_context, project, data::Network::allowed, m_tools.progress, stop);
    const auto fingerprint = data.fingerprint();  // where it cannot be had, judging tells why
    return fingerprint ? std::optional(*seen + '\n' + project.id + ' ' + *files + '\n' + *fingerprint) : std::nullopt;
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
        return SubjectEnd{json.at("milestone").get<std::string>(), json.at("check").get<std::string>(),
                          json.at("told").get<std::string>()};
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

void SelftestMemory::keep(const std::string& key, const SubjectEnd& end) const {
    const Json json{{"milestone", end.milestone}, {"check", end.check}, {"told", end.told}};
    m_remembered->keep(key, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace mlpath::app
