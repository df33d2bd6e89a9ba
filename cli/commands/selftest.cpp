#include "commands/selftest.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "library/embedded.hpp"
#include "render/faults.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

std::string unchanged(std::size_t count) {
    return count == 1 ? "unchanged since it was proved" : "unchanged since they were proved";
}

std::string how_often(const app::SelftestProject& project) {
    const auto remembered = project.remembered();
    if (project.judged() == 0 && remembered > 0) {
        return unchanged(remembered);
    }
    const auto judged = "judged " + count_of(project.judged(), "time");
    return remembered == 0 ? judged : judged + "; " + std::to_string(remembered) + ' ' + unchanged(remembered);
}

void write_report(Page& page, const app::SelftestReport& report) {
    for (const auto& project : report.projects) {
        const bool sound = project.faults.empty();
        page.labelled(sound ? "sound" : "fault", sound ? Tone::good : Tone::bad,
                      project.project + ": skeleton, solution and " +
                          count_of(project.flaws.size(), "flawed solution") + ", " + how_often(project) +
                          (project.data == app::ProofData::synthetic ? ", on synthetic data" : ""));
        write_faults(page, project.faults);
    }
    if (report.projects.empty() && report.quizzes.empty()) {
        page.line("Nothing falls to this shard: there are more parts than projects and quizzes.");
    }
    for (const auto& quiz : report.quizzes) {
        const bool sound = quiz.faults.empty();
        page.labelled(sound ? "sound" : "fault", sound ? Tone::good : Tone::bad,
                      quiz.quiz + ": " + count_of(quiz.claims, "claim") +
                          (quiz.remembered ? ", " + unchanged(quiz.claims) : " run"));
        for (const auto& fault : quiz.faults) {
            page.line("      " + fault);
        }
    }
}

// Its own has no name where it lies.
Result<std::string> name_of(const app::GuestPlace& place) {
    if (place.kind != app::GuestKind::own) {
        return place.name;
    }
    MLPATH_TRY(const auto guest, app::guest_in(place.folder, library::blob_content(library::embedded_blob())));
    return guest ? guest->name : std::string();
}

Json json_for(const std::vector<app::ProofKey>& keys) {
    auto list = Json::array();
    for (const auto& key : keys) {
        list.push_back(Json{{"project", key.project},
                            {"content", key.content},
                            {"harness", key.harness},
                            {"packages", key.packages},
                            {"data", app::name_of(key.data)}});
    }
    return Json{{"keys", std::move(list)}};
}

void write_proof_keys(Page& page, const std::vector<app::ProofKey>& keys) {
    for (const auto& key : keys) {
        page.line(key.project + ": content " + key.content + ", harness " + key.harness + ", data " +
                  app::name_of(key.data) + "; " + key.packages);
    }
}

}  // namespace

void SelftestDisplay::subject_begins(const std::string& project, const std::string& subject, std::size_t split,
                                     std::size_t of) {
    auto text = "judging " + project + ": " + subject;
    if (of > 1) {
        text += ", split " + std::to_string(split + 1) + " of " + std::to_string(of);
    }
    m_line.draw(text);
}

void SelftestDisplay::quizzes_begin(std::size_t count) {
    if (count > 0) {
        m_line.draw("running what " + count_of(count, "quiz", "quizzes") + " claim");
    }
}

Status find_named(std::vector<std::string>& libraries) {
    std::error_code error;
    for (auto& library : libraries) {
        if (fs::is_directory(library, error) || library.find('/') != std::string::npos) {
            continue;
        }
        MLPATH_TRY(const auto here, app::guests_around(fs::current_path(error)));
        fs::path folder;
        for (const auto& place : here.places) {
            if (name_of(place).value_or("") == library) {
                folder = place.folder;
            }
        }
        if (folder.empty()) {
            return fail(ErrorKind::usage,
                        "`" + printable(library) + "` is not a folder, and no library of this workspace",
                        "`mlpath library` shows those that there are");
        }
        library = folder.string();
    }
    return {};
}

