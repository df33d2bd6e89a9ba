// The keymap of a virtual screen, kept where the sandbox lets it be: an X server has `xkbcomp` write `server-1.xkm`
// into /tmp or /var/lib/xkb, reads it there, and takes no option for that. With rules alone neither folder may be
// written to. A shared object that is loaded before the C library (LD_PRELOAD) into the server, and so into `xkbcomp`.
//
// MLPATH_KEYMAPS="FOLDER": where such a file is instead. It is no wall, and a way for our own screen alone.

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdlib>
#include <cstring>

#define MLPATH_VISIBLE extern "C" __attribute__((visibility("default")))

namespace {

constexpr char beginning[] = "server-";
constexpr char ending[] = ".xkm";
constexpr std::size_t longest = 4096;

// The C library's own, of the same name.
template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool is_keymap(const char* name) {
    const auto length = std::strlen(name);
    return std::strncmp(name, beginning, sizeof beginning - 1) == 0 && length > sizeof ending &&
           std::strcmp(name + length - (sizeof ending - 1), ending) == 0;
}

// Where a file is that the program looks for at `path`.
class Place {
public:
    explicit Place(const char* path) : m_path(path) {
        const char* folder = ::getenv("MLPATH_KEYMAPS");
        const char* slash = path == nullptr ? nullptr : std::strrchr(path, '/');
        if (folder == nullptr || slash == nullptr || !is_keymap(slash + 1)) {
            return;
        }
        const int length = ::snprintf(m_moved, sizeof m_moved, "%s%s", folder, slash);
        m_path = length > 0 && static_cast<std::size_t>(length) < sizeof m_moved ? m_moved : path;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() = default;
    [[nodiscard]] const char* path() const { return m_path; }

private:
    const char* m_path;
    char m_moved[longest]{};
};

bool makes_a_file(int flags) { return (flags & (O_CREAT | O_TMPFILE)) != 0; }

}  // namespace

// The mode is there where a file may be made.
#define MLPATH_MODE                  \
    mode_t mode = 0;                 \
    if (makes_a_file(flags)) {       \
        va_list more;                \
        va_start(more, flags);       \
        mode = va_arg(more, mode_t); \
        va_end(more);                \
    }

MLPATH_VISIBLE int open(const char* path, int flags, ...) {
    MLPATH_MODE
    return next<int(const char*, int, ...)>("open")(Place(path).path(), flags, mode);
}

MLPATH_VISIBLE int open64(const char* path, int flags, ...) {
    MLPATH_MODE
    return next<int(const char*, int, ...)>("open64")(Place(path).path(), flags, mode);
}

MLPATH_VISIBLE FILE* fopen(const char* path, const char* mode) {
    return next<FILE*(const char*, const char*)>("fopen")(Place(path).path(), mode);
}

MLPATH_VISIBLE FILE* fopen64(const char* path, const char* mode) {
    return next<FILE*(const char*, const char*)>("fopen64")(Place(path).path(), mode);
}

MLPATH_VISIBLE int unlink(const char* path) noexcept { return next<int(const char*)>("unlink")(Place(path).path()); }
