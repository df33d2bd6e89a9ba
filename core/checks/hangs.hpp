// What never came back in one evaluation, so that no check waits for it a second time.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace mlpath::checks {

// Safe to use from several threads.
class Hangs {
public:
    struct Met {
        std::string what{};   // as the learner knows it: "words", "textstats.py"
        std::string where{};  // what met it: "check `words-in-order`", "step `train`"
    };
    // What else of the learner's comes to something that hung, by the same names.
    struct Reaching {
        std::set<std::string> surely{};  // it imports the module
        std::set<std::string> maybe{};   // it names the function, and may call it
    };
    using ReachingOf = std::function<Reaching(const std::string& what)>;

    Hangs() = default;
    // Asked once for each thing that hangs; may take some milliseconds.
    explicit Hangs(ReachingOf reaching) : m_reaching(std::move(reaching)) {}

    [[nodiscard]] static std::string in_check(const std::string& id) { return "check `" + id + "`"; }

    // `what`: a function ("textstats.words"), a module while it was imported ("textstats"), a program ("analyze.py");
    // empty: nothing hung. The first to meet it is remembered.
    void note(const std::string& what, const std::string& where) {
        {
            const std::scoped_lock lock(m_mutex);
            if (what.empty() || !m_met.emplace(what, Met{shown(what), where}).second) {
                return;
            }
        }
        const auto reaching = m_reaching && !is_program(what) ? m_reaching(what) : Reaching{};
        const std::scoped_lock lock(m_mutex);
        const auto met = m_met.at(what);
        for (const auto& name : reaching.surely) {
            m_met.emplace(name, met);
        }
        for (const auto& name : reaching.maybe) {
            m_doubtful.emplace(name, met);
        }
    }
    // It was given a short time because of what had hung, and did not come back in that.
    void note_again(const std::string& what, const Met& met) {
        const std::scoped_lock lock(m_mutex);
        m_met.emplace(what, met);
    }
    // Whether this check met one.
    [[nodiscard]] bool met_by(const std::string& check) const {
        const std::scoped_lock lock(m_mutex);
        return std::ranges::any_of(m_met, [&](const auto& met) { return met.second.where == in_check(check); });
    }
    // What the function, or the module that it stands in, or the program would wait for once more.
    [[nodiscard]] std::optional<Met> of(const std::string& what) const { return find(m_met, what); }
    // Likewise what it may wait for: where it does not depend on it after all, it comes back at once.
    [[nodiscard]] std::optional<Met> doubt(const std::string& what) const { return find(m_doubtful, what); }

private:
    static bool is_program(const std::string& what) { return what.ends_with(".py"); }
    static std::string shown(const std::string& what) {
        const auto dot = what.find('.');
        return is_program(what) ? what : dot == std::string::npos ? what + ".py" : what.substr(dot + 1);
    }
    [[nodiscard]] std::optional<Met> find(const std::map<std::string, Met>& where, const std::string& what) const {
        const std::scoped_lock lock(m_mutex);
        auto found = where.find(what);
        for (auto dot = what.rfind('.'); found == where.end() && dot != std::string::npos && dot > 0;
             dot = what.rfind('.', dot - 1)) {
            found = where.find(what.substr(0, dot));
        }
        return found == where.end() ? std::nullopt : std::optional(found->second);
    }

    ReachingOf m_reaching{};
    mutable std::mutex m_mutex{};
    std::map<std::string, Met> m_met{};
    std::map<std::string, Met> m_doubtful{};
};

// How long something is waited for that may come to what has hung already. Long enough to begin a program and to do
// what others do in far less.
[[nodiscard]] inline std::chrono::milliseconds short_wait(std::chrono::milliseconds limit) {
    return std::min(limit, std::max<std::chrono::milliseconds>(std::chrono::seconds(2), limit / 10));
}
[[nodiscard]] inline double short_wait(double seconds) { return std::min(seconds, std::max(2.0, seconds / 10)); }

}  // namespace mlpath::checks
