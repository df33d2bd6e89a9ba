#include "app/verify/verify.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/files.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"
#include "render/fetch_display.hpp"
#include "render/live.hpp"
#include "render/report_file.hpp"
#include "render/verify_progress.hpp"
#include "report/words.hpp"

namespace mlpath::cli {

namespace {

struct VerifyInput {
    app::VerifyRequest request{};
    std::vector<std::string> paths{};
    std::string seed{};
    SandboxOption sandbox{};
    std::string format{};  // empty: not said
    std::string output{};
    LoadOptions load{};
    bool cache = false;
    std::string cache_folder{};
    bool fresh = false;
    bool offline = false;
    bool make_environments = false;
    bool allow_synthetic = false;
};

// On a terminal one line that is drawn over; in a log a line now and then, so that nobody takes it for dead.
class VerifyDisplay final : public app::VerifyObserver {
public:
    explicit VerifyDisplay(Host& host)
        : m_host(host),
          m_line(host.err(), host.err_terminal(), !host.json()),
          m_progress(std::chrono::steady_clock::now()) {
        if (!host.err_terminal().is_terminal && !host.json()) {
            m_ticking = std::jthread([this](const std::stop_token& stop) { tick(stop); });
        }
    }

    void environment(std::string_view group, std::string_view says) override {
        const std::scoped_lock lock(m_mutex);
        const auto text = "environment " + printable(group) + ": " + std::string(says);
        if (m_line.live()) {
            m_line.draw(text);
        } else if (!m_host.json()) {
            m_host.remark(text);
        }
    }
    void project_begins(const Place& project) override {
        const std::scoped_lock lock(m_mutex);
        m_progress.begins(project.number, project.of, printable(project.name));
        m_host.note("judging " + printable(project.name));
        draw();
    }
    void milestone_begins(const Place& project, const library::Milestone& milestone) override {
        const std::scoped_lock lock(m_mutex);
        m_progress.milestone(project.number, milestone.title);
        draw();
    }
    void project_ended(const Place& project, const report::ProjectReport& result) override {
        const std::scoped_lock lock(m_mutex);
        m_progress.ended(project.number, result.verdict);
        m_line.clear();
        if (m_host.err_terminal().is_terminal) {
            m_host.remark(printable(project.name) + " " + std::string(report::verb(result.verdict)));
        }
        draw();
    }
    // Before the report.
    void finish() {
        if (m_ticking.joinable()) {
            m_ticking.request_stop();
            m_ticking.join();
            if (const auto line = m_progress.last(std::chrono::steady_clock::now())) {
                m_host.remark(*line);
            }
        }
        m_line.clear();
    }

    // Guards what is written: others write to the same stream while projects are judged.
    [[nodiscard]] std::mutex& turn() { return m_mutex; }

private:
    void draw() { m_line.draw(m_progress.live(), LiveLine::Pace::now); }
    void tick(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            m_woken.wait_for(lock, stop, std::chrono::milliseconds(500), [] { return false; });
            if (const auto line = m_progress.due(std::chrono::steady_clock::now())) {
                m_host.remark(*line);
            }
        }
    }

