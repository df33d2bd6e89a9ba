#include "app/verify/verify_recall.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "checks/engine.hpp"
#include "checks/finding_json.hpp"

namespace mlpath::app {

namespace {

constexpr std::size_t least_secret = 16;  // characters: fewer can be guessed

bool would_be_found_again(const report::ProjectReport& report) {
    return std::ranges::all_of(report.milestones, [](const checks::MilestoneResult& milestone) {
        return std::ranges::all_of(milestone.checks, [](const checks::CheckResult& check) {
            // What was skipped waited for something else, which decides.
            return checks::is_lasting(check.finding) || check.finding.verdict == checks::Verdict::skipped;
        });
    });
}

// As the checks of the project that is judged are, in their order.
std::vector<checks::MilestoneResult> milestones_from(const Json& json, const library::Project& project) {
    std::vector<checks::MilestoneResult> milestones;
    for (const auto& milestone : project.milestones) {
        checks::MilestoneResult result{.id = milestone.id, .title = milestone.title};
        const auto& kept = json.at(milestone.id);
        for (const auto& check : milestone.checks) {
            auto finding = checks::finding_from(kept.at(check.id));
            if (!finding) {
                return {};
            }
            finding->remembered = true;
            result.verdict = checks::worst(result.verdict, finding->verdict);
            result.checks.push_back(checks::result_of(check, project, std::move(*finding)));
        }
        milestones.push_back(std::move(result));
    }
    return milestones;
}

}  // namespace

Result<std::unique_ptr<Remembered>> open_cache(const Context& context, const VerifyRequest& request) {
    const auto secret = context.environment.get(cache_key_name);
    if (request.cache == CacheUse::shared && (!secret || secret->size() < least_secret)) {
        return fail(ErrorKind::usage,
                    "a cache that machines share needs a key of at least " + std::to_string(least_secret) +
                        " characters, so that only results made with it are trusted",
                    "set `" + std::string(cache_key_name) +
                        "` to a secret of your own; the cache of this machine alone, `--cache`, needs none");
    }
    if (request.cache == CacheUse::none) {
        return nullptr;
    }
    if (request.cache == CacheUse::own) {
        return Remembered::own(context, request.freshness);
    }
    auto folder = request.cache_folder;
    folder = folder.is_absolute() ? folder : context.folder / folder;
    return Remembered::shared(context, std::move(folder), *secret, request.freshness);
}

bool may_use_cache(const run::Sandbox& sandbox) { return sandbox.walls() == confine::Walls::name_spaces; }

std::optional<std::string> ProjectRecall::seen_by(const library::Project& project, library::DataKind kind,
                                                  const run::Interpreter& python, const JudgingTools& tools) {
    const auto judge = run::judge_interpreter(m_context.environment, m_processes, m_context.log);
    const auto judge_seen = judge ? m_remembered.judge_seen(*judge) : std::nullopt;
    const auto programs = m_remembered.programs_seen(python, tools.sandbox, tools.schedule.threads);
    ProjectData data(m_context, project, m_network, tools.progress, m_stop, {}, data_choice(tools, kind));
    const auto fingerprint = judge_seen && programs ? data.fingerprint() : Result<std::string>(std::string());
    if (!judge_seen || !programs || !fingerprint) {
        return std::nullopt;
    }
    return *judge_seen + '\n' + *programs + '\n' + *fingerprint;
}

void ProjectRecall::look_ahead(const library::Project& project, library::DataKind data) {
    auto python = run::find_interpreter(project.python, portfolio_search(m_context, run::MadeBy::verify),
                                        m_context.environment, m_processes, m_stop);
    if (python) {
        static_cast<void>(m_remembered.installed_for(*python));
        m_same[{project.id, data}].python = std::move(*python);
    }
}

void ProjectRecall::complete(const library::Project& project, library::DataKind data, const JudgingTools& tools) {
    auto& same = m_same[{project.id, data}];
    if (same.python) {
        same.seen = seen_by(project, data, *same.python, tools);
    }
}

std::optional<std::string> ProjectRecall::key_of(const Case& one, const FileHashes& files, const fs::path& folder,
                                                 std::uint64_t seed) {
    const auto& project = *one.project;
    const auto same = m_same.find({project.id, one.data});
    const auto cannot_tell = [&](std::string_view why) {
        m_context.log.info("project not recalled", [&] {
            return LogFields{{"project", project.id}, {"folder", one.claim.path.string()}, {"why", std::string(why)}};
        });
        return std::nullopt;
    };
    if (same == m_same.end() || !same->second.seen) {
        return cannot_tell("its interpreter, packages or data cannot be told");
    }
    auto around = Json::array();
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            const auto seen = checks::surroundings_seen(check, folder, one.claim.path);
            if (!seen || !checks::may_be_kept(check)) {
                return cannot_tell(seen ? "its check `" + check.id + "` measures, and is judged every time"
                                        : "it cannot be told what its check `" + check.id + "` sees");
            }
            around.push_back(*seen);
        }
    }
    const auto key = Json::array({"a project", *same->second.seen, project.id, seed, content_hash(files), around});
    try {
        return sha256_of(key.dump());
    } catch (const Json::exception&) {
        return std::nullopt;  // a link that is not UTF-8: two of them might look the same
    }
}

bool ProjectRecall::recall(std::string_view key, Case& one) {
    const auto text = m_remembered.find(key);
    const bool recalled = text && take_in(*text, one);
    m_context.log.info(recalled ? "project recalled" : "project not recalled", [&] {
        LogFields fields{{"project", one.project->id}, {"folder", one.claim.path.string()}, {"key", std::string(key)}};
        if (!recalled) {
            fields.push_back({"why", m_remembered.freshness() == Freshness::fresh
                                         ? "results of before were set aside, as asked"
                                     : text ? "what was kept cannot be used"
                                            : "no result is kept for what it sees now"});
        }
        return fields;
    });
    return recalled;
}

bool ProjectRecall::take_in(const std::string& text, Case& one) {
    try {
        const auto json = Json::parse(text);
        auto milestones = milestones_from(json.at("milestones"), *one.project);
        const auto authorship = report::authorship_from(json.at("authorship").get<std::string>());
        if (milestones.empty() || !authorship) {
            return false;
        }
        auto& report = one.report;
        report.authorship = *authorship;
        report.seeds = json.at("seeds").get<std::map<std::string, std::uint64_t>>();
        report.data_hashes = json.at("data").get<std::map<std::string, std::string>>();
        report.python = m_same.at({one.project->id, one.data}).python;
        report.verdict = checks::Verdict::pass;
        for (const auto& milestone : milestones) {
            report.verdict = checks::worst(report.verdict, milestone.verdict);
        }
        report.milestones = std::move(milestones);
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

std::optional<std::string> written(const report::ProjectReport& report) {
    if (report.milestones.empty() || !would_be_found_again(report)) {
        return std::nullopt;
    }
    auto milestones = Json::object();
    for (const auto& milestone : report.milestones) {
        auto& kept = milestones[milestone.id] = Json::object();
        for (const auto& check : milestone.checks) {
            auto finding = checks::json_of(check.finding);
            if (!finding) {
                return std::nullopt;
            }
            kept[check.id] = std::move(*finding);
        }
    }
    return Json{{"authorship", to_string(report.authorship)},
                {"seeds", report.seeds},
                {"data", report.data_hashes},
                {"milestones", std::move(milestones)}}
        .dump();
}

}  // namespace mlpath::app
