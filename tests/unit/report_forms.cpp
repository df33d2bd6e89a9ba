// What every form has in common: what is told, and of whom.
#include "unit/report_support.hpp"

using namespace mlpath;
using namespace mlpath::test;

TEST_CASE("a warning and a drawing stand in every form, also where the check passes") {
    auto report = small_report();
    auto& iris = report.portfolios.front().projects.front();
    auto& finding = iris.milestones.front().checks.front().finding;
    finding.warning = "suspicious: accuracy 1.000 is above 0.950";
    finding.drawing = "0.400 [|---o---@] 0.667";
    finding.legend = "o is one split, 8 two";
    iris.milestones.front().checks.pop_back();
    iris.milestones.front().verdict = iris.verdict = Verdict::pass;
    for (const auto& [form, text] : {std::pair{"text", to_text(report)}, std::pair{"json", to_json(report)},
                                     std::pair{"junit", to_junit(report)}, std::pair{"markdown", to_markdown(report)},
                                     std::pair{"html", to_html(report)}, std::pair{"github", to_github(report)}}) {
        CAPTURE(form);
        CHECK(text.find("suspicious") != std::string::npos);
        CHECK((text.find("---o---") != std::string::npos || std::string_view(form) == "github"));
        // Who has not seen such a picture reads what it means.
        const bool has_legend = text.find("8 two") != std::string::npos;
        CHECK(has_legend == (text.find("---o---") != std::string::npos && std::string_view(form) != "json"));
    }
    CHECK(to_github(report).find("::warning ") != std::string::npos);
}

TEST_CASE("of several portfolios each has a line before the details, and what passes is folded") {
    const auto project = [](const char* id, Verdict verdict) {
        checks::MilestoneResult read{.id = "read", .title = "Read it"};
        read.checks.push_back({"a", "python", "It reads.", {.message = "read"}});
        checks::MilestoneResult count{.id = "count", .title = "Count it", .verdict = verdict};
        count.checks.push_back({"b", "python", "It counts.", {.verdict = verdict, .message = "counted 3"}});
        count.checks.push_back({"c", "python", "It counts more.", {.verdict = verdict, .message = "counted 3"}});
        if (verdict != Verdict::pass) {
            count.checks.push_back({"d", "score", "It is good.", {.verdict = Verdict::skipped, .message = "waits"}});
        }
        return ProjectReport{
            .id = id, .folder = id, .authorship = Authorship::own, .verdict = verdict, .milestones = {read, count}};
    };
    Report report{.tool_version = "0.1.0",
                  .verdict = Verdict::fail,
                  .portfolios = {{.path = "anna",
                                  .seed_from = "the content",
                                  .projects = {project("iris", Verdict::pass), project("titanic", Verdict::pass)}},
                                 {.path = "students/ben",
                                  .seed_from = "the content",
                                  .verdict = Verdict::fail,
                                  .projects = {project("iris", Verdict::pass), project("titanic", Verdict::fail)}},
                                 {.path = "clara",
                                  .seed_from = "the content",
                                  .verdict = Verdict::error,
                                  .message = "the folder cannot be read"}}};
    CHECK(
        to_text(report).starts_with("1 of 3 portfolios passes\n"
                                    "  pass     anna          2 of 2 projects pass\n"
                                    "  fail     students/ben  1 of 2 projects passes  first: titanic, Count it\n"
                                    "  error    clara                                 first: the folder cannot be "
                                    "read\n"
                                    "\n"
                                    "anna passes: 2 of 2 projects pass\n"
                                    "  seed 0 (from the content)\n"
                                    "  iris passes: 2 of 2 milestones, own work\n"
                                    "  titanic passes: 2 of 2 milestones, own work\n"
                                    "students/ben fails: 1 of 2 projects passes\n"
                                    "  seed 0 (from the content)\n"
                                    "  iris passes: 2 of 2 milestones, own work\n"
                                    "  titanic fails: 1 of 2 milestones, own work\n"
                                    "    pass  Read it\n"
                                    "    fail  Count it\n"
                                    "      fail  b: counted 3\n"
                                    "      fail  c: the same as above\n"
                                    "      skipped  d\n"
                                    "clara could not be judged\n"
                                    "  the folder cannot be read\n"
                                    "judged by "));
    CHECK(to_markdown(report).find("\n1 of 3 portfolios passes.\n\n| portfolio | verdict | projects | first failure "
                                   "|\n|---|---|---|---|\n| anna | pass | 2 of 2 projects pass |  |\n| students/ben | "
                                   "fail | 1 of 2 projects passes | titanic, Count it |\n") != std::string::npos);

    const auto html = to_html(report);
    CHECK(html.find("<tr><th scope=\"row\"><a href=\"#portfolio-2\">students/ben</a></th><td><span "
                    "class=\"fail\">fail</span></td><td>1 of 2 projects passes</td><td>titanic, Count "
                    "it</td></tr>") != std::string::npos);
    CHECK(html.find("<section id=\"portfolio-2\">") != std::string::npos);
    // Of all the projects the one that fails lies open.
    CHECK(html.find("<details open>") == html.rfind("<details open>"));
    CHECK(html.find("<details open>\n<summary><h3 class=\"fail\">titanic fails") != std::string::npos);

    const auto csv = to_csv(report);
    CHECK(
        csv.starts_with("\xEF\xBB\xBF"
                        "portfolio,portfolio verdict,project,project verdict,counts,milestones "
                        "passed,milestones,first failure,found,likely cause,file,line,authorship,required,commit,"
                        "changes not committed,seed,data\r\n"
                        "anna,pass,iris,pass,yes,2,2,,,,,,own work,,,,0,real\r\n"));
    CHECK(csv.find("\r\nstudents/ben,fail,titanic,fail,yes,1,2,Count it,counted 3,,,,own work,,,,0,real\r\n") !=
          std::string::npos);
    CHECK(csv.ends_with("\r\nclara,error,,,,,,,the folder cannot be read,,,,,,,,0,\r\n"));
}

