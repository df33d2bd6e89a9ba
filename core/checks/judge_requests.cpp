#include "checks/judge_requests.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/walk.hpp"
#include "checks/judge_reader.hpp"
#include "checks/subject.hpp"
#include "run/by_shell.hpp"
#include "run/causes.hpp"

namespace mlpath::checks {

namespace {

constexpr std::uintmax_t most_bytes = 64u << 20;  // of one source or artifact that a script reads

// Whatever the learner's program printed has to pass: what is no UTF-8 is replaced.
std::string line_of(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

std::string text_in(const Json& asked, const char* key) {
    const auto found = asked.find(key);
    return found != asked.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Of `driver.py`: what stands beside it as `driver_….py`.
Result<std::vector<fs::path>> parts_of(const fs::path& script) {
    const auto begins = script.stem().string() + "_";
    std::vector<fs::path> parts;
    MLPATH_CHECK(walk(script.parent_path(), [&](const Met& met) -> Result<Step> {
        if (met.kind == Met::Kind::file && met.path.starts_with(begins) && met.path.ends_with(".py")) {
            parts.push_back(script.parent_path() / met.path);
        }
        return Step::past;
    }));
    return parts;
}

double seconds_in(const Json& asked) {
    const auto seconds = asked.find("seconds");
    return seconds != asked.end() && seconds->is_number() ? std::clamp(seconds->get<double>(), 0.1, 3600.0) : 60.0;
}

// A chain of steps leaves all that it writes in one folder.
void add_written(const library::Project& project, const std::string& id, std::set<std::string>& seen,
                 std::set<std::string>& paths) {
    const auto step = std::ranges::find(project.steps, id, &library::Step::id);
    if (step == project.steps.end() || !seen.insert(id).second) {
        return;
    }
    paths.insert(step->writes.begin(), step->writes.end());
    for (const auto& need : step->needs) {
        add_written(project, need, seen, paths);
    }
}

// Beside or instead of what lies in the learner's folder.
Result<std::vector<run::LaidFile>> files_in(const Json& told) {
    std::vector<run::LaidFile> files;
    for (const auto& file : told) {
        files.push_back({text_in(file, "path"), text_in(file, "text"), {}});
        if (!stays_inside(files.back().path)) {
            return fail(ErrorKind::malformed, "the script lays a file outside of the learner's folder");
        }
    }
    return files;
}

std::string_view word_for(system::Ending ending) {
    switch (ending) {
        case system::Ending::exited: return "exited";
        case system::Ending::timed_out:
        case system::Ending::out_of_cpu_time: return "late";
        default: return "stopped";
    }
}

std::string request_of(const Json& asked) {
    return Json{{"function", text_in(asked, "function")}, {"arguments", asked.value("arguments", Json::object())}}
        .dump();
}

// How many a driver wants for what it starts. As many as a kernel of Jupyter listens on would do.
std::size_t ports_in(const Json& asked) {
    constexpr std::size_t most = 8;
    const auto ports = asked.value("ports", Json());
    return ports.is_number_unsigned() ? std::min(ports.get<std::size_t>(), most) : 0;
}

std::chrono::milliseconds wait_of(const Json& asked) {
    return std::chrono::milliseconds(std::llround(seconds_in(asked) * 1000));
}

// What the judge is told of a driver's answer.
Evaluation::Told answer_of(const Driver::Reply& reply) {
    if (!reply.ended.empty()) {
        auto finding = failed("what runs your program for this check " + reply.ended,
                              "the program ends the interpreter that it runs in, or never comes back");
        finding.lasting = false;  // time or memory may have run out
        return tl::unexpected(std::move(finding));
    }
    const auto told = Json::parse(reply.line, nullptr, false);
    if (!told.is_object()) {
        return tl::unexpected(failed("what runs your program for this check gave an answer that cannot be read",
                                     "the program writes to, or closes, a file descriptor that it did not open"));
    }
    Json line{{"ok", true}, {"value_ok", told.value("ok", Json()) == true}};
    for (const auto* key : {"value", "type", "message"}) {
        if (const auto found = told.find(key); found != told.end()) {
            line[key] = *found;
        }
    }
    return line_of(line);
}

}  // namespace

Result<std::optional<std::string>> JudgeRequests::answer(std::string_view word, std::string_view line) {
    if (word == "fields") {
        return std::optional(fields());
    }
    using Request = Result<std::string> (JudgeRequests::*)(const Json&);
    constexpr auto requests =
        std::to_array<std::pair<std::string_view, Request>>({{"source", &JudgeRequests::source},
                                                             {"data", &JudgeRequests::data},
                                                             {"step", &JudgeRequests::step},
                                                             {"trials", &JudgeRequests::trials},
                                                             {"artifact", &JudgeRequests::artifact},
                                                             {"read", &JudgeRequests::read},
                                                             {"drive", &JudgeRequests::drive},
                                                             {"once", &JudgeRequests::once},
                                                             {"ask", &JudgeRequests::ask},
                                                             {"connect", &JudgeRequests::connect},
                                                             {"listen", &JudgeRequests::listen},
                                                             {"leave", &JudgeRequests::leave}});
    const auto* const found = std::ranges::find(requests, word, &std::pair<std::string_view, Request>::first);
    if (found == requests.end()) {
        return std::optional<std::string>();
    }
    const auto asked = Json::parse(line, nullptr, false);
    MLPATH_TRY(auto told, (this->*found->second)(asked.is_object() ? asked : Json::object()));
    return std::optional(std::move(told));
}

void JudgeRequests::show_driven(Finding& finding) {
    if (m_driver) {
        m_driven = m_driver->finish();
    }
    if (!m_driven) {
        return;
    }
    show(finding, *m_driven);
    // What is shown of a traceback are the lines that it passed through; its last one says the most.
    const auto printed = m_driven->err.text();
    const auto in_theirs = run::raised_at(printed);
    const auto at = in_theirs.empty() ? run::raised(printed) : in_theirs;  // a framework may be where it ends
    if (!at.empty() && finding.raised.empty()) {
        finding.actual += finding.actual.empty() ? at : " (" + at + ")";
        finding.place = run::place_raised(printed);
        finding.raised = run::raised(printed);
    }
}

std::string JudgeRequests::fields() const {
    auto alike = Json::array();
    for (const auto& milestone : m_evaluation.project().milestones) {
        for (const auto& check : milestone.checks) {
            if (check.kind == m_check.kind) {
                alike.push_back(check.fields);
            }
        }
    }
    return line_of({{"ok", true}, {"fields", m_check.fields}, {"alike", std::move(alike)}});
}

std::string JudgeRequests::refuse(Finding finding) {
    auto line = line_of({{"ok", false}, {"message", finding.message}});
    m_refused = std::move(finding);
    return line;
}

Result<std::string> JudgeRequests::shown(const std::string& path, std::string_view bytes) {
    if (bytes.size() > most_bytes) {
        auto finding = failed("`" + path + "` is too large to be judged");
        finding.expected = "at most " + human_bytes(most_bytes);
        finding.actual = human_bytes(bytes.size());
        return refuse(std::move(finding));
    }
    if (!m_folder) {
        MLPATH_TRY(m_folder, TemporaryFolder::make("mlpath-judge-"));
    }
    const auto copy = m_folder->path() / std::to_string(m_copies++);
    MLPATH_CHECK(write_file(copy, bytes, Durability::cached));
    return line_of({{"ok", true}, {"path", copy.string()}});
}

Result<std::string> JudgeRequests::source(const Json& asked) {
    MLPATH_TRY(auto bytes, bytes_of({{"path", text_in(asked, "path")}}));
    return bytes ? shown(text_in(asked, "path"), *bytes) : Result<std::string>(refuse(std::move(bytes.error())));
}

// As it is laid before the learner's programs, and before any of them has run.
Result<std::string> JudgeRequests::data(const Json& asked) {
    const auto path = text_in(asked, "path");
    MLPATH_TRY(const auto place, m_evaluation.workplace());
    const auto& sources = m_evaluation.input().sources.files;
    if (!place.files().contains(path) || std::ranges::find(sources, path) != sources.end()) {
        return fail(ErrorKind::malformed, "the script asks for data `" + printable(path) + "`, which are not laid");
    }
    MLPATH_TRY(const auto bytes, read_file(place.folder() / fs::path(path)));
    return shown(path, bytes);
}

Result<std::string> JudgeRequests::artifact(const Json& asked) {
    if (!asked.contains("run")) {
        return fail(ErrorKind::malformed, "the script asks for an artifact of no run");
    }
    MLPATH_TRY(auto bytes, bytes_of(asked));
    return bytes ? shown(text_in(asked, "path"), *bytes) : Result<std::string>(refuse(std::move(bytes.error())));
}

// Of what a run left, or of a source of the learner's.
Result<tl::expected<std::string, Finding>> JudgeRequests::bytes_of(const Json& asked) {
    const auto path = text_in(asked, "path");
    const auto run = asked.find("run");
    if (run == asked.end()) {
        auto check = m_check;
        check.fields = Json{{"path", path}};
        return subject_of(check, m_evaluation);
    }
    if (!run->is_number_unsigned() || run->get<std::size_t>() >= m_runs.size()) {
        return fail(ErrorKind::malformed, "the script asks for an artifact of a run that there is not");
    }
    return artifact_of(*m_runs[run->get<std::size_t>()], path);
}

Result<std::string> JudgeRequests::ran(EvidencePtr evidence) {
    const auto printed = run::shown_of(evidence->outcome.process).output;
    m_runs.push_back(std::move(evidence));
    return line_of({{"ok", true}, {"run", m_runs.size() - 1}, {"printed", printed}});
}

Result<std::string> JudgeRequests::step_in(const Json& asked) const {
    if (m_driver) {  // it holds a slot, and whoever waits for a second one may wait for somebody who does so too
        return fail(ErrorKind::malformed, "the script runs a step before it has left its driver");
    }
    auto id = text_in(asked, "step");
    const auto& steps = m_evaluation.project().steps;
    if (std::ranges::find(steps, id, &library::Step::id) == steps.end()) {
        return fail(ErrorKind::malformed, "the script asks for a step `" + printable(id) + "`, which there is not");
    }
    return id;
}

Result<std::string> JudgeRequests::step(const Json& asked) {
    MLPATH_TRY(const auto id, step_in(asked));
    MLPATH_TRY(auto files, files_in(asked.value("files", Json::array())));
    MLPATH_TRY(auto evidence, files.empty() ? m_evaluation.run(id) : m_evaluation.run_with(id, std::move(files)));
    return evidence->succeeded() ? ran(std::move(evidence)) : refuse(step_failed(*evidence));
}

// However they end: whether that is right is for the script to say. What the machine did is no answer.
Result<std::string> JudgeRequests::trials(const Json& asked) {
    MLPATH_TRY(const auto id, step_in(asked));
    std::vector<std::vector<run::LaidFile>> each;
    for (const auto& told : asked.value("each", Json::array())) {
        MLPATH_TRY(auto files, files_in(told));
        each.push_back(std::move(files));
    }
    MLPATH_TRY(auto found, m_evaluation.try_with(id, std::move(each), seconds_in(asked)));
    auto told = Json::array();
    for (auto& evidence : found) {
        const auto& process = evidence->outcome.process;
        if (!process.succeeded() && run::by_shell(process)) {
            return refuse(step_failed(*evidence));
        }
        told.push_back({{"run", m_runs.size()},
                        {"ending", word_for(process.ending)},
                        {"exit", process.exit_code},
                        {"seconds", static_cast<double>(process.wall.count()) / 1e6},
                        {"told", run::describe(process)},
                        {"cause", evidence->outcome.cause},
                        {"printed", run::shown_of(process).output}});
        m_runs.push_back(std::move(evidence));
    }
    return line_of({{"ok", true}, {"trials", told}});
}

EvidencePtr JudgeRequests::run_shown_by(std::string_view verdict) const {
    const auto told = Json::parse(verdict, nullptr, false);
    const auto run = told.is_object() ? told.value("run", Json()) : Json();
    return run.is_number_unsigned() && run.get<std::size_t>() < m_runs.size() ? m_runs[run.get<std::size_t>()]
                                                                              : nullptr;
}

// A reader or a driver stands beside the judge, so that both are of one author.
Result<std::filesystem::path> JudgeRequests::script(const Json& asked, const char* role) const {
    const auto name = text_in(asked, role);
    const auto path = m_scripts / name;
    std::error_code error;
    if (m_scripts.empty() || name.find('/') != std::string::npos || !fs::is_regular_file(path, error)) {
        return fail(ErrorKind::malformed, "the script asks for the " + std::string(role) + " `" + printable(name) +
                                              "`, and its kind has none of that name");
    }
    return path;
}

Result<std::string> JudgeRequests::read(const Json& asked) {
    MLPATH_TRY(const auto reader, script(asked, "reader"));
    MLPATH_TRY(auto bytes, bytes_of(asked));
    if (!bytes) {
        return refuse(std::move(bytes.error()));
    }
    const auto& input = m_evaluation.input();
    MLPATH_TRY(auto facts, read_by_script({.harness = input.harness,
                                           .script = reader,
                                           .name = text_in(asked, "path"),
                                           .bytes = *bytes,
                                           .given = asked.contains("given") ? line_of(asked["given"]) : std::string(),
                                           .seconds = seconds_in(asked)},
                                          input.runner, input.stop));
    return facts ? Result<std::string>(std::move(*facts)) : refuse(std::move(facts.error()));
}

// What the steps that this one needs have written, as another check may have had it written already. A Finding: they
// did not write it.
Result<std::optional<Finding>> JudgeRequests::lay_needs(const library::Step& step, run::Workplace& place) {
    for (const auto& need : step.needs) {
        MLPATH_TRY(const auto evidence, m_evaluation.run(need));
        if (!evidence->succeeded()) {
            return std::optional(step_failed(*evidence));
        }
        std::set<std::string> paths;
        std::set<std::string> seen;
        add_written(m_evaluation.project(), need, seen, paths);
        for (const auto& path : paths) {
            auto bytes = artifact_of(*evidence, path);
            if (!bytes) {
                return std::optional(std::move(bytes.error()));
            }
            MLPATH_CHECK(place.lay({.path = path, .bytes = std::move(*bytes), .copy_of = {}}));
        }
    }
    return std::optional<Finding>();
}

Result<std::string> JudgeRequests::drive(const Json& asked) {
    MLPATH_TRY(const auto driver, script(asked, "driver"));
    if (m_driver) {
        return fail(ErrorKind::malformed, "the script starts a driver before it has left another");
    }
    MLPATH_TRY(const auto parts, parts_of(driver));
    const bool loopback = asked.value("loopback", false);
    const auto& input = m_evaluation.input();
    const auto& steps = m_evaluation.project().steps;
    const auto id = text_in(asked, "step");
    const auto step = std::ranges::find(steps, id, &library::Step::id);
    if (!id.empty() && step == steps.end()) {
        return fail(ErrorKind::malformed, "the script starts the step `" + printable(id) + "`, which there is not");
    }
    MLPATH_TRY(auto place, m_evaluation.workplace());
    if (step != steps.end()) {
        MLPATH_TRY(auto lacking, lay_needs(*step, place));
        if (lacking) {
            return refuse(std::move(*lacking));
        }
    }
    MLPATH_TRY(m_driver, Driver::start({.harness = input.harness,
                                        .script = driver,
                                        .parts = parts,
                                        .seconds = seconds_in(asked),
                                        .network = loopback ? confine::Network::loopback : confine::Network::none,
                                        .ports = ports_in(asked)},
                                       input.runner, std::move(place), input.stop));
    Json told{{"ok", true}};
    if (step != steps.end()) {
        told["run"] = step->run;
        for (auto& word : told["run"]) {
            word = replace_all(word.get<std::string>(), "{python}", input.runner.python().path.string());
        }
    }
    if (loopback) {
        MLPATH_TRY(m_door, Door::open());
        told["door"] = m_door->folder().string();
        told["port"] = m_driver->port();
    }
    if (m_driver->shares_loopback()) {
        m_warning =
            "it was tried over the loopback of this machine, which other programs share, since no namespaces "
            "can be had here";
    }
    return line_of(told);
}

Result<std::string> JudgeRequests::ask(const Json& asked) {
    if (!m_driver) {
        return fail(ErrorKind::malformed, "the script asks a driver that it has not started");
    }
    MLPATH_TRY(const auto reply, m_driver->ask(request_of(asked), wait_of(asked)));
    auto told = answer_of(reply);
    return told ? Result<std::string>(std::move(*told)) : refuse(std::move(told.error()));
}

// A run for several checks, so it is of no check's own.
Result<Evaluation::Told> JudgeRequests::told_once(const Json& asked, const std::filesystem::path& driver) {
    const auto& input = m_evaluation.input();
    MLPATH_TRY(auto place, m_evaluation.workplace());
    MLPATH_TRY(const auto files, files_in(asked.value("files", Json::array())));
    for (const auto& file : files) {
        MLPATH_CHECK(place.lay(file));
    }
    MLPATH_TRY(const auto running,
               Driver::start(
                   {.harness = input.harness, .script = driver, .seconds = seconds_in(asked), .ports = ports_in(asked)},
                   input.runner, std::move(place), input.stop));
    MLPATH_TRY(const auto reply, running->ask(request_of(asked), wait_of(asked)));
    MLPATH_TRY([[maybe_unused]] const auto left, running->leave({}));
    return answer_of(reply);
}

Result<std::string> JudgeRequests::once(const Json& asked) {
    MLPATH_TRY(const auto driver, script(asked, "driver"));
    const auto key = sha256_of(driver.string() + '\n' + asked.dump());
    MLPATH_TRY(auto told, m_evaluation.once(key, [&] { return told_once(asked, driver); }));
    return told ? Result<std::string>(std::move(*told)) : refuse(std::move(told.error()));
}

Result<std::string> JudgeRequests::connect(const Json& asked) {
    const auto port = asked.value("port", Json());
    if (!m_driver || !m_door || !port.is_number_unsigned() || port.get<std::uint64_t>() > UINT16_MAX) {
        return fail(ErrorKind::malformed, "the script connects to a port of no driver");
    }
    const auto connection = m_driver->connect(port.get<std::uint16_t>());
    if (!connection) {
        return connection.error().kind == ErrorKind::malformed
                   ? Result<std::string>(fail(connection.error()))
                   : line_of({{"ok", true}, {"connected", false}, {"message", connection.error().message}});
    }
    MLPATH_CHECK(m_door->hand(*connection));
    return line_of({{"ok", true}, {"connected", true}});
}

Result<std::string> JudgeRequests::listen(const Json& /*asked*/) {
    if (!m_driver || !m_door) {
        return fail(ErrorKind::malformed, "the script listens at a port of no driver");
    }
    MLPATH_TRY(const auto socket, m_driver->listen());
    MLPATH_CHECK(m_door->hand(socket));
    return line_of({{"ok", true}});
}

Result<std::string> JudgeRequests::leave(const Json& asked) {
    if (!m_driver) {
        return fail(ErrorKind::malformed, "the script leaves a driver that it has not started");
    }
    std::vector<std::string> writes;
    for (const auto& path : asked.value("writes", Json::array())) {
        writes.push_back(path.is_string() ? path.get<std::string>() : std::string());
        if (!stays_inside(writes.back())) {
            return fail(ErrorKind::malformed, "the script asks for an artifact outside of the learner's folder");
        }
    }
    MLPATH_TRY(auto evidence, m_driver->leave(writes));
    m_driven = evidence->outcome.process;
    m_driver.reset();
    m_door.reset();
    return ran(std::move(evidence));
}

}  // namespace mlpath::checks
