// A hidden folder beside the one that is to be: everything is built in it, then it takes the other's name at once. What
// a kill left behind is swept by the next one.
#pragma once

#include <string>

#include "base/files.hpp"

namespace mlpath::workspace {

class Staging {
public:
    // In the folder that will hold `target`; that is made if absent.
    [[nodiscard]] static Result<Staging> make(const fs::path& target);

    // Removed with its contents, unless it was published; so are the folders above that were made.
    [[nodiscard]] fs::path path() const { return m_hidden.path() / "made"; }
    // Takes the target's place, which must be free or an empty folder; usage where it is not. The folder that the
    // process stands in keeps its identity, and what is in it appears piece by piece, the marker last.
    [[nodiscard]] Status publish();

private:
    Staging(NewFolders parents, TemporaryFolder hidden, fs::path target)
        : m_parents(std::move(parents)), m_hidden(std::move(hidden)), m_target(std::move(target)) {}
    NewFolders m_parents;
    TemporaryFolder m_hidden;
    fs::path m_target;
};

// usage, with advice, where `target` is there and not an empty folder.
[[nodiscard]] Status must_be_free(const fs::path& target);

}  // namespace mlpath::workspace
