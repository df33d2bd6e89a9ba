// A hidden folder beside the one that is to be: everything is built in it, then it takes the other's name at once. What
// a kill left behind is swept by the next one; a lock on the folder itself tells the dead from the living.
#pragma once

#include <string>

#include "base/files.hpp"
#include "system/clock.hpp"

namespace mlpath::workspace {

class Staging {
public:
    // In the folder that will hold `target`; that is made if absent.
    [[nodiscard]] static Result<Staging> make(const fs::path& target, system::Random& random);
    Staging(Staging&& other) noexcept;
    Staging& operator=(Staging&& other) noexcept;
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    ~Staging();  // removed with its contents, unless it was published; so are the folders above that were made

    [[nodiscard]] const fs::path& path() const { return m_path; }
    // Takes the target's place, which must be free or an empty folder; usage where it is not. The folder that the
    // process stands in keeps its identity, and what is in it appears piece by piece, the marker last.
    [[nodiscard]] Status publish();

private:
    Staging(NewFolders parents, fs::path path, fs::path target, int lock)
        : m_parents(std::move(parents)), m_path(std::move(path)), m_target(std::move(target)), m_lock(lock) {}
    NewFolders m_parents;
    fs::path m_path;
    fs::path m_target;
    int m_lock = -1;
};

// usage, with advice, where `target` is there and not an empty folder.
[[nodiscard]] Status must_be_free(const fs::path& target);

}  // namespace mlpath::workspace
