// Whoever hears the log of a run and writes it down: spdlog, which only logger.cpp sees.
#pragma once

#include <memory>
#include <string>

#include "base/log.hpp"
#include "logging/wish.hpp"

namespace mlpath::cli {

class Logger : public LogListener {
public:
    // What became of all that was written: io where some of it could not be, and none after it was.
    [[nodiscard]] virtual Status status() const = 0;
    // Where it goes, for people: "standard error", or the absolute path of the file.
    [[nodiscard]] virtual const std::string& place() const = 0;
    [[nodiscard]] virtual bool goes_to_file() const = 0;
};

// Null where nobody wants to hear. Each line is written when it is heard, by one write, so that several runs may share
// a file and what is killed has told all that it did.
[[nodiscard]] Result<std::unique_ptr<Logger>> open_logger(const LogWish& wish);

}  // namespace mlpath::cli
