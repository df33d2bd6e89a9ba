#include "app/author/lint.hpp"

#include <memory>
#include <optional>

#include "app/author/lint_links.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "library/embedded.hpp"
#include "render/live.hpp"
#include "render/words.hpp"

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

Json json_for(const Fault& fault) {
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
                                .progress = &display,
                                .log = host.log()};
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
        list.push_back(json_for(fault));
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

// Looks at targets one after the other, and adds up what was found.
class Lint {
public:
    Lint(Host& host, bool links) : m_host(host), m_links(links) {}

    Status look_at(const app::LintTarget& target) {
        MLPATH_TRY(auto report, app::lint(target));
        m_report.add(std::move(report));
        if (m_links) {
            MLPATH_TRY(auto links, ask_for_links(m_host, target));
            take_in(m_report, links);
            m_asked = m_asked.value_or(app::LinkReport());
            m_asked->add(std::move(links));
        }
        return {};
    }

    // What a path names is seen beside what is built in.
    Status path(const std::string& path) {
        MLPATH_TRY(const auto index, library::read_index(library::embedded_index()));
        const app::GuestHost built_in{
            library::blob_content(library::embedded_blob()), index, {}, m_host.environment(), m_host.clock()};
        MLPATH_TRY(const auto target, app::lint_target(fs::path(path), built_in));
        return look_at(target);
    }

    // The library in use, and what joined it, which can be told only of a sound one.
    Status all_in_use() {
        MLPATH_TRY(const auto* content, m_host.library_alone());
        MLPATH_CHECK(look_at(app::LintTarget(*content)));
        if (m_report.errors > 0) {
            return {};
        }
        MLPATH_TRY(const auto guests, m_host.guest_host());
        MLPATH_TRY(const auto places, m_host.guest_places(Host::Guests::all));
        for (const auto& place : places) {
            MLPATH_TRY(const auto target, app::lint_target(place, guests, near_path(place.folder) + '/'));
            MLPATH_CHECK(look_at(target));
        }
        return {};
    }

    [[nodiscard]] const app::LintReport& report() const { return m_report; }
    [[nodiscard]] const std::optional<app::LinkReport>& asked() const { return m_asked; }

private:
    Host& m_host;
    bool m_links;
    app::LintReport m_report{};
    std::optional<app::LinkReport> m_asked{};
};

}  // namespace

Action make_lint(Options& options) {
    auto path = std::make_shared<std::string>();
    options.optional("PATH", "a library, or a file or project of one; by default the library in use", *path,
                     Values::files);
    auto links = std::make_shared<bool>(false);
    options.flag("--links", "also ask whether every address that it names still answers", *links);
    return [path, links](Host& host) -> Result<Exit> {
        Lint lint(host, *links);
        MLPATH_CHECK(path->empty() ? lint.all_in_use() : lint.path(*path));
        const auto& report = lint.report();
        const auto& asked = lint.asked();
        print_report(host, report, asked);
        if (report.errors > 0) {
            return Exit::falls_short;
        }
        return asked && !asked->unclear.empty() ? Exit::untold : Exit::done;
    };
}

}  // namespace mlpath::cli
