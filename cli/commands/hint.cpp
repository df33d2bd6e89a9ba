#include "app/project/hint.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/advice.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

Action make_hint(Options& options) {
    struct Input {
        app::HintRequest request{};
        bool from_start = false;
    };
    auto input = std::make_shared<Input>();
    options.optional("PROJECT", "the project; by default the one you are in", input->request.project, Values::projects);
    options.option("--milestone", "ID", "for this milestone, or its number; by default the first that does not pass",
                   input->request.milestone, Values::milestones);
    options.flag("--from-start", "begin with the first hint again", input->from_start);
    return [input](Host& host) -> Result<Exit> {
        if (input->from_start) {
            input->request.from = app::HintFrom::start;
        }
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto hint, app::hint(context, input->request));
        if (host.json()) {
            Json object{{"finished", hint.finished}, {"project", hint.project}};
            if (!hint.finished) {
                object.update(Json{{"milestone", hint.milestone},
                                   {"milestone_title", hint.milestone_title},
                                   {"step", hint.step},
                                   {"of", hint.of},
                                   {"text", hint.text},
                                   {"last", hint.last},
                                   {"repeated", hint.repeated},
                                   {"solution_open", hint.solution_open},
                                   {"recorded", hint.recorded.ok}});
            }
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_hint(page, hint);
        host.print(page);
        if (!hint.recorded.ok) {
            host.remark("note: this hint could not be remembered (" + hint.recorded.why_not +
                        "); the next call shows it again");
        }
        remark_notes(host, hint.notes);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
