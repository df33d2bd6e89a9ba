// What never came back in one evaluation, so that no check waits for it a second time.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace mlpath::checks {

// Safe to use from several threads.
class Hangs {
public:
    struct Met {
        std::string what{};   // as the learner knows it: "words", "textstats.py"
        std::string check{};  // the id of the check that met it
    };
    // `what`: a function ("textstats.words"), a module while it was imported ("textstats"), a program ("analyze.py");
    // empty: nothing hung. The first check to meet it is remembered.
    void note(const std::string& what, const std::string& check) {
        const std::scoped_lock lock(m_mutex);
        if (!what.empty()) {
            m_met.emplace(what, check);
        }
    }
    // Whether this check met one.
    [[nodiscard]] bool met_by(const std::string& check) const {
        const std::scoped_lock lock(m_mutex);
        return std::ranges::any_of(m_met, [&](const auto& met) { return met.second == check; });
    }
    // Of the function, or of the module that it stands in.
    [[nodiscard]] std::optional<Met> of(const std::string& what) const {
        const std::scoped_lock lock(m_mutex);
        const auto dot = what.find('.');
        if (const auto function = m_met.find(what); function != m_met.end()) {
            return Met{what.ends_with(".py") ? what : what.substr(dot + 1), function->second};
        }
        if (const auto module = m_met.find(what.substr(0, dot)); module != m_met.end()) {
            return Met{module->first + ".py", module->second};
        }
        return std::nullopt;
    }

private:
    mutable std::mutex m_mutex{};
    std::map<std::string, std::string> m_met{};
};

}  // namespace mlpath::checks
