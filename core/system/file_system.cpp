#include "system/file_system.hpp"

#ifdef __linux__
#include <sys/vfs.h>
#else
#include <sys/mount.h>
#include <sys/param.h>
#endif

#include <algorithm>
#include <array>
#include <string_view>

namespace mlpath::system {

namespace {

struct Silent {
    std::uint64_t number;
    std::string_view name;
};

// Of linux/magic.h, and of file systems that are no part of Linux itself.
constexpr std::array silent{Silent{0x6969, "a network file system (NFS)"},
                            Silent{0x517B, "a network share (SMB)"},
                            Silent{0xFE534D42, "a network share (SMB)"},
                            Silent{0xFF534D42, "a network share (CIFS)"},
                            Silent{0x01021997, "a folder of the system around this one (9p, as WSL has it)"},
                            Silent{0x53464846, "a folder of Windows (WSL)"},
                            Silent{0x65735546, "a file system that a program provides (FUSE)"},
                            Silent{0x786F4256, "a shared folder of VirtualBox"},
                            Silent{0xBACBACBC, "a shared folder of VMware"},
                            Silent{0x7C7C6673, "a shared folder of Parallels"},
                            Silent{0x5346414F, "a network file system (AFS)"},
                            Silent{0x6B414653, "a network file system (AFS)"},
                            Silent{0x73757245, "a network file system (Coda)"},
                            Silent{0x00C36400, "a network file system (Ceph)"},
                            Silent{0x0BD00BD0, "a network file system (Lustre)"},
                            Silent{0x47504653, "a network file system (GPFS)"},
                            Silent{0x01161970, "a file system that several machines share (GFS2)"},
                            Silent{0x7461636F, "a file system that several machines share (OCFS2)"}};

}  // namespace

FileSystem file_system_of(std::uint64_t number) {
    const auto found = std::ranges::find(silent, number, &Silent::number);
    return found == silent.end() ? FileSystem{} : FileSystem{std::string(found->name), Tells::not_all};
}

FileSystem file_system_at(const std::filesystem::path& folder) {
    struct statfs about{};
    if (::statfs(folder.c_str(), &about) != 0) {
        return {};
    }
#ifdef __linux__
    // Some machines keep the number in 32 bits with a sign.
    return file_system_of(static_cast<std::uint64_t>(about.f_type) & 0xFFFFFFFFU);
#else
    return (about.f_flags & MNT_LOCAL) != 0 ? FileSystem{} : FileSystem{"a network file system", Tells::not_all};
#endif
}

}  // namespace mlpath::system