    Host& m_host;
    LiveLine m_line;
    std::mutex m_mutex{};  // guards the progress, and what is written
    std::condition_variable_any m_woken{};
    VerifyProgress m_progress;
    std::jthread m_ticking{};  // last: it ends first
};

// Data are fetched while projects are judged.
class FetchesBeside final : public data::FetchProgress {
public:
    FetchesBeside(FetchDisplay& display, std::mutex& turn) : m_display(display), m_turn(turn) {}
    void on(const data::FetchEvent& event) override {
        const std::scoped_lock lock(m_turn);
        m_display.on(event);
    }

private:
    FetchDisplay& m_display;
    std::mutex& m_turn;
};

Status read_seed(VerifyInput& input) {
    if (input.seed.empty()) {
        return {};
    }
    if (input.seed == "fresh") {
        input.request.seed_from = app::SeedFrom::fresh;
        return {};
    }
    const auto* end = input.seed.data() + input.seed.size();
    const auto [rest, error] = std::from_chars(input.seed.data(), end, input.request.seed);
    if (error != std::errc() || rest != end) {
        return fail(ErrorKind::usage, "`--seed` is a whole number or `fresh`, not `" + input.seed + "`");
    }
    input.request.seed_from = app::SeedFrom::given;
    return {};
}

Status settle_format(VerifyInput& input, Host& host) {
    if (host.json() && !input.format.empty() && input.format != "json") {
        return fail(ErrorKind::usage,
                    "`--json` asks for a report in JSON, and `--format " + input.format + "` for one in another form",
                    "choose one: `--json`, or `--format " + input.format + "`");
    }
    if (host.json()) {
        input.format = "json";
    } else if (input.format == "json" && input.output.empty()) {
        host.options().json = true;  // a failure is told as JSON too
    }
    return {};
}

struct Form {
    std::string_view name;
    std::string (*written)(const report::Report&);
};
constexpr std::array forms{Form{"text", report::to_text},         Form{"json", report::to_json},
                           Form{"junit", report::to_junit},       Form{"github", report::to_github},
                           Form{"markdown", report::to_markdown}, Form{"csv", report::to_csv},
                           Form{"html", report::to_html}};

// `name` may be empty: nothing was said.
std::string written_as(const report::Report& report, std::string_view name) {
    const auto* form = std::ranges::find(forms, name, &Form::name);
    return form == forms.end() ? report::to_text(report) : form->written(report);
}

std::vector<std::string> form_names() {
    std::vector<std::string> names;
    for (const auto& form : forms) {
        names.emplace_back(form.name);
    }
    return names;
}

Status append_summary(const std::string& path, const report::Report& report) {
    std::ofstream file(path, std::ios::app | std::ios::binary);
    file << report::to_markdown(report) << '\n';
    file.flush();
    if (!file) {
        return fail(ErrorKind::io, "cannot write the summary to `" + path + "`",
                    "GITHUB_STEP_SUMMARY names it: correct or unset it");
    }
    return {};
}

Result<Exit> verify(VerifyInput& input, Host& host) {
    if (is_standard_output(input.output)) {
        input.output.clear();  // where the report goes anyway
    }
    MLPATH_CHECK(settle_format(input, host));
    MLPATH_CHECK(read_seed(input));
    input.request.paths.assign(input.paths.begin(), input.paths.end());
    input.request.cache = !input.cache_folder.empty() ? app::CacheUse::shared
                          : input.cache               ? app::CacheUse::own
                                                      : app::CacheUse::none;
    input.request.cache_folder = input.cache_folder;
    input.request.freshness = input.fresh ? app::Freshness::fresh : app::Freshness::cached;
    if (input.offline && input.make_environments) {
        return fail(ErrorKind::usage, "`--make-environments` needs the network, and `--offline` never touches it",
                    "leave one of them out");
    }
    if (input.make_environments) {
        input.request.environments = app::Environments::make;
    }
    if (input.offline) {
        input.request.network = data::Network::offline;
    }
    if (input.allow_synthetic) {
        input.request.on_synthetic = app::OnSynthetic::counts;
    }
    if (!input.output.empty()) {
        MLPATH_CHECK(can_hold_a_report(input.output));
    }
    // What the job did not name has no say.
    MLPATH_TRY(const auto context, host.context(Host::Guests::named));
    FetchDisplay fetches(host);
    VerifyDisplay display(host);
    FetchesBeside told(fetches, display.turn());
    std::optional<JudgingSetup> setup;
    const auto tools = [&]() -> Result<app::JudgingTools> {
        MLPATH_TRY(auto opened, JudgingSetup::open(host, context, input.sandbox.wish(), &told, input.load.asked()));
        setup.emplace(std::move(opened));
        return setup->tools();
    };
    const auto report = app::verify(context, host.processes(), tools, input.request, display, host.stop());
    fetches.clear();
    display.finish();
    if (!report) {
        return fail(report.error());
    }
    for (const auto& remark : report->remarks) {
        host.remark("warning: " + remark);
    }
    const auto text = written_as(*report, input.format);
    if (input.output.empty()) {
        host.out().write(text + (text.ends_with('\n') ? "" : "\n"));
    } else {
        // First here: should the file fail after all, what was found out is not lost.
        host.out().write(host.json() ? text : report::to_text(*report));
        host.out().flush();
        MLPATH_CHECK(write_report_file(input.output, text));
    }
    if (const auto summary = host.environment().get("GITHUB_STEP_SUMMARY"); summary && input.format == "github") {
        MLPATH_CHECK(append_summary(*summary, *report));
    }
    return exit_of(report->verdict);
}

}  // namespace

Action make_verify(Options& options) {
    auto input = std::make_shared<VerifyInput>();
    options.required("PATH", "a portfolio: a workspace, or the folder of one project", input->paths, Values::folders);
    options.option("--require", "WHAT",
                   "judge and demand of each portfolio only `project:ID`, `stage:ID` or `all`; `own` demands the "
                   "learner's own work; without it, all that is there is demanded",
                   input->request.require);
    options.option("--seed", "N|fresh", "the seed of the splits; by default from the commit or the content",
                   input->seed);
    input->load.declare(options);
    input->sandbox.declare(options);
    options.flag("--cache", "recall what was judged before where nothing changed; by default nothing is recalled",
                 input->cache);
    options.option("--cache-dir", "DIR",
                   "the same from a folder that machines share; the variable MLPATH_CACHE_KEY holds its key",
                   input->cache_folder, Values::folders);
    options.flag("--fresh", "judge everything anew; with a cache, what is found replaces what was known", input->fresh);
    options.flag("--offline", "take data from the cache, never from the network", input->offline);
    options.flag("--make-environments",
                 "make Python environments that projects ask for and nobody made here: it may download a gigabyte",
                 input->make_environments);
    options.flag("--allow-synthetic", "count what is proved on synthetic data (`mlpath new PROJECT --synthetic`)",
                 input->allow_synthetic);
    options.choice("--format", "FORM", "text (the usual one), json, junit, github, markdown, csv or html",
                   input->format, form_names());
    options.option("--output", "FILE", "write the report there, and its text here; - is standard output", input->output,
                   Values::files);
    return [input](Host& host) { return verify(*input, host); };
}

}  // namespace mlpath::cli
