#include "app/project_watch.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "system/file_system.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view polling = "the files are looked at twice a second";

struct Way {
    std::unique_ptr<system::FileEvents> events{};
    std::string note{};
};

Way choose(const fs::path& folder, Looking looking) {
    if (looking == Looking::polling) {
        return {system::polled_events(folder), "As asked, " + std::string(polling) + "."};
    }
    if (const auto about = system::file_system_at(folder); about.tells == system::Tells::not_all) {
        return {
            system::polled_events(folder),
            "This folder is on " + about.name + ", which does not tell of every change: " + std::string(polling) + "."};
    }
    auto told = system::told_events(folder);
    return told ? Way{std::move(*told), {}}
                : Way{system::polled_events(folder), told.error().message + ": " + std::string(polling) + "."};
}

}  // namespace

Result<ProjectWatch> ProjectWatch::open(const library::Project& project, const fs::path& folder, Looking looking) {
    auto way = choose(folder, looking);
    ProjectWatch watch(project, folder, std::move(way.events), std::move(way.note));
    MLPATH_TRY(watch.m_seen, watch.survey());
    return watch;
}

std::optional<ProjectWatch::Moment> ProjectWatch::due() const {
    const auto burst = m_debounce.due();
    return burst && m_asks_again ? std::min(burst, m_asks_again) : (burst ? burst : m_asks_again);
}

// What is there now, with every folder of it followed: a file that came into a new folder before that was followed is
// seen by looking again.
Result<run::Work> ProjectWatch::survey() {
    constexpr int most_rounds = 20;  // somebody who makes folders as fast as we look is seen by the next event
    run::Work work;
    for (int round = 0; round < most_rounds; ++round) {
        if (std::error_code error; !fs::is_directory(m_folder, error)) {
            return fail({ErrorKind::io,
                         "the project folder " + printable(m_folder.string()) + " is gone: it was removed or renamed",
                         {m_folder.string(), {}, 0},
                         "`mlpath watch` watches it again once it is there, or in its new place"});
        }
        work = run::look_at_work(m_project, m_folder);
        const auto following = m_events->follow(work.folders);
        if (!following) {
            m_events = system::polled_events(m_folder);
            m_note = following.error().message + ": " + std::string(polling) + ".";
        } else if (*following == system::Following::as_before) {
            break;
        }
    }
    return work;
}

void ProjectWatch::hear(Moment now) {
    const bool polled = m_events->descriptor() < 0;
    if (polled && m_asks_again && now < *m_asks_again) {
        return;
    }
    for (const auto& path : m_events->take()) {
        if (run::is_worth_a_look(m_project, path)) {
            m_debounce.heard(now);
        }
    }
    if (polled) {
        m_asks_again = now + m_events->period();
    }
}

Result<std::vector<std::string>> ProjectWatch::look(Moment now) {
    hear(now);
    if (!m_debounce.take(now)) {
        return std::vector<std::string>();
    }
    MLPATH_TRY(auto work, survey());
    auto changed = run::changed_paths(m_seen, work);
    m_seen = std::move(work);
    return changed;
}

}  // namespace mlpath::app
