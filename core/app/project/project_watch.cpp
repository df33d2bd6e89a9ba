#include "app/project/project_watch.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

// The end of a sentence.
constexpr std::string_view polling = "the files are looked at twice a second";

Way poll(const fs::path& folder, std::string_view why) {
    return {system::polled_events(folder), std::string(why) + std::string(polling) + "."};
}

}  // namespace

Way choose_way(const fs::path& folder, const system::FileSystem& on, Looking looking) {
    if (looking == Looking::polling) {
        return poll(folder, "As asked, ");
    }
    if (on.tells == system::Tells::not_all) {
        return poll(folder, "This folder is on " + on.name + ", which does not tell of every change: ");
    }
    auto told = system::told_events(folder);
    return told ? Way{std::move(*told), {}} : poll(folder, told.error().message + ": ");
}

Result<ProjectWatch> ProjectWatch::open(const library::Project& project, const fs::path& folder, Way way) {
    ProjectWatch watch(project, folder, std::move(way));
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
        const auto following = m_way.events->follow(work.folders);
        if (!following) {
            m_way = poll(m_folder, following.error().message + ": ");
        } else if (*following == system::Following::as_before) {
            break;
        }
    }
    return work;
}

void ProjectWatch::hear(Moment now) {
    const bool polled = m_way.events->descriptor() < 0;
    if (polled && m_asks_again && now < *m_asks_again) {
        return;
    }
    for (const auto& path : m_way.events->take()) {
        if (run::is_worth_a_look(m_project, path)) {
            m_debounce.heard(now);
        }
    }
    if (polled) {
        m_asks_again = now + m_way.events->period();
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
