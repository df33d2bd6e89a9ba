// `mlpath library`: libraries of others in a workspace.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/libraries/guests.hpp"
#include "library/guest.hpp"
#include "system/process.hpp"

namespace mlpath::app {

// What a guest holds, for people.
struct LibraryReport {
    GuestPlace place{};
    std::string title{};
    std::string trouble{};  // why it cannot be used; empty where it can
    std::size_t curricula = 0;
    std::size_t topics = 0;
    std::size_t projects = 0;
    std::size_t quizzes = 0;
    std::size_t datasets = 0;
    std::size_t check_scripts = 0;  // programs of its author, which run when its projects are checked
};

enum class AddOutcome {
    added,
    already,   // the same was there
    replaced,  // another version was there
    restored,  // it was to be there and was not
};
struct LibraryAdded {
    LibraryReport library{};
    AddOutcome outcome = AddOutcome::added;
    std::string curriculum{};  // its first, for what to do next; may be empty
    std::string project{};     // likewise the first that is ready
};

struct LibraryTools {
    const system::Environment& environment;
    system::Processes& processes;
    const GuestHost& host;
    fs::path folder{};  // where the user stands, absolute
};

// `from` is a folder, or an address with a tag. The library is found sound before anything of the workspace changes.
// usage: no workspace, a library without a name, a name that is another library's; malformed: its faults; integrity:
// what an address gives is not what was pinned; and what `clone` may fail with.
[[nodiscard]] Result<LibraryAdded> add_library(const LibraryTools& tools, const std::string& from,
                                               const std::stop_token& stop);
// Where it lay is empty then; what the learner began with it stays, and so does the record of it. not_found.
[[nodiscard]] Result<GuestPlace> remove_library(const LibraryTools& tools, const std::string& name);
// All that the workspace has, also those that cannot be used.
struct LibraryList {
    std::vector<LibraryReport> libraries{};
    std::string note{};  // why those that are there are not used; usually empty
};
[[nodiscard]] Result<LibraryList> list_libraries(const LibraryTools& tools);

}  // namespace mlpath::app
