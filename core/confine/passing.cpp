#include "confine/passing.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace mlpath::confine {

namespace {

struct Room {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(most_passed * sizeof(int))> bytes{};
};

}  // namespace

bool pass(int socket, std::string_view text, const std::vector<int>& descriptors) {
    if (descriptors.empty() || descriptors.size() > most_passed) {
        errno = EINVAL;
        return false;
    }
    iovec part{.iov_base = const_cast<char*>(text.data()), .iov_len = text.size()};
    Room room;
    const auto size = descriptors.size() * sizeof(int);
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room.bytes.data();
    message.msg_controllen = CMSG_SPACE(size);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(size);
    std::memcpy(CMSG_DATA(header), descriptors.data(), size);
    ssize_t sent = 0;
    while ((sent = ::sendmsg(socket, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
    }
    return sent == static_cast<ssize_t>(text.size());
}

Descriptor take_passed(int socket) {
    char byte = 0;
    iovec part{.iov_base = &byte, .iov_len = 1};
    Room room;
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room.bytes.data();
    message.msg_controllen = CMSG_SPACE(sizeof(int));
    const auto got = ::recvmsg(socket, &message, MSG_DONTWAIT);
    const cmsghdr* header = got == 1 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) {
        return {};
    }
    int passed = -1;
    std::memcpy(&passed, CMSG_DATA(header), sizeof passed);
    ::fcntl(passed, F_SETFD, FD_CLOEXEC);
    return Descriptor(passed);
}

}  // namespace mlpath::confine
