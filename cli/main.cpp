// The only place that builds real objects and turns errors into exit codes.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/text.hpp"
#include "commands.hpp"
#include "commands/all.hpp"
#include "complete.hpp"
#include "help.hpp"
#include "host.hpp"
#include "logging/logger.hpp"
#include "logging/wish.hpp"
#include "render/error.hpp"
#include "run/logged.hpp"
#include "signals.hpp"
#include "stray_words.hpp"
#include "system/launcher.hpp"
#include "system/shell_limits.hpp"

namespace mlpath::cli {

namespace {

struct CommandLine {
    std::string command{};             // empty: none was named
    std::vector<std::string> words{};  // all but the command
    bool version = false;
};

constexpr std::array<std::string_view, 5> shared_with_value{"-C", "--library", "--color", "--log-level", "--log-file"};

// The first word that is no option is the command; shared options may stand before it.
CommandLine split_command_line(const std::vector<std::string>& words) {
    CommandLine line;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with('-')) {
            line.command = word;
            line.words.insert(line.words.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
            return line;
        }
        if (word == "--version") {
            line.version = true;
            continue;
        }
        line.words.push_back(word);
        if (std::ranges::find(shared_with_value, word) != shared_with_value.end() && i + 1 < words.size()) {
            line.words.push_back(words[++i]);
        }
    }
    return line;
}

// Who hears what is done, for the time of a run.
struct Hearing {
    bool wanted = false;               // whether or not it could be had
    std::unique_ptr<Logger> logger{};  // null: nobody
    std::optional<run::LoggedProcesses> processes{};
};

// From here on the log hears what is done.
Status listen(const LogWish& wish, const CommandLine& line, Host& host, Hearing& hearing) {
    hearing.wanted = wish.level != LogLevel::off;
    MLPATH_TRY(hearing.logger, open_logger(wish));
    if (hearing.logger != nullptr) {
        const Log log(*hearing.logger);
        hearing.processes.emplace(host.processes(), log);
        host.listen(log, hearing.logger->place(), *hearing.processes);
        log.info("mlpath begins", [&] {
            return LogFields{{"version", MLPATH_VERSION},
                             {"command", line.command.empty() ? "none" : line.command},
                             {"words", shell_line(line.words)}};
        });
    }
    return {};
}

Result<Exit> run(const CommandLine& line, Host& host, Hearing& hearing) {
    if (line.version) {
        if (host.json()) {
            host.print(Json{{"version", MLPATH_VERSION}});
        } else {
            host.out().write("mlpath " MLPATH_VERSION "\n");
        }
        return Exit::done;
    }
    if (line.command == "__complete") {
        for (const auto& candidate : complete(host, line.words)) {
            host.out().write(candidate.word + (candidate.says.empty() ? "" : "\t" + candidate.says) + "\n");
        }
        return Exit::done;
    }
    const bool bare = line.command.empty();
    const auto* command = find_command(line.command);
    if (command == nullptr && !bare) {
        return fail(unknown_command(line.command));
    }
    Options options{line.command};
    options.globals(host.options());
    const auto action = bare ? make_bare(options) : command->make(options);
    if (const auto parsed = options.parse(line.words); !parsed) {
        return fail(with_stray_words_explained(parsed.error(), options, line.words));
    }
    MLPATH_TRY(const auto wish,
               log_wish(host.options().log_level, host.options().log_file, host.environment().get(log_variable)));
    if (wish.level != LogLevel::off && wish.file.empty()) {
        host.options().plain = true;  // nothing is drawn over where lines of a log come between
    }
    host.look_around();
    if (host.options().help) {
        if (bare) {
            show_help(host);
        } else {
            show_help(host, *command, options);
        }
        return Exit::done;
    }
    if (const auto& folder = host.options().folder; !folder.empty() && ::chdir(folder.c_str()) != 0) {
        return fail(ErrorKind::usage, "cannot go to `" + folder + "`: " + std::strerror(errno));
    }
    MLPATH_CHECK(listen(wish, line, host, hearing));
    auto outcome = action(host);
    return outcome ? outcome : fail(with_stray_words_explained(outcome.error(), options, line.words));
}

Exit report(const Error& error, Host& host) {
    if (host.json()) {
        auto told = error_json(error);
        if (!host.log_place().empty()) {
            told["error"]["log"] = host.log_place();
        }
        host.print(std::move(told));
    }
    Page page(host.err_terminal());
    write_error(page, error);
    host.err().write(page.take());
    return exit_of(error.kind);
}

std::optional<system::ShellLimit> tight_limit(system::Limited what) {
    const auto limits = system::tight_limits();
    const auto found = std::ranges::find(limits, what, &system::ShellLimit::what);
    return found == limits.end() ? std::nullopt : std::optional(*found);
}

Error out_of_memory() {
    if (const auto limit = tight_limit(system::Limited::address_space)) {
        return {ErrorKind::io, "out of memory: " + system::in_words(*limit), {}, system::remedy_of(*limit)};
    }
    return {ErrorKind::io, "out of memory", {}, "close other programs, or work on less data"};
}

// A thread that could not be started, as a rule.
Error refused_by_system(const std::system_error& error) {
    if (error.code() != std::errc::resource_unavailable_try_again) {
        return {ErrorKind::internal,
                std::string("a defect of mlpath: ") + error.what(),
                {},
                "please report it with the command that you ran"};
    }
    const auto limit = tight_limit(system::Limited::processes);
    return {ErrorKind::io,
            "the system starts no more threads or processes for you" + (limit ? ": " + system::in_words(*limit) : ""),
            {},
            limit ? system::remedy_of(*limit) : "close other programs and run the command again"};
}

// What the log hears last, and what people hear of the log: where it is, or how to get one, where we could not tell.
void conclude(Exit exit, const Result<Exit>& outcome, Host& host, const Hearing& hearing) {
    const auto& log = host.log();
    if (!outcome) {
        log.error("mlpath gives up", [&] {
            return LogFields{{"kind", std::string(kind_name(outcome.error().kind))}, {"why", outcome.error().message}};
        });
    }
    log.info("mlpath ends", [&] { return LogFields{{"exit", std::to_string(static_cast<int>(exit))}}; });
    const auto written = hearing.logger == nullptr ? Status() : hearing.logger->status();
    if (!written) {
        host.remark(written.error().message);
    } else if (exit == Exit::untold && !hearing.wanted) {
        host.remark("To see why, run it again with `--log-level debug`; `--log-file FILE` keeps what it tells.");
    } else if (exit == Exit::untold && hearing.logger != nullptr && hearing.logger->goes_to_file()) {
        host.remark("The log of this run: " + printable(hearing.logger->place()));
    }
}

int run_main(const std::vector<std::string>& words) {
    const auto line = split_command_line(words);
    const auto* command = find_command(line.command);
    const auto stop = handle_interrupts(command == nullptr ? Interrupt::at_once : command->interrupt);

    const system::RealEnvironment environment;
    const system::RealClock clock;
    system::RealRandom random;
    system::RealProcesses processes;
    Host host(environment, clock, random, processes, stop);
    // Known before the options are parsed, so that a mistake among them is told in the way that was asked for.
    for (const auto& word : words) {
        if (word == "--") {
            break;
        }
        host.options().json = host.options().json || word == "--json" || word.starts_with("--json=");
    }
    host.look_around();

    Hearing hearing;
    Result<Exit> outcome = Exit::done;
    try {
        outcome = run(line, host, hearing);
    } catch (const std::bad_alloc&) {
        outcome = fail(out_of_memory());
    } catch (const std::system_error& error) {
        outcome = fail(refused_by_system(error));
    } catch (const std::exception& error) {
        outcome = fail(ErrorKind::internal, std::string("a defect of mlpath: ") + error.what(),
                       "please report it with the command that you ran");
    }
    auto exit = outcome ? *outcome : report(outcome.error(), host);
    if (const auto written = host.out().status(); !written) {
        Page page(host.err_terminal());
        write_error(page, written.error());
        host.err().write(page.take());
        exit = Exit::untold;
    }
    conclude(exit, outcome, host, hearing);
    host.err().flush();
    return static_cast<int>(exit);
}

}  // namespace

}  // namespace mlpath::cli

int main(int argc, char** argv) {
    if (argc > 1 && argv[1] == mlpath::system::launcher_command) {
        return mlpath::system::launcher_main(argc, argv);
    }
    mlpath::cli::prepare_process();
    return mlpath::cli::run_main(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
