#include "render/advice.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

using progress::NextKind;

std::string headline(const progress::NextThing& next) {
    switch (next.kind) {
        case NextKind::open_again: return "Open again: " + next.milestone_title;
        case NextKind::review: return "Next: " + next.title;
        case NextKind::milestone: return "Next: " + next.milestone_title;
        case NextKind::project: return "Next: start " + next.title;
        case NextKind::topic: return "Next: learn " + next.title;
        case NextKind::goal: return "Next: " + next.title;
        case NextKind::finished: return "Everything here is done.";
    }
    return "";
}

std::string rank_words(const progress::NextThing& next) {
    return next.optional ? "optional" : next.core ? "" : "more practice";
}

std::string circumstances(const progress::NextThing& next) {
    std::vector<std::string> parts;
    const bool in_project = next.kind == NextKind::open_again || next.kind == NextKind::milestone;
    if (in_project) {
        parts.push_back(next.title);
        parts.push_back(words_for(progress::Count{next.done, next.total}, "milestone") + " done");
    }
    parts.push_back(next.stage_title);
    if (next.hours && !in_project) {
        parts.push_back(words_for(*next.hours));
    }
    parts.push_back(rank_words(next));
    return joined(parts, "; ");
}

std::string list_of_titles(const std::vector<std::string>& titles) {
    std::string text;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == titles.size() ? " and " : ", ") + ("\"" + titles[i] + "\"");
    }
    return text;
}

// The first few: a long list would bury the one command.
void write_learn(Page& page, const std::vector<progress::LearnAdvice>& learn, const std::string& stage) {
    constexpr std::size_t most = 3;
    if (learn.empty()) {
        return;
    }
    page.line().line("Worth learning beside it:");
    // What is asked for, and where nothing is, the first of what the stage has.
    const auto asked = static_cast<std::size_t>(std::ranges::count(learn, true, &progress::LearnAdvice::asked));
    const auto shown = std::min(most, asked > 0 ? asked : learn.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& topic = learn[i];
        page.line("  " + topic.title + " (" + topic.topic + (topic.hours ? ", " + words_for(*topic.hours) : "") + ")");
        if (!topic.resource_url.empty()) {
            page.verbatim("    " + topic.resource_url, Tone::faint);
        }
    }
    if (learn.size() > shown && !stage.empty()) {
        page.line("  and " + std::to_string(learn.size() - shown) + " more: `mlpath show " + stage + "`");
    }
    page.line("  When you know one: `mlpath done " + learn.front().topic + "`");
}

// In one line: what is there to be built, and how much is still to come.
void write_more(Page& page, const progress::MorePractice& more) {
    constexpr std::size_t most = 5;
    std::vector<std::string> parts(more.projects.begin(), more.projects.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                                      most, more.projects.size())));
    if (more.projects.size() > most) {
        parts.push_back(std::to_string(more.projects.size() - most) + " more");
    }
    if (more.planned > 0) {
        parts.push_back(count_of(more.planned, "project") + " to come");
    }
    if (!parts.empty()) {
        page.line().line("More practice in this stage, when you like: " + joined(parts));
    }
}

}  // namespace

void write_achieved(Page& page, const app::Achieved& achieved) {
    page.line("You have done all of " + list_of_titles(achieved.roadmaps) + ".", Tone::good);
    std::vector<std::string> parts;
    if (achieved.projects > 0) {
        parts.push_back(count_of(achieved.projects, "project") + " with " + count_of(achieved.milestones, "milestone"));
    }
    for (const auto& [count, what] : {std::pair{achieved.topics, "topic"}, {achieved.goals, "goal"}}) {
        parts.push_back(count > 0 ? count_of(count, what) : "");
    }
    if (const auto all = joined(parts); !all.empty()) {
        page.line("That is " + all + ": an achievement to be proud of.");
    }
    if (achieved.planned > 0) {
        page.line(count_of(achieved.planned, "more project") + (achieved.planned == 1 ? " is" : " are") +
                      " planned and will come with a later mlpath.",
                  Tone::faint);
    }
    page.line().line("What there is besides:");
    for (const auto& offer : achieved.offers) {
        page.line("  " + offer.says);
        page.verbatim("    " + offer.command, Tone::faint);
    }
}

Json json_of(const app::Achieved& achieved) {
    auto offers = Json::array();
    for (const auto& offer : achieved.offers) {
        offers.push_back(Json{{"command", offer.command}, {"says", offer.says}});
    }
    return Json{{"roadmaps", achieved.roadmaps}, {"projects", achieved.projects}, {"milestones", achieved.milestones},
                {"topics", achieved.topics},     {"goals", achieved.goals},       {"planned", achieved.planned},
                {"offers", std::move(offers)}};
}

void write_next(Page& page, const app::Next& found) {
    const auto& next = found.advice.next;
    if (found.achieved) {
        write_achieved(page, *found.achieved);
        return;
    }
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
    write_more(page, found.advice.more);
    if (!found.advice.notes.empty()) {
        page.line();
    }
    for (const auto& note : found.advice.notes) {
        page.labelled("note:", Tone::faint, note);
    }
}

void write_frontier(Page& page, const app::Frontier& frontier) {
    if (frontier.achieved) {
        write_achieved(page, *frontier.achieved);
        return;
    }
    page.line("All that you could do now, the best first:", Tone::strong);
    std::string stage;
    for (const auto& [thing, command] : frontier.things) {
        if (thing.stage_title != stage) {
            stage = thing.stage_title;
            page.line().line(stage.empty() ? "Outside of your roadmap" : stage, Tone::faint);
        }
        std::vector<std::string> parts{headline(thing)};
        if (thing.hours && thing.kind != NextKind::open_again && thing.kind != NextKind::milestone) {
            parts.push_back(words_for(*thing.hours));
        }
        parts.push_back(rank_words(thing));
        page.line("  " + joined(parts, "; "));
        page.verbatim("    " + command, Tone::faint);
    }
}

void write_hint(Page& page, const app::Hint& hint, Asking asking) {
    if (hint.finished) {
        page.line("Every milestone passes: no hint is needed.");
        page.line().line("See what is next:").command("mlpath next");
        return;
    }
    if (asking == Asking::by_command) {  // else it stands above already
        page.line(hint.milestone_title, Tone::strong);
    }
    page.line("Hint " + std::to_string(hint.step) + " of " + std::to_string(hint.of), Tone::faint);
    page.line().line(hint.text).line();
    if (hint.repeated) {
        page.line("That was the last hint, shown once more.");
    }
    if (hint.solution_open) {
        page.line("To read how we would do it:").command("mlpath solution");
    } else if (!hint.last) {
        page.line(asking == Asking::by_key ? "Still stuck? The key h again says more."
                                           : "Still stuck? `mlpath hint` again says more.");
    }
}

}  // namespace mlpath::cli
