#include "workspace/repository.hpp"

#include <string>

#include "base/text.hpp"

namespace mlpath::workspace {

namespace {

// The one line of a small file of git's; empty where there is none.
std::string line_of(const fs::path& file) {
    constexpr std::uintmax_t most = 64u << 10;
    const auto text = read_file(file, most);
    return text ? std::string(trim(*text)) : std::string();
}

}  // namespace

std::optional<Repository> repository_around(const fs::path& folder) {
    std::error_code error;
    auto place = fs::weakly_canonical(folder, error);
    for (place = error ? folder : place;; place = place.parent_path()) {
        const auto git = place / ".git";
        if (fs::is_directory(git, error)) {
            return Repository{git, {git}};
        }
        // A linked worktree or a submodule: the file says where the repository lies.
        constexpr std::string_view title = "gitdir:";
        if (const auto line = line_of(git); line.starts_with(title)) {
            const auto own =
                fs::weakly_canonical(place / std::string(trim(std::string_view(line).substr(title.size()))), error);
            Repository found{own, {own}};
            if (const auto common = line_of(own / "commondir"); !common.empty()) {
                const auto shared = fs::weakly_canonical(own / common, error);
                const bool inside = own.string().starts_with(shared.string() + '/');
                found.folders = inside ? std::vector{shared} : std::vector{shared, own};
            }
            return found;
        }
        if (place == place.parent_path()) {
            return std::nullopt;
        }
    }
}

}  // namespace mlpath::workspace
