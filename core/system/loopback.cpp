#include "system/loopback.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace mlpath::system {

namespace {

sockaddr_in address_of(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::string reason(int error) { return std::generic_category().message(error); }

Status refused(std::uint16_t port, int error) {
    return fail(error == ECONNREFUSED ? ErrorKind::not_found : ErrorKind::io,
                error == ECONNREFUSED ? "nothing listens on port " + std::to_string(port)
                                      : "cannot connect to port " + std::to_string(port) + ": " + reason(error));
}

// Bound, so that the next one is another.
Result<std::uint16_t> bound_port(const Descriptor& socket) {
    auto address = address_of(0);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.get(), generic, size) != 0 || ::getsockname(socket.get(), generic, &size) != 0) {
        return fail(ErrorKind::io, "cannot find a free port: " + reason(errno));
    }
    return ntohs(address.sin_port);
}

}  // namespace

Result<Descriptor> tcp_socket() {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
    if (!socket.is_open()) {
        return fail(ErrorKind::io, "cannot make a socket: " + reason(errno));
    }
    ::fcntl(socket.get(), F_SETFD, FD_CLOEXEC);
    return socket;
}

Result<std::vector<std::uint16_t>> free_ports(std::size_t count) {
    std::vector<Descriptor> held;
    std::vector<std::uint16_t> ports;
    while (ports.size() < count) {
        MLPATH_TRY(auto socket, tcp_socket());
        MLPATH_TRY(const auto port, bound_port(socket));
        ports.push_back(port);
        held.push_back(std::move(socket));
    }
    return ports;
}

Status listen_at(const Descriptor& socket, std::uint16_t port) {
    constexpr int waiting = 128;
    const auto address = address_of(port);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket.get(), waiting) != 0) {
        return fail(ErrorKind::io, "cannot listen on port " + std::to_string(port) + ": " + reason(errno));
    }
    return {};
}

Status connect_to(const Descriptor& socket, std::uint16_t port, std::chrono::milliseconds wait) {
    const int flags = ::fcntl(socket.get(), F_GETFL);
    ::fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK);
    const auto address = address_of(port);
    const auto attempt = [&] {
        return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
    };
    int error = attempt();
    if (error == EINPROGRESS) {
        pollfd waited{.fd = socket.get(), .events = POLLOUT, .revents = 0};
        int ready = 0;
        while ((ready = ::poll(&waited, 1, static_cast<int>(wait.count()))) < 0 && errno == EINTR) {
        }
        if (ready == 0) {
            return fail(ErrorKind::busy, "port " + std::to_string(port) + " did not answer");
        }
        // What came of it; asked in this way, a socket that was refused can be tried again.
        error = attempt();
        error = error == EISCONN ? 0 : error;
    }
    ::fcntl(socket.get(), F_SETFL, flags);
    return error == 0 ? Status() : refused(port, error);
}

}  // namespace mlpath::system
