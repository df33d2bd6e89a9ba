// That the learner's work in a project folder has changed: events are only a reason to look, and what the files hold
// decides. A file that is saved as it was is no change.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "library/project.hpp"
#include "run/watched.hpp"
#include "system/debounce.hpp"
#include "system/file_events.hpp"
#include "system/file_system.hpp"

namespace mlpath::app {

enum class Looking {
    as_fits,  // told by the system where it tells of all changes, else by polling
    polling,
};

// How changes are found, and a sentence about it where it is not the usual way.
struct Way {
    std::unique_ptr<system::FileEvents> events{};
    std::string note{};
};
[[nodiscard]] Way choose_way(const fs::path& folder, const system::FileSystem& on, Looking looking);

class ProjectWatch {
public:
    using Moment = system::Debounce::Moment;

    // Where the way gives out (the system follows no more folders), polling takes its place.
    [[nodiscard]] static Result<ProjectWatch> open(const library::Project& project, const fs::path& folder, Way way);
    // As Way::note, of the way that is gone now.
    [[nodiscard]] const std::string& note() const { return m_way.note; }
    // To be waited for in poll(); -1: there is nothing to wait for but the time.
    [[nodiscard]] int descriptor() const { return m_way.events->descriptor(); }
    // When `look` is to be called at the latest.
    [[nodiscard]] std::optional<Moment> due() const;
    // The paths whose content is another than at the last look; none while a burst of events goes on. io: the folder is
    // gone, or cannot be looked at any more.
    [[nodiscard]] Result<std::vector<std::string>> look(Moment now);

private:
    ProjectWatch(library::Project project, fs::path folder, Way way)
        : m_project(std::move(project)), m_folder(std::move(folder)), m_way(std::move(way)) {}
    [[nodiscard]] Result<run::Work> survey();
    void hear(Moment now);

    library::Project m_project;
    fs::path m_folder;
    Way m_way;
    system::Debounce m_debounce{};
    run::Work m_seen{};
    std::optional<Moment> m_asks_again{};  // of what is polled
};

}  // namespace mlpath::app
