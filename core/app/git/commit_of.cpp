// Whether what was taken of a portfolio is what its commit has.
#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "app/git/recorded.hpp"
#include "app/git/repositories.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "run/beneath.hpp"

namespace mlpath::app {

namespace {

constexpr std::uintmax_t most_bytes_a_file = 16u << 20;

// What stands at a path below a folder; `is_behind_link`: a folder on the way to it is a link.
struct Standing {
    struct stat status{};
    bool is_there = false;
    bool is_behind_link = false;
};
Standing standing_at(const fs::path& folder, std::string_view path) {
    Standing found;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        const auto parent = folder / path.substr(0, slash);
        if (::lstat(parent.c_str(), &found.status) != 0) {
            return found;
        }
        if (S_ISLNK(found.status.st_mode)) {
            found.is_behind_link = true;
            return found;
        }
    }
    found.is_there = ::lstat((folder / path).c_str(), &found.status) == 0;
    return found;
}

// The entries of a kind that is told by how its lines begin ("160000 commit " for a submodule).
std::vector<Listing::File> entries_of(const Listing& listing, std::string_view kind) {
    std::vector<Listing::File> found;
    for (const auto entry : split(listing.printed(), '\0')) {
        const auto tab = entry.find('\t');
        if (entry.starts_with(kind) && tab != std::string_view::npos) {
            found.push_back({entry.substr(tab + 1), entry.substr(kind.size(), tab - kind.size())});
        }
    }
    return found;
}

// Two names of one file that has one name: the file system tells no capital letters apart, or writes accents otherwise.
bool is_same_file(const struct stat& a, const struct stat& b) {
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_nlink == 1 && S_ISREG(a.st_mode);
}

}  // namespace

class Repositories::Comparison {
public:
    Comparison(Repositories& repositories, const fs::path& portfolio, const Place& place, const WouldTake& would_take,
               const KnownBlob& known)
        : m_repositories(repositories),
          m_portfolio(portfolio),
          m_place(place),
          m_would_take(would_take),
          m_known(known),
          m_commit{.id = *place.head} {}

    Commit compare(const Tree& tree, std::vector<std::string_view> files) {
        std::ranges::sort(files);
        files.erase(std::ranges::unique(files).begin(), files.end());
        compare_submodules(tree, files);
        for (const auto& link : entries_of(*tree.listing, "120000 blob ")) {
            m_links.insert(link.path);
        }
        // Both sides are sorted: one walk over them tells what is on either alone, and what differs.
        std::vector<std::string_view> more;
        std::vector<const Listing::File*> fewer;
        auto file = files.begin();
        const auto [first, last] = tree.listing->below(tree.prefix);
        for (const auto* blob = first; blob != last; ++blob) {
            const auto path = blob->path.substr(tree.prefix.size());
            for (; file != files.end() && *file < path; ++file) {
                more.push_back(*file);
            }
            if (file != files.end() && *file == path) {
                compare_contents(path, *blob);
                ++file;
            } else {
                fewer.push_back(blob);
            }
        }
        more.insert(more.end(), file, files.end());
        for (const auto path : more) {
            look_for_another_name(path, tree, fewer);
        }
        for (const auto* blob : fewer) {
            look_at_what_is_there(blob->path.substr(tree.prefix.size()), *blob);
        }
        compare_recorded();
        if (m_commit.differs == Commit::Differs::no && m_not_checked_out > 0) {
            m_commit.why =
                count_of(m_not_checked_out, "project") + (m_not_checked_out == 1 ? " is" : " are") + " not checked out";
        }
        return std::move(m_commit);
    }

private:
    using Differs = Commit::Differs;

    // The first reason that weighs most is told.
    void note(Differs how, std::string why) {
        if (m_commit.differs == Differs::no || (m_commit.differs == Differs::untold && how == Differs::yes)) {
            m_commit.differs = how;
            m_commit.why = std::move(why);
        }
    }
    void note(Differs how, std::string_view path, std::string_view what) {
        note(how, std::string(path) + ' ' + std::string(what));
    }

    std::optional<std::string> bytes_of(std::string_view file) {
        if (!m_from) {
            m_from.emplace(run::FolderHandle::open(m_portfolio));
        }
        auto bytes = *m_from ? (*m_from)->read(file, most_bytes_a_file, run::FolderHandle::Links::any)
                             : Result<std::string>(fail(m_from->error()));
        return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
    }

    // `path`: where the portfolio has it.
    void compare_contents(std::string_view path, const Listing::File& blob) {
        if (m_known && m_known(path, blob.blob.size()) == blob.blob) {
            return;
        }
        auto bytes = bytes_of(path);
        if (bytes && git_blob_id(*bytes, blob.blob.size()) == blob.blob) {
            return;
        }
        if (!bytes || m_links.contains(blob.path)) {  // a link is recorded as it is
            note(Differs::yes, path, "differs from it");
            return;
        }
        const auto from_root = m_place.folder.empty() ? std::string(path) : m_place.folder + '/' + std::string(path);
        m_unequal.push_back({from_root, std::move(*bytes), std::string(blob.blob)});
        m_unequal_paths.emplace_back(path);
    }

