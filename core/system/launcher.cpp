#include "system/launcher.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

#include "confine/beginning.hpp"

namespace mlpath::system {

namespace {

bool parse(const char* text, int& number) {
    const char* end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end;
}

// Nothing that mlpath or its own parent left open may reach the program.
void close_on_exec_from(int first) {
#ifdef __linux__
    DIR* folder = ::opendir("/proc/self/fd");
#else
    DIR* folder = ::opendir("/dev/fd");
#endif
    if (folder == nullptr) {
        for (int descriptor = first; descriptor < 1024; ++descriptor) {
            ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
        return;
    }
    while (const dirent* entry = ::readdir(folder)) {
        int descriptor = -1;
        if (parse(entry->d_name, descriptor) && descriptor >= first) {
            ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
    }
    ::closedir(folder);
}

std::optional<confine::Confinement> read_confinement(int descriptor) {
    struct stat about{};
    if (::fstat(descriptor, &about) != 0) {
        return std::nullopt;
    }
    std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
    if (::pread(descriptor, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return std::nullopt;
    }
    ::close(descriptor);
    return confine::decode(bytes);
}

}  // namespace

int launcher_main(int argc, char** argv) {
    int first_closed = 0;
    const bool called_rightly = argc >= 5 && parse(argv[2], first_closed);
    const auto confinement = called_rightly ? read_confinement(launcher_confinement) : std::nullopt;
    if (!confinement) {
        std::fputs("this command is for mlpath itself: it starts the programs that mlpath runs\n", stderr);
        return 2;
    }
    close_on_exec_from(first_closed);
    const auto beginning = confine::begin({.control = launcher_control,
                                           .gift = launcher_gift,
                                           .first_closed = first_closed,
                                           .confinement = &*confinement});
    ::execv(argv[3], argv + 4);
    beginning.failed(confine::trouble(confine::exec_stage));
    ::_exit(127);
}

}  // namespace mlpath::system
