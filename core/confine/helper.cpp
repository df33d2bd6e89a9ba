// A small program that takes the place of the supervisor, or of the first process of a world, where those begin in a
// large one: a fork of a warm interpreter. Embedded in the binary beside the shim; its words are what beginning.cpp
// says.

#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>

#include "confine/supervisor.hpp"

namespace {

using mlpath::confine::MemoryGroup;

template <typename Number>
bool read(const char* word, Number& number) {
    const char* end = word + std::strlen(word);
    const auto [at, error] = std::from_chars(word, end, number);
    return error == std::errc() && at == end;
}

}  // namespace

int main(int count, char** words) {
    constexpr int misused = 2;
    if (count == 3 && std::string_view(words[0]) == "first") {
        std::int32_t program = 0;
        int end = -1;
        if (read(words[1], program) && read(words[2], end)) {
            mlpath::confine::be_first(program, end);
        }
    }
    mlpath::confine::Supervised all;
    if (count == 11 && std::string_view(words[0]) == "supervise" && read(words[1], all.control) &&
        read(words[2], all.go) && read(words[3], all.failure) && read(words[4], all.end) && read(words[5], all.first) &&
        read(words[6], all.first_closed) && read(words[7], all.memory_bytes) && read(words[8], all.cpu_seconds)) {
        mlpath::confine::prepare_supervisor();
        mlpath::confine::supervise(all,
                                   *words[9] == 0 ? std::nullopt : std::optional(MemoryGroup::at(words[9], words[10])));
    }
    return misused;
}
