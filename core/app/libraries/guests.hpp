// The libraries beside the one in use, opened: read and found sound, or known from before by the times of their files.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/log.hpp"
#include "library/guest.hpp"
#include "system/clock.hpp"
#include "system/environment.hpp"

namespace mlpath::app {

enum class GuestKind {
    named,  // on the command line
    own,    // `library/` of the workspace
    added,  // by `library add`
};
[[nodiscard]] std::string_view to_string(GuestKind kind);

// Where one lies.
struct GuestPlace {
    GuestKind kind = GuestKind::named;
    std::string name{};
    fs::path folder{};
    std::string from{};    // of an added one: where it came from
    std::string commit{};  // likewise; may be empty
    std::string sha256{};  // likewise: what it has to be
};
// Of the workspace around `folder`: its own, then the added ones, in their order. None outside of a workspace. Those of
// a workspace that belongs to another user (think of /tmp) are passed over, with a note.
struct GuestsHere {
    std::vector<GuestPlace> places{};
    std::string note{};
};
[[nodiscard]] Result<GuestsHere> guests_around(const fs::path& folder);
// A folder with a library.json, or a workspace's own library; nullopt: neither, so it stands alone.
[[nodiscard]] Result<std::optional<GuestPlace>> guest_in(const fs::path& folder,
                                                         const std::shared_ptr<const library::Content>& program);

// The error with one hint more.
[[nodiscard]] Error advised(Error error, std::string_view more);

// What guests join, and what they are kept with.
struct GuestHost {
    std::shared_ptr<const library::Content> content{};
    const library::Index& index;
    std::string seen{};  // tells the index and this program from others; empty: nothing is kept
    const system::Environment& environment;
    const system::Clock& clock;
    Log log{};
};

struct OpenGuest {
    GuestPlace place{};
    std::shared_ptr<const library::Content> content{};
    library::Index index{};
};
// malformed: its faults; integrity: it is not what was added.
[[nodiscard]] Result<OpenGuest> open_guest(const GuestPlace& place, const GuestHost& host);

// The guest's files with the schemas of the program, as checks of it need them.
[[nodiscard]] std::unique_ptr<library::Content> with_schemas(std::shared_ptr<const library::Content> guest,
                                                             std::shared_ptr<const library::Content> program);
// What a guest may refer to.
[[nodiscard]] Result<library::Basis> basis_of(const library::Content& content, const library::Index& index);

}  // namespace mlpath::app
