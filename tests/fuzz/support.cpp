#include "fuzz/support.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/text.hpp"

namespace mlpath::fuzz {

void insist(bool holds, std::string_view promise) {
    if (!holds) {
        std::fprintf(stderr, "a promise is broken: %.*s\n", static_cast<int>(promise.size()), promise.data());
        std::abort();
    }
}

void insist_on_line(std::string_view text, std::string_view what) {
    const auto shown = printable(text);
    if (shown != text) {
        std::fprintf(stderr, "it reads: %s\n", shown.c_str());
        insist(false, what);
    }
}

void insist_on(const Error& error) {
    if (error.message.empty() || error.kind == ErrorKind::internal) {
        std::fprintf(stderr, "it reads: %s\n", printable(error.message).c_str());
        insist(false, "an input is no defect of ours, and what is wrong with it is said");
    }
    insist_on_line(error.message, "an error is told in one line, without control characters");
    insist_on_line(error.hint, "a hint is one line, without control characters");
}

void insist_on(const Faults& faults, std::string_view text) {
    const auto last = 1 + static_cast<std::size_t>(std::ranges::count(text, '\n'));
    for (const auto& fault : faults) {
        insist(!fault.message.empty(), "a fault says what is wrong");
        insist(!fault.place.file.empty(), "a fault names its file");
        insist(fault.place.line <= last, "a fault names a line of the text");
    }
    if (has_errors(faults)) {
        insist_on(to_error(faults));
    }
}

const fs::path& scratch() {
    static const auto folder = TemporaryFolder::make("mlpath-fuzz-", fs::exists("/dev/shm") ? "/dev/shm" : "").value();
    return folder.path();
}

fs::path put(std::string_view name, std::string_view bytes) {
    const auto path = scratch() / name;
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path;
}

void clear(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        fs::remove_all(entry.path());
    }
}

}  // namespace mlpath::fuzz
