// The one error type of mlpath. Every function that can fail returns Result<T>; exceptions stay at the edge of the
// third-party library that throws them. The kind decides the exit code (cli/main.cpp), never the message text.
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace mlpath {

enum class ErrorKind {
    usage,        // the command line asks for something that cannot be
    not_found,    // an id or path that does not exist
    malformed,    // input that does not have the promised form
    io,           // disk, permissions, no space
    network,      // no connection, a server that misbehaves
    integrity,    // bytes that are not the promised ones
    missing,      // an interpreter, package or shared library that is not installed
    busy,         // somebody else holds a lock for too long
    interrupted,  // the user pressed Ctrl-C
    internal,     // a defect of ours
};

// Where it happened. Empty parts are unknown; `line` counts from 1.
struct Place {
    std::string file{};
    std::string pointer{};  // JSON pointer (RFC 6901) inside the file
    std::size_t line = 0;
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message{};  // what happened, to what: one sentence, no newline, no trailing period needed
    Place place{};
    std::string hint{};  // what to do, ideally a command
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {}) {
    return tl::unexpected<Error>(Error{kind, std::move(message), {}, std::move(hint)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace mlpath

#define MLPATH_JOIN_INNER(a, b) a##b
#define MLPATH_JOIN(a, b) MLPATH_JOIN_INNER(a, b)

// MLPATH_TRY(auto text, read_file(path));   declares `text`, or returns the error to the caller.
#define MLPATH_TRY(declaration, expression)                                           \
    auto MLPATH_JOIN(mlpath_try_, __LINE__) = (expression);                           \
    if (!MLPATH_JOIN(mlpath_try_, __LINE__)) {                                        \
        return ::mlpath::fail(std::move(MLPATH_JOIN(mlpath_try_, __LINE__)).error()); \
    }                                                                                 \
    declaration = std::move(*MLPATH_JOIN(mlpath_try_, __LINE__))

// MLPATH_CHECK(write_file(path, text));   for a Status: returns the error to the caller.
#define MLPATH_CHECK(expression)                                     \
    do {                                                             \
        if (auto mlpath_status = (expression); !mlpath_status) {     \
            return ::mlpath::fail(std::move(mlpath_status).error()); \
        }                                                            \
    } while (false)
