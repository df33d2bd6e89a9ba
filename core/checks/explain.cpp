#include "checks/explain.hpp"

#include <algorithm>

#include "base/pattern.hpp"
#include "checks/about.hpp"
#include "checks/kind.hpp"

namespace mlpath::checks {

namespace {

std::string likely_of(const library::Check& check, const Finding& finding) {
    const auto seen = finding.message + '\n' + finding.actual + '\n' + finding.code + '\n' + finding.output;
    for (const auto& likely : check.fields.value("likely", Json::array())) {
        const auto pattern = Pattern::compile(likely.at("seen").get<std::string>());
        if (pattern && pattern->found_in(seen)) {
            return likely.at("because").get<std::string>();
        }
    }
    return {};
}

}  // namespace

std::string untouched_file(const library::Check& check, const library::Project& project, const Untouched& untouched) {
    if (const auto file = file_about(check, project); !file.empty()) {
        return untouched.contains(file) ? file : std::string();
    }
    const auto first = std::ranges::find_if(untouched, [](const std::string& file) { return file.ends_with(".py"); });
    const bool all = std::ranges::all_of(project.calls, [&](const library::LearnerCall& call) {
        return untouched.contains(call.name.substr(0, call.name.find('.')) + ".py");
    });
    const auto* kind = kind_of(check);
    return kind != nullptr && kind->tries == Tries::functions && all && first != untouched.end() ? *first
                                                                                                 : std::string();
}

void explain(const library::Check& check, const std::string& untouched, Finding& finding) {
    if (!untouched.empty()) {
        finding.because = "`" + untouched +
                          "` is still as it was given to you. If you wrote something already, the file is not saved, "
                          "or lies in another folder.";
    } else if (auto likely = likely_of(check, finding); !likely.empty()) {
        finding.because = std::move(likely);
    } else if (finding.decided) {
        finding.because = check.because.empty() ? finding.because : check.because;
    }
    if (finding.decided && finding.look.empty()) {
        finding.look = check.look;
    }
}

}  // namespace mlpath::checks
