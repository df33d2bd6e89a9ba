// Circles among things that wait for each other.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mlpath::library {

// graph[a] holds what `a` waits for.
using Graph = std::vector<std::vector<std::size_t>>;

// One shortest circle of each knot of the graph, from its lowest member on: {1, 4} where 1 waits for 4 and 4 for 1.
// Linear in the graph, and as deep as it likes.
[[nodiscard]] std::vector<std::vector<std::size_t>> find_cycles(const Graph& graph);

// "`a` → `b` → `a`".
[[nodiscard]] std::string spell_cycle(const std::vector<std::size_t>& cycle, const std::vector<std::string>& names);

}  // namespace mlpath::library
