#include "confine/passing.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
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

Passed take_passed(int socket) {
    Passed passed;
    iovec part{.iov_base = &passed.word, .iov_len = 1};
    Room room;
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room.bytes.data();
    message.msg_controllen = room.bytes.size();
    if (::recvmsg(socket, &message, MSG_DONTWAIT) != 1) {
        return {};
    }
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) {
        return passed;
    }
    std::array<int, most_passed> numbers{};
    const auto count = std::min((header->cmsg_len - CMSG_LEN(0)) / sizeof(int), most_passed);
    std::memcpy(numbers.data(), CMSG_DATA(header), count * sizeof(int));
    for (std::size_t i = 0; i < count; ++i) {
        ::fcntl(numbers[i], F_SETFD, FD_CLOEXEC);
        passed.descriptors.emplace_back(numbers[i]);
    }
    return passed;
}

}  // namespace mlpath::confine
