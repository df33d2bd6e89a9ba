#include "complete.hpp"

#include <algorithm>

#include "app/project/here.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "host.hpp"
#include "library/package_group.hpp"

namespace mlpath::cli {

namespace {

void add_options(const std::vector<OptionInfo>& infos, std::vector<Candidate>& candidates) {
    for (const auto& info : infos) {
        if (!info.positional) {
            const auto names = split(info.names, ',');
            candidates.push_back({std::string(names.back()), info.help});
        }
    }
}

const OptionInfo* option_named(const Options& options, std::string_view name) {
    for (const auto* list : {&options.own(), &options.shared()}) {
        for (const auto& info : *list) {
            const auto names = split(info.names, ',');
            if (!info.positional && std::find(names.begin(), names.end(), name) != names.end()) {
                return &info;
            }
        }
    }
    return nullptr;
}

// The positional that the word at the end of `words` fills: the last one takes all that follow, where it repeats.
const OptionInfo* positional_at(const Options& options, const std::vector<std::string>& words) {
    std::size_t place = 0;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i].starts_with('-')) {
            const auto* option = option_named(options, words[i]);
            i += option != nullptr && !option->placeholder.empty() ? 1 : 0;
        } else {
            ++place;
        }
    }
    const OptionInfo* last = nullptr;
    for (const auto& info : options.own()) {
        if (info.positional) {
            last = &info;
            if (place-- == 0) {
                return last;
            }
        }
    }
    return last != nullptr && last->repeated ? last : nullptr;
}

template <typename Things>
void add_all(const Things& things, std::vector<Candidate>& candidates) {
    for (const auto& thing : things) {
        candidates.push_back({thing.id, thing.title});
    }
}

// Projects that can be started; a planned one is of no use on a command line, but for `show`.
void add_projects(const library::Index& index, bool planned, std::vector<Candidate>& candidates) {
    for (const auto& project : index.projects) {
        if (planned || project.status == library::ProjectStatus::ready) {
            candidates.push_back({project.id, project.title});
        }
    }
}

void add_goals(const std::vector<library::Stage>& stages, std::vector<Candidate>& candidates) {
    for (const auto& stage : stages) {
        for (const auto& goal : stage.goals) {
            candidates.push_back({goal.id, goal.text});
        }
        add_goals(stage.stages, candidates);
    }
}

void add_from_library(Host& host, Values values, std::vector<Candidate>& candidates) {
    const auto found = host.index();
    if (!found) {
        return;  // completion has no place for errors
    }
    const auto& index = **found;
    const bool all = values == Values::ids;
    if (all || values == Values::projects || values == Values::work) {
        add_projects(index, all, candidates);
    }
    if (all || values == Values::work || values == Values::learning) {
        for (const auto& curriculum : index.curricula) {
            add_goals(curriculum.stages, candidates);
        }
    }
    if (all || values == Values::topics || values == Values::learning) {
        add_all(index.topics, candidates);
    }
    if (all || values == Values::datasets) {
        add_all(index.datasets, candidates);
    }
    if (all || values == Values::curricula) {
        add_all(index.curricula, candidates);
    }
}

// Of the project among `words`, or of the one here.
void add_milestones(Host& host, const std::vector<std::string>& words, std::vector<Candidate>& candidates) {
    const auto context = host.context();
    if (!context) {
        return;
    }
    const library::IndexProject* project = nullptr;
    for (const auto& word : words) {
        const auto* const named =
            context->index.projects.find(context->index.renamed.now(library::IdKind::project, word));
        project = project == nullptr ? named : project;
    }
    const auto here = app::find_here(*context);
    project = project == nullptr && here ? context->index.projects.find(here->project) : project;
    if (project != nullptr) {
        add_all(project->milestones, candidates);
    }
}

