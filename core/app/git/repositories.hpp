// What git says of the repositories that portfolios lie in. Each repository is asked once, however many portfolios it
// holds. Where its files would be recorded otherwise than they lie there, app/recorded finds out.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/git/git.hpp"
#include "app/git/known_repositories.hpp"
#include "base/files.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::app {

struct Commit {
    std::string id{};
    // Whether what was taken is something else than what the commit has: a file differs from it as git would record it,
    // is not in it, or is gone. Flags of the index count for nothing ("assume unchanged"): they say what git is to look
    // at, and who hands a portfolio over sets them.
    enum class Differs { no, yes, untold };
    Differs differs = Differs::no;
    std::string why{};  // yes, untold: the first reason; no: what of the commit is not here, and need not be
};
// What a path would be to a portfolio, were there a file.
enum class Expected { nothing, source, project };  // project: what says that there is one
using WouldTake = std::function<Expected(std::string_view path)>;
// The name that git gives to a file's content, in so many digits, where it is known without reading the file.
using KnownBlob = std::function<std::optional<std::string>(std::string_view path, std::size_t digits)>;

class Repositories {
public:
    // `known`: what git said before; null: it is asked.
    Repositories(const system::Environment& environment, system::Processes& processes,
                 KnownRepositories* known = nullptr)
        : m_git(environment, processes), m_known(known) {}

    // Where a portfolio lies.
    struct Place {
        fs::path root{};       // of its repository; empty: there is none, or one that git sees and we do not
        std::string folder{};  // the portfolio's, seen from the root; "" for the root itself
        std::optional<std::string> head{};
    };
    // nullopt outside of a repository.
    [[nodiscard]] std::optional<Place> place_of(const fs::path& portfolio);
    // `taken`: the files of the portfolio that were taken, relative to it. nullopt where nothing was committed.
    [[nodiscard]] std::optional<Commit> commit_of(const fs::path& portfolio, const Place& place,
                                                  const std::vector<std::string>& taken, const WouldTake& would_take,
                                                  const KnownBlob& known = {});

private:
    struct Asked {
        bool is_root = false;  // git takes this folder for the root, too
        KnownRepositories::Answers own{};
        KnownRepositories::Answers* answers = nullptr;  // our own, or those that are known the next time
        std::size_t portfolios = 0;
    };
    // The nearest folder above that looks like the root of a repository; empty where there is none.
    const fs::path& root_above(const fs::path& folder);
    Asked& ask_once(const fs::path& root);
    std::optional<Place> ask_where(const fs::path& folder);
    std::optional<Listing> list(const fs::path& folder, const std::string& commit);
    // What the commit has below the portfolio, and how much of each path leads there.
    struct Tree {
        const Listing* listing = nullptr;
        std::string prefix{};
    };
    std::optional<Tree> tree_of(const fs::path& portfolio, const Place& place);
    class Comparison;  // of what was taken with what the commit has

    Git m_git;
    KnownRepositories* m_known;
    std::map<fs::path, fs::path> m_roots{};
    std::map<fs::path, Asked> m_asked{};
    std::deque<Listing> m_listings{};  // of portfolios whose repository we do not see
};

}  // namespace mlpath::app
