#include "app/author/wanted.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "library/guest.hpp"

namespace mlpath::app {

namespace {

// A topic and a project may share an id; a planned project has nothing to test, its topic's quiz has.
Wanted named(const Context& context, const SelftestRequest& request) {
    Wanted wanted;
    const auto add_once = [](std::vector<std::string>& ids, std::string_view id) {
        if (std::ranges::find(ids, id) == ids.end()) {
            ids.emplace_back(id);
        }
    };
    for (const auto& id : request.ids) {
        const auto quiz = context.index.renamed.now(library::IdKind::quiz, id);
        const auto named = context.index.renamed.now(library::IdKind::project, id);
        const bool is_quiz = request.kinds != SelftestRequest::Kinds::projects && context.index.quizzes.contains(quiz);
        const auto* const project = context.index.projects.find(named);
        if (is_quiz) {
            add_once(wanted.quizzes, quiz);
        }
        if (!is_quiz || (project != nullptr && project->status == library::ProjectStatus::ready)) {
            add_once(wanted.projects, named);
        }
    }
    return wanted;
}

Wanted all_of(const Context& context, const std::vector<std::string>& libraries) {
    const auto counts = [&](const std::string& id) {
        return libraries.empty() || std::ranges::any_of(libraries, [&](const std::string& library) {
                   return library::belongs_to(id, library);
               });
    };
    Wanted wanted;
    for (const auto& project : context.index.projects) {
        if (project.status == library::ProjectStatus::ready && counts(project.id)) {
            wanted.projects.push_back(project.id);
        }
    }
    std::ranges::copy_if(context.index.quizzes.ids(), std::back_inserter(wanted.quizzes), counts);
    return wanted;
}

// Every so-many-th: neighbors differ less in what they cost than the beginning of a list from its end.
void take_shard(const Shard& shard, Wanted& wanted) {
    std::size_t place = 0;
    const auto is_others = [&](const std::string& /*id*/) { return place++ % shard.of != shard.number - 1; };
    for (auto* const ids : {&wanted.projects, &wanted.quizzes}) {
        std::vector<std::string> own;
        std::ranges::remove_copy_if(*ids, std::back_inserter(own), is_others);
        *ids = std::move(own);
    }
}

}  // namespace

Result<Wanted> wanted_by(const Context& context, const SelftestRequest& request) {
    auto wanted = request.ids.empty() ? all_of(context, request.libraries) : named(context, request);
    if (wanted.projects.empty() && wanted.quizzes.empty()) {
        return fail(ErrorKind::usage,
                    "there is nothing to test yet" +
                        (request.libraries.empty() ? std::string() : " in " + list_of(request.libraries)),
                    "a project is tested once its `status` is `ready`, and a quiz always");
    }
    take_shard(request.shard, wanted);
    return wanted;
}

}  // namespace mlpath::app
