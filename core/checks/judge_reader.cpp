#include "checks/judge_reader.hpp"

#include "base/text.hpp"
#include "json/json.hpp"

namespace mlpath::checks {

namespace {

using FactsOrFault = tl::expected<std::string, Finding>;

FactsOrFault unreadable(const std::string& name, const std::string& why) {
    return tl::unexpected(failed("`" + name + "` cannot be read: " + why,
                                 "it is damaged, or of another kind than its name says, or far too large"));
}

std::string printable_in(const Json& told, const char* key) {
    const auto found = told.find(key);
    return found != told.end() && found->is_string() ? printable(found->get<std::string>()) : std::string();
}

}  // namespace

Result<FactsOrFault> read_by_script(const ReaderRequest& request, const run::StepRunner& runner, std::stop_token stop) {
    MLPATH_TRY(auto where, runner.place());
    const auto name = std::filesystem::path(request.name).filename().string();
    MLPATH_TRY(auto place, run::Workplace::make({}, {{name, std::string(request.bytes), {}}}, std::move(where)));
    const auto program = request.harness / "read.py";
    MLPATH_TRY(const auto outcome,
               runner.run_command({"{python}", "-I", "-B", program.string(), request.script.string(), name},
                                  request.given, {.shown = {program, request.script.parent_path()}}, request.seconds,
                                  place, std::move(stop)));
    if (outcome.ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (!outcome.succeeded() || !outcome.out.complete() || outcome.out.total > most_facts) {
        auto told = unreadable(request.name, outcome.succeeded() ? "it holds more than this check takes"
                                                                 : "what reads it " + run::describe(outcome));
        told.error().lasting = !run::ran_short(outcome);
        return told;
    }
    auto line = outcome.out.text();
    const auto told = Json::parse(line, nullptr, false);
    if (!told.is_object()) {
        return unreadable(request.name, "what reads it was cut off");
    }
    if (told.contains("lacks")) {
        return fail(ErrorKind::missing, "`" + request.name + "` cannot be judged, since a package is missing: " +
                                            printable_in(told, "message"));
    }
    if (!told.contains("facts")) {
        return unreadable(request.name, printable_in(told, "message"));
    }
    return FactsOrFault(std::string(trim(line)));
}

}  // namespace mlpath::checks