    // Is it what git would make the blob of?
    void compare_recorded() {
        if (m_unequal.empty() || m_commit.differs == Differs::yes) {
            return;
        }
        const auto answers = recorded(m_repositories.m_git, root(), m_unequal);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const auto& path = m_unequal_paths[i];
            switch (answers[i].outcome) {
                case RecordedFile::Outcome::same: break;
                case RecordedFile::Outcome::other: note(Differs::yes, path, "differs from it"); break;
                case RecordedFile::Outcome::untold:
                    note(Differs::untold, path,
                         answers[i].filter.empty() ? "could not be compared with it"
                                                   : "could not be compared with it: git records it by the filter `" +
                                                         answers[i].filter + "`, a program that mlpath does not run");
            }
        }
    }

    [[nodiscard]] fs::path root() const {
        if (!m_place.root.empty()) {
            return m_place.root;
        }
        std::error_code error;
        auto folder = fs::canonical(m_portfolio, error);
        for ([[maybe_unused]] const auto& part : fs::path(m_place.folder)) {
            folder = folder.parent_path();
        }
        return folder;
    }

    // A file that was taken and is not in the commit, or not under this name.
    void look_for_another_name(std::string_view path, const Tree& tree, std::vector<const Listing::File*>& fewer) {
        const auto own = standing_at(m_portfolio, path);
        const auto found = std::ranges::find_if(fewer, [&](const Listing::File* blob) {
            const auto other = standing_at(m_portfolio, blob->path.substr(tree.prefix.size()));
            return own.is_there && other.is_there && is_same_file(own.status, other.status);
        });
        if (found == fewer.end()) {
            note(Differs::yes, path, "is not in it");
            return;
        }
        compare_contents(path, **found);
        fewer.erase(found);
    }

    // A file of the commit that was not taken.
    void look_at_what_is_there(std::string_view path, const Listing::File& blob) {
        const auto expected = m_would_take(path);
        if (expected == Expected::nothing) {
            return;
        }
        const auto there = standing_at(m_portfolio, path);
        if (there.is_behind_link) {
            note(Differs::yes, path, "lies behind a link here, and not in it");
        } else if (there.is_there) {
            if (!m_links.contains(blob.path) && !S_ISREG(there.status.st_mode)) {
                note(Differs::yes, path, "is a file in it, and none here");
            }
        } else if (expected == Expected::project && is_left_out_by_git(path)) {
            ++m_not_checked_out;
        } else {
            note(Differs::yes, path, "is missing");
        }
    }

    // A sparse checkout. Of a project that is judged nothing may be missing, whatever the index says: the verdict would
    // be one on something else than the commit.
    [[nodiscard]] bool is_left_out_by_git(std::string_view path) const {
        const auto told = m_repositories.m_git.ask({.folder = m_portfolio,
                                                    .words = {"ls-files", "-z", "-t", "--", std::string(path)},
                                                    .environment = {{"GIT_LITERAL_PATHSPECS", "1"}}});
        return told && told->succeeded() && told->out.text().starts_with("S ");
    }

    // A submodule that is checked out at the commit that this one names is compared with that. Takes its files away.
    void compare_submodules(const Tree& tree, std::vector<std::string_view>& files) {
        for (const auto& submodule : entries_of(*tree.listing, "160000 commit ")) {
            if (!submodule.path.starts_with(tree.prefix)) {
                continue;
            }
            const auto folder = std::string(submodule.path.substr(tree.prefix.size()));
            const auto front = folder + '/';
            const auto from = std::ranges::lower_bound(files, std::string_view(front));
            const auto to = std::find_if(from, files.end(), [&](auto file) { return !file.starts_with(front); });
            if (from == to) {
                continue;
            }
            std::vector<std::string> below;
            for (auto file = from; file != to; ++file) {
                below.emplace_back(file->substr(front.size()));
            }
            compare_submodule(folder, submodule.blob, below);
            files.erase(from, to);
        }
    }

    void compare_submodule(const std::string& folder, std::string_view commit, const std::vector<std::string>& files) {
        const auto path = m_portfolio / folder;
        const auto place = m_repositories.place_of(path);
        if (!place || !place->folder.empty() || !place->head) {
            note(Differs::yes, files.front(), "lies in the submodule " + folder + ", which is not checked out");
            return;
        }
        if (place->head != commit) {
            note(Differs::yes, folder, "is a submodule, and at another commit than the one in it");
            return;
        }
        const auto front = folder + '/';
        const WouldTake would_take = [&](std::string_view file) { return m_would_take(front + std::string(file)); };
        const KnownBlob known = m_known ? KnownBlob([&](std::string_view file, std::size_t digits) {
            return m_known(front + std::string(file), digits);
        })
                                        : KnownBlob();
        const auto below = m_repositories.commit_of(path, *place, files, would_take, known);
        if (!below) {
            note(Differs::untold, folder, "is a submodule that git tells nothing about");
        } else if (below->differs != Differs::no) {
            note(below->differs, front + below->why);
        }
    }

    Repositories& m_repositories;
    const fs::path& m_portfolio;
    const Place& m_place;
    const WouldTake& m_would_take;
    const KnownBlob& m_known;
    Commit m_commit;
    std::optional<Result<run::FolderHandle>> m_from{};  // opened when the first file has to be read
    std::vector<WorkFile> m_unequal{};                  // to what the commit has, as they lie there
    std::vector<std::string> m_unequal_paths{};         // the same, seen from the portfolio
    std::set<std::string_view> m_links{};               // of the commit, by the path that the listing has
    std::size_t m_not_checked_out = 0;
};

std::optional<Commit> Repositories::commit_of(const fs::path& portfolio, const Place& place,
                                              const std::vector<std::string>& taken, const WouldTake& would_take,
                                              const KnownBlob& known) {
    const auto tree = place.head ? tree_of(portfolio, place) : std::nullopt;
    if (!tree) {
        return std::nullopt;
    }
    return Comparison(*this, portfolio, place, would_take, known)
        .compare(*tree, std::vector<std::string_view>(taken.begin(), taken.end()));
}

}  // namespace mlpath::app
