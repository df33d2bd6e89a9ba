#include "base/walk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <utility>

namespace mlpath {

namespace {

using Kind = Met::Kind;

// What the listing itself tells of an entry: asking for each would take as long again. Nothing where it went away.
std::optional<Kind> kind_of(int folder, const dirent& entry) {
    switch (entry.d_type) {
        case DT_REG: return Kind::file;
        case DT_DIR: return Kind::folder;
        case DT_LNK: return Kind::link;
        case DT_UNKNOWN: break;
        default: return Kind::other;
    }
    struct stat status{};
    if (::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return std::nullopt;
    }
    return S_ISREG(status.st_mode)   ? Kind::file
           : S_ISDIR(status.st_mode) ? Kind::folder
           : S_ISLNK(status.st_mode) ? Kind::link
                                     : Kind::other;
}

class Walking {
public:
    Walking(const fs::path& root, const std::function<Result<Step>(const Met&)>& visit, Unreadable unreadable,
            std::string_view cannot)
        : m_root(root), m_visit(visit), m_unreadable(unreadable), m_cannot(cannot) {}

    Result<Step> look_into(Descriptor folder, int depth) {
        const int number = folder.get();
        const std::unique_ptr<DIR, int (*)(DIR*)> open(folder.is_open() ? ::fdopendir(number) : nullptr, &::closedir);
        if (!open) {
            return pass_over(errno, depth);
        }
        static_cast<void>(folder.release());  // closed with `open`
        std::vector<std::pair<std::string, Kind>> entries;
        const dirent* entry = nullptr;
        while (errno = 0, (entry = ::readdir(open.get())) != nullptr) {
            const std::string_view name = entry->d_name;
            if (name == "." || name == "..") {
                continue;
            }
            if (const auto kind = kind_of(number, *entry)) {
                entries.emplace_back(name, *kind);
            }
        }
        if (errno != 0) {
            return fail(cannot_list(errno));
        }
        std::ranges::sort(entries);
        const auto above = m_path.size();
        for (const auto& [name, kind] : entries) {
            m_path += above == 0 ? "" : "/";
            m_path += name;
            MLPATH_TRY(auto step, m_visit({m_path, name.c_str(), kind, number, depth}));
            if (step == Step::on && kind == Kind::folder) {
                constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
                MLPATH_TRY(step, look_into(Descriptor(::openat(number, name.c_str(), flags)), depth + 1));
            }
            if (step == Step::stop) {
                return step;
            }
            m_path.resize(above);
        }
        return Step::on;
    }

private:
    Error cannot_list(int why) const { return system_error(m_cannot, m_path.empty() ? m_root : m_root / m_path, why); }

    Result<Step> pass_over(int why, int depth) const {
        const bool gone = depth > 0 && (why == ENOENT || why == ENOTDIR || why == ELOOP);
        const bool barred = why == EACCES && (depth > 0 || m_unreadable == Unreadable::passed);
        if (m_unreadable != Unreadable::fails && (gone || barred)) {
            return Step::on;
        }
        return fail(cannot_list(why));
    }

    const fs::path& m_root;
    const std::function<Result<Step>(const Met&)>& m_visit;
    Unreadable m_unreadable;
    std::string_view m_cannot;
    std::string m_path{};
};

}  // namespace

Status walk(const fs::path& root, const std::function<Result<Step>(const Met&)>& visit, Unreadable unreadable,
            std::string_view cannot) {
    Descriptor folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const auto end = Walking(root, visit, unreadable, cannot).look_into(std::move(folder), 0);
    return end ? Status() : fail(end.error());
}

}  // namespace mlpath