TEST_CASE("what is not demanded is told, and fails nowhere") {
    auto report = small_report();
    auto& portfolio = report.portfolios.front();
    auto again = portfolio.projects.front();
    again.folder = "spring";
    again.standing = Standing::not_needed;
    auto broken = ProjectReport{.folder = "old", .standing = Standing::not_demanded, .message = "torn"};
    broken.verdict = Verdict::skipped;
    portfolio.projects = {
        {.id = "iris", .folder = "iris", .verdict = Verdict::pass},
        again,
        {.id = "titanic", .folder = "titanic", .standing = Standing::not_demanded, .verdict = Verdict::skipped},
        broken};
    portfolio.verdict = report.verdict = portfolio.requirements.front().verdict = Verdict::pass;

    const auto text = to_text(report);
    CHECK(text.starts_with(". passes, as far as it is demanded\n"));
    CHECK(text.find("  iris in spring fails, and is not needed: 0 of 1 milestone, own work\n") != std::string::npos);
    CHECK(text.find("  titanic is also here, not demanded\n  old/ is also here, not demanded\n    torn\n") !=
          std::string::npos);
    CHECK(text.ends_with("verdict: pass (demanded: project:iris)\n"));

    CHECK(parsed_by_python(to_junit(report)) ==
          "iris/judged; iris in spring.split/whole; iris in spring.split/seeded skipped; titanic/judged skipped; "
          "old//judged skipped; requirements/project:iris");
    CHECK(to_junit(report).find("message=\"not needed, as what is demanded holds without it: fail: two calls") !=
          std::string::npos);

    const auto github = to_github(report);
    CHECK(github.find("::error") == std::string::npos);
    CHECK(github.find("::warning") == std::string::npos);
    CHECK(github.starts_with("::notice file=course/spring/split.py,title=iris in spring%3A Split fairly::two calls"));
    CHECK(
        github.find("::notice file=course/old/.mlpath-project.json,title=old/ is also here%2C not demanded::torn\n") !=
        std::string::npos);
    CHECK(github.find("%0Atitanic is also here, not demanded%0A") != std::string::npos);

    const auto markdown = to_markdown(report);
    CHECK(markdown.find("| iris in spring | fail, not needed | 0 of 1 milestone | own work |\n") != std::string::npos);
    CHECK(markdown.find("| titanic | not demanded | not judged | |\n") != std::string::npos);
    CHECK(markdown.find("### titanic") == std::string::npos);
    CHECK(markdown.find("### old/\n\ntorn\n") != std::string::npos);

    portfolio.verdict = Verdict::fail;
    portfolio.projects.erase(portfolio.projects.begin(), portfolio.projects.begin() + 2);
    CHECK(to_text(report).starts_with(". fails: it holds nothing that is demanded\n"));
}

