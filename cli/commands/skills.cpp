#include "app/learn/skills.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/words.hpp"
#include "report/skills.hpp"
#include "report/words.hpp"

namespace mlpath::cli {

namespace {

using progress::EvidenceKind;
using progress::SkillStanding;

std::string_view kind_words(EvidenceKind kind) {
    switch (kind) {
        case EvidenceKind::project: return "own work";
        case EvidenceKind::quiz: return "quiz passed";
        case EvidenceKind::read_solution: return "after reading our solution";
        case EvidenceKind::our_solution: return "with our solution";
        case EvidenceKind::unattributed: return "whose work it is could not be told";
        case EvidenceKind::begun: return "begun";
        case EvidenceKind::said: return "said, not proved";
    }
    return "";
}

Tone tone_of(SkillStanding standing) {
    switch (standing) {
        case SkillStanding::proved: return Tone::good;
        case SkillStanding::passed:
        case SkillStanding::assisted:
        case SkillStanding::begun: return Tone::accent;
        case SkillStanding::said:
        case SkillStanding::open: return Tone::faint;
    }
    return Tone::usual;
}

bool is_project(const progress::Evidence& evidence) { return evidence.milestones.total > 0; }

std::string line_for(const progress::Evidence& evidence, const system::Clock& clock) {
    std::vector<std::string> parts{std::string(kind_words(evidence.kind))};
    if (is_project(evidence)) {
        parts.push_back(words_for(evidence.milestones) + " milestones verified" +
                        std::string(report::on_data(evidence.data)));
    }
    parts.push_back(format_day(clock.day_of(evidence.when)));
    auto text = evidence.title + " (" + joined(parts) + ")";
    if (evidence.kind == EvidenceKind::begun) {
        std::vector<std::string> titles;
        for (const auto& milestone : evidence.passed) {
            titles.push_back(milestone.title);
        }
        text += ": " + joined(titles);
    }
    return text;
}

Json evidence_json(const progress::Evidence& evidence) {
    Json object{{"kind", progress::to_string(evidence.kind)},
                {is_project(evidence) ? "project" : "topic", evidence.id},
                {"title", evidence.title},
                {"when", format_time(evidence.when)}};
    if (is_project(evidence)) {
        object["milestones"] = json_of(evidence.milestones);
        if (evidence.data != library::DataKind::real) {
            object["data"] = to_string(evidence.data);
        }
        auto passed = Json::array();
        for (const auto& milestone : evidence.passed) {
            passed.push_back(
                Json{{"id", milestone.id}, {"title", milestone.title}, {"when", format_time(milestone.when)}});
        }
        object["passed"] = std::move(passed);
    }
    return object;
}

Json skill_json(const progress::SkillProgress& skill) {
    auto evidence = Json::array();
    for (const auto& one : skill.evidence) {
        evidence.push_back(evidence_json(one));
    }
    return Json{{"id", skill.id},
                {"title", skill.title},
                {"standing", progress::to_string(skill.standing)},
                {"evidence", std::move(evidence)},
                {"projects", skill.projects},
                {"topics", skill.topics}};
}

void write_skills(Page& page, const app::SkillsView& view, bool milestones, const system::Clock& clock) {
    std::vector<std::string> open;
    std::size_t proved = 0;
    for (const auto& skill : view.skills) {
        proved += skill.standing == SkillStanding::proved ? 1 : 0;
        if (skill.standing == SkillStanding::open) {
            open.push_back(skill.title);
            continue;
        }
        page.labelled(progress::to_string(skill.standing), tone_of(skill.standing), skill.title, 0, 9);
        for (const auto& evidence : skill.evidence) {
            page.line("            " + line_for(evidence, clock),
                      progress::proves(evidence.kind) ? Tone::usual : Tone::faint);
            for (std::size_t i = 0; milestones && i < evidence.passed.size(); ++i) {
                const auto& passed = evidence.passed[i];
                page.line("              " + passed.title + " (" + format_day(clock.day_of(passed.when)) + ")",
                          Tone::faint);
            }
        }
    }
    if (open.size() < view.skills.size()) {
        page.line();
    }
    page.line(std::to_string(proved) + " of " + count_of(view.skills.size(), "skill") + " proved.", Tone::strong);
    if (!open.empty()) {
        page.line("Nothing to show yet: " + joined(open) + ".", Tone::faint);
    }
    page.line(proved == 0 ? "A project of your own that passes, or a quiz, proves what it teaches: see `mlpath next`."
                          : "For a README or a CV: `mlpath skills --markdown`");
}

}  // namespace

Action make_skills(Options& options) {
    struct Input {
        bool markdown = false;
    };
    auto input = std::make_shared<Input>();
    options.flag("--markdown", "what is proved, and nothing else, for a README or a CV", input->markdown);
    return [input](Host& host) -> Result<Exit> {
        if (input->markdown && host.json()) {
            return fail(ErrorKind::usage, "`--json` and `--markdown` are two forms of the same", "choose one of them");
        }
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto view, app::skills(context, host.processes(), host.stop()));
        if (host.json()) {
            auto skills = Json::array();
            for (const auto& skill : view.skills) {
                skills.push_back(skill_json(skill));
            }
            host.print(Json{{"skills", std::move(skills)}, {"journal_notes", json_of(view.notes)}});
            return Exit::done;
        }
        if (input->markdown) {
            host.out().write(report::skills_markdown(view.skills, host.clock()));
        } else {
            Page page(host.out_terminal());
            write_skills(page, view, host.options().verbose, host.clock());
            host.print(page);
        }
        if (!view.unknown_because.empty()) {
            host.remark("note: whose work a project is could not be told: " + view.unknown_because);
        }
        remark_notes(host, view.notes);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
