// The exit codes of the contract. Nothing but main.cpp ends the process; a command returns one of these or an Error.
#pragma once

#include "base/error.hpp"
#include "checks/verdict.hpp"

namespace mlpath::cli {

enum class Exit {
    done = 0,         // all that was asked holds
    falls_short = 1,  // a check failed, a fault was found
    usage = 2,        // the command line or its input cannot be
    untold = 3,       // we could not tell
    interrupted = 130,
};

[[nodiscard]] constexpr Exit exit_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
        case ErrorKind::not_found:
        case ErrorKind::malformed: return Exit::usage;
        case ErrorKind::interrupted: return Exit::interrupted;
        case ErrorKind::io:
        case ErrorKind::network:
        case ErrorKind::integrity:
        case ErrorKind::missing:
        case ErrorKind::busy:
        case ErrorKind::internal: return Exit::untold;
    }
    return Exit::untold;
}

[[nodiscard]] constexpr Exit exit_of(checks::Verdict verdict) {
    switch (verdict) {
        case checks::Verdict::pass: return Exit::done;
        case checks::Verdict::fail: return Exit::falls_short;
        case checks::Verdict::error:
        case checks::Verdict::skipped: return Exit::untold;
    }
    return Exit::untold;
}

}  // namespace mlpath::cli
