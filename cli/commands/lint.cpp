#include "app/lint.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "library/embedded.hpp"

namespace mlpath::cli {

namespace {

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::planned: return "planned";
    }
    return "error";
}

Json json_of(const Fault& fault) {
    Json object{{"severity", name_of(fault.severity)}, {"file", fault.place.file}};
    if (fault.place.line > 0) {
        object["line"] = fault.place.line;
    }
    object["pointer"] = fault.place.pointer;
    object["message"] = fault.message;
    if (!fault.suggestion.empty()) {
        object["suggestion"] = fault.suggestion;
    }
    return object;
}

std::string looked_at(const app::LintReport& report) {
    const std::vector<std::string> parts{count_of(report.curricula, "curriculum", "curricula"),
                                         count_of(report.topics, "topic"), count_of(report.skills, "skill"),
                                         count_of(report.datasets, "dataset"), count_of(report.projects, "project")};
    return join(parts, ", ");
}

void print_report(Host& host, const app::LintReport& report) {
    if (host.json()) {
        auto faults = Json::array();
        for (const auto& fault : report.faults) {
            faults.push_back(json_of(fault));
        }
        host.print(Json{{"ok", report.errors == 0},
                        {"errors", report.errors},
                        {"warnings", report.warnings},
                        {"planned", report.planned},
                        {"curricula", report.curricula},
                        {"topics", report.topics},
                        {"skills", report.skills},
                        {"datasets", report.datasets},
                        {"projects", report.projects},
                        {"faults", std::move(faults)}});
        return;
    }
    Page page(host.out_terminal());
    // Errors last, where they are seen; one line a fault, as editors and CI read them: never wrapped.
    for (const auto severity : {Severity::planned, Severity::warning, Severity::error}) {
        for (const auto& fault : report.faults) {
            if (fault.severity == severity && (severity != Severity::planned || host.options().verbose)) {
                page.verbatim(to_line(fault), severity == Severity::error     ? Tone::bad
                                              : severity == Severity::warning ? Tone::doubtful
                                                                              : Tone::faint);
            }
        }
    }
    if (report.planned > 0 && !host.options().verbose) {
        page.line(count_of(report.planned, "project") + " of the curricula " + (report.planned == 1 ? "is" : "are") +
                      " only planned; `--verbose` names " + (report.planned == 1 ? "it" : "them"),
                  Tone::faint);
    }
    const auto found = report.errors == 0 && report.warnings == 0
                           ? std::string("no faults")
                           : count_of(report.errors, "error") + ", " + count_of(report.warnings, "warning");
    page.line(found + " in " + looked_at(report), report.errors > 0 ? Tone::bad : Tone::good);
    host.print(page);
}

}  // namespace

Action make_lint(Options& options) {
    auto path = std::make_shared<std::string>();
    options.optional("PATH", "a library, or a file or project of one; the library in use unless said", *path,
                     Values::files);
    return [path](Host& host) -> Result<Exit> {
        Result<app::LintReport> report;
        if (path->empty()) {
            MLPATH_TRY(const auto* content, host.content());
            report = app::lint(*content);
        } else {
            report = app::lint(fs::path(*path), library::blob_content(library::embedded_blob()));
        }
        if (!report) {
            return fail(std::move(report).error());
        }
        print_report(host, *report);
        return report->errors > 0 ? Exit::falls_short : Exit::done;
    };
}

}  // namespace mlpath::cli
