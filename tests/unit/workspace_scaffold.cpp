#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>

#include "base/text.hpp"
#include "unit/progress_support.hpp"
#include "workspace/scaffold.hpp"
#include "workspace/staging.hpp"

using namespace mlpath;
using namespace mlpath::workspace;
using namespace mlpath::test;

namespace {

class MapContent final : public library::Content {
public:
    explicit MapContent(std::map<std::string, std::string> files) : m_files(std::move(files)) {}
    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        if (m_on_read) {
            m_on_read(path);
        }
        const auto found = m_files.find(std::string(path));
        if (found == m_files.end()) {
            return fail(ErrorKind::not_found, "no file " + std::string(path));
        }
        return found->second;
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view prefix) const override {
        std::vector<std::string> paths;
        for (const auto& [path, bytes] : m_files) {
            if (path.starts_with(prefix)) {
                paths.push_back(path);
            }
        }
        return paths;
    }
    [[nodiscard]] std::string origin() const override { return "a test"; }
    std::function<void(std::string_view)> m_on_read{};

private:
    std::map<std::string, std::string> m_files;
};

library::Project iris() {
    library::Project project;
    project.id = "iris";
    project.title = "Iris";
    project.version = 3;
    project.sources = {"*.py", "README.md", "answers.csv"};
    project.data = {
        {.id = "flowers", .bundled = "data/iris.csv", .train = "data/train.csv", .test = "data/test 1.csv"}};
    project.steps = {{.id = "predict",
                      .run = {"{python}", "predict.py"},
                      .writes = {"predictions.csv", "answers.csv", "figures/map.png", "report.pdf", "findings.md"}}};
    project.milestones = {{.id = "load", .title = "Load"}};
    return project;
}

struct ScaffoldFixture {
    TemporaryFolder temporary = std::move(*TemporaryFolder::make("mlpath-scaffold "));
    fs::path root = temporary.path();
    MapContent content{{{"templates/iris/brief.md", "# Iris\n\n{{checked}}\n"},
                        {"templates/iris/skeleton/iris.py", "#!/usr/bin/env python3\n"},
                        {"templates/iris/skeleton/sub/notes.md", "notes\n"},
                        {"templates/iris/solution/iris.py", "solved\n"},
                        {"templates/iris-2/skeleton/other.py", "other\n"}}};
    library::Project project = iris();
    std::vector<run::LaidFile> data{{.path = "data/train.csv", .bytes = "a,b\n1,2\n"},
                                    {.path = "data/test 1.csv", .bytes = "a\n1\n"}};

    Result<Scaffolded> make(const fs::path& folder) {
        return scaffold({.project = project, .content = content, .folder = folder, .data = data});
    }
    [[nodiscard]] std::vector<std::string> entries() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(root)) {
            names.push_back(entry.path().filename().string());
        }
        std::ranges::sort(names);
        return names;
    }
};

}  // namespace

TEST_CASE_FIXTURE(ScaffoldFixture, "a project folder holds what the learner needs, and says what it is") {
    REQUIRE(write_file(root / "cache/big.csv", "big\n", Durability::cached, 0444));
    data.push_back({.path = "data/deep/big.csv", .copy_of = root / "cache/big.csv"});
    const auto made = make(root / "my iris/");
    REQUIRE(made);
    const auto folder = root / "my iris";
    CHECK(made->folder == folder);
    CHECK(made->files == std::vector<std::string>{"BRIEF.md", "iris.py", "sub/notes.md"});
    CHECK(made->data == std::vector<std::string>{"data/deep/big.csv", "data/test 1.csv", "data/train.csv"});
    CHECK(*files_below(folder) == std::vector<std::string>{".gitignore", ".mlpath-project.json", "BRIEF.md",
                                                           "data/deep/big.csv", "data/test 1.csv", "data/train.csv",
                                                           "iris.py", "sub/notes.md"});
    CHECK((fs::status(folder / "iris.py").permissions() & fs::perms::owner_exec) != fs::perms::none);
    CHECK((fs::status(folder / "sub/notes.md").permissions() & fs::perms::owner_exec) == fs::perms::none);
    CHECK((fs::status(folder / "data/deep/big.csv").permissions() & fs::perms::owner_write) != fs::perms::none);
    CHECK(fs::hard_link_count(folder / "data/deep/big.csv") == 1);
    const auto marker = read_marker(folder);
    REQUIRE(marker);
    CHECK(marker->project == "iris");
    CHECK(marker->version == 3);
    CHECK(marker->skeleton == *template_files(content, "iris", "skeleton"));
    const auto ignored = lines(*read_file(folder / ".gitignore")).size();
    CHECK(ignored > 5);
    const auto gitignore = gitignore_text(project);
    CHECK(gitignore.find("\n/data/train.csv\n") != std::string::npos);
    CHECK(gitignore.find("\n/data/test\\ 1.csv\n") != std::string::npos);
    CHECK(gitignore.find("\n/predictions.csv\n") != std::string::npos);
    CHECK(gitignore.find("answers") == std::string::npos);  // the learner's own work, whoever writes it
    for (const char* const shown : {"map.png", "report.pdf", "findings.md"}) {  // what a portfolio shows
        CAPTURE(shown);
        CHECK(gitignore.find(shown) == std::string::npos);
    }
    CHECK(gitignore.find("\n.mlpath-backup/\n") != std::string::npos);
    CHECK(entries() == std::vector<std::string>{"cache", "my iris"});
}

