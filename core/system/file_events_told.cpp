// libuv follows one folder a handle (inotify, kqueue, FSEvents), whatever its recursive flag says.
#include <uv.h>

#include <map>
#include <set>

#include "base/text.hpp"
#include "system/file_events.hpp"

namespace mlpath::system {

namespace fs = std::filesystem;

namespace {

std::string below(const std::string& folder, std::string_view name) {
    return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

class ToldEvents final : public FileEvents {
public:
    explicit ToldEvents(fs::path root) : m_root(std::move(root)) {}
    ToldEvents(const ToldEvents&) = delete;
    ToldEvents& operator=(const ToldEvents&) = delete;
    ~ToldEvents() override {
        if (!m_made) {
            return;
        }
        for (auto& [folder, followed] : m_followed) {
            let_go(followed);
        }
        if (m_around != nullptr) {
            let_go(m_around);
        }
        uv_run(&m_loop, UV_RUN_DEFAULT);
        uv_loop_close(&m_loop);
    }

    [[nodiscard]] Status make() {
        if (const int error = uv_loop_init(&m_loop); error != 0) {
            return fail(no_more(error));
        }
        m_made = true;
        // A folder that somebody stands in does not tell that it was removed: the one around it does.
        if (auto started = begin({}, m_root.parent_path())) {
            m_around = *started;
        }
        return {};
    }

    [[nodiscard]] Result<Following> follow(const std::vector<std::string>& folders) override {
        const std::set<std::string> wanted(folders.begin(), folders.end());
        for (auto at = m_followed.begin(); at != m_followed.end();) {
            const bool keep = wanted.contains(at->first) && !at->second->is_gone;
            if (!keep) {
                let_go(at->second);
            }
            at = keep ? std::next(at) : m_followed.erase(at);
        }
        auto following = Following::as_before;
        for (const auto& folder : wanted) {
            if (m_followed.contains(folder)) {
                continue;
            }
            const auto started = begin(folder, m_root / folder);
            if (started) {
                m_followed.emplace(folder, *started);
                following = Following::more;
            } else if (const int error = started.error();
                       error != UV_ENOENT && error != UV_ENOTDIR && error != UV_EACCES) {
                return fail(no_more(error));
            }
        }
        uv_run(&m_loop, UV_RUN_NOWAIT);  // only now libuv begins to listen
        return following;
    }

    [[nodiscard]] std::vector<std::string> take() override {
        uv_run(&m_loop, UV_RUN_NOWAIT);
        const std::vector<std::string> changed(m_changed.begin(), m_changed.end());
        m_changed.clear();
        return changed;
    }
    [[nodiscard]] int descriptor() const override { return uv_backend_fd(&m_loop); }
    [[nodiscard]] std::chrono::milliseconds period() const override { return std::chrono::hours(1); }

private:
    struct Followed {
        uv_fs_event_t handle{};
        ToldEvents* owner = nullptr;
        std::string folder{};
        bool is_gone = false;  // or may be
    };

    [[nodiscard]] Error no_more(int error) const {
        return {ErrorKind::io,
                "The system follows no more folders (" + std::string(uv_strerror(error)) + ")",
                {m_root.string(), {}, 0},
                {}};
    }

    // What it gives, or libuv's error.
    tl::expected<Followed*, int> begin(const std::string& folder, const fs::path& where) {
        auto* const followed = new Followed;  // freed when libuv has let go of it
        followed->owner = this;
        followed->folder = folder;
        followed->handle.data = followed;
        uv_fs_event_init(&m_loop, &followed->handle);
        const int error = uv_fs_event_start(
            &followed->handle,
            [](uv_fs_event_t* handle, const char* name, int, int) {
                auto& about = *static_cast<Followed*>(handle->data);
                about.owner->heard(about, name == nullptr ? std::string_view() : std::string_view(name));
            },
            where.c_str(), 0);
        if (error != 0) {
            let_go(followed);
            return tl::unexpected(error);
        }
        return followed;
    }

    static void let_go(Followed* followed) {
        followed->owner = nullptr;
        uv_close(reinterpret_cast<uv_handle_t*>(&followed->handle),
                 [](uv_handle_t* handle) { delete static_cast<Followed*>(handle->data); });
    }

    void heard(Followed& about, std::string_view name) {
        if (&about == m_around) {
            if (name == m_root.filename().string()) {
                doubt("");
            }
            return;
        }
        const auto path = below(about.folder, name);
        m_changed.insert(path);
        doubt(path);
        // Of the folder itself libuv tells by its own name.
        if (name.empty() || name == (m_root / about.folder).filename().string()) {
            doubt(about.folder);
        }
    }

    // What stands at the path from now on may be another folder of its name, and so may all below it.
    void doubt(const std::string& path) {
        bool is_followed = false;
        for (auto& [folder, followed] : m_followed) {
            if (path.empty() || folder == path || folder.starts_with(path + "/")) {
                followed->is_gone = true;
                is_followed = true;
            }
        }
        if (is_followed) {
            m_changed.insert(path);
        }
    }

    fs::path m_root;
    uv_loop_t m_loop{};
    bool m_made = false;
    std::map<std::string, Followed*> m_followed{};
    Followed* m_around = nullptr;  // of the folder around the root, where it can be followed
    std::set<std::string> m_changed{};
};

}  // namespace

Result<std::unique_ptr<FileEvents>> told_events(const fs::path& root) {
    auto events = std::make_unique<ToldEvents>(root);
    MLPATH_CHECK(events->make());
    return events;
}

}  // namespace mlpath::system
