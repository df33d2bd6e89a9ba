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

}  // namespace mlpath::report