// Groups of packages, and the projects that ask for one.
void add_environments(Host& host, std::vector<Candidate>& candidates) {
    const auto context = host.context();
    if (!context) {
        return;
    }
    for (const auto& id : library::package_group_ids(context->content)) {
        const auto group = library::load_package_group(context->content, id);
        candidates.push_back({id, group ? group->title : std::string()});
    }
    add_projects(context->index, false, candidates);
}

std::vector<Candidate> values_of(Host& host, const OptionInfo& info, const std::vector<std::string>& words) {
    std::vector<Candidate> candidates;
    for (const auto& choice : info.choices) {
        candidates.push_back({choice, {}});
    }
    if (info.values == Values::commands) {
        for (const auto& command : all_commands()) {
            candidates.push_back({std::string(command.name), std::string(command.summary)});
        }
    }
    const auto values = info.values;
    if (values == Values::milestones) {
        add_milestones(host, words, candidates);
    }
    if (values == Values::environments) {
        add_environments(host, candidates);
    }
    if (values == Values::projects || values == Values::topics || values == Values::datasets ||
        values == Values::curricula || values == Values::ids || values == Values::work || values == Values::learning) {
        add_from_library(host, values, candidates);
    }
    return candidates;
}

std::vector<Candidate> candidates_for(Host& host, const std::vector<std::string>& words) {
    std::vector<Candidate> candidates;
    GlobalOptions unused;
    if (words.size() <= 1) {
        for (const auto& command : all_commands()) {
            candidates.push_back({std::string(command.name), std::string(command.summary)});
        }
        Options shared("");
        shared.globals(unused);
        add_options(shared.shared(), candidates);
        candidates.push_back({"--version", "show the version"});
        return candidates;
    }
    const auto* command = find_command(words.front());
    if (command == nullptr) {
        return {};
    }
    Options options{std::string(command->name)};
    options.globals(unused);
    const auto action = command->make(options);
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (rest.size() > 1 && rest[rest.size() - 2].starts_with('-')) {
        const auto* option = option_named(options, rest[rest.size() - 2]);
        if (option != nullptr && !option->placeholder.empty()) {
            return values_of(host, *option, rest);
        }
    }
    if (rest.back().starts_with('-')) {
        add_options(options.own(), candidates);
        add_options(options.shared(), candidates);
        return candidates;
    }
    const auto* positional = positional_at(options, rest);
    return positional == nullptr ? std::vector<Candidate>{} : values_of(host, *positional, rest);
}

constexpr std::string_view bash_script = R"(# mlpath completion for bash. Load it with:
#   source <(mlpath completion bash)
_mlpath() {
    local word says
    COMPREPLY=()
    while IFS=$'\t' read -r word says; do
        COMPREPLY+=("$word")
    done < <(mlpath __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _mlpath mlpath
)";

constexpr std::string_view zsh_script = R"(#compdef mlpath
# mlpath completion for zsh. Load it after compinit with:
#   source <(mlpath completion zsh)
_mlpath() {
    local word says
    local -a candidates
    while IFS=$'\t' read -r word says; do
        candidates+=("${word//:/\\:}:$says")
    done < <(mlpath __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#candidates} )); then
        _describe mlpath candidates
    else
        _files
    fi
}
compdef _mlpath mlpath
)";

constexpr std::string_view fish_script = R"(# mlpath completion for fish. Load it with:
#   mlpath completion fish | source
function __mlpath_complete
    set -l words (commandline -opc)
    mlpath __complete $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c mlpath -a '(__mlpath_complete)'
)";

}  // namespace

std::vector<Candidate> complete(Host& host, const std::vector<std::string>& words) {
    auto candidates = candidates_for(host, words);
    const auto typed = words.empty() ? std::string() : words.back();
    std::erase_if(candidates, [&](const Candidate& candidate) {
        return !candidate.word.starts_with(typed) || (typed.empty() && candidate.word.starts_with('-'));
    });
    return candidates;
}

std::string_view completion_script(std::string_view shell) {
    return shell == "bash" ? bash_script : shell == "zsh" ? zsh_script : fish_script;
}

}  // namespace mlpath::cli
