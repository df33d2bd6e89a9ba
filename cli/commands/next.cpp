#include "app/next.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

using progress::NextKind;

std::string headline(const progress::NextThing& next) {
    switch (next.kind) {
        case NextKind::open_again: return "Open again: " + next.milestone_title;
        case NextKind::milestone: return "Next: " + next.milestone_title;
        case NextKind::project: return "Next: start " + next.title;
        case NextKind::topic: return "Next: learn " + next.title;
        case NextKind::goal: return "Next: " + next.title;
        case NextKind::finished: return "Everything here is done.";
    }
    return "";
}

std::string circumstances(const progress::NextThing& next) {
    std::vector<std::string> parts;
    const bool in_project = next.kind == NextKind::open_again || next.kind == NextKind::milestone;
    if (in_project) {
        parts.push_back(next.title);
        parts.push_back(words_for(progress::Count{next.done, next.total}) + " milestones done");
    }
    parts.push_back(next.stage_title);
    if (next.hours && !in_project) {
        parts.push_back(words_for(*next.hours));
    }
    if (next.optional) {
        parts.emplace_back("optional");
    }
    return joined(parts, "; ");
}

// The first few: a long list would bury the one command.
void write_learn(Page& page, const std::vector<progress::LearnAdvice>& learn, const std::string& stage) {
    constexpr std::size_t most = 3;
    if (learn.empty()) {
        return;
    }
    page.line().line("Worth learning beside it:");
    for (std::size_t i = 0; i < learn.size() && i < most; ++i) {
        const auto& topic = learn[i];
        page.line("  " + topic.title + " (" + topic.topic + (topic.hours ? ", " + words_for(*topic.hours) : "") + ")");
        if (!topic.resource_url.empty()) {
            page.verbatim("    " + topic.resource_url, Tone::faint);
        }
    }
    if (learn.size() > most && !stage.empty()) {
        page.line("  and " + std::to_string(learn.size() - most) + " more: `mlpath show " + stage + "`");
    }
    page.line("  When you know one: `mlpath done " + learn.front().topic + "`");
}

void write_next(Page& page, const app::Next& found) {
    const auto& next = found.advice.next;
    page.line(headline(next), Tone::strong);
    if (const auto text = circumstances(next); !text.empty()) {
        page.line(text, Tone::faint);
    }
    if (!next.says.empty()) {
        page.line().line(next.says);
    }
    if (!found.command.empty()) {
        page.line().command(found.command).line();
    }
    if (!next.why.empty()) {
        page.line("Why this: " + next.why);
    }
    if (!next.others.empty()) {
        page.line("Or choose instead: " + joined(next.others));
    }
    write_learn(page, found.advice.learn, next.stage);
    if (!found.advice.notes.empty()) {
        page.line();
    }
    for (const auto& note : found.advice.notes) {
        page.labelled("note:", Tone::faint, note);
    }
}

}  // namespace

Action make_next(Options&) {
    return [](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto found, app::next(context));
        if (host.json()) {
            auto learn = Json::array();
            for (const auto& topic : found.advice.learn) {
                Json entry{{"topic", topic.topic}, {"title", topic.title}};
                put(entry, "resource_title", topic.resource_title);
                put(entry, "resource_url", topic.resource_url);
                learn.push_back(std::move(entry));
            }
            host.print(Json{{"next", json_of(found.advice.next, found.command)},
                            {"learn", std::move(learn)},
                            {"notes", found.advice.notes},
                            {"journal_notes", json_of(found.notes)}});
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_next(page, found);
        host.print(page);
        remark_notes(host, found.notes);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
