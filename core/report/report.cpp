#include "report/report.hpp"

namespace mlpath::report {

std::string_view to_string(Authorship authorship) {
    switch (authorship) {
        case Authorship::own: return "own";
        case Authorship::published: return "published";
        case Authorship::unknown: return "unknown";
    }
    return "unknown";
}

std::optional<Authorship> authorship_from(std::string_view text) {
    for (const auto authorship : {Authorship::own, Authorship::published, Authorship::unknown}) {
        if (text == to_string(authorship)) {
            return authorship;
        }
    }
    return std::nullopt;
}

std::string_view to_string(Standing standing) {
    switch (standing) {
        case Standing::demanded: return "demanded";
        case Standing::not_needed: return "not-needed";
        case Standing::not_demanded: return "not-demanded";
        case Standing::not_named: return "not-named";
    }
    return "demanded";
}

}  // namespace mlpath::report
