#include "app/data/project_data.hpp"

#include <atomic>
#include <thread>

#include "app_world.hpp"
#include "library/library.hpp"

using namespace mlpath;
using namespace mlpath::app;
using namespace mlpath::test;

// Also for ThreadSanitizer: steps that run side by side ask for the same data from threads of their own.
TEST_CASE("threads that ask for the same data get the same") {
    AppWorld world;
    auto& people = world.content.files["templates/alpha/data/people.csv"];
    people = "x,y\n";
    for (int i = 0; i < 2400; ++i) {  // fewer are not worth remembering
        people += std::to_string(i) + ',' + std::to_string(i % 2) + '\n';
    }
    const auto context = world.context();
    const auto project = library::load_project(world.content, "alpha");
    REQUIRE(project);
    ProjectData data(context, *project, data::Network::offline, nullptr, {}, data::SplitCache::of(world.environment));
    const auto& entry = project->data.front();
    constexpr unsigned threads = 4;
    std::atomic<unsigned> waiting{threads};
    std::atomic<unsigned> right{0};
    const auto ask = [&] {
        --waiting;
        while (waiting > 0) {  // all at once
            std::this_thread::yield();
        }
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const auto first = data.held_out(entry, seed);
            const auto again = data.held_out(entry, seed);
            right += first && again && table::write_table(first->train) == table::write_table(again->train) ? 1 : 0;
        }
    };
    {
        std::vector<std::jthread> all;
        for (unsigned i = 0; i < threads; ++i) {
            all.emplace_back(ask);
        }
    }
    CHECK(right == 3 * threads);
    CHECK(data.hashes().size() == 1);
}
