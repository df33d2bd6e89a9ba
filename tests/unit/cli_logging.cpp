#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "base/files.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "logging/file.hpp"
#include "logging/line.hpp"
#include "logging/logger.hpp"
#include "logging/wish.hpp"

namespace mlpath::cli {

TEST_CASE("who wants to hear what: options beat their part of the variable") {
    struct Row {
        std::string level;
        std::string file;
        std::optional<std::string> variable;
        LogLevel wanted;
        std::string goes_to;
    };
    const std::vector<Row> rows{
        {"", "", std::nullopt, LogLevel::off, ""},
        {"debug", "", std::nullopt, LogLevel::debug, ""},
        {"", "a.log", std::nullopt, LogLevel::info, "a.log"},
        {"warning", "a.log", std::nullopt, LogLevel::warning, "a.log"},
        {"", "", "error", LogLevel::error, ""},
        {"", "", "debug:b.log", LogLevel::debug, "b.log"},
        {"", "", "debug:C:/b.log", LogLevel::debug, "C:/b.log"},
        {"info", "", "debug:b.log", LogLevel::info, "b.log"},
        {"", "a.log", "debug:b.log", LogLevel::debug, "a.log"},
        {"off", "", "debug:b.log", LogLevel::off, "b.log"},
        {"off", "", "loud", LogLevel::off, ""},
        {"", "a.log", "off", LogLevel::off, "a.log"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.level);
        CAPTURE(row.file);
        const auto wish = log_wish(row.level, row.file, row.variable);
        REQUIRE(wish.has_value());
        CHECK(wish->level == row.wanted);
        CHECK(wish->file == row.goes_to);
    }
}

TEST_CASE("a level that is none is named, with those that are") {
    for (const auto* word : {"loud", "DEBUG", "debug:", ":a.log", "debug,a.log", ""}) {
        CAPTURE(word);
        const auto wish = log_wish("", "", std::string(word));
        REQUIRE_FALSE(wish.has_value());
        CHECK(wish.error().kind == ErrorKind::usage);
        CHECK(wish.error().message ==
              "MLPATH_LOG is `debug`, `info`, `warning`, `error` or `off`, alone or followed by "
              "`:FILE`, not `" +
                  std::string(word) + "`");
    }
    CHECK(log_wish("", "", std::string("debgu")).error().hint == "did you mean `debug`?");
}

TEST_CASE("an event is one line, whatever its fields hold") {
    const auto line = [](const std::string& value) { return log_line("an event", LogFields{{"name", value}}); };
    CHECK(log_line("an event", {}) == "an event");
    CHECK(line("plain") == "an event: name=plain");
    CHECK(line("two words") == "an event: name=\"two words\"");
    CHECK(line("") == "an event: name=\"\"");
    CHECK(line("say \"so\"") == "an event: name=\"say \\\"so\\\"\"");
    CHECK(line("a\n2026-01-01T00:00:00.000000Z 1 error forged") ==
          "an event: name=\"a\\n2026-01-01T00:00:00.000000Z 1 error forged\"");
    CHECK(line("\x1b[31mred").find('\x1b') == std::string::npos);
    CHECK(line(std::string("\xff\xfe")).find('\xff') == std::string::npos);
    const auto two = log_line("an event", LogFields{{"a", "1"}, {"b", "2"}});
    CHECK(two == "an event: a=1 b=2");
}

TEST_CASE("secrets of addresses are not written down") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"https://example.org/a/b.csv", "https://example.org/a/b.csv"},
        {"https://me:pass@example.org/a", "https://***@example.org/a"},
        {"https://token@example.org", "https://***@example.org"},
        {"https://me:p@ss@example.org/a", "https://***@example.org/a"},
        {"https://me:p/ss@example.org/a", "https://***@example.org/a"},
        {"https://me:p?ss@example.org/a", "https://***@example.org/a"},
        {"https://example.org/a?token=abc&id=1", "https://example.org/a?***"},
        {"a https://u:v@h/x b http://w@i?k=1 c", "a https://***@h/x b http://***@i?*** c"},
        {"'--mirror=http://u:v@h/'", "'--mirror=http://***@h/'"},
        {"git@host:path", "git@host:path"},
        {"://", "://"},
        {"", ""},
    };
    for (const auto& [text, clean] : rows) {
        CHECK(without_secrets(text) == clean);
    }
}

namespace {

// A folder with what a log file may turn out to be.
struct Places {
    TemporaryFolder folder = std::move(*TemporaryFolder::make("mlpath-test-"));
    [[nodiscard]] std::string at(const std::string& name) const { return (folder.path() / name).string(); }
    [[nodiscard]] std::string refusal(const std::string& name) const {
        const auto opened = open_log_file(at(name));
        return opened ? "" : replace_all(opened.error().message, folder.path().string() + "/", "");
    }
};

const std::string earlier_line = "2026-11-30T10:00:00.000000Z 7 info earlier\n";

}  // namespace

