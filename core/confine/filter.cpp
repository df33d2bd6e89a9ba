#include "confine/filter.hpp"

#ifdef __linux__
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <system_error>
#include <utility>

#include "base/descriptor.hpp"
#endif

namespace mlpath::confine {

#ifdef __linux__

namespace {

constexpr std::array refused{
    // other processes
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(process_madvise),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(bpf),
    // mounts and namespaces
    SCMP_SYS(mount),
    SCMP_SYS(umount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(open_tree),
    SCMP_SYS(move_mount),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount),
    SCMP_SYS(fspick),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(name_to_handle_at),
    // the machine
    SCMP_SYS(reboot),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(acct),
    SCMP_SYS(quotactl),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(syslog),
    SCMP_SYS(iopl),
    SCMP_SYS(ioperm),
    SCMP_SYS(vhangup),
    SCMP_SYS(fanotify_init),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    // memory that belongs to no process, so that no limit counts it
    SCMP_SYS(shmget),
    SCMP_SYS(msgget),
    SCMP_SYS(semget),
    SCMP_SYS(memfd_secret),
    // keys
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
};

// As if the kernel were older: whoever wants them has another way.
constexpr std::array unknown{SCMP_SYS(clone3), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
                             SCMP_SYS(io_uring_register), SCMP_SYS(memfd_create)};

constexpr std::array<scmp_datum_t, 7> name_space_flags{CLONE_NEWNS,  CLONE_NEWUSER, CLONE_NEWPID,   CLONE_NEWNET,
                                                       CLONE_NEWIPC, CLONE_NEWUTS,  CLONE_NEWCGROUP};

constexpr int fchmodat2 = 452;  // newer than what libseccomp knows; the same on every processor

// Which argument of a call is the mode.
constexpr std::array<std::pair<int, unsigned>, 4> mode_setters{
    {{SCMP_SYS(chmod), 1}, {SCMP_SYS(fchmod), 1}, {SCMP_SYS(fchmodat), 2}, {fchmodat2, 2}}};
constexpr std::array<scmp_datum_t, 2> set_id_bits{S_ISUID, S_ISGID};

constexpr std::array<scmp_datum_t, 2> typing_requests{TIOCSTI, TIOCLINUX};

// Gathers what libseccomp says, so that the rules read as a list.
class Rules {
public:
    Rules() : m_context(seccomp_init(SCMP_ACT_ALLOW)) {}
    [[nodiscard]] bool good() const { return m_context != nullptr && m_error == 0; }
    [[nodiscard]] int error() const { return -m_error; }
    [[nodiscard]] scmp_filter_ctx context() const { return m_context.get(); }
    void refuse(int call, int error) { keep(seccomp_rule_add(context(), SCMP_ACT_ERRNO(error), call, 0)); }
    template <typename... More>
    void refuse_if(int call, int error, scmp_arg_cmp condition, More... and_this) {
        const std::array conditions{condition, and_this...};
        keep(seccomp_rule_add_array(context(), SCMP_ACT_ERRNO(error), call, conditions.size(), conditions.data()));
    }

private:
    struct Release {
        void operator()(void* context) const { seccomp_release(context); }
    };
    // A call that this processor does not have needs no rule.
    void keep(int result) { m_error = m_error == 0 && result != -EDOM && result != -EFAULT ? result : m_error; }
    std::unique_ptr<void, Release> m_context;
    int m_error = 0;
};

scmp_arg_cmp argument(unsigned which, scmp_compare compare, scmp_datum_t a, scmp_datum_t b = 0) {
    return {.arg = which, .op = compare, .datum_a = a, .datum_b = b};
}

void refuse_sockets(Rules& rules, Walls walls, Network network) {
    if (walls != Walls::name_spaces) {
        // Landlock lets every socket in the file system be connected to; socketpair is another call.
        rules.refuse_if(SCMP_SYS(socket), EPERM, argument(0, SCMP_CMP_EQ, AF_UNIX));
    }
    for (const auto family : {scmp_datum_t{AF_INET}, scmp_datum_t{AF_INET6}}) {
        const auto internet = argument(0, SCMP_CMP_EQ, family);
        if (walls == Walls::name_spaces) {
            continue;
        }
        if (network == Network::none) {
            rules.refuse_if(SCMP_SYS(socket), EPERM, internet);
            continue;
        }
        // Landlock knows of TCP alone.
        for (const auto kind : {SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP, SOCK_PACKET}) {
            rules.refuse_if(SCMP_SYS(socket), EPERM, internet,
                            argument(1, SCMP_CMP_MASKED_EQ, 0xf, static_cast<scmp_datum_t>(kind)));
        }
        rules.refuse_if(SCMP_SYS(socket), EPERM, internet, argument(2, SCMP_CMP_GT, IPPROTO_TCP));
    }
    if (walls != Walls::name_spaces && network != Network::none) {
        // It connects where no rule is asked.
        for (const auto& [call, which] :
             {std::pair(SCMP_SYS(sendto), 3U), {SCMP_SYS(sendmsg), 2U}, {SCMP_SYS(sendmmsg), 3U}}) {
            rules.refuse_if(call, EPERM, argument(which, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, MSG_FASTOPEN));
        }
    }
    // What is left between and above: protocols of which the kernel loads a module on demand.
    for (int family = AF_UNIX + 1; family < AF_NETLINK; ++family) {
        if (family != AF_INET && family != AF_INET6) {
            rules.refuse_if(SCMP_SYS(socket), EAFNOSUPPORT,
                            argument(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)));
        }
    }
    rules.refuse_if(SCMP_SYS(socket), EAFNOSUPPORT, argument(0, SCMP_CMP_GT, AF_NETLINK));
}

Error filter_error(int number) {
    return {ErrorKind::internal,
            "cannot make the filter of system calls: " + std::generic_category().message(number),
            {},
            {}};
}

}  // namespace

