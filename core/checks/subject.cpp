// What the kinds of checks share: what is judged, and how a failure is said.
#include <algorithm>

#include "base/text.hpp"
#include "checks/subject.hpp"
#include "library/kind.hpp"
#include "run/by_shell.hpp"
#include "run/causes.hpp"

namespace mlpath::checks {

Finding passed(std::string message) { return {.verdict = Verdict::pass, .message = std::move(message)}; }

Finding failed(std::string message, std::string because, std::string look) {
    return {.verdict = Verdict::fail,
            .message = std::move(message),
            .because = std::move(because),
            .look = std::move(look)};
}

Finding undecided(std::string message, std::string because, std::string look) {
    auto finding = failed(std::move(message), std::move(because), std::move(look));
    finding.decided = false;
    return finding;
}

Finding not_tried_again(const Hangs::Met& met) {
    return {.verdict = Verdict::skipped,
            .message = "not tried again, since `" + met.what + "` never came back above (" + met.where + ")"};
}

Finding not_waited_for_again(const Hangs::Met& met) {
    return {.verdict = Verdict::skipped,
            .message = "waited for only shortly, and it did not come to an end: it uses `" + met.what +
                       "`, which never came back above (" + met.where + ")"};
}

std::string shortened(const std::string& text) {
    std::size_t kept = 200;
    if (text.size() <= kept) {
        return text;
    }
    while (kept > 0 && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80U) {
        --kept;
    }
    return text.substr(0, kept) + "…";
}

void show(Finding& finding, const system::ProcessOutcome& outcome) {
    auto shown = run::shown_of(outcome);
    finding.code = std::move(shown.code);
    finding.output = std::move(shown.output);
}

Finding step_failed(const run::StepOutcome& outcome, std::string_view when) {
    if (const auto shell = run::by_shell(outcome.process)) {
        return {.verdict = Verdict::error,
                .message = "`" + outcome.command + "` " + run::describe(outcome.process) +
                           ", which may be by a limit of the shell: " + shell->why,
                .look = shell->remedy,
                .decided = false,
                .lasting = false};
    }
    auto finding = undecided("`" + outcome.command + "` " + run::describe(outcome.process));
    if (!when.empty()) {
        finding.message += " (" + std::string(when) + ")";
    }
    finding.lasting = !run::ran_short(outcome.process);
    finding.because = outcome.cause;
    finding.place = run::place_raised(outcome.process.err.text());
    finding.raised = run::raised(outcome.process.err.text());
    // A crash names its place in what it printed alone, a failure in its message.
    if (!outcome.raised_at.empty() && finding.message.find(outcome.raised_at) == std::string::npos) {
        finding.actual = outcome.raised_at;
    }
    show(finding, outcome.process);
    return finding;
}

Finding step_failed(const Evidence& evidence, std::string_view when) {
    if (evidence.spared) {
        return *evidence.spared;
    }
    auto finding = step_failed(evidence.outcome, when);
    finding.message += evidence.is_known ? "; it was not tried again" : "";
    return finding;
}

tl::expected<std::string, Finding> artifact_of(const Evidence& evidence, std::string_view path) {
    auto bytes = evidence.place->artifact(path);
    if (bytes) {
        return std::move(*bytes);
    }
    auto finding =
        bytes.error().kind == ErrorKind::not_found
            ? undecided(
                  "`" + evidence.outcome.command + "` finished without an error but wrote no `" + std::string(path) +
                      "`",
                  "nothing writes it yet, or the file gets another name or folder, or the part that writes it is not "
                  "reached: is it called at the end, as `main()`?")
            : undecided(bytes.error().message, "what a step writes has to be a regular file of its own");
    return tl::unexpected(std::move(finding));
}

Result<tl::expected<std::string, Finding>> subject_of(const library::Check& check, Evaluation& evaluation) {
    const auto path = check.fields.at("path").get<std::string>();
    if (const auto step = check.fields.value("step", std::string()); !step.empty()) {
        MLPATH_TRY(const auto evidence, evaluation.run(step));
        if (!evidence->succeeded()) {
            return tl::expected<std::string, Finding>(tl::unexpected(step_failed(*evidence)));
        }
        return artifact_of(*evidence, path);
    }
    const auto& sources = evaluation.input().sources;
    for (const auto& file : sources.files) {
        if (file == path) {
            MLPATH_TRY(auto bytes, read_file(sources.folder / fs::path(path)));
            return tl::expected<std::string, Finding>(std::move(bytes));
        }
    }
    const bool folder = std::ranges::find(sources.folders, path) != sources.folders.end();
    const bool link = std::ranges::find(sources.links, path) != sources.links.end();
    auto finding = folder ? failed("`" + path + "` is a folder, where a file belongs", {}, run::folder_advice(path))
                   : link ? failed("`" + path + "` is a link, where a file belongs",
                                   "Only what lies in the project folder itself is read: links are not followed.")
                          : failed("there is no file `" + path + "` in " + evaluation.input().where,
                                   "It is not saved, has another name, or is in another folder.");
    // Of a document the claim is about what stands in it.
    const auto* kind = library::kind_named(check.kind);
    finding.decided = kind != nullptr && kind->reads == library::Reads::source;
    return tl::expected<std::string, Finding>(tl::unexpected(std::move(finding)));
}

std::string program_of(const std::vector<std::string>& argv) {
    const auto program = std::ranges::find_if(argv, [](const std::string& word) { return word.ends_with(".py"); });
    return program == argv.end() ? argv.front() : *program;
}

Result<std::string> template_file(Evaluation& evaluation, const std::string& path) {
    return read_file(evaluation.input().template_root / fs::path(path));
}

}  // namespace mlpath::checks