TEST_CASE("a log file is made for its owner alone, and appended to") {
    const Places places;
    CHECK(open_log_file(places.at("new/er/a.log")).has_value());
    struct stat status{};
    REQUIRE(::stat(places.at("new/er/a.log").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    REQUIRE(write_file(places.at("b.log"), earlier_line));
    {
        const auto logger = open_logger({LogLevel::info, places.at("b.log")});
        REQUIRE(logger.has_value());
        CHECK((*logger)->place() == places.at("b.log"));
        const Log log(**logger);
        log.info("later", [] { return LogFields{{"why", "so"}}; });
        log.debug("unheard", []() -> LogFields { throw std::logic_error("made though nobody hears"); });
        CHECK((*logger)->status().has_value());
    }
    const auto text = *read_file(places.at("b.log"));
    REQUIRE(lines(text).size() == 2);
    CHECK(text.starts_with(earlier_line));
    const auto words = split(lines(text)[1], ' ');
    CHECK(parse_time(words[0]).has_value());
    CHECK(words[1] == std::to_string(::getpid()));
    CHECK(lines(text)[1].ends_with(" info later: why=so"));
}

TEST_CASE("behind a line that was cut short begins another") {
    const Places places;
    REQUIRE(write_file(places.at("a.log"), earlier_line + "2026-11-30T10:00:00.0000"));
    REQUIRE(open_log_file(places.at("a.log")).has_value());
    CHECK(read_file(places.at("a.log"))->ends_with("10:00:00.0000\n"));
}

TEST_CASE("what is no log stays as it is") {
    const Places places;
    fs::create_directory(places.at("folder"));
    REQUIRE(::mkfifo(places.at("pipe").c_str(), 0600) == 0);
    REQUIRE(write_file(places.at("work.py"), "print('mine, and longer than a time')\n"));
    REQUIRE(write_file(places.at("short"), "x"));
    fs::create_symlink(places.at("work.py"), places.at("link"));
    fs::create_symlink(places.at("nowhere"), places.at("dangling"));
    fs::create_symlink("/dev/null", places.at("device"));
    CHECK(places.refusal("folder") == "the log cannot go to `folder`, which is a folder");
    CHECK(places.refusal("pipe") == "the log cannot go to `pipe`, which is a pipe");
    CHECK(places.refusal("link") == "the log cannot go to `link`, which is a symbolic link");
    CHECK(places.refusal("dangling") == "the log cannot go to `dangling`, which is a symbolic link");
    CHECK(open_log_file("/dev/null").error().message == "the log cannot go to `/dev/null`, which is a device");
    const std::string other = ", which is a file that holds something else than a log of mlpath";
    CHECK(places.refusal("work.py") == "the log cannot go to `work.py`" + other);
    CHECK(places.refusal("short") == "the log cannot go to `short`" + other);
    CHECK(*read_file(places.at("work.py")) == "print('mine, and longer than a time')\n");
    CHECK_FALSE(fs::exists(places.at("nowhere")));
    CHECK(open_log_file(places.at("work.py/a.log")).error().message.find("Not a directory") != std::string::npos);
    for (const auto* name : {"folder", "pipe", "link", "work.py"}) {
        CHECK(open_log_file(places.at(name)).error().kind == ErrorKind::usage);
    }
}

TEST_CASE("a log whose disk is full says so in the end, and nothing before") {
    const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    REQUIRE(full.is_open());
    const Descriptor before(::dup(2));
    REQUIRE(::dup2(full.get(), 2) == 2);
    const auto logger = open_logger({LogLevel::debug, ""});
    const Log log(**logger);
    log.info("lost", [] { return LogFields{}; });
    const auto status = (*logger)->status();
    REQUIRE(::dup2(before.get(), 2) == 2);
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().kind == ErrorKind::io);
    CHECK(status.error().message == "the log is incomplete: cannot write to standard error: No space left on device");
}

TEST_CASE("lines of several threads stay whole") {
    const Places places;
    const auto logger = open_logger({LogLevel::debug, places.at("a.log")});
    REQUIRE(logger.has_value());
    const Log log(**logger);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&log] {
                for (int k = 0; k < 200; ++k) {
                    log.debug("an event", [] { return LogFields{{"filler", std::string(300, 'x')}}; });
                }
            });
        }
    }
    const auto text = *read_file(places.at("a.log"));
    CHECK(lines(text).size() == 800);
    for (const auto line : lines(text)) {
        REQUIRE(line.ends_with("debug an event: filler=" + std::string(300, 'x')));
    }
}

TEST_CASE("nobody hears unless somebody wants to") {
    CHECK(*open_logger({LogLevel::off, "never-made.log"}) == nullptr);
    CHECK_FALSE(fs::exists("never-made.log"));
    const Log silent;
    silent.error("an event", []() -> LogFields { throw std::logic_error("made though nobody hears"); });
    silent.kept("something", fail(ErrorKind::io, "full"));
}

}  // namespace mlpath::cli
