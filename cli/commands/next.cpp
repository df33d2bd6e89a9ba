#include "app/learn/next.hpp"

#include <memory>

#include "app/project/links.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/advice.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

Result<Exit> tell_all(Host& host, const app::Context& context) {
    MLPATH_TRY(const auto found, app::frontier(context));
    if (host.json()) {
        auto things = Json::array();
        for (const auto& [thing, command] : found.things) {
            things.push_back(json_of(thing, command));
        }
        Json object{{"frontier", std::move(things)}};
        if (found.achieved) {
            object["achieved"] = json_of(*found.achieved);
        }
        object["journal_notes"] = json_of(found.notes);
        host.print(std::move(object));
        return Exit::done;
    }
    Page page(host.out_terminal());
    write_frontier(page, found);
    host.print(page);
    remark_notes(host, found.notes);
    host.remark(app::link_notes(context));
    return Exit::done;
}

}  // namespace

Action make_next(Options& options) {
    const auto all = std::make_shared<bool>(false);
    options.flag("--all", "list everything that could be done now, the best first", *all);
    return [all](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        if (*all) {
            return tell_all(host, context);
        }
        MLPATH_TRY(const auto found, app::next(context));
        if (host.json()) {
            auto learn = Json::array();
            for (const auto& topic : found.advice.learn) {
                Json entry{{"topic", topic.topic}, {"title", topic.title}};
                put(entry, "resource_title", topic.resource_title);
                put(entry, "resource_url", topic.resource_url);
                entry["asked"] = topic.asked;
                learn.push_back(std::move(entry));
            }
            Json object{
                {"next", json_of(found.advice.next, found.command)},
                {"learn", std::move(learn)},
                {"more", Json{{"projects", found.advice.more.projects}, {"planned", found.advice.more.planned}}},
                {"notes", found.advice.notes}};
            if (found.achieved) {
                object["achieved"] = json_of(*found.achieved);
            }
            object["journal_notes"] = json_of(found.notes);
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_next(page, found);
        host.print(page);
        remark_notes(host, found.notes);
        host.remark(app::link_notes(context));
        return Exit::done;
    };
}

}  // namespace mlpath::cli
