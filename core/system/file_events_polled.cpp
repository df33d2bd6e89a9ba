#include <fcntl.h>
#include <sys/stat.h>

#include <map>
#include <set>

#include "base/walk.hpp"
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
        note(entries, folder, AT_FDCWD, (m_root / folder).c_str());
        static_cast<void>(walk(m_root / folder, [&](const Met& met) -> Result<Step> {
            note(entries, (folder.empty() ? "" : folder + "/") + met.name, met.folder, met.name);
            return Step::past;
        }));
        return entries;
    }

    static void note(Entries& entries, const std::string& path, int folder, const char* name) {
        struct stat about{};
        if (::fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0) {
            const auto identity = identity_from(about);
            entries.insert_or_assign(path, S_ISDIR(about.st_mode)
                                               ? FileIdentity{.device = identity.device, .inode = identity.inode}
                                               : identity);
        }
    }

    fs::path m_root;
    std::map<std::string, Entries> m_seen{};  // by folder
};

}  // namespace

std::unique_ptr<FileEvents> polled_events(const fs::path& root) { return std::make_unique<PolledEvents>(root); }

}  // namespace mlpath::system
