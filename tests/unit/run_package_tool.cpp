#include <doctest/doctest.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "run/interpreter.hpp"
#include "run/package_environment.hpp"
#include "unit/words.hpp"

using namespace mlpath;
using namespace mlpath::run;
using test::contains;

TEST_CASE("what a tool that failed meant") {
    struct Row {
        PackageTool::Kind tool;
        std::string printed;
        ErrorKind kind;
        std::string says;
    };
    using Kind = PackageTool::Kind;
    for (const auto& row : std::vector<Row>{
             // As uv 0.13 and pip 23 to 26 say it.
             {Kind::uv,
              "error: Failed to download `tiny==1.0`\n  cause: Hash mismatch for `tiny==1.0`\n\nExpected:\n  "
              "sha256:1\n",
              ErrorKind::integrity, "`tiny` 1.0 has another hash"},
             {Kind::pip,
              "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    tiny==1.0 from "
              "http://x:\n",
              ErrorKind::integrity, "`tiny` 1.0 has another hash"},
             {Kind::uv,
              "error: No solution found when resolving dependencies\n  cause: Because there is no version of tiny==9.0 "
              "and you require tiny==9.0, we can conclude that your requirements are unsatisfiable.\n",
              ErrorKind::missing, "the index has no `tiny` 9.0"},
             {Kind::pip,
              "ERROR: Could not find a version that satisfies the requirement tiny==9.0 (from versions: 1.0)\n"
              "ERROR: No matching distribution found for tiny==9.0\n",
              ErrorKind::missing, "the index has no `tiny` 9.0"},
             {Kind::uv, "error: Failed to fetch: `http://127.0.0.1:1/simple/tiny/`\n  cause: tcp connect error\n",
              ErrorKind::network, "cannot be reached"},
             {Kind::pip,
              "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('refused')'\n"
              "ERROR: No matching distribution found for tiny==1.0\n",
              ErrorKind::network, "cannot be reached"},
             {Kind::uv, "error: failed to write: No space left on device (os error 28)\n", ErrorKind::io, "no room"},
             {Kind::pip, "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
              ErrorKind::io, "no room"},
             {Kind::pip, "The virtual environment was not created successfully because ensurepip is not available.\n",
              ErrorKind::missing, "cannot make environments"},
             {Kind::uv, "error: something else\n\n", ErrorKind::io,
              "uv could not make the environment `base`: error: something else"},
         }) {
        CAPTURE(row.printed);
        const auto error = tool_error({row.tool, "/usr/bin/uv"}, row.printed, "base");
        CHECK(error.kind == row.kind);
        CHECK_MESSAGE(contains(error.message, row.says), error.message);
        CHECK(!error.hint.empty());
    }
}

TEST_CASE("what goes on, in our words") {
    for (const auto& [line, says] :
         {std::pair("Collecting numpy==2.4.6 (from -r pins.txt (line 3))", "getting numpy 2.4.6"),
          {"Downloading numpy (15.9MiB)", "getting numpy (15.9MiB)"},
          {"  Downloading numpy-2.4.6-cp311-cp311-manylinux.whl (16.6 MB)", ""},
          {"Installing collected packages: numpy, scipy", "installing"},
          {"Prepared 5 packages in 1.20s", "installing"},
          {"Resolved 76 packages in 5ms", ""},
          {" + numpy==2.4.6", ""}}) {
        CAPTURE(line);
        CHECK(tool_line(line).value_or("") == says);
    }
}

TEST_CASE("an environment counts once it says that it is whole") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    const auto places = folder.path();
    const auto program = places / "base/bin/python";
    REQUIRE(write_file(program, "#!/bin/sh\n", Durability::cached, 0755));
    CHECK(!made_environment(places, "base"));
    CHECK(made_environments(places).empty());
    const auto whole = places / "base/mlpath-environment.json";
    REQUIRE(
        write_file(whole, R"({"format": 1, "group": "base", "pins": "abc", "python": "3.11.2", "made_with": "uv"})"));
    const auto made = made_environment(places, "base");
    REQUIRE(made);
    CHECK(made->pins == "abc");
    CHECK(made->program() == program);
    CHECK(made_environments(places).size() == 1);
    CHECK(!made_environment(places, "../base"));
    REQUIRE(
        write_file(whole, R"({"format": 2, "group": "base", "pins": "abc", "python": "3.11.2", "made_with": "uv"})"));
    CHECK(!made_environment(places, "base"));
    REQUIRE(write_file(whole, R"({"format": 1, "group": "torch", "pins": "abc", "python": "3", "made_with": "uv"})"));
    CHECK(!made_environment(places, "base"));
    CHECK(made_environments(folder.path() / "nowhere").empty());
}
