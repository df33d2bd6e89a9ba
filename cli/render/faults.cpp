#include "render/faults.hpp"

#include "render/words.hpp"

namespace mlpath::cli {

void write_faults(Page& page, std::span<const app::SelftestFault> faults) {
    for (const auto& fault : faults) {
        auto where = joined({fault.subject, fault.milestone, fault.check}, " / ");
        if (fault.seed != 0) {
            where += " (seed " + std::to_string(fault.seed) + ")";
        }
        page.line("      " + where, Tone::accent);
        page.labelled("expected:", Tone::usual, fault.expected, 8);
        page.labelled("found:", Tone::usual, fault.found, 8, std::string_view("expected:").size());
    }
}

Json json_of(const app::SelftestFault& fault) {
    return Json{{"subject", fault.subject},  {"seed", fault.seed},         {"milestone", fault.milestone},
                {"check", fault.check},      {"expected", fault.expected}, {"found", fault.found},
                {"message", fault.message()}};
}

}  // namespace mlpath::cli
