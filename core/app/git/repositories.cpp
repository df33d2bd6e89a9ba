#include "app/git/repositories.hpp"

#include "base/text.hpp"

namespace mlpath::app {

namespace {

// A repository without a folder of work around it: the only kind that git finds where there is no `.git`.
bool may_be_bare(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "HEAD", ignored) && fs::is_directory(folder / "objects", ignored);
}

bool lies_in_bare(fs::path folder) {
    for (; !may_be_bare(folder); folder = folder.parent_path()) {
        if (folder == folder.parent_path()) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<Repositories::Place> Repositories::ask_where(const fs::path& folder) {
    const auto outcome =
        m_git.ask({.folder = folder, .words = {"rev-parse", "--show-prefix", "--verify", "--quiet", "HEAD^{commit}"}});
    const auto text = outcome ? outcome->out.text() : std::string();
    const auto told = lines(text);
    if (told.empty()) {
        return std::nullopt;
    }
    Place place{.folder = std::string(told[0])};
    if (place.folder.ends_with('/')) {
        place.folder.pop_back();
    }
    if (outcome->succeeded() && told.size() > 1) {  // it did not where nothing was committed yet
        place.head = std::string(told[1]);
    }
    return place;
}

const fs::path& Repositories::root_above(const fs::path& folder) {
    const auto [known, is_new] = m_roots.try_emplace(folder);
    if (is_new) {
        std::error_code ignored;
        const auto above = folder.parent_path();
        known->second = fs::exists(fs::symlink_status(folder / ".git", ignored)) ? folder
                        : above == folder                                        ? fs::path()
                                                                                 : root_above(above);
    }
    return known->second;
}

Repositories::Asked& Repositories::ask_once(const fs::path& root) {
    const auto [found, is_new] = m_asked.try_emplace(root);
    auto& asked = found->second;
    if (!is_new) {
        return asked;
    }
    asked.answers = m_known == nullptr ? nullptr : m_known->find(root);
    if (asked.answers == nullptr) {
        const auto before = m_known == nullptr ? std::nullopt : m_known->look(root);
        const auto place = ask_where(root);
        asked.is_root = place && place->folder.empty();
        asked.own.head = place ? place->head : std::nullopt;
        asked.answers = before && asked.is_root ? m_known->learn(root, *before, asked.own.head) : nullptr;
    } else {
        asked.is_root = true;
    }
    asked.answers = asked.answers == nullptr ? &asked.own : asked.answers;
    return asked;
}

std::optional<Repositories::Place> Repositories::place_of(const fs::path& portfolio) {
    std::error_code error;
    const auto folder = fs::canonical(portfolio, error);
    if (error) {
        return std::nullopt;
    }
    if (const auto& root = root_above(folder); !root.empty()) {
        if (const auto& asked = ask_once(root); asked.is_root) {
            const auto below = folder.lexically_relative(root).generic_string();
            return Place{.root = root, .folder = below == "." ? std::string() : below, .head = asked.answers->head};
        }
    } else if (!lies_in_bare(folder)) {
        return std::nullopt;
    }
    return ask_where(folder);
}

std::optional<Listing> Repositories::list(const fs::path& folder, const std::string& commit) {
    const auto tree = m_git.ask({.folder = folder, .words = {"ls-tree", "-r", "-z", commit, "."}});
    return tree && tree->succeeded() ? Listing::of(tree->out.text()) : std::nullopt;
}

// A large repository is listed whole only where it holds more than one portfolio.
std::optional<Repositories::Tree> Repositories::tree_of(const fs::path& portfolio, const Place& place) {
    if (place.root.empty()) {
        auto listing = list(portfolio, *place.head);
        return listing ? std::optional(Tree{&m_listings.emplace_back(std::move(*listing)), {}}) : std::nullopt;
    }
    auto& asked = ask_once(place.root);
    auto& trees = asked.answers->trees;
    ++asked.portfolios;
    const auto find = [&](const std::string& folder) -> const Listing* {
        const auto known = trees.find(folder);
        return known == trees.end() ? nullptr : &known->second;
    };
    const auto find_or_ask = [&](const std::string& folder) -> const Listing* {
        if (const auto* known = find(folder)) {
            return known;
        }
        auto listing = list(place.root / fs::path(folder), *place.head);
        if (!listing) {
            return nullptr;
        }
        if (asked.answers != &asked.own) {
            m_known->touch();
        }
        return &trees.emplace(folder, std::move(*listing)).first->second;
    };
    const auto* whole = asked.portfolios == 1 ? find("") : find(place.folder) == nullptr ? find_or_ask("") : nullptr;
    if (whole != nullptr) {
        return Tree{whole, place.folder.empty() ? std::string() : place.folder + '/'};
    }
    const auto* own = find_or_ask(place.folder);
    return own == nullptr ? std::nullopt : std::optional(Tree{own, {}});
}

}  // namespace mlpath::app