Json selftest_json(const app::SelftestReport& report) {
    auto projects = Json::array();
    for (const auto& project : report.projects) {
        auto faults = Json::array();
        for (const auto& fault : project.faults) {
            faults.push_back(json_of(fault));
        }
        auto subjects = Json::array();
        for (const auto& subject : project.subjects) {
            subjects.push_back(Json{{"subject", subject.subject},
                                    {"seed", subject.seed},
                                    {"sound", subject.sound},
                                    {"milestone", subject.end.milestone},
                                    {"check", subject.end.check},
                                    {"told", subject.end.told},
                                    {"remembered", subject.remembered}});
        }
        projects.push_back(Json{{"project", project.project},
                                {"data", app::name_of(project.data)},
                                {"judged", project.judged()},
                                {"remembered", project.remembered()},
                                {"subjects", std::move(subjects)},
                                {"flaws", project.flaws},
                                {"faults", std::move(faults)}});
    }
    auto quizzes = Json::array();
    for (const auto& quiz : report.quizzes) {
        quizzes.push_back(Json{
            {"quiz", quiz.quiz}, {"claims", quiz.claims}, {"remembered", quiz.remembered}, {"faults", quiz.faults}});
    }
    return Json{{"sound", report.sound()}, {"projects", std::move(projects)}, {"quizzes", std::move(quizzes)}};
}

Result<app::SelftestReport> run_selftest(Host& host, const app::Context& context, const app::SelftestRequest& request,
                                         const app::Asked& asked) {
    return with_progress(host, context, asked, [&](const auto& tools, auto& observer) {
        return app::selftest(context, tools, request, observer, host.stop());
    });
}

Action make_selftest(Options& options) {
    constexpr std::uint64_t most_splits = 1'000'000;
    struct Input {
        app::SelftestRequest request{};
        std::optional<std::uint64_t> splits{};
        std::optional<std::string> shard{};
        bool fresh = false;
        bool keys = false;
        bool synthetic = false;
        LoadOptions load{};
    };
    auto input = std::make_shared<Input>();
    options.optional("ID",
                     "projects and quizzes to prove; by default all that are ready, and with --library those of that "
                     "library alone (its folder, or its name where the workspace has it)",
                     input->request.ids, Values::ids);
    options.count("--splits", "N", "judge over this many splits; 1 by default", input->splits, most_splits);
    options.flag("--fresh", "judge everything, also what has not changed since it was proved", input->fresh);
    options.option("--shard", "I/N", "the I-th of N parts of what there is, to prove on N machines", input->shard);
    options.flag("--keys", "judge nothing: tell of each project what decides its proof, so that a record can name it",
                 input->keys);
    options.flag("--synthetic", "on data of the same shape, made here: with no network", input->synthetic);
    input->load.declare(options);
    return [input](Host& host) -> Result<Exit> {
        input->request.data = input->synthetic ? library::DataKind::synthetic : library::DataKind::real;
        input->request.splits = static_cast<std::size_t>(input->splits.value_or(1));
        input->request.freshness = input->fresh ? app::Freshness::fresh : app::Freshness::cached;
        if (input->shard) {
            MLPATH_TRY(input->request.shard, app::read_shard(*input->shard));
        }
        auto& named = host.options().libraries;
        const bool alone = !named.empty() && input->request.ids.empty();
        MLPATH_CHECK(find_named(named));
        MLPATH_TRY(const auto context, host.context(alone ? Host::Guests::named : Host::Guests::all));
        // A library without a name stands in the place of what is built in, and is all that there is.
        MLPATH_TRY(const auto* base, host.library_alone());
        if (alone && base->validated("curricula/topics.json")) {
            for (const auto& guest : context.joined) {
                input->request.libraries.push_back(guest.name);
            }
        }
        if (input->keys) {
            MLPATH_TRY(const auto keys, app::proof_keys(context, host.processes(), input->request, host.stop()));
            host.answer([&] { return json_for(keys); }, [&](Page& page) { write_proof_keys(page, keys); });
            return Exit::done;
        }
        MLPATH_TRY(const auto report, run_selftest(host, context, input->request, input->load.asked()));
        host.answer([&] { return selftest_json(report); }, [&](Page& page) { write_report(page, report); });
        return report.sound() ? Exit::done : Exit::falls_short;
    };
}

}  // namespace mlpath::cli
