#include <sys/stat.h>

#include <map>
#include <set>

#include "base/files.hpp"
#include "system/file_events.hpp"

namespace mlpath::system {

namespace {

class PolledEvents final : public FileEvents {
public:
    explicit PolledEvents(fs::path root) : m_root(std::move(root)) {}

    [[nodiscard]] Result<Following> follow(const std::vector<std::string>& folders) override {
        const std::set<std::string> wanted(folders.begin(), folders.end());
        std::erase_if(m_seen, [&](const auto& entry) { return !wanted.contains(entry.first); });
        auto following = Following::as_before;
        for (const auto& folder : wanted) {
            if (!m_seen.contains(folder)) {
                m_seen.emplace(folder, look_into(folder));
                following = Following::more;
            }
        }
        return following;
    }

    [[nodiscard]] std::vector<std::string> take() override {
        std::set<std::string> changed;
        for (auto& [folder, before] : m_seen) {
            auto now = look_into(folder);
            for (const auto& [path, identity] : now) {
                const auto known = before.find(path);
                if (known == before.end() || known->second != identity) {
                    changed.insert(path);
                }
            }
            for (const auto& [path, identity] : before) {
                if (!now.contains(path)) {
                    changed.insert(path);
                }
            }
            before = std::move(now);
        }
        return {changed.begin(), changed.end()};
    }
    [[nodiscard]] int descriptor() const override { return -1; }
    [[nodiscard]] std::chrono::milliseconds period() const override { return std::chrono::milliseconds(500); }

private:
    using Entries = std::map<std::string, FileIdentity>;  // by path relative to the root

    // The entries of the folder, and the folder itself. Of folders only whether they are the same: they follow for
    // themselves.
    [[nodiscard]] Entries look_into(const std::string& folder) const {
        Entries entries;
        note(entries, folder, m_root / folder);
        std::error_code error;
        for (auto entry = fs::directory_iterator(m_root / folder, error); !error && entry != fs::directory_iterator();
             entry.increment(error)) {
            const auto name = entry->path().filename().string();
            note(entries, folder.empty() ? name : folder + "/" + name, entry->path());
        }
        return entries;
    }

    static void note(Entries& entries, const std::string& path, const fs::path& where) {
        struct stat about{};
        if (::lstat(where.c_str(), &about) != 0) {
            return;
        }
        FileIdentity identity{.device = about.st_dev, .inode = about.st_ino};
        if (!S_ISDIR(about.st_mode)) {
#ifdef __APPLE__
            const auto modified = about.st_mtimespec;
            const auto changed = about.st_ctimespec;
#else
            const auto modified = about.st_mtim;
            const auto changed = about.st_ctim;
#endif
            identity.size = static_cast<std::uint64_t>(about.st_size);
            identity.modified_ns = std::int64_t{modified.tv_sec} * 1'000'000'000 + modified.tv_nsec;
            identity.changed_ns = std::int64_t{changed.tv_sec} * 1'000'000'000 + changed.tv_nsec;
        }
        entries.insert_or_assign(path, identity);
    }

    fs::path m_root;
    std::map<std::string, Entries> m_seen{};  // by folder
};

}  // namespace

std::unique_ptr<FileEvents> polled_events(const fs::path& root) { return std::make_unique<PolledEvents>(root); }

}  // namespace mlpath::system
