#include "commands.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "commands/all.hpp"

namespace mlpath::cli {

namespace {

constexpr auto at_once = Interrupt::at_once;
constexpr auto gracefully = Interrupt::gracefully;
constexpr auto on_screen = Interrupt::on_screen;

// In the order in which people are told of them.
constexpr std::array commands{
    Command{"init", Group::start, "Make a workspace", "mlpath init my-ml-path", gracefully, make_init},
    Command{"next", Group::start, "Say what comes next, and the command that does it", "mlpath next", at_once,
            make_next},
    Command{"new", Group::work, "Start a project: its folder, its brief, its data", "mlpath new iris", gracefully,
            make_new},
    Command{"check", Group::work, "Run the checks of the project you are in, and remember what passes",
            "mlpath check iris", gracefully, make_check},
    Command{"watch", Group::work, "Run the checks at every save", "mlpath watch iris", on_screen, make_watch},
    Command{"hint", Group::work, "Give a hint, one step further each time", "mlpath hint", at_once, make_hint},
    Command{"diff", Group::work, "Show what you changed since the project was made", "mlpath diff", at_once, make_diff},
    Command{"reset", Group::work, "Restore files to how they were given, keeping yours", "mlpath reset iris flowers.py",
            gracefully, make_reset},
    Command{"solution", Group::work, "Read our solution, once it is earned, or take it", "mlpath solution iris",
            gracefully, make_solution},
    Command{"quiz", Group::know, "Answer questions about a topic; a pass marks it as learned", "mlpath quiz numpy",
            gracefully, make_quiz},
    Command{"review", Group::know, "Answer again what is due, before it fades", "mlpath review", gracefully,
            make_review},
    Command{"kata", Group::know, "Write a function of a few lines, checked at once", "mlpath kata pandas", gracefully,
            make_kata},
    Command{"interview", Group::know, "Be asked what an interviewer would ask of your work", "mlpath interview",
            gracefully, make_interview},
    Command{"assess", Group::know, "Test out of the topics that you know already", "mlpath assess", gracefully,
            make_assess},
    Command{"status", Group::learn, "Show your progress over the curriculum", "mlpath status", at_once, make_status},
    Command{"done", Group::learn, "Mark a topic as learned or a goal as reached", "mlpath done numpy", gracefully,
            make_done},
    Command{"skills", Group::learn, "Show what you can do, and what proves it", "mlpath skills --markdown", gracefully,
            make_skills},
    Command{"plan", Group::learn, "Lay the curriculum over the calendar, at your hours a week",
            "mlpath plan --hours-per-week 5", at_once, make_plan},
    Command{"list", Group::learn, "List curricula, projects, datasets, topics or goals", "mlpath list projects",
            at_once, make_list},
    Command{"show", Group::learn, "Tell everything about one of them, or of a project's milestone",
            "mlpath show titanic 2", at_once, make_show},
    Command{"verify", Group::prove, "Prove portfolios from scratch, trusting only sources",
            "mlpath verify . --require own", gracefully, make_verify},
    Command{"score", Group::prove, "Compute metrics of predictions against the truth",
            "mlpath score truth.csv predictions.csv --key id --column label --metric f1", gracefully, make_score},
    Command{"fetch", Group::prove, "Get datasets, verified, into the cache", "mlpath fetch titanic", gracefully,
            make_fetch},
    Command{"env", Group::prove, "Make the Python environment that a project asks for, shown before it is made",
            "mlpath env iris", gracefully, make_env},
    Command{"library", Group::author, "Use curricula and projects of others, pinned to what they are",
            "mlpath library add ../acme-library", gracefully, make_library},
    Command{"author", Group::author, "Begin a project like another, and see how its answers are judged",
            "mlpath author new my-churn --like titanic", gracefully, make_author},
    Command{"lint", Group::author, "Find the faults of a library, a project or a file", "mlpath lint my-library",
            gracefully, make_lint},
    Command{"selftest", Group::author, "Prove that projects judge rightly", "mlpath selftest iris --splits 20",
            gracefully, make_selftest},
    Command{"schema", Group::author, "Print the schemas of the files, or write them where `$schema` points",
            "mlpath schema --write my-library", gracefully, make_schema},
    Command{"doctor", Group::tools, "Say what works here, and what helps where it does not", "mlpath doctor",
            gracefully, make_doctor},
    Command{"completion", Group::tools, "Print the completion script of a shell", "mlpath completion bash", at_once,
            make_completion},
    Command{"help", Group::tools, "Show what a command does and takes", "mlpath help check", at_once, make_help},
};

}  // namespace

std::string_view title_of(Group group) {
    switch (group) {
        case Group::start: return "Start here";
        case Group::work: return "Work on a project";
        case Group::know: return "Know it";
        case Group::learn: return "See where you are";
        case Group::prove: return "Data, scores and proof";
        case Group::author: return "For authors";
        case Group::tools: return "Tools";
    }
    return "";
}

std::span<const Command> all_commands() { return commands; }

const Command* find_command(std::string_view name) {
    const auto found =
        std::find_if(commands.begin(), commands.end(), [name](const Command& command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

Error unknown_command(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& command : commands) {
        names.emplace_back(command.name);
    }
    auto near = nearest(name, names);
    if (!near && name.size() > 1) {
        const auto longer = std::find_if(names.begin(), names.end(),
                                         [name](const std::string& full) { return full.starts_with(name); });
        if (longer != names.end()) {
            near = *longer;
        }
    }
    return Error{ErrorKind::usage,
                 "unknown command `" + std::string(name) + "`",
                 {},
                 near ? "did you mean `mlpath " + *near + "`?" : "`mlpath --help` lists the commands"};
}

}  // namespace mlpath::cli
