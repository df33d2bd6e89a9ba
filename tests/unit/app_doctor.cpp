#include "app/setup/doctor.hpp"

#include "app/setup/doctor_programs.hpp"
#include "app_world.hpp"
#include "base/hash.hpp"

using namespace mlpath;
using namespace mlpath::app;
using test::AppWorld;

namespace {

// The worst health of an area whose message holds `part`; nullopt: nothing of the kind was said.
std::optional<Health> said_of(const std::vector<Symptom>& symptoms, std::string_view area, std::string_view part) {
    std::optional<Health> worst;
    for (const auto& symptom : symptoms) {
        if (symptom.area == area && (symptom.message + symptom.remedy).find(part) != std::string::npos) {
            worst = std::max(worst.value_or(Health::good), symptom.health);
        }
    }
    return worst;
}

std::vector<Symptom> examine(AppWorld& world, data::Depth depth = data::Depth::quick) {
    auto found = doctor(world.context(), world.processes, {.depth = depth});
    REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().message));
    return std::move(*found);
}

}  // namespace

TEST_CASE("what works is said") {
    AppWorld world;
    const auto found = examine(world);
    CHECK(said_of(found, "python", "check scripts run with /usr/bin/python3") == Health::good);
    CHECK(said_of(found, "packages", "alpha runs with") == Health::good);
    CHECK_FALSE(said_of(found, "packages", "beta").has_value());  // planned: it needs nothing yet
    CHECK(said_of(found, "downloads", "libcurl.so.4").has_value());
    CHECK(said_of(found, "downloads", "libarchive.so.13").has_value());
    CHECK(said_of(found, "git", "git is there") == Health::good);
    CHECK(said_of(found, "cache", "holds 0 B in 0 files") != std::nullopt);
    CHECK(said_of(found, "workspace", "mlpath init") == Health::good);
    // What can be had depends on the machine; that it is said, and rightly, does not.
    const auto sandbox = run::Sandbox::open(run::SandboxWish::automatic, world.processes);
    REQUIRE(sandbox);
    const bool own_world = sandbox->walls() == confine::Walls::name_spaces;
    CHECK(said_of(found, "sandbox", own_world ? "world of their own" : "none") ==
          (own_world ? Health::good : Health::poor));
}

TEST_CASE("a package that no Python has is named, with what mends it") {
    AppWorld world;
    auto& manifest = world.content.files["templates/alpha/project.json"];
    manifest = replace_all(manifest, R"("packages": [])",
                           R"("packages": [ { "import": "no_such_module_at_all", "pypi": "no-such-module-at-all" } ])");
    const auto found = examine(world);
    CHECK(said_of(found, "packages", "lacks `no-such-module-at-all`") == Health::bad);
    CHECK(std::ranges::any_of(
        found, [](const Symptom& symptom) { return symptom.area == "packages" && !symptom.remedy.empty(); }));
}

TEST_CASE("a damaged cache entry is found by hashing, and only when asked") {
    AppWorld world;
    const std::string bytes = "some data";
    const auto cache = data::Cache::of(world.environment);
    const auto sound = sha256_of(bytes);
    const auto damaged = sha256_of("other data");
    for (const auto& hash : {sound, damaged}) {
        REQUIRE(write_file(cache.entry_path(hash), bytes));
    }
    CHECK_FALSE(said_of(examine(world), "cache", damaged).has_value());
    const auto deep = examine(world, data::Depth::deep);
    CHECK(said_of(deep, "cache", damaged) == Health::bad);
    CHECK(said_of(deep, "cache", "1 cached file hashed again and found sound") == Health::good);
    CHECK(said_of(examine(world), "cache", "wrong bytes kept") == Health::poor);
}

TEST_CASE("a broken workspace, a curriculum that is none, a torn journal") {
    AppWorld world;
    world.file(".mlpath/workspace.json", "{\"format\":1,");
    CHECK(said_of(examine(world), "workspace", "workspace.json") == Health::bad);
    world.file(".mlpath/workspace.json", R"({"format":1,"curricula":["lvels"]})");
    world.index.curricula.add({.id = "levels", .title = "Levels"});
    world.file(".mlpath/progress/0123456789abcdef0123456789abcdef.jsonl", "{\"v\":1,\"torn\n");
    const auto found = examine(world);
    CHECK(said_of(found, "workspace", "levels") == Health::bad);
    CHECK(said_of(found, "workspace", "0123456789abcdef0123456789abcdef.jsonl:1") == Health::poor);
}

TEST_CASE("a program that a kind of check starts is looked for where a project asks for it") {
    AppWorld world;
    world.file("bin/Xvfb", "#!/bin/sh\n");
    const auto there = (world.folder.path() / "bin").string();
    fs::permissions(there + "/Xvfb", fs::perms::owner_all);
    const auto look = [&](std::string_view path) {
        std::vector<Symptom> found;
        look_at_check_programs(world.context(), path, found);
        return found;
    };
    CHECK(look(there).empty());  // no project has a window
    auto& manifest = world.content.files["templates/alpha/project.json"];
    manifest = replace_all(manifest, R"("kind": "command", "run": ["{python}", "hello.py"])",
                           R"("kind": "gui", "path": "hello.py", "script": "checks/a.py", "function": "shows")");
    manifest = replace_all(manifest, R"(,
                  "stdout": [ { "matches": "^hello" } ])",
                           "");
    const std::string absent = world.folder.path().string();
    for (const auto& [path, health, told] : std::vector<std::tuple<std::string, Health, std::string>>{
             {there, Health::good, "programs with a window (`alpha`) can be checked: " + there + "/Xvfb is there"},
             {absent, Health::poor, "programs with a window (`alpha`) cannot be checked: Xvfb is not installed"},
         }) {
        CAPTURE(told);
        const auto found = look(path);
        CHECK(found.size() == 1);
        CHECK(said_of(found, "windows", told) == health);
    }
    auto found = doctor(world.context(), world.processes, {.path = absent});
    REQUIRE(found);
    CHECK(said_of(*found, "windows", "Xvfb is not installed") == Health::poor);
}

TEST_CASE("an interrupt ends it") {
    AppWorld world;
    std::stop_source stop;
    stop.request_stop();
    const auto found = doctor(world.context(), world.processes, {}, stop.get_token());
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().kind == ErrorKind::interrupted);
}