TEST_CASE("what is required is told of each portfolio by its name, in every form") {
    const auto portfolio = [](const char* path, Verdict verdict, const char* message) {
        return PortfolioReport{.path = path,
                               .seed_from = "the content",
                               .verdict = verdict,
                               .projects = {{.id = "iris", .folder = "iris", .verdict = Verdict::pass}},
                               .requirements = {{"own", Verdict::pass, "all of it is the learner's own work"},
                                                {"project:titanic", verdict, message}}};
    };
    Report report{.verdict = Verdict::fail,
                  .portfolios = {portfolio("anna", Verdict::pass, "it holds"),
                                 portfolio("ben", Verdict::fail, "`titanic` is not there")}};

    const auto text = to_text(report);
    CHECK(text.starts_with("1 of 2 portfolios passes\n"));
    CHECK(text.find("\nanna passes\n") != std::string::npos);
    CHECK(text.find("  required project:titanic of anna: pass, it holds\n") != std::string::npos);
    // Every project of his that is there passes, and he does not.
    CHECK(text.find("\nben fails\n") != std::string::npos);
    CHECK(text.find("  required project:titanic of ben: fail, `titanic` is not there\n") != std::string::npos);
    CHECK(text.ends_with("verdict: fail (demanded of each: own, project:titanic)\n"));

    CHECK(parsed_by_python(to_junit(report)) ==
          "iris/judged; anna: requirements/own; anna: requirements/project:titanic; iris/judged; "
          "ben: requirements/own; ben: requirements/project:titanic failure");

    CHECK(to_github(report).find("::error title=required project%3Atitanic of ben::`titanic` is not there\n") !=
          std::string::npos);
    CHECK(to_github(report).find("of anna") == std::string::npos);

    const auto markdown = to_markdown(report);
    CHECK(markdown.find("| project:titanic of anna | pass | it holds |\n") != std::string::npos);
    CHECK(markdown.find("| project:titanic of ben | fail | \\`titanic\\` is not there |\n") != std::string::npos);

    const auto json = Json::parse(to_json(report));
    CHECK(json["portfolios"][0]["requirements"][1]["verdict"] == "pass");
    CHECK(json["portfolios"][1]["requirements"][1]["message"] == "`titanic` is not there");
    CHECK(json["requirements"].size() == 2);
    CHECK(json["requirements"][0]["message"] == "it holds for each of the 2 portfolios");
    CHECK(json["requirements"][1]["verdict"] == "fail");
    CHECK(json["requirements"][1]["message"] == "ben: `titanic` is not there");
}

TEST_CASE("a portfolio or project without a name of its own is called by its folder, and says why") {
    Report report{.tool_version = "0.1.0",
                  .verdict = Verdict::error,
                  .portfolios = {{.path = "w", .verdict = Verdict::error, .projects = {{.message = "torn"}}},
                                 {.path = "e", .verdict = Verdict::error, .message = "there is nothing in it"}}};
    CHECK(to_text(report).find("  w/ could not be judged\n    torn\n") != std::string::npos);
    CHECK(to_text(report).find("e could not be judged\n  there is nothing in it\n") != std::string::npos);
    CHECK(to_markdown(report).find("| w/ | error | 0 of 0 milestones | authorship unknown |\n") != std::string::npos);
    CHECK(to_markdown(report).find("\n### w/\n\ntorn\n") != std::string::npos);
    CHECK(to_markdown(report).find("## e\n\nthere is nothing in it\n") != std::string::npos);
    CHECK(
        to_github(report).starts_with("::error file=.mlpath-project.json,title=w/ could not be judged::torn\n"
                                      "::error title=e could not be judged::there is nothing in it\n"));
    CHECK(parsed_by_python(to_junit(report)) == "w//judged error; e/judged error");
}

TEST_CASE("every form carries what reproduces the verdict") {
    const auto report = small_report();
    const std::vector<std::pair<const char*, std::string>> forms{
        {"text", to_text(report)},
        {"json", to_json(report)},
        {"junit", to_junit(report)},
        {"github", to_github(report)},
        {"markdown", replace_all(to_markdown(report), "\\", "")}};
    for (const auto& [name, text] : forms) {
        for (const auto* needed : {hash_of_tool.c_str(), hash_of_library.c_str(), hash_of_data.c_str(), "cccccccccccc",
                                   "42", "1936", "1.24.2", "3.11.2", "none yet", "the seed is not passed on"}) {
            CAPTURE(name);
            CAPTURE(needed);
            CHECK(text.find(needed) != std::string::npos);
        }
    }
}
