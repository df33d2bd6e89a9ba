#include "checks/door.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "confine/passing.hpp"

namespace mlpath::checks {

namespace {

Error door_error(const char* what) {
    return {ErrorKind::io, std::string(what) + ": " + std::generic_category().message(errno), {}, {}};
}

// The name of a Unix socket has little room: a folder with a long one is named by a descriptor of it.
Status bind_in(const Descriptor& socket, const fs::path& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto name = (folder / "door").string();
    Descriptor inside;
    if (name.size() >= sizeof address.sun_path) {
        inside = Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        name = "/proc/self/fd/" + std::to_string(inside.get()) + "/door";
    }
    std::strncpy(address.sun_path, name.c_str(), sizeof address.sun_path - 1);
    return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0
               ? Status()
               : fail(door_error("cannot make a socket for the judge"));
}

}  // namespace

Result<std::unique_ptr<Door>> Door::open() {
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-door-"));
    std::unique_ptr<Door> door(new Door(std::move(folder)));
    door->m_listens = Descriptor(::socket(AF_UNIX, SOCK_STREAM, 0));
    ::fcntl(door->m_listens.get(), F_SETFD, FD_CLOEXEC);
    MLPATH_CHECK(bind_in(door->m_listens, door->folder()));
    if (::listen(door->m_listens.get(), 1) != 0) {
        return fail(door_error("cannot wait for the judge"));
    }
    // The judge has connected before it asks: whoever does not comes too late.
    ::fcntl(door->m_listens.get(), F_SETFL, O_NONBLOCK);
    return door;
}

Status Door::hand(const Descriptor& connection) {
    if (!m_visitor.is_open()) {
        m_visitor = Descriptor(::accept(m_listens.get(), nullptr, nullptr));
        if (!m_visitor.is_open()) {
            return fail(door_error("the judge did not come for its connection"));
        }
        ::fcntl(m_visitor.get(), F_SETFD, FD_CLOEXEC);
        ::fcntl(m_visitor.get(), F_SETFL, 0);
    }
    return confine::pass(m_visitor.get(), "c", {connection.get()}) ? Status()
                                                                   : fail(door_error("cannot hand a connection on"));
}

}  // namespace mlpath::checks