TEST_CASE_FIXTURE(ScaffoldFixture, "a folder that is not free is refused, and not touched") {
    REQUIRE(write_file(root / "full/mine", "mine"));
    REQUIRE(write_file(root / "file", "mine"));
    fs::create_directory(root / "empty");
    fs::create_directory_symlink(root / "empty", root / "link");
    for (const char* const name : {"full", "file", "link"}) {
        CAPTURE(name);
        const auto refused = make(root / name);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::usage);
        CHECK_FALSE(refused.error().hint.empty());
    }
    CHECK(*read_file(root / "full/mine") == "mine");
    CHECK(make(root / "empty"));
    CHECK(make(root / "not/yet/there"));
    CHECK(entries() == std::vector<std::string>{"empty", "file", "full", "link", "not"});
}

TEST_CASE_FIXTURE(ScaffoldFixture, "what fails leaves nothing") {
    SUBCASE("data outside of the folder") { data.push_back({.path = "../outside", .bytes = "x"}); }
    SUBCASE("data over the skeleton") { data.push_back({.path = "iris.py", .bytes = "x"}); }
    SUBCASE("a source that is not there") { data.push_back({.path = "x", .copy_of = root / "nothing"}); }
    SUBCASE("no brief") {
        content = MapContent(std::map<std::string, std::string>{{"templates/iris/skeleton/iris.py", ""}});
    }
    CHECK_FALSE(make(root / "iris"));
    CHECK(entries().empty());
}

TEST_CASE_FIXTURE(ScaffoldFixture, "a kill in the middle leaves no project, and the next run sweeps") {
    // At every file that is laid: the child dies before it, at once and without a destructor.
    for (const std::size_t at : {0u, 1u, 2u}) {
        CAPTURE(at);
        const int status = in_child([&] {
            auto staging = Staging::make(root / "iris");
            if (!staging) {
                return 1;
            }
            for (std::size_t i = 0; i < at; ++i) {
                (void)write_file(staging->path() / std::to_string(i), "x");
            }
            ::raise(SIGKILL);
            return 2;
        });
        CHECK(status == -SIGKILL);
        const auto left = entries();
        REQUIRE(left.size() == 1);
        CHECK(left.front().starts_with(".mlpath-new-"));
    }
    // One that is alive is let be.
    const auto alive = Staging::make(root / "other");
    REQUIRE(alive);
    REQUIRE(make(root / "iris"));
    CHECK(entries() == std::vector<std::string>{alive->path().parent_path().filename().string(), "iris"});
}

TEST_CASE_FIXTURE(ScaffoldFixture, "a kill at any moment leaves the whole project or none") {
    for (int delay = 0; delay < 24; ++delay) {
        const auto target = root / ("iris-" + std::to_string(delay));
        const pid_t child = ::fork();
        if (child == 0) {
            ::_exit(make(target) ? 0 : 1);
        }
        ::usleep(static_cast<useconds_t>(delay * 400));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        if (fs::exists(target)) {
            CHECK(files_below(target)->size() == 7);
            CHECK(read_marker(target));
        }
    }
    REQUIRE(make(root / "last"));
    for (const auto& name : entries()) {
        CHECK_FALSE(name.starts_with(".mlpath-new-"));
    }
}

TEST_CASE_FIXTURE(ScaffoldFixture, "the folder that one stands in stays the one that one stands in") {
    const int status = in_child([&] {
        fs::create_directory(root / "here");
        fs::current_path(root / "here");
        if (!make(root / "here") || files_below(fs::current_path())->size() != 7) {
            return 1;
        }
        return fs::equivalent(fs::current_path(), root / "here") ? 0 : 2;
    });
    CHECK(status == 0);
    CHECK(entries() == std::vector<std::string>{"here"});
}

TEST_CASE_FIXTURE(ScaffoldFixture, "several at once: one makes it, the others are refused") {
    std::vector<pid_t> children;
    for (int i = 0; i < 8; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto made = make(root / "iris");
            ::_exit(made ? 0 : made.error().kind == ErrorKind::usage ? 1 : 2);
        }
        children.push_back(child);
    }
    int winners = 0;
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) != 2);
        winners += WEXITSTATUS(status) == 0 ? 1 : 0;
    }
    CHECK(winners == 1);
    CHECK(files_below(root / "iris")->size() == 7);
    CHECK(entries() == std::vector<std::string>{"iris"});
}
