#include "system/wake.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace mlpath::system {

Result<Wake> Wake::make() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe(ends.data()) != 0) {
        return fail(ErrorKind::io, "cannot make a pipe: " + std::generic_category().message(errno),
                    "close other programs, and try again");
    }
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    return Wake(Descriptor(ends[0]), Descriptor(ends[1]));
}

void Wake::ring() const {
    // A pipe that is full wakes as well.
    [[maybe_unused]] const auto written = ::write(m_rings.get(), "x", 1);
}

void Wake::quieten() const {
    std::array<char, 64> bytes{};
    while (::read(m_hears.get(), bytes.data(), bytes.size()) > 0) {
    }
}

}  // namespace mlpath::system
