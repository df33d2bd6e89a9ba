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

namespace mlpath::app {

enum class Looking {
    as_fits,  // told by the system where it tells of all changes, else by polling
    polling,
};

class ProjectWatch {
public:
    using Moment = system::Debounce::Moment;

    [[nodiscard]] static Result<ProjectWatch> open(const library::Project& project, const fs::path& folder,
                                                   Looking looking);
    // How changes are found, in a sentence, where it is not the usual way.
    [[nodiscard]] const std::string& note() const { return m_note; }
    // To be waited for in poll(); -1: there is nothing to wait for but the time.
    [[nodiscard]] int descriptor() const { return m_events->descriptor(); }
    // When `look` is to be called at the latest.
    [[nodiscard]] std::optional<Moment> due() const;
    // The paths whose content is another than at the last look; none while a burst of events goes on. io: the folder is
    // gone, or cannot be looked at any more.
    [[nodiscard]] Result<std::vector<std::string>> look(Moment now);

private:
    ProjectWatch(library::Project project, fs::path folder, std::unique_ptr<system::FileEvents> events,
                 std::string note)
        : m_project(std::move(project)),
          m_folder(std::move(folder)),
          m_events(std::move(events)),
          m_note(std::move(note)) {}
    [[nodiscard]] Result<run::Work> survey();
    void hear(Moment now);

    library::Project m_project;
    fs::path m_folder;
    std::unique_ptr<system::FileEvents> m_events;
    std::string m_note;
    system::Debounce m_debounce{};
    run::Work m_seen{};
    std::optional<Moment> m_asks_again{};  // of what is polled
};

}  // namespace mlpath::app
