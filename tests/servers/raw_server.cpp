#include "servers/raw_server.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <stdexcept>

namespace tests {

namespace {

constexpr int glance = 20;  // milliseconds between looks at whether the server ends

bool readable(int descriptor, int milliseconds) {
    pollfd one{descriptor, POLLIN, 0};
    return ::poll(&one, 1, milliseconds) > 0;
}

bool read_head(int descriptor, std::string& head, const std::stop_token& stop) {
    while (head.find("\r\n\r\n") == std::string::npos) {
        if (stop.stop_requested()) {
            return false;
        }
        if (!readable(descriptor, glance)) {
            continue;
        }
        char buffer[4096];
        const auto got = ::recv(descriptor, buffer, sizeof buffer, 0);
        if (got <= 0) {
            return false;
        }
        head.append(buffer, static_cast<std::size_t>(got));
    }
    return true;
}

RawRequest parse(const std::string& head) {
    RawRequest request;
    const auto line_end = head.find("\r\n");
    const auto first = head.substr(0, line_end);
    const auto space = first.find(' ');
    request.method = first.substr(0, space);
    request.path = first.substr(space + 1, first.rfind(' ') - space - 1);
    auto at = line_end + 2;
    while (at < head.size()) {
        const auto end = head.find("\r\n", at);
        const auto line = head.substr(at, end - at);
        const auto colon = line.find(':');
        if (colon == std::string::npos) {
            break;
        }
        auto name = line.substr(0, colon);
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        request.headers[name] = line.substr(line.find_first_not_of(' ', colon + 1));
        at = end + 2;
    }
    return request;
}

}  // namespace

std::string RawRequest::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

std::size_t RawRequest::offset() const {
    const auto range = header("range");
    return range.starts_with("bytes=") ? std::stoul(range.substr(6)) : 0;
}

bool RawConnection::send(std::string_view bytes) const {
    while (!bytes.empty() && !m_stop.stop_requested()) {
        const auto sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return bytes.empty();
}

bool RawConnection::answer(int status, std::string_view body, const std::string& headers) const {
    std::string head = "HTTP/1.1 " + std::to_string(status) + " Status\r\n" + headers;
    if (headers.find("Content-Length") == std::string::npos) {
        head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return send(head + "\r\n") && send(body);
}

void RawConnection::pause(int milliseconds) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (!m_stop.stop_requested() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

void RawConnection::stall() const {
    while (!m_stop.stop_requested()) {
        char byte = 0;
        if (readable(m_descriptor, glance) && ::recv(m_descriptor, &byte, 1, 0) <= 0) {
            return;
        }
    }
}

RawServer::RawServer(RawHandler handler) : m_handler(std::move(handler)) {
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listening, generic, length) != 0 || ::listen(m_listening, 64) != 0 ||
        ::getsockname(m_listening, generic, &length) != 0) {
        throw std::runtime_error("no port for a test server");
    }
    m_port = ntohs(address.sin_port);
    m_accepting = std::jthread([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (!readable(m_listening, glance)) {
                continue;
            }
            const int descriptor = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (descriptor >= 0) {
                ++m_connections;
                m_threads.emplace_back([this, descriptor](const std::stop_token& own) { serve(descriptor, own); });
            }
        }
    });
}

RawServer::~RawServer() {
    m_accepting.request_stop();
    m_accepting.join();
    for (auto& thread : m_threads) {
        thread.request_stop();
    }
    m_threads.clear();
    ::close(m_listening);
}

void RawServer::serve(int descriptor, const std::stop_token& stop) {
    std::string head;
    while (read_head(descriptor, head, stop)) {
        auto request = parse(head);
        head.clear();
        {
            const std::lock_guard lock(m_mutex);
            request.number = ++m_counts[request.path];
            m_log.push_back(request);
        }
        if (m_handler(request, RawConnection(descriptor, stop)) == After::close) {
            break;
        }
    }
    ::shutdown(descriptor, SHUT_RDWR);
    ::close(descriptor);
}

std::string RawServer::url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(m_port) + std::string(path);
}

int RawServer::requests(const std::string& path) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(path);
    return found == m_counts.end() ? 0 : found->second;
}

std::vector<RawRequest> RawServer::log() const {
    const std::lock_guard lock(m_mutex);
    return m_log;
}

After serve_well(const RawRequest& request, const RawConnection& connection, std::string_view body,
                 const std::string& etag) {
    const auto offset = request.offset();
    const auto condition = request.header("if-range");
    if (offset > 0 && (condition.empty() || condition == etag)) {
        const auto last = std::to_string(body.size() - 1) + "/" + std::to_string(body.size());
        connection.answer(206, body.substr(offset),
                          "ETag: " + etag + "\r\nContent-Range: bytes " + std::to_string(offset) + "-" + last + "\r\n");
    } else {
        connection.answer(200, body, "ETag: " + etag + "\r\n");
    }
    return After::keep;
}

}  // namespace tests
