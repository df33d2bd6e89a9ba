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

std::string_view to_string(Standing standing) {
    switch (standing) {
        case Standing::demanded: return "demanded";
        case Standing::not_needed: return "not-needed";
        case Standing::not_demanded: return "not-demanded";
    }
    return "demanded";
}

}  // namespace mlpath::report
