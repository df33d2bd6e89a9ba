// A log as an interface, for whoever asks why: handed down like everything else, and silent by default. Where it goes
// and in which form is for whoever hears it (cli/logging). An event is a few words, the same each time, so that it can
// be searched for; what differs stands in its fields. Never in them: what checks hold, data that are held out, what a
// learner's program printed, keys. Names, sizes, hashes, times and verdicts say enough.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace mlpath {

// debug: each single thing that is done. info: what was decided, and why. warning: something goes on, but not as it
// was meant to. error: what was asked for cannot be done.
enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

struct LogField {
    std::string_view name{};
    std::string value{};  // as it is: whoever hears it makes it fit to be shown
};
using LogFields = std::vector<LogField>;

class LogListener {
public:
    LogListener() = default;
    LogListener(const LogListener&) = delete;
    LogListener& operator=(const LogListener&) = delete;
    virtual ~LogListener() = default;
    // The finest that it hears; the same for all its life.
    [[nodiscard]] virtual LogLevel level() const = 0;
    // May be called from several threads at once. What it cannot keep it keeps to itself: work never fails for its log.
    virtual void hear(LogLevel level, std::string_view event, std::span<const LogField> fields) = 0;
};

// What is handed down: a value, as cheap as two words, with nobody behind it unless somebody wants to hear. The
// listener outlives it.
class Log {
public:
    Log() = default;
    explicit Log(LogListener& listener) : m_listener(&listener), m_level(listener.level()) {}

    [[nodiscard]] bool hears(LogLevel level) const { return level >= m_level && level < LogLevel::off; }

    // `fields` is a function that makes the LogFields; it is called only where they are heard.
    template <typename Fields>
    void write(LogLevel level, std::string_view event, Fields fields) const {
        if (hears(level)) {
            const LogFields made = fields();
            m_listener->hear(level, event, made);
        }
    }
    template <typename Fields>
    void debug(std::string_view event, Fields fields) const {
        write(LogLevel::debug, event, std::move(fields));
    }
    template <typename Fields>
    void info(std::string_view event, Fields fields) const {
        write(LogLevel::info, event, std::move(fields));
    }
    template <typename Fields>
    void warning(std::string_view event, Fields fields) const {
        write(LogLevel::warning, event, std::move(fields));
    }
    template <typename Fields>
    void error(std::string_view event, Fields fields) const {
        write(LogLevel::error, event, std::move(fields));
    }

    // Of a write that nobody waits for, such as one to a cache: what was to be kept is found out again. A failure is
    // told here and nowhere else.
    void kept(std::string_view what, const Status& written) const {
        if (!written) {
            warning("not kept",
                    [&] { return LogFields{{"what", std::string(what)}, {"why", written.error().message}}; });
        }
    }

private:
    LogListener* m_listener = nullptr;
    LogLevel m_level = LogLevel::off;
};

}  // namespace mlpath
