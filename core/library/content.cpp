#include "library/content.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace mlpath::library {

namespace {

tl::unexpected<Error> absent(std::string_view path, const std::string& origin) {
    return fail({ErrorKind::not_found,
                 "no file " + printable(path) + " in the library (" + printable(origin) + ")",
                 {std::string(path), {}, 0},
                 {}});
}

bool is_dropping(std::string_view path) {
    constexpr std::array<std::string_view, 5> endings{".pyc", "~", ".swp", ".DS_Store", ".orig"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
}

class FolderContent : public Content {
public:
    explicit FolderContent(fs::path root) : m_root(std::move(root)) {}

    Result<std::string> read(std::string_view path) const override {
        if (!stays_inside(path)) {
            return absent(path, origin());
        }
        auto text = read_file(m_root / path);
        if (!text && text.error().kind == ErrorKind::not_found) {
            return absent(path, origin());
        }
        return text;
    }

    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        const auto slash = prefix.rfind('/');
        const auto folder = slash == std::string_view::npos ? std::string_view{} : prefix.substr(0, slash);
        if (!folder.empty() && !stays_inside(folder)) {
            return std::vector<std::string>{};
        }
        // No link leads away, on the way there neither: what is copied elsewhere would be another library then.
        std::error_code error;
        auto way = m_root;
        for (const auto& part : fs::path(folder)) {
            way /= part;
            if (fs::is_symlink(fs::symlink_status(way, error))) {
                return std::vector<std::string>{};
            }
        }
        if (!fs::is_directory(m_root / folder, error)) {
            return std::vector<std::string>{};
        }
        const std::vector<std::string> skip{"__pycache__",   ".git",        ".ipynb_checkpoints", ".venv",
                                            ".pytest_cache", ".mypy_cache", ".ruff_cache"};
        constexpr std::size_t most = 1'000'000;
        MLPATH_TRY(const auto files, files_below(m_root / folder, skip, most));
        std::vector<std::string> paths;
        for (const auto& file : files) {
            auto path = folder.empty() ? file : std::string(folder) + '/' + file;
            if (path.starts_with(prefix) && !is_dropping(path)) {
                paths.push_back(std::move(path));
            }
        }
        return paths;
    }

    std::string origin() const override { return m_root.string(); }

private:
    fs::path m_root;
};

class PrefixedContent : public Content {
public:
    PrefixedContent(std::string prefix, std::unique_ptr<Content> content)
        : m_prefix(std::move(prefix)), m_content(std::move(content)) {}

    Result<std::string> read(std::string_view path) const override {
        return path.starts_with(m_prefix) ? m_content->read(path.substr(m_prefix.size())) : absent(path, origin());
    }

    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        const auto common = std::min(prefix.size(), m_prefix.size());
        if (prefix.substr(0, common) != std::string_view(m_prefix).substr(0, common)) {
            return std::vector<std::string>{};
        }
        MLPATH_TRY(auto paths, m_content->list(prefix.substr(common)));
        for (auto& path : paths) {
            path.insert(0, m_prefix);
        }
        return paths;
    }

    std::string origin() const override { return m_content->origin(); }

private:
    std::string m_prefix;
    std::unique_ptr<Content> m_content;
};

// "templates/iris/" of "templates/iris/skeleton/iris.py"; empty for what is no part of a template.
std::string_view template_of(std::string_view path) {
    constexpr std::string_view templates = "templates/";
    const auto slash = path.starts_with(templates) ? path.find('/', templates.size()) : std::string_view::npos;
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash + 1);
}

class OverlayContent : public Content {
public:
    OverlayContent(std::shared_ptr<const Content> primary, std::shared_ptr<const Content> fallback,
                   std::vector<std::string> lent)
        : m_primary(std::move(primary)), m_fallback(std::move(fallback)), m_lent(std::move(lent)) {}

    Result<std::string> read(std::string_view path) const override {
        if (belongs_to_program(path)) {
            auto text = m_fallback->read(path);
            return text ? text : m_primary->read(path);
        }
        auto text = m_primary->read(path);
        if (text || text.error().kind != ErrorKind::not_found || !is_lent(path)) {
            return text;
        }
        return m_fallback->read(path);
    }

    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        MLPATH_TRY(auto paths, m_primary->list(prefix));
        MLPATH_TRY(const auto others, m_fallback->list(prefix));
        for (const auto& path : others) {
            if (belongs_to_program(path) || is_lent(path)) {
                paths.push_back(path);
            }
        }
        std::ranges::sort(paths);
        const auto twins = std::ranges::unique(paths);
        paths.erase(twins.begin(), twins.end());
        return paths;
    }

    std::string origin() const override { return m_primary->origin(); }

private:
    static bool belongs_to_program(std::string_view path) {
        return path.starts_with("curricula/schemas/") || path.starts_with("harness/") || path.starts_with("makers/") ||
               path.starts_with("warm/");
    }

    bool is_lent(std::string_view path) const {
        const bool lent =
            std::ranges::any_of(m_lent, [&](const std::string& prefix) { return path.starts_with(prefix); });
        if (!lent) {
            return false;
        }
        // A template is one thing: files of two are never mixed.
        const auto folder = template_of(path);
        return folder.empty() || !m_primary->read(std::string(folder) + "project.json");
    }

    std::shared_ptr<const Content> m_primary;
    std::shared_ptr<const Content> m_fallback;
    std::vector<std::string> m_lent;
};

}  // namespace

std::unique_ptr<Content> folder_content(fs::path root) { return std::make_unique<FolderContent>(std::move(root)); }

std::unique_ptr<Content> prefixed_content(std::string prefix, std::unique_ptr<Content> content) {
    return std::make_unique<PrefixedContent>(std::move(prefix), std::move(content));
}

std::unique_ptr<Content> overlay_content(std::shared_ptr<const Content> primary,
                                         std::shared_ptr<const Content> fallback, std::vector<std::string> lent) {
    return std::make_unique<OverlayContent>(std::move(primary), std::move(fallback), std::move(lent));
}

}  // namespace mlpath::library
