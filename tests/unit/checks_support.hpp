// A world for checks: a small project, a table in memory, and Processes that start nothing: a step is a function of the
// two tables that lie in its working folder.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "checks/engine.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"
#include "library/complete.hpp"

namespace mlpath::test {

class FakeProcesses final : public system::Processes {
public:
    using Program = std::function<Result<system::ProcessOutcome>(const system::ProcessSpec&)>;
    explicit FakeProcesses(Program runs_as) : program(std::move(runs_as)) {}
    Program program;
    std::atomic<int> runs{0};
    system::Processes* talks = nullptr;  // who holds conversations; null: nobody

    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override {
        ++runs;
        if (stop.stop_requested()) {
            return system::ProcessOutcome{.ending = system::Ending::interrupted};
        }
        return program(spec);
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop) override {
        return talks == nullptr ? fail(ErrorKind::internal, "nobody to talk to")
                                : talks->converse(spec, std::move(stop));
    }
};

inline system::ProcessOutcome exited(int code, std::string out = {}, std::string err = {}) {
    system::ProcessOutcome outcome{.exit_code = code};
    outcome.out = {.head = out, .tail = {}, .total = out.size()};
    outcome.err = {.head = err, .tail = {}, .total = err.size()};
    return outcome;
}

// What a model predicts for each test row.
using Model = std::function<std::vector<std::string>(const table::Table& train, const table::Table& test)>;

// Reads data/train.csv and data/test.csv of the working folder and writes predictions.csv.
inline FakeProcesses::Program predicting(Model model) {
    return [model = std::move(model)](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const auto train = table::read_table(spec.folder / "data/train.csv");
        const auto test = table::read_table(spec.folder / "data/test.csv");
        if (!train || !test) {
            return exited(1, "", "no data");
        }
        table::Table written{.columns = {"row_id", "kind"}};
        const auto cells = model(*train, *test);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            written.rows.push_back({test->rows[i][0], cells[i]});
        }
        const auto status =
            write_file(spec.folder / "predictions.csv", table::write_table(written), Durability::cached);
        return exited(status ? 0 : 1);
    };
}

inline double number_in(const table::Table& table, std::size_t row, std::string_view column) {
    return table::parse_cell(table.rows[row][*table.column(column)]).number;
}

// 120 rows: `kind` is yes where x is 60 or more, but for one row in twelve; `sex` agrees with it two times in three.
inline table::Table sample_rows() {
    table::Table table{.columns = {"name", "x", "sex", "kind"}};
    for (int i = 0; i < 120; ++i) {
        const bool above = i >= 60;
        const bool yes = above != (i % 12 == 5);
        table.rows.push_back(
            {"p" + std::to_string(i), std::to_string(i) + ".5", above != (i % 3 == 0) ? "f" : "m", yes ? "yes" : "no"});
    }
    return table;
}

// The commonest answer of each group of the training rows.
inline std::vector<std::string> commonest_by(
    const table::Table& train, const table::Table& test,
    const std::function<std::string(const table::Table&, std::size_t)>& group) {
    std::map<std::string, int> votes;
    for (std::size_t row = 0; row < train.rows.size(); ++row) {
        votes[group(train, row)] += train.rows[row][*train.column("kind")] == "yes" ? 1 : -1;
    }
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < test.rows.size(); ++row) {
        cells.emplace_back(votes[group(test, row)] > 0 ? "yes" : "no");
    }
    return cells;
}

// Learns from x in steps of thirty.
inline std::vector<std::string> honest(const table::Table& train, const table::Table& test) {
    return commonest_by(train, test, [](const table::Table& table, std::size_t row) {
        return std::to_string(static_cast<int>(number_in(table, row, "x") / 30));
    });
}

class TableProvider final : public data::DataProvider {
public:
    explicit TableProvider(table::Table table) : whole(std::move(table)) {}
    table::Table whole;
    std::atomic<int> reads{0};
    [[nodiscard]] Result<table::Table> table(const library::DataEntry&) override {
        ++reads;
        return whole;
    }
    [[nodiscard]] Result<std::vector<data::Piece>> pieces(const library::DataEntry& entry) override {
        return std::vector<data::Piece>{{entry.to, "laid", {}}};
    }
};

