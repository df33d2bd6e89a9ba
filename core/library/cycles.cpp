#include "library/cycles.hpp"

#include <algorithm>
#include <deque>
#include <limits>

namespace mlpath::library {

namespace {

constexpr auto unseen = std::numeric_limits<std::size_t>::max();

// Tarjan's strongly connected components, with a stack of its own: a chain of 100,000 topics must not overflow ours.
class Components {
public:
    explicit Components(const Graph& graph)
        : m_graph(graph), m_order(graph.size(), unseen), m_low(graph.size(), 0), m_component(graph.size(), unseen) {
        for (std::size_t start = 0; start < graph.size(); ++start) {
            if (m_order[start] == unseen) {
                walk(start);
            }
        }
    }
    [[nodiscard]] std::size_t of(std::size_t node) const { return m_component[node]; }
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    struct Visit {
        std::size_t node;
        std::size_t next_edge;
    };

    void enter(std::size_t node) {
        m_order[node] = m_low[node] = m_clock++;
        m_open.push_back(node);
        m_visits.push_back({node, 0});
    }

    void walk(std::size_t start) {
        enter(start);
        while (!m_visits.empty()) {
            auto& visit = m_visits.back();
            const auto node = visit.node;
            if (visit.next_edge < m_graph[node].size()) {
                const auto next = m_graph[node][visit.next_edge++];
                if (m_order[next] == unseen) {
                    enter(next);
                } else if (m_component[next] == unseen) {
                    m_low[node] = std::min(m_low[node], m_order[next]);
                }
                continue;
            }
            m_visits.pop_back();
            if (!m_visits.empty()) {
                m_low[m_visits.back().node] = std::min(m_low[m_visits.back().node], m_low[node]);
            }
            if (m_low[node] == m_order[node]) {
                leave(node);
            }
        }
    }

    void leave(std::size_t root) {
        while (true) {
            const auto node = m_open.back();
            m_open.pop_back();
            m_component[node] = m_count;
            if (node == root) {
                break;
            }
        }
        ++m_count;
    }

    const Graph& m_graph;
    std::vector<std::size_t> m_order;
    std::vector<std::size_t> m_low;
    std::vector<std::size_t> m_component;
    std::vector<std::size_t> m_open{};
    std::vector<Visit> m_visits{};
    std::size_t m_clock = 0;
    std::size_t m_count = 0;
};

// The shortest way from `start` back to itself inside its component; empty where there is none.
std::vector<std::size_t> shortest_circle(const Graph& graph, const Components& components, std::size_t start,
                                         std::vector<std::size_t>& came_from) {
    std::deque<std::size_t> queue{start};
    while (!queue.empty()) {
        const auto node = queue.front();
        queue.pop_front();
        for (const auto next : graph[node]) {
            if (next == start) {
                std::vector<std::size_t> circle;
                for (auto at = node; at != start; at = came_from[at]) {
                    circle.push_back(at);
                }
                circle.push_back(start);
                std::ranges::reverse(circle);
                return circle;
            }
            if (components.of(next) == components.of(start) && came_from[next] == unseen) {
                came_from[next] = node;
                queue.push_back(next);
            }
        }
    }
    return {};
}

}  // namespace

std::vector<std::vector<std::size_t>> find_cycles(const Graph& graph) {
    const Components components(graph);
    std::vector<bool> told(components.count(), false);
    std::vector<std::size_t> came_from(graph.size(), unseen);
    std::vector<std::vector<std::size_t>> cycles;
    for (std::size_t node = 0; node < graph.size(); ++node) {
        if (!told[components.of(node)]) {
            told[components.of(node)] = true;
            if (auto circle = shortest_circle(graph, components, node, came_from); !circle.empty()) {
                cycles.push_back(std::move(circle));
            }
        }
    }
    return cycles;
}

std::string spell_cycle(const std::vector<std::size_t>& cycle, const std::vector<std::string>& names) {
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t i = 0; i < cycle.size() && i < most; ++i) {
        text += '`' + names[cycle[i]] + "` → ";
    }
    return text + (cycle.size() > most ? "… → " : "") + '`' + names[cycle.front()] + '`';
}

}  // namespace mlpath::library
