// What git said of repositories before, so that one in which nothing was committed since costs no process: the commit
// and trees, for as long as the folder `.git`, its HEAD, the reference that this names, the packed ones and the
// settings have the same identity. What git would record for a file hangs on more than that (app/recorded) and is asked
// each time.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "system/clock.hpp"

namespace mlpath::app {

// The files of a commit below a folder, relative to it, with the names that git gives to their contents.
class Listing {
public:
    // Of what `git ls-tree -r -z` prints. Nothing where that is not sorted, as git's is.
    [[nodiscard]] static std::optional<Listing> of(std::string printed);
    Listing(Listing&&) noexcept = default;
    Listing& operator=(Listing&&) noexcept = default;

    struct File {
        std::string_view path{};
        std::string_view blob{};
    };
    // Those below `folder` ("" for all), whose paths begin with it.
    [[nodiscard]] std::pair<const File*, const File*> below(std::string_view folder) const;
    [[nodiscard]] const std::string& printed() const { return *m_printed; }

private:
    Listing(std::unique_ptr<const std::string> printed, std::vector<File> files)
        : m_printed(std::move(printed)), m_files(std::move(files)) {}
    std::unique_ptr<const std::string> m_printed;  // stays where it is, since the files look into it
    std::vector<File> m_files;
};

class KnownRepositories {
public:
    struct Answers {
        std::optional<std::string> head{};                    // the commit
        std::map<std::string, Listing, std::less<>> trees{};  // by the folder that was listed, seen from the root
    };

    // Nothing is known where `file` is absent, damaged, or another user's.
    [[nodiscard]] static KnownRepositories load(fs::path file, const system::Clock& clock);

    // What is known of the repository with this root; null where it was not asked before, or may answer otherwise now.
    [[nodiscard]] Answers* find(const fs::path& root);

    // To be taken before git is asked what is to be known. Nothing where its answer depends on more than we look at.
    struct Evidence {
        std::string seen{};  // the identities
        std::string head{};  // the commit, as we read it
    };
    [[nodiscard]] std::optional<Evidence> look(const fs::path& root) const;
    // Null where git found another commit than we did: it knows of something that we do not.
    Answers* learn(const fs::path& root, const Evidence& before, const std::optional<std::string>& head);

    // Writes what is known, where `learn` or `touch` were called. What is not kept is asked again.
    void touch() { m_changed = true; }
    [[nodiscard]] Status save();

private:
    struct Entry {
        std::string seen{};
        Answers answers{};
        bool used = false;  // since it was loaded
    };
    KnownRepositories(fs::path file, const system::Clock& clock) : m_file(std::move(file)), m_clock(&clock) {}

    fs::path m_file;
    const system::Clock* m_clock;
    std::map<std::string, Entry> m_known{};  // by root
    bool m_changed = false;
};

}  // namespace mlpath::app
