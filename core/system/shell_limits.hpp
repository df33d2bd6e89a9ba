// What the shell (`ulimit`) or whoever started us lets our processes use, as far as it is less than judging may want:
// what fails by it is the machine's doing and nobody's mistake.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace mlpath::system {

enum class Limited { open_files, file_size, address_space, processor_time, processes };

struct ShellLimit {
    Limited what = Limited::open_files;
    std::uint64_t value = 0;
    std::uint64_t most = 0;  // to which it may be raised; UINT64_MAX: without end
    bool too_low = false;    // nothing at all can be judged under it
};

// Those under which something that is right may fail.
[[nodiscard]] std::vector<ShellLimit> tight_limits();
// "a process may have only 32 files open at a time here (`ulimit -n`)"
[[nodiscard]] std::string in_words(const ShellLimit& limit);
// The command that raises it, or whom to ask.
[[nodiscard]] std::string remedy_of(const ShellLimit& limit);
// io: under one of them nothing can be judged.
[[nodiscard]] Status enough_to_judge();
// The number of open files, up to what the shell allows.
void raise_open_files();

}  // namespace mlpath::system
