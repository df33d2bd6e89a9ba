// `mlpath lint --links`: whether the addresses that a library names still answer.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/author/lint.hpp"
#include "data/links.hpp"

namespace mlpath::app {

// An address as it stands in a file.
struct LinkPlace {
    std::string url{};
    Place place{};
};

// All of them: what a JSON file of the library has as a text or in one, and what stands in its Markdown. Not what an
// entry says that it replaces, which is dead, nor in running text what never leads anywhere (localhost, example.org).
[[nodiscard]] Result<std::vector<LinkPlace>> links_in(const LintTarget& target);

struct LinkReport {
    Faults faults{};           // gone: errors; moved for good: warnings
    Faults unclear{};          // where it could not be told this time
    std::size_t links = 0;     // different addresses
    std::size_t requests = 0;  // that were sent
    bool no_network = false;

    void add(LinkReport other);
};

[[nodiscard]] Result<LinkReport> lint_links(const LintTarget& target, const data::LinkOptions& options,
                                            const data::LinkTools& tools, std::stop_token stop = {});

}  // namespace mlpath::app
