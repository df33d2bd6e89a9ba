// A small library in memory, portfolios in temporary folders, git and Python for real.
#pragma once

#include <doctest/doctest.h>

#include "app/verify/verify.hpp"
#include "base/text.hpp"
#include "library_support.hpp"
#include "progress_support.hpp"
#include "workspace/marker.hpp"

namespace mlpath::test {

constexpr auto alpha_manifest = R"({
  "$schema": "../../curricula/schemas/project.schema.json", "format": 2, "id": "alpha", "version": 3, "status": "ready",
  "title": "Say hello", "summary": "A greeting.", "hours": { "min": 1, "max": 2, "estimate": true }, "skills": ["python"],
  "python": { "version": "3.9", "packages": [] },
  "data": [ { "id": "people", "bundled": "data/people.csv",
              "split": { "method": "random", "target": "y", "test": 0.5, "seed": 7 },
              "train": "data/train.csv", "test": "data/test.csv" } ],
  "sources": ["*.py", "README.md"],
  "steps": [],
  "milestones": [ { "id": "greet", "title": "Greet", "goal": "It greets.", "hints": ["a", "b", "c"],
    "checks": [ { "id": "says-hello", "kind": "command", "run": ["{python}", "hello.py"], "says": "It greets.",
                  "stdout": [ { "matches": "^hello" } ] } ] } ]
})";
constexpr auto beta_manifest = R"({ "$schema": "../../curricula/schemas/project.schema.json", "format": 2, "id": "beta",
  "version": 1, "status": "planned", "title": "Later", "summary": "Not yet." })";

constexpr auto published_hello =
    "import sys\n\n\ndef greeting(names):\n    parts = [name.strip().title() for name in names if name.strip()]\n"
    "    return 'hello ' + ', '.join(sorted(parts))\n\n\nprint(greeting(sys.argv[1:] or ['you']))\n";
constexpr auto own_hello =
    "def main():\n    who = input if False else None\n    words = {'en': 'hello', 'fr': 'salut'}\n"
    "    print(words.get('en'), who is None)\n\n\nmain()\n";

struct AppWorld {
    AppWorld() {
        const fs::path source = MLPATH_SOURCE_DIR;
        for (const auto& [from, prefix] : {std::pair{source / "curricula/schemas", "curricula/schemas/"},
                                           std::pair{source / "core/checks/python", "harness/"}}) {
            const auto files = *files_below(from, {"__pycache__"});
            for (const auto& file : files) {
                content.files[prefix + file] = *read_file(from / file);
            }
        }
        content.files["templates/alpha/project.json"] = alpha_manifest;
        content.files["templates/alpha/data/people.csv"] = "x,y\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n";
        content.files["templates/alpha/skeleton/hello.py"] = "print('TODO')\n";
        content.files["templates/alpha/solution/hello.py"] = published_hello;
        content.files["templates/beta/project.json"] = beta_manifest;
        index.projects.add(
            {.id = "alpha", .version = 3, .title = "Say hello", .milestones = {{"greet", "Greet", "", 1}}});
        index.projects.add({.id = "beta", .status = library::ProjectStatus::planned, .title = "Later"});
    }
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    TemporaryFolder cache = *TemporaryFolder::make("mlpath-test-");
    MemoryContent content{};
    library::Index index{};
    system::FixedEnvironment environment{
        {{"PATH", "/usr/bin:/bin"}, {"HOME", cache.path().string()}, {"MLPATH_CACHE_DIR", cache.path().string()}}};
    SetClock clock{minute(0)};
    CountingRandom random{1234};
    system::RealProcesses processes{};

    app::Harness harness{content};
    run::Schedule schedule{{.jobs = 2}};

    [[nodiscard]] app::JudgingTools tools() { return tools(schedule); }
    [[nodiscard]] app::JudgingTools tools(run::Schedule& by) { return {processes, harness, by}; }
    [[nodiscard]] app::Context context() { return {environment, clock, random, content, index, folder.path()}; }

    void file(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    }
    // A project folder of alpha.
    void project(const std::string& path, std::string_view hello, const std::string& id = "alpha") const {
        file(path + "/" + std::string(workspace::marker_name),
             workspace::marker_text({.project = id, .version = 3, .skeleton = {{"hello.py", "print('TODO')\n"}}}));
        file(path + "/hello.py", hello);
    }
    // Runs git there, with nothing of this machine's settings.
    std::string git(const std::string& path, std::vector<std::string> words) {
        system::ProcessSpec spec{
            .argv = {"/usr/bin/git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", "-c",
                     "commit.gpgsign=false", "-c", "protocol.file.allow=always"},
            .environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", "/nonexistent"}},
            .folder = folder.path() / path};
        spec.argv.insert(spec.argv.end(), words.begin(), words.end());
        const auto outcome = processes.run(spec);
        REQUIRE(outcome.has_value());
        REQUIRE_MESSAGE(outcome->succeeded(), outcome->err.text());
        return std::string(trim(outcome->out.text()));
    }
    Result<report::Report> verify(std::vector<fs::path> paths, app::VerifyRequest request = {},
                                  std::stop_token stop = {}) {
        request.paths = std::move(paths);
        app::VerifyObserver quiet;
        return app::verify(context(), tools(), request, quiet, stop);
    }
};

}  // namespace mlpath::test
