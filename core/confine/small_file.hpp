// The small files in which the kernel tells of processes and groups.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "base/descriptor.hpp"

namespace mlpath::confine {

// Its beginning; empty where it cannot be read.
[[nodiscard]] inline std::string read_some(const std::string& path, std::size_t most = 4096) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string text(file.is_open() ? most : 0, '\0');
    const ssize_t size = text.empty() ? 0 : ::read(file.get(), text.data(), text.size());
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
}

}  // namespace mlpath::confine
