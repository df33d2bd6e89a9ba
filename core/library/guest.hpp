// A library beside the one in use: somebody's own, or one from elsewhere. It has a name (library.json), and each of its
// ids begins with that name, so that nothing of it can stand in for what is there already. It may refer to everything
// of the library that it joins, and to no other guest.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/index.hpp"
#include "library/library.hpp"
#include "library/package_group.hpp"

namespace mlpath::library {

inline constexpr std::string_view manifest_name = "library.json";
// The library of a workspace, where it has no library.json of its own.
inline constexpr std::string_view name_of_ones_own = "my";

// What library.json says.
struct Manifest {
    std::string name{};
    std::string title{};
    std::string summary{};
};
// not_found where there is none; `content` has the schemas.
[[nodiscard]] Result<Manifest> load_manifest(const Content& content);

// "acme-chess" and "acme" belong to the guest `acme`, and "acmes-chess" does not.
[[nodiscard]] bool belongs_to(std::string_view id, std::string_view guest);
// "acme" of "acme-chess".
[[nodiscard]] std::string_view first_word(std::string_view id);
// An id of the library that begins with `name`, which no guest may have then.
[[nodiscard]] std::optional<std::string> taken_by(const Index& index, std::string_view name);

// What a guest builds upon.
struct Basis {
    const Index* index = nullptr;
    Catalogue<Dataset> datasets{};
    std::map<std::string, std::vector<Pin>> package_groups{};  // the pins of each
};

// As `load`, of a guest. Its faults are also ids that do not begin with `name`, and a name that is taken; references
// may lead to what is in the basis. `content` has the schemas.
[[nodiscard]] Result<LoadResult> load_guest(const Content& content, const Basis& basis, const std::string& name);

struct Guest {
    std::string name{};
    std::shared_ptr<const Content> content{};  // its own files alone
};
// All as one. What does not belong to a guest by its name is not seen, its lists (topics, skills, datasets) lie below
// libraries/<name>/.
[[nodiscard]] std::unique_ptr<Content> joined_content(std::shared_ptr<const Content> base, std::vector<Guest> guests);
// What is in the index already stays as it is.
void add_guest(Index& index, Index guest);

}  // namespace mlpath::library
