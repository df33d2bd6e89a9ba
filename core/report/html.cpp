// One page that holds everything it needs: no script, nothing from elsewhere. Words carry every meaning that a color
// does; headings, captions and folded parts are those of HTML, so that a keyboard and a screen reader find their way.
#include <algorithm>

#include "base/text.hpp"
#include "report/details.hpp"
#include "report/overview.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --text: #1b1b1b; --faint: #595959; --back: #fff; --line: #cfcfcf; --panel: #f5f5f5;
  --pass: #14622f; --fail: #a1121d; --error: #7a4a00; --link: #0b4fa8; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8e8e8; --faint: #a9a9a9; --back: #161616; --line: #444; --panel: #222; --pass: #7fd39b;
    --fail: #ff9a94; --error: #f0c070; --link: #8ab8ff; } }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--text); background: var(--back);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-top: 1px solid var(--line);
  padding-top: 1rem; } h3 { display: inline; font-size: 1rem; } h4 { font-size: 1rem; margin: 1rem 0 .25rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: normal; }
details { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .75rem; margin: .5rem 0; }
summary { cursor: pointer; }
ul { padding-left: 1.25rem; }
.check { background: var(--panel); border-radius: .4rem; padding: .5rem .75rem; margin: .5rem 0; }
.check p { margin: .25rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: var(--faint); } dd { margin: 0; white-space: pre-wrap; }
figure { margin: .5rem 0; } img { max-width: 100%; height: auto; background: #fff; }
pre { margin: 0; overflow-x: auto; } code, pre { font: .9rem/1.4 ui-monospace, monospace; }
.faint { color: var(--faint); }
.pass { color: var(--pass); } .fail { color: var(--fail); } .error, .skipped { color: var(--error); }
.pass, .fail, .error, .skipped { font-weight: bold; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print { details::details-content { content-visibility: visible; block-size: auto; } }
)";

// Text of outside: nothing that HTML acts upon, in an element or an attribute, and nothing that cannot be shown.
std::string html_block(std::string_view text) {
    auto safe = replace_all(printable_block(text), "&", "&amp;");
    safe = replace_all(replace_all(std::move(safe), "<", "&lt;"), ">", "&gt;");
    return replace_all(replace_all(std::move(safe), "\"", "&quot;"), "'", "&#39;");
}
std::string html(std::string_view text) { return html_block(printable(text)); }

std::string element(std::string_view tag, std::string_view inside) {
    return '<' + std::string(tag) + '>' + std::string(inside) + "</" + std::string(tag) + ">";
}

std::string verdict_word(checks::Verdict verdict) {
    const auto word = std::string(to_string(verdict));
    return "<span class=\"" + word + "\">" + word + "</span>";
}

std::string faint(const std::string& text) { return "<p class=\"faint\">" + html(text) + "</p>\n"; }

std::string anchor(std::size_t number) { return "portfolio-" + std::to_string(number + 1); }

void write_html_overview(std::string& page, const Report& report) {
    page += "<table>\n<caption>Overview</caption>\n<thead><tr>";
    for (const auto* heading : {"Portfolio", "Verdict", "Projects", "First failure"}) {
        page += "<th scope=\"col\">" + std::string(heading) + "</th>";
    }
    page += "</tr></thead>\n<tbody>\n";
    std::size_t number = 0;
    for (const auto& row : overview(report)) {
        page += "<tr><th scope=\"row\"><a href=\"#" + anchor(number++) + "\">" + html(row.portfolio->path) +
                "</a></th>" + element("td", verdict_word(row.portfolio->verdict)) + element("td", html(row.projects)) +
                element("td", html(row.first)) + "</tr>\n";
    }
    page += "</tbody>\n</table>\n";
}

// `before`: what was told of the check above.
void write_check(std::string& page, const PortfolioReport& portfolio, const ProjectReport& project,
                 const checks::CheckResult& check, const checks::CheckResult* before) {
    const bool same = before != nullptr && is_same(before->finding, check.finding);
    const bool waits = check.finding.verdict == checks::Verdict::skipped;
    std::string list;
    const auto line = [&](std::string_view label, const std::string& value) {
        list += element("dt", label) + element("dd", value) + '\n';
    };
    if (const auto place = where(portfolio, project, checks::place_of(check)); !same && !waits && !place.empty()) {
        line("where", element("code", html(place)));
    }
    for (const auto& detail : details_of(check.finding)) {
        if (same && !detail.aside) {
            continue;
        }
        // What may not be wrapped is scrolled, by the keyboard too.
        line(detail.label, detail.form == DetailForm::verbatim
                               ? "<pre tabindex=\"0\">" + html_block(trim(detail.text)) + "</pre>"
                               : html_block(trim(detail.text)));
    }
    page += "<div class=\"check\">\n<p>" + verdict_word(check.finding.verdict) + " " +
            html(check.says.empty() ? check.id : check.says) + "</p>\n" +
            element("p", same ? "the same as above" : html(check.finding.message)) + '\n' +
            (list.empty() ? "" : "<dl>\n" + list + "</dl>\n") + "</div>\n";
}

// What the learner drew, of a check that passed.
void write_pictures(std::string& page, const checks::CheckResult& check) {
    for (const auto& measurement : check.finding.measurements) {
        const auto* picture = std::get_if<checks::Picture>(&measurement.shape);
        if (picture != nullptr && checks::json_of(measurement)) {  // its digits are those of base64
            page += "<figure>\n<img src=\"data:image/png;base64," + picture->png + "\" alt=\"" + html(picture->alt) +
                    "\">\n" + element("figcaption", html(check.says)) + "\n</figure>\n";
        }
    }
}

void write_html_project(std::string& page, const PortfolioReport& portfolio, const ProjectReport& project) {
    const bool is_judged = project.standing == Standing::demanded || project.standing == Standing::not_needed;
    const bool opened = project.standing == Standing::demanded && project.verdict != checks::Verdict::pass;
    page += std::string("<details") + (opened ? " open" : "") + ">\n<summary>" + "<h3" +
            (is_judged ? " class=\"" + std::string(to_string(project.verdict)) + '"' : "") + '>' +
            html(headline_of(portfolio, project)) + "</h3></summary>\n";
    page += project.message.empty() ? "" : element("p", html(project.message)) + '\n';
    for (const auto& milestone : project.milestones) {
        page += element("h4", verdict_word(milestone.verdict) + " " + html(milestone.title)) + '\n';
        const checks::CheckResult* before = nullptr;
        for (const auto& check : milestone.checks) {
            if (is_told(check.finding)) {
                write_check(page, portfolio, project, check, before);
                before = &check;
            } else {
                write_pictures(page, check);
            }
        }
    }
    const auto with = made_with(project);
    page += (with.empty() ? "" : faint(with)) + "</details>\n";
}

void write_portfolio(std::string& page, const Report& report, const PortfolioReport& portfolio, std::size_t number) {
    page += "<section id=\"" + anchor(number) + "\">\n" +
            element("h2", html(portfolio.path + " " + outcome_of(portfolio))) + '\n';
    page += portfolio.message.empty() ? "" : element("p", html(portfolio.message)) + '\n';
    if (!portfolio.requirements.empty()) {
        page += "<ul>\n";
        for (const auto& requirement : portfolio.requirements) {
            page +=
                element("li", verdict_word(requirement.verdict) + " required " +
                                  html(name_of(report, portfolio, requirement)) + ": " + html(requirement.message)) +
                '\n';
        }
        page += "</ul>\n";
    }
    for (const auto& project : portfolio.projects) {
        write_html_project(page, portfolio, project);
    }
    if (const auto links = links_told(portfolio); !links.empty()) {
        page += element("p", html(links)) + '\n';
    }
    if (!portfolio.left_out.empty()) {
        page += "<details>\n<summary>" + std::to_string(portfolio.left_out.size()) +
                " not taken from the portfolio</summary>\n<ul>\n";
        for (const auto& file : portfolio.left_out) {
            page += element("li", html(file)) + '\n';
        }
        page += "</ul>\n</details>\n";
    }
    page += faint(provenance(portfolio)) + "</section>\n";
}

void write_judging(std::string& page, const Report& report) {
    page += "<section>\n<h2>How it was judged</h2>\n<dl>\n";
    for (const auto& [label, value] :
         {std::pair{"isolation", report.isolation},
          std::pair{"mlpath", report.tool_version + ", SHA-256 " + report.tool_sha256},
          std::pair{"library", report.library_origin + ", SHA-256 " + report.library_sha256}}) {
        page += element("dt", label) + element("dd", html(value)) + '\n';
    }
    page +=
        element("dt", "again") + element("dd", element("code", html(command_line(report)))) + "\n</dl>\n</section>\n";
}

}  // namespace

std::string to_html(const Report& report) {
    const auto title = "Portfolio report: " + verdict_of(report);
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src "
        "data:\">\n" +
        element("title", html(title)) + '\n' + element("style", style) + "\n</head>\n<body>\n<main>\n" +
        element("h1", html(title)) + '\n';
    if (const auto all = portfolios_in_words(report); !all.empty()) {
        page += element("p", html(all + ".")) + '\n';
    }
    page += report.message.empty() ? "" : element("p", html(report.message)) + '\n';
    write_html_overview(page, report);
    for (std::size_t i = 0; i < report.portfolios.size(); ++i) {
        write_portfolio(page, report, report.portfolios[i], i);
    }
    write_judging(page, report);
    return page + "</main>\n</body>\n</html>\n";
}

}  // namespace mlpath::report
