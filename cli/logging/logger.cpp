#include "logging/logger.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <mutex>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "logging/file.hpp"
#include "logging/line.hpp"
#include "render/output.hpp"

namespace mlpath::cli {

namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return spdlog::level::debug;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::error: return spdlog::level::err;
        case LogLevel::off: break;
    }
    return spdlog::level::off;
}

// spdlog's own sinks throw where a disk is full, and then speak on standard error by themselves: this one remembers,
// and is asked in the end.
class OutputSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    OutputSink(int descriptor, const std::string& place) : m_output(descriptor, place) {}
    [[nodiscard]] Status status() {
        const std::scoped_lock lock(mutex_);
        return m_output.status();
    }

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        m_output.write({line.data(), line.size()});
        m_output.flush();
    }
    void flush_() override {}

    Output m_output;
};

class SpdlogLogger final : public Logger {
public:
    SpdlogLogger(LogLevel level, Descriptor file, std::string place)
        : m_level(level),
          m_file(std::move(file)),
          m_place(std::move(place)),
          m_sink(std::make_shared<OutputSink>(m_file.is_open() ? m_file.get() : STDERR_FILENO, printable(m_place))),
          m_logger("mlpath", m_sink) {
        m_logger.set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%fZ %P %l %v",
                                                                           spdlog::pattern_time_type::utc, "\n"));
        m_logger.set_level(level_of(level));
    }

    [[nodiscard]] LogLevel level() const override { return m_level; }
    void hear(LogLevel level, std::string_view event, std::span<const LogField> fields) override {
        const auto line = log_line(event, fields);
        m_logger.log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
    }
    [[nodiscard]] Status status() const override {
        auto status = m_sink->status();
        if (!status) {
            status.error().message = "the log is incomplete: " + status.error().message;
        }
        return status;
    }
    [[nodiscard]] const std::string& place() const override { return m_place; }
    [[nodiscard]] bool goes_to_file() const override { return m_file.is_open(); }

private:
    LogLevel m_level;
    Descriptor m_file;
    std::string m_place;
    std::shared_ptr<OutputSink> m_sink;
    spdlog::logger m_logger;
};

}  // namespace

Result<std::unique_ptr<Logger>> open_logger(const LogWish& wish) {
    if (wish.level == LogLevel::off) {
        return nullptr;
    }
    Descriptor file;
    std::string place = "standard error";
    if (!wish.file.empty()) {
        MLPATH_TRY(file, open_log_file(wish.file));
        std::error_code error;
        const auto absolute = fs::absolute(wish.file, error).lexically_normal();
        place = error ? wish.file : absolute.string();
    }
    return std::make_unique<SpdlogLogger>(wish.level, std::move(file), std::move(place));
}

}  // namespace mlpath::cli
