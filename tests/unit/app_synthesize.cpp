#include "app/data/synthesize.hpp"

#include <sys/stat.h>

#include <set>

#include "app/data/judges_secret.hpp"
#include "app_world.hpp"
#include "data/made.hpp"

using namespace mlpath;
using namespace mlpath::app;
using namespace mlpath::test;

namespace {

struct MakingWorld : AppWorld {
    MakingWorld() {
        const fs::path source = fs::path(MLPATH_SOURCE_DIR) / "core/data/python";
        const auto files = *files_below(source, {"__pycache__"});
        for (const auto& file : files) {
            content.files["makers/" + file] = *read_file(source / file);
        }
    }
    // A dataset whose generator is `script`.
    library::Dataset made_by(const std::string& script) {
        content.files["curricula/synthetic/coins.py"] = script;
        return {.id = "coins",
                .files = {{.name = "coins.csv"}},
                .synthetic = library::Synthetic{.seed = 7, .sha256 = std::string(64, '0')}};
    }
};

constexpr auto coins =
    "def make(draw):\n    yield 'coins.csv', ''.join(f'{draw.integer(0, 999)}\\n' for _ in range(9)).encode()\n";

}  // namespace

TEST_CASE("a generator that never ends is stopped, and nothing of it is kept") {
    MakingWorld world;
    const auto context = world.context();
    const std::vector catalogue{world.made_by("def make(draw):\n    while True:\n        pass\n    yield 'a', b''\n")};
    const auto made = synthesize(context, catalogue, {"coins"}, {.processes = world.processes, .seconds = 1});
    REQUIRE_FALSE(made);
    CHECK(made.error().kind == ErrorKind::malformed);
    CHECK(made.error().message.find("the synthetic data of `coins` cannot be made") != std::string::npos);
    CHECK_FALSE(fs::exists(data::Cache::of(world.environment).root() / "synthetic"));
}

TEST_CASE("the judge draws other rows of the same kind, and the same ones again") {
    MakingWorld world;
    const auto context = world.context();
    const auto dataset = world.made_by(coins);
    const Making making{.processes = world.processes};
    std::set<std::string> seen;
    for (const auto* const secret : {"one", "two"}) {
        for (const std::uint64_t split : {1, 2}) {
            const auto seed = seed_of_drawn(secret, "coins", split);
            const auto drawn = draw_anew(context, dataset, seed, making);
            REQUIRE(drawn);
            REQUIRE(drawn->size() == 1);
            CHECK(drawn->front().path == "coins.csv");
            CHECK(seen.insert(drawn->front().bytes).second);
            CHECK(draw_anew(context, dataset, seed, making)->front().bytes == drawn->front().bytes);
        }
    }
    CHECK(seed_of_drawn("one", "coins", 1) != seed_of_drawn("one", "other", 1));
}

TEST_CASE("the judge's secret is this machine's, and readable by its owner alone") {
    AppWorld world;
    const auto context = world.context();
    const auto secret = judges_secret(context);
    CHECK(secret.size() == 64);
    CHECK(judges_secret(context) == secret);
    const auto file = world.cache.path() / "judges-secret";
    struct stat found{};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777U) == 0600);
    // One that was cut off is none.
    REQUIRE(write_file(file, "short", Durability::cached));
    CHECK(judges_secret(context).size() == 64);
    CHECK(judges_secret(context) != secret);
}