Result<std::string> make_filter(Walls walls, Network network, SetId set_id) {
    Rules rules;
    for (const int call : refused) {
        rules.refuse(call, EPERM);
    }
    for (const int call : unknown) {
        rules.refuse(call, ENOSYS);
    }
    for (const auto flag : name_space_flags) {
        rules.refuse_if(SCMP_SYS(clone), EPERM, argument(0, SCMP_CMP_MASKED_EQ, flag, flag));
    }
    for (const auto request : typing_requests) {
        // The kernel looks at the lower half alone.
        rules.refuse_if(SCMP_SYS(ioctl), EPERM, argument(1, SCMP_CMP_MASKED_EQ, 0xffffffff, request));
    }
    // Its own limits, not those of another process of its user.
    rules.refuse_if(SCMP_SYS(prlimit64), EPERM, argument(0, SCMP_CMP_NE, 0));
    refuse_sockets(rules, walls, network);
    if (set_id == SetId::refused) {
        for (const auto& [call, which] : mode_setters) {
            for (const auto bit : set_id_bits) {
                rules.refuse_if(call, EPERM, argument(which, SCMP_CMP_MASKED_EQ, bit, bit));
            }
        }
    }
    if (!rules.good()) {
        return fail(filter_error(rules.error()));
    }
    const Descriptor file(::memfd_create("filter", MFD_CLOEXEC));
    if (const int error = seccomp_export_bpf(rules.context(), file.get()); error != 0) {
        return fail(filter_error(-error));
    }
    const auto size = ::lseek(file.get(), 0, SEEK_END);
    std::string program(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    if (program.empty() || ::pread(file.get(), program.data(), program.size(), 0) != size) {
        return fail(filter_error(EIO));
    }
    return program;
}

#else

Result<std::string> make_filter(Walls, Network, SetId) { return std::string(); }

#endif

}  // namespace mlpath::confine