inline library::Check check_of(const char* json) {
    auto fields = Json::parse(json);
    library::Check check{.id = fields.value("id", std::string("c")),
                         .kind = fields.value("kind", std::string()),
                         .says = fields.value("says", std::string("It holds.")),
                         .because = fields.value("because", std::string()),
                         .look = fields.value("look", std::string()),
                         .fields = fields};
    library::put_defaults(check);
    return check;
}

// A project with one step `predict` on the sample rows.
struct World {
    explicit World(FakeProcesses::Program program, table::Table rows = sample_rows())
        : processes(std::move(program)), provider(std::move(rows)) {
        project.data = {{.id = "people",
                         .bundled = "data/people.csv",
                         .split =
                             library::SplitSpec{
                                 .method = library::SplitMethod::stratified, .target = "kind", .test = 0.25, .seed = 5},
                         .train = "data/train.csv",
                         .test = "data/test.csv"}};
    }
    explicit World(Model model) : World(predicting(std::move(model))) {}

    TemporaryFolder sources = *TemporaryFolder::make("mlpath-test-");
    TemporaryFolder judges = *TemporaryFolder::make("mlpath-test-");
    library::Project project{.id = "sample",
                             .sources = {"*.py", "*.md", "*.csv"},
                             .steps = {{.id = "predict", .run = {"{python}", "p.py"}, .seconds = 60}}};
    FakeProcesses processes;
    TableProvider provider;
    run::Interpreter python{.path = "/usr/bin/python3", .version = "3.11.2"};
    std::stop_source stop{};
    std::optional<std::uint64_t> seed{};
    std::size_t steps_run = 0;
    checks::Memory* memory_in_use = nullptr;
    checks::Findings verified{};  // by other checks, where a test says so

    void source(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(sources.path() / path, text, Durability::cached));
    }
    void judging(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(judges.path() / path, text, Durability::cached));
    }

    template <typename Use>
    auto with(Use use) {
        const run::StepRunner runner(processes, python);
        auto collected = run::collect_sources(project, sources.path());
        REQUIRE(collected.has_value());
        checks::Evaluation evaluation({.project = project,
                                       .sources = std::move(*collected),
                                       .runner = runner,
                                       .judge_python = python,
                                       .processes = processes,
                                       .data = provider,
                                       .template_root = judges.path(),
                                       .harness = judges.path(),
                                       .seed = seed,
                                       .jobs = 3,
                                       .memory = memory_in_use,
                                       .stop = stop.get_token()});
        auto result = use(evaluation);
        steps_run = evaluation.steps_run();
        return result;
    }

    // One check in a milestone of its own.
    checks::Finding judge(const char* json) {
        const auto results = milestones({{"m", {json}}});
        REQUIRE_MESSAGE(results.has_value(), (results ? "" : results.error().message));
        return results->front().checks.front().finding;
    }
    Result<std::vector<checks::MilestoneResult>> milestones(
        const std::vector<std::pair<std::string, std::vector<const char*>>>& wanted, const checks::Plan& plan = {}) {
        project.milestones.clear();
        for (const auto& [id, texts] : wanted) {
            library::Milestone milestone{.id = id, .title = "The " + id};
            for (const auto* text : texts) {
                milestone.checks.push_back(check_of(text));
            }
            project.milestones.push_back(std::move(milestone));
        }
        checks::Observer quiet;
        return with([&](checks::Evaluation& evaluation) { return checks::judge_project(evaluation, plan, quiet); });
    }
};

inline bool tells(const checks::Finding& finding, std::string_view part) {
    for (const auto* text : {&finding.message, &finding.expected, &finding.actual, &finding.because, &finding.look}) {
        if (text->find(part) != std::string::npos) {
            return true;
        }
    }
    return false;
}

inline std::string told(const checks::Finding& finding) {
    return std::string(checks::to_string(finding.verdict)) + ": " + finding.message + " | " + finding.expected + " | " +
           finding.actual + " | " + finding.because + " | " + finding.look;
}

}  // namespace mlpath::test
