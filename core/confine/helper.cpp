// A small program that takes the place of the supervisor, or of the first process of a world, where those begin in a
// large one: a fork of a warm interpreter. Embedded in the binary beside the shim; its words are what beginning.cpp
// says.

#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>

#include "confine/supervisor.hpp"
#include "confine/telling.hpp"
#include "confine/tree.hpp"

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
            mlpath::confine::hide_from_program();
            mlpath::confine::put(end, mlpath::confine::hidden);
            mlpath::confine::be_first(program, end);
        }
    }
    mlpath::confine::Supervised all;
    int own_world = 0;
    if (count == 12 && std::string_view(words[0]) == "supervise" && read(words[1], all.control) &&
        read(words[2], all.go) && read(words[3], all.failure) && read(words[4], all.end) && read(words[5], all.first) &&
        read(words[6], all.first_closed) && read(words[7], all.memory_bytes) && read(words[8], all.cpu_seconds) &&
        read(words[9], own_world)) {
        mlpath::confine::prepare_supervisor();
        if (char said = 0; own_world != 0) {  // nothing comes where it failed, and `supervise` hears why
            static_cast<void>(mlpath::confine::take(all.end, said));
        }
        mlpath::confine::supervise(
            all, *words[10] == 0 ? std::nullopt : std::optional(MemoryGroup::at(words[10], words[11])));
    }
    return misused;
}
