#include "checks/verdict.hpp"

#include <array>

namespace mlpath::checks {

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass: return "pass";
        case Verdict::fail: return "fail";
        case Verdict::error: return "error";
        case Verdict::skipped: return "skipped";
    }
    return "error";
}

SourcePlace place_of(const CheckResult& check) {
    return check.finding.place.file.empty() ? SourcePlace{.file = check.file} : check.finding.place;
}

Verdict worst(Verdict a, Verdict b) {
    for (const auto verdict : {Verdict::fail, Verdict::error, Verdict::skipped}) {
        if (a == verdict || b == verdict) {
            return verdict;
        }
    }
    return Verdict::pass;
}

}  // namespace mlpath::checks
