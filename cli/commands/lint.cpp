#include "app/lint.hpp"

#include <memory>
#include <optional>

#include "app/lint_links.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "library/embedded.hpp"
#include "render/live.hpp"

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
                                         count_of(report.topics, "topic"),
                                         count_of(report.quizzes, "quiz", "quizzes"),
                                         count_of(report.skills, "skill"),
                                         count_of(report.datasets, "dataset"),
                                         count_of(report.projects, "project")};
    return join(parts, ", ");
}

class LinkDisplay final : public data::LinkProgress {
public:
    explicit LinkDisplay(Host& host) : m_line(host.err(), host.err_terminal(), !host.json()) {}
    void answered(std::size_t done, std::size_t of) override {
        m_line.draw("asking for links: " + std::to_string(done) + " of " + std::to_string(of));
    }

private:
    LiveLine m_line;
};

Result<app::LinkReport> ask_for_links(Host& host, const app::LintTarget& target) {
    data::RealPacer pacer;
    auto known =
        data::KnownLinks::load(system::cache_folder(host.environment()) / "links" / "known", host.clock().now());
    LinkDisplay display(host);
    auto curl = system::curl_options(host.environment());
    curl.user_agent += " (link check of a curriculum; one request at a time)";
    curl.connect_limit = std::chrono::seconds(10);
    curl.stall_time = std::chrono::seconds(10);
    curl.connections_per_host = 1;
    const data::LinkTools tools{.http = [curl] { return system::open_curl(curl); },
                                .pacer = pacer,
                                .clock = host.clock(),
                                .known = known,
                                .progress = &display};
    return app::lint_links(target, {}, tools, host.stop());
}

// What was asked for on the network, beside what the files say by themselves.
void take_in(app::LintReport& report, const app::LinkReport& links) {
    for (const auto& fault : links.faults) {
        ++(fault.severity == Severity::error ? report.errors : report.warnings);
        report.faults.push_back(fault);
    }
}

Json faults_json(const Faults& faults) {
    auto list = Json::array();
    for (const auto& fault : faults) {
        list.push_back(json_of(fault));
    }
    return list;
}

void write_links(Page& page, const app::LinkReport& links) {
    if (links.no_network) {
        page.line("There is no network, or it lets nothing through: the links were not looked at.", Tone::doubtful);
        return;
    }
    for (const auto& fault : links.unclear) {
        page.verbatim(to_line(fault), Tone::doubtful);
    }
    page.line(count_of(links.links, "link") + ", " + count_of(links.requests, "request") +
                  (links.requests == 0 && links.links > 0 ? ": all were asked for within the last week" : ""),
              Tone::faint);
}

void print_report(Host& host, const app::LintReport& report, const std::optional<app::LinkReport>& links) {
    if (host.json()) {
        Json object{{"ok", report.errors == 0},
                    {"errors", report.errors},
                    {"warnings", report.warnings},
                    {"planned", report.planned},
                    {"curricula", report.curricula},
                    {"topics", report.topics},
                    {"quizzes", report.quizzes},
                    {"skills", report.skills},
                    {"datasets", report.datasets},
                    {"projects", report.projects},
                    {"faults", faults_json(report.faults)}};
        if (links) {
            object["links"] = Json{{"checked", links->links},
                                   {"requests", links->requests},
                                   {"no_network", links->no_network},
                                   {"could_not_tell", links->no_network ? Json::array() : faults_json(links->unclear)}};
        }
        host.print(std::move(object));
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
    if (links) {
        write_links(page, *links);
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
    auto links = std::make_shared<bool>(false);
    options.flag("--links", "also ask whether every address that it names still answers", *links);
    return [path, links](Host& host) -> Result<Exit> {
        std::optional<app::LintTarget> target;
        if (path->empty()) {
            MLPATH_TRY(const auto* content, host.content());
            target.emplace(*content);
        } else {
            MLPATH_TRY(auto found, app::lint_target(fs::path(*path), library::blob_content(library::embedded_blob())));
            target.emplace(std::move(found));
        }
        MLPATH_TRY(auto report, app::lint(*target));
        std::optional<app::LinkReport> asked;
        if (*links) {
            MLPATH_TRY(asked, ask_for_links(host, *target));
            take_in(report, *asked);
        }
        print_report(host, report, asked);
        if (report.errors > 0) {
            return Exit::falls_short;
        }
        return asked && !asked->unclear.empty() ? Exit::untold : Exit::done;
    };
}

}  // namespace mlpath::cli
