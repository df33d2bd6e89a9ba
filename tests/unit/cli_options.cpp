#include <doctest/doctest.h>

#include "options.hpp"
#include "stray_words.hpp"

using namespace mlpath;
using namespace mlpath::cli;

namespace {

struct Bound {
    std::string project{};
    std::vector<std::string> more{};
    std::vector<std::string> metrics{};
    std::vector<std::string> required{};
    std::optional<std::uint64_t> seed{};
    std::optional<std::uint64_t> jobs{};
    std::string format = "text";
    bool apply = false;
};

Status parse(Bound& bound, const std::vector<std::string>& words) {
    Options options("try");
    options.required("PROJECT", "", bound.project);
    options.optional("MORE", "", bound.more);
    options.option("--metric", "NAME", "", bound.metrics, Options::Each::several);
    options.option("--require", "WHAT", "", bound.required);
    options.option("--seed", "N", "", bound.seed);
    options.count("--jobs", "N", "", bound.jobs, 8);
    options.choice("--format", "FORM", "", bound.format, {"text", "json"});
    options.flag("-a,--apply", "", bound.apply);
    return options.parse(words);
}

}  // namespace

TEST_CASE("words and options are taken in any order") {
    Bound bound;
    REQUIRE(parse(bound, {"--apply", "iris", "a", "b", "--seed", "7", "--metric", "f1", "--metric=mae"}));
    CHECK(bound.project == "iris");
    CHECK(bound.more == std::vector<std::string>{"a", "b"});
    CHECK(bound.metrics == std::vector<std::string>{"f1", "mae"});
    CHECK(bound.seed == 7);
    CHECK(bound.apply);
}

TEST_CASE("several bound of one option") {
    Bound bound;
    REQUIRE(parse(bound, {"iris", "--metric", "f1", "mae"}));
    CHECK(bound.metrics == std::vector<std::string>{"f1", "mae"});
}

TEST_CASE("an option of one value each leaves the next word alone") {
    Bound bound;
    REQUIRE(parse(bound, {"--require", "own", "iris", "--require", "all"}));
    CHECK(bound.project == "iris");
    CHECK(bound.required == std::vector<std::string>{"own", "all"});
}

TEST_CASE("what cannot be is told as usage, with help") {
    const auto mistake = [](const std::vector<std::string>& words) {
        Bound bound;
        const auto status = parse(bound, words);
        REQUIRE_FALSE(status);
        CHECK(status.error().kind == ErrorKind::usage);
        return status.error().message + " | " + status.error().hint;
    };
    CHECK(mistake({}) == "`PROJECT` is missing | usage: mlpath try PROJECT [MORE...] [OPTIONS]");
    CHECK(mistake({"iris", "--aply"}) == "unknown option `--aply` | did you mean `--apply`?");
    CHECK(mistake({"iris", "--app"}) == "unknown option `--app` | did you mean `--apply`?");
    CHECK(mistake({"--aply"}) == "unknown option `--aply` | did you mean `--apply`?");
    CHECK(mistake({"iris", "--format", "jsno"}) == "`--format` is `text` or `json`, not `jsno` | did you mean `json`?");
    CHECK(mistake({"iris", "--seed"}).starts_with("`--seed` needs a value | usage: "));
    CHECK(mistake({"iris", "--seed", "many"}).starts_with("`--seed` is a number, not `many`"));
    CHECK(mistake({"iris", "--seed", "-1"}).starts_with("`--seed` is a number, not `-1`"));
    for (const std::string word : {"0", "-1", "9", "18446744073709551616", "2.5", "1x", "many", "a: = b"}) {
        CHECK(mistake({"iris", "--jobs", word})
                  .starts_with("`--jobs` is a whole number from 1 to 8, not `" + word + "` | usage: "));
    }
}

TEST_CASE("a word that an option did not take, or took though it was not meant, is explained") {
    const auto explained = [](const std::vector<std::string>& words, std::string message,
                              ErrorKind kind = ErrorKind::usage) {
        std::string path;
        std::string other;
        std::vector<std::string> required;
        std::vector<std::string> metrics;
        GlobalOptions shared;
        Options options("try");
        options.optional("PATH", "", path);
        options.optional("OTHER", "", other);
        options.option("--require", "WHAT", "", required);
        options.option("-m,--metric", "NAME", "", metrics, Options::Each::several);
        options.globals(shared);
        REQUIRE(options.parse(words));
        const Error error{kind, std::move(message), {}, "as before"};
        const auto told = with_stray_words_explained(error, options, words);
        return told.message + " | " + told.hint;
    };
    CHECK(explained({"--require", "project:a", "project:b"}, "`/w/project:b` is not a folder") ==
          "`/w/project:b` is not a folder: `--require` takes one value at a time, so `project:b` was taken for OTHER | "
          "repeat the option for each value: `--require project:a --require project:b`");
    CHECK(explained({"--require=own", "all", "."}, "`all` is not a folder").find("`--require own --require all") !=
          std::string::npos);
    // The options that every command takes, too.
    CHECK(explained({"--library", "one", "two"}, "there is no `two`", ErrorKind::not_found)
              .find("`--library one --lib") != std::string::npos);
    // What has nothing to do with it stays as it was.
    for (const auto& [words, message] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"--require", "project:b"}, "`project:b` is not a folder"},
             {{"own", "--require", "all"}, "`own` is not a folder"},
             {{"--require", "own", "b"}, "`c` is not a folder"}}) {
        CAPTURE(message);
        CHECK(explained(words, message) == message + " | as before");
    }
    CHECK(explained({"--require", "own", "b"}, "`b` is broken", ErrorKind::io) == "`b` is broken | as before");
    // An option of several values takes what stands behind it.
    CHECK(explained({"--metric", "f1", "t.csv", "p.csv"}, "two files are needed") ==
          "two files are needed; `--metric` takes all words up to the next option, so it took `t.csv` and `p.csv` | "
          "put PATH and OTHER before it: `mlpath try PATH OTHER --metric f1`");
    CHECK(explained({"t.csv", "p.csv", "-m", "f1", "mae"}, "no such metric") == "no such metric | as before");
}
