// Ports and connections of the loopback, this machine's or that of a network in which a socket was made.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace mlpath::system {

// So many different ports of this machine that nothing listens on now. Somebody may, a moment later.
[[nodiscard]] Result<std::vector<std::uint16_t>> free_ports(std::size_t count);

// An unconnected TCP socket of this machine's network.
[[nodiscard]] Result<Descriptor> tcp_socket();

// Binds the socket to 127.0.0.1 and makes it listen. It is at once connected to, whoever accepts.
[[nodiscard]] Status listen_at(const Descriptor& socket, std::uint16_t port);

// Connects the socket to 127.0.0.1. not_found where nothing listens there, busy after `wait`, io for everything else.
[[nodiscard]] Status connect_to(const Descriptor& socket, std::uint16_t port, std::chrono::milliseconds wait);

}  // namespace mlpath::system
