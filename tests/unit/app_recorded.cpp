// Whether what was taken is what the commit has, where git records files otherwise than they lie there: with real git.
#include "app/git/recorded.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "app/git/repositories.hpp"
#include "app/project/portfolio.hpp"
#include "app_world.hpp"

using namespace mlpath;
using namespace mlpath::app;
using test::AppWorld;
using Differs = Commit::Differs;

namespace {

constexpr std::string_view program = "# $Id$\nprint('h\xC3\xA9llo')\n#out 7\n";
constexpr std::string_view with_crlf = "# $Id$\r\nprint('h\xC3\xA9llo')\r\n#out 7\r\n";

// A repository with a project `p` and another one, `q`; the clone of it in which something is done is `r`.
struct Clone : AppWorld {
    Clone() {
        folders({"o/p", "o/q"});
        file("o/p/hello.py", program);
        file("o/p/project.mark", "p\n");
        file("o/q/project.mark", "q\n");
        file("o/q/hello.py", "print(2)\n");
        git("o", {"init", "-q"});
        commit("o");
        git(".", {"clone", "-q", "o", "r"});
        file("evil", "#!/bin/sh\ntouch '" + canary() + "'\n" + "\"$@\"\n");
        fs::permissions(folder.path() / "evil", fs::perms::owner_all);
    }
    void folders(const std::vector<std::string>& names) const {
        for (const auto& name : names) {
            fs::create_directories(folder.path() / name);
        }
    }
    [[nodiscard]] std::string canary() const { return (folder.path() / "canary").string(); }
    // A program that leaves a trace where it runs.
    [[nodiscard]] std::string traced(const std::string& command) const {
        return (folder.path() / "evil").string() + " " + command;
    }
    void commit(const std::string& where) {
        git(where, {"add", "-A"});
        git(where, {"commit", "-qm", "x"});
    }
    // As a checkout writes them now.
    void write_again(const std::string& where) {
        fs::remove(folder.path() / where / "p/hello.py");
        git(where, {"checkout", "-q", "."});
    }
    void attributes(const std::string& text, const std::string& where = "r") {
        file(where + "/.gitattributes", text);
        git(where, {"add", ".gitattributes"});
        git(where, {"commit", "-qm", "x"});
        write_again(where);
    }
    [[nodiscard]] std::optional<Commit> compared(const std::string& where) {
        Repositories repositories(environment, processes);
        const auto path = folder.path() / where;
        const auto place = repositories.place_of(path);
        std::vector<std::string> taken;
        const auto files = files_below(path, {".git"});
        REQUIRE(files.has_value());
        for (const auto& each : *files) {
            if (each.ends_with(".py") || each.ends_with(".mark")) {
                taken.push_back(each);
            }
        }
        // Sources are known of the projects that are there.
        const auto expected = [&](std::string_view each) {
            const auto project = path / each.substr(0, each.rfind('/')) / "project.mark";
            return each.ends_with(".mark")                        ? Expected::project
                   : each.ends_with(".py") && fs::exists(project) ? Expected::source
                                                                  : Expected::nothing;
        };
        return place ? repositories.commit_of(path, *place, taken, expected) : std::nullopt;
    }
};

enum class GitSays { clean, changed, unasked };

struct Row {
    std::string what;
    std::function<void(Clone&)> change;
    GitSays status;  // what `git status` says
    Differs differs;
    std::string why{};
    std::string where = "r";
};

std::vector<Row> rows() {
    return {
        {"nothing", [](Clone&) {}, GitSays::clean, Differs::no},
        {"a change", [](Clone& w) { w.file("r/p/hello.py", "print(3)\n"); }, GitSays::changed, Differs::yes,
         "p/hello.py differs from it"},
        {"core.autocrlf true",
         [](Clone& w) {
             w.git("r", {"config", "core.autocrlf", "true"});
             w.write_again("r");
             CHECK(*read_file(w.folder.path() / "r/p/hello.py") == with_crlf);
         },
         GitSays::clean, Differs::no},
        {"core.autocrlf input",
         [](Clone& w) {
             w.git("r", {"config", "core.autocrlf", "input"});
             w.file("r/p/hello.py", with_crlf);
         },
         GitSays::changed, Differs::no},
        {"a folder from a machine where line ends are others", [](Clone& w) { w.file("r/p/hello.py", with_crlf); },
         GitSays::changed, Differs::no},
        {"other line ends and a change",
         [](Clone& w) {
             w.git("r", {"config", "core.autocrlf", "true"});
             w.file("r/p/hello.py", std::string(with_crlf) + "1\r\n");
         },
         GitSays::changed, Differs::yes, "p/hello.py differs from it"},
        {"line ends that are no affair of git's",
         [](Clone& w) {
             w.attributes("*.py -text\n");
             w.file("r/p/hello.py", with_crlf);
         },
         GitSays::changed, Differs::yes, "p/hello.py differs from it"},
        {"CRLF in the commit",
         [](Clone& w) {
             w.file("r/p/hello.py", with_crlf);
             w.commit("r");
             w.attributes("*.py text=auto\n");
         },
         GitSays::clean, Differs::no},
        {"eol=crlf", [](Clone& w) { w.attributes("*.py text eol=crlf\n"); }, GitSays::clean, Differs::no},
        {"attributes in the folder",
         [](Clone& w) {
             w.file("r/p/.gitattributes", "hello.py ident\n");
             w.commit("r");
             w.write_again("r");
         },
         GitSays::clean, Differs::no},
        {"attributes of the clone",
         [](Clone& w) {
             w.file("r/.git/info/attributes", "p/hello.py ident\n");
             w.write_again("r");
         },
         GitSays::clean, Differs::no},
        {"attributes of the user",
         [](Clone& w) {
             w.file("r/p/hello.py", "# $Id: 5 $\nprint('h\xC3\xA9llo')\n#out 7\n");
             REQUIRE(write_file(w.cache.path() / ".config/git/attributes", "*.py ident\n", Durability::cached));
         },
         GitSays::unasked, Differs::no},
        {"attributes of the user, by a setting",
         [](Clone& w) {
             w.file("r/p/hello.py", "# $Id: 5 $\nprint('h\xC3\xA9llo')\n#out 7\n");
             REQUIRE(write_file(w.cache.path() / "mine", "*.py ident\n", Durability::cached));
             REQUIRE(
                 write_file(w.cache.path() / ".gitconfig", "[core]\n\tattributesFile = ~/mine\n", Durability::cached));
         },
         GitSays::unasked, Differs::no},
        {"attributes wherever the clone says",
         [](Clone& w) {
             w.file("mine", "*.py ident\n");
             w.git("r", {"config", "core.attributesFile", (w.folder.path() / "mine").string()});
             w.write_again("r");
         },
         GitSays::clean, Differs::untold, "p/hello.py could not be compared with it"},
        {"ident",
         [](Clone& w) {
             w.attributes("*.py ident\n");
             CHECK(read_file(w.folder.path() / "r/p/hello.py")->starts_with("# $Id: "));
         },
         GitSays::clean, Differs::no},
        {"ident and a change",
         [](Clone& w) {
             w.attributes("*.py ident\n");
             w.file("r/p/hello.py", "# $Id: 5 $\n");
         },
         GitSays::changed, Differs::yes, "p/hello.py differs from it"},
        {"another encoding",
         [](Clone& w) {
             w.attributes("*.py text working-tree-encoding=UTF-16\n");
             CHECK(read_file(w.folder.path() / "r/p/hello.py")->size() > 2 * program.size() - 4);
         },
         GitSays::clean, Differs::no},
        {"another encoding, which the file does not have",
         [](Clone& w) {
             w.attributes("*.py text working-tree-encoding=UTF-16\n");
             w.file("r/p/hello.py", "print(4)\n");
         },
         GitSays::unasked, Differs::yes, "p/hello.py differs from it"},
        {"Git LFS",
         [](Clone& w) {
             w.file("pointer", lfs_pointer(program));
             w.git("r", {"config", "filter.lfs.clean", w.traced("cat " + (w.folder.path() / "pointer").string())});
             w.file("r/.gitattributes", "p/*.py filter=lfs -text\n");
             w.file("r/p/hello.py", std::string(program));
             w.git("r", {"add", "--renormalize", "."});
             w.commit("r");
             CHECK(w.git("r", {"show", "HEAD:p/hello.py"}).starts_with("version https://git-lfs"));
         },
         GitSays::clean, Differs::no},
        {"Git LFS, with the pointers alone",
         [](Clone& w) {
             w.file("r/p/hello.py", lfs_pointer(program));
             w.file("r/.gitattributes", "p/*.py filter=lfs -text\n");
             w.commit("r");
         },
         GitSays::clean, Differs::no},
        {"Git LFS and a change",
         [](Clone& w) {
             w.file("r/p/hello.py", lfs_pointer(program));
             w.file("r/.gitattributes", "p/*.py filter=lfs -text\n");
             w.commit("r");
             w.git("r", {"config", "filter.lfs.clean", w.traced("cat")});
             w.file("r/p/hello.py", std::string(program) + "1\n");
         },
         GitSays::changed, Differs::yes, "p/hello.py differs from it"},
        {"a filter",
         [](Clone& w) {
             w.git("r", {"config", "filter.strip.clean", w.traced("sed /^#out/d")});
             w.file("r/.gitattributes", "p/*.py filter=strip\n");
             w.git("r", {"add", "--renormalize", "."});
             w.commit("r");
         },
         GitSays::clean, Differs::untold,
         "p/hello.py could not be compared with it: git records it by the filter `strip`, a program that mlpath does "
         "not run"},
        {"a filter of the user",
         [](Clone& w) {
             w.file("r/.gitattributes", "p/*.py filter=strip\n");
             w.file("r/p/hello.py", "print(5)\n");
             REQUIRE(write_file(w.cache.path() / ".gitconfig", "[filter \"strip\"]\n\tprocess = " + w.traced("cat"),
                                Durability::cached));
         },
         GitSays::unasked, Differs::untold,
         "p/hello.py could not be compared with it: git records it by the filter `strip`, a program that mlpath does "
         "not run"},
        {"a filter and what it has nothing to do with",
         [](Clone& w) {
             w.git("r", {"config", "filter.strip.clean", w.traced("sed /^#out/d")});
             w.file("r/.gitattributes", "p/*.py filter=strip\n");
             w.git("r", {"add", "--renormalize", "."});
             w.commit("r");
             w.file("r/q/hello.py", "print(6)\n");
         },
         GitSays::changed, Differs::yes, "q/hello.py differs from it"},
        {"a filter that is nowhere",
         [](Clone& w) {
             w.attributes("*.py filter=strip\n");
             w.file("r/p/hello.py", "print(6)\n");
         },
         GitSays::changed, Differs::yes, "p/hello.py differs from it"},
        {"git is told to assume that it is unchanged",
         [](Clone& w) {
             w.git("r", {"update-index", "--assume-unchanged", "p/hello.py"});
             w.file("r/p/hello.py", "print(7)\n");
         },
         GitSays::clean, Differs::yes, "p/hello.py differs from it"},
        {"git is told not to look at it",
         [](Clone& w) {
             w.git("r", {"update-index", "--skip-worktree", "p/hello.py"});
             w.file("r/p/hello.py", "print(7)\n");
         },
         GitSays::clean, Differs::yes, "p/hello.py differs from it"},
        {"a sparse checkout", [](Clone& w) { w.git("r", {"sparse-checkout", "set", "p"}); }, GitSays::clean,
         Differs::no, "1 project is not checked out"},
        {"a sparse checkout of a part of a project",
         [](Clone& w) { w.git("r", {"sparse-checkout", "set", "--no-cone", "/*", "!/p/hello.py"}); }, GitSays::clean,
         Differs::yes, "p/hello.py is missing"},
        {"a project that is gone", [](Clone& w) { fs::remove_all(w.folder.path() / "r/q"); }, GitSays::changed,
         Differs::yes, "q/project.mark is missing"},
        {"an executable file where modes count for nothing",
         [](Clone& w) {
             w.git("r", {"config", "core.fileMode", "false"});
             fs::permissions(w.folder.path() / "r/p/hello.py", fs::perms::owner_all);
         },
         GitSays::clean, Differs::no},
        {"a link that is checked out as a file",
         [](Clone& w) {
             fs::create_symlink("hello.py", w.folder.path() / "r/p/link.py");
             w.commit("r");
             w.git("r", {"config", "core.symlinks", "false"});
             w.git("r", {"config", "core.autocrlf", "true"});
             fs::remove(w.folder.path() / "r/p/link.py");
             w.write_again("r");
             CHECK(*read_file(w.folder.path() / "r/p/link.py") == "hello.py");
         },
         GitSays::clean, Differs::no},
        {"a link in the place of a file",
         [](Clone& w) {
             fs::rename(w.folder.path() / "r/p/hello.py", w.folder.path() / "other.py");
             fs::create_symlink("../../other.py", w.folder.path() / "r/p/hello.py");
         },
         GitSays::changed, Differs::yes, "p/hello.py is a file in it, and none here"},
        {"a link in the place of a folder",
         [](Clone& w) {
             fs::rename(w.folder.path() / "r/p", w.folder.path() / "p");
             fs::create_symlink("../p", w.folder.path() / "r/p");
         },
         GitSays::changed, Differs::yes, "p/hello.py lies behind a link here, and not in it"},
        {"a link in the commit, too",
         [](Clone& w) {
             fs::create_symlink("hello.py", w.folder.path() / "r/p/link.py");
             w.commit("r");
         },
         GitSays::clean, Differs::no},
        {"a worktree beside",
         [](Clone& w) {
             w.git("r", {"config", "core.autocrlf", "true"});
             w.git("r", {"worktree", "add", "-q", "../v"});
         },
         GitSays::clean, Differs::no, "", "v"},
        {"attributes of the clone, seen from a worktree beside",
         [](Clone& w) {
             w.file("r/.git/info/attributes", "p/hello.py ident\n");
             w.git("r", {"worktree", "add", "-q", "../v"});
         },
         GitSays::clean, Differs::no, "", "v"},
        {"a repository elsewhere",
         [](Clone& w) { w.git(".", {"clone", "-q", "--separate-git-dir", "g", "-c", "core.autocrlf=true", "o", "v"}); },
         GitSays::clean, Differs::no, "", "v"},
        {"a repository in another",
         [](Clone& w) {
             w.file("r/n/hello.py", "1\n");
             w.git("r/n", {"init", "-q"});
             w.commit("r/n");
         },
         GitSays::changed, Differs::yes, "n/hello.py is not in it"},
        {"a source that git ignores",
         [](Clone& w) {
             w.file("r/.gitignore", "mine.py\n");
             w.commit("r");
             w.file("r/p/mine.py", "1\n");
         },
         GitSays::clean, Differs::yes, "p/mine.py is not in it"},
        {"what is staged and not there",
         [](Clone& w) {
             w.file("r/p/hello.py", "print(8)\n");
             w.git("r", {"add", "."});
             w.file("r/p/hello.py", std::string(program));
         },
         GitSays::changed, Differs::no},
        {"names of 64 digits",
         [](Clone& w) {
             w.folders({"v/p"});
             w.git("v", {"init", "-q", "--object-format=sha256"});
             w.file("v/p/hello.py", std::string(program));
             w.commit("v");
             w.attributes("*.py ident eol=crlf\n", "v");
         },
         GitSays::clean, Differs::no, "", "v"},
        {"a name that is hard to say",
         [](Clone& w) {
             w.file("r/p/-\xC3\xA4 \"'\n$(x).py", "print(9)\n");
             w.commit("r");
             w.git("r", {"config", "core.autocrlf", "true"});
             w.git("r", {"rm", "-q", "--cached", "-r", "."});
             w.git("r", {"reset", "-q", "--hard"});
         },
         GitSays::clean, Differs::no},
        {"submodules",
         [](Clone& w) {
             w.folders({"v"});
             w.git("v", {"init", "-q"});
             w.git("v", {"submodule", "-q", "add", (w.folder.path() / "o").string(), "sub"});
             w.commit("v");
             w.git("v/sub", {"config", "core.autocrlf", "true"});
             w.write_again("v/sub");
         },
         GitSays::clean, Differs::no, "", "v"},
        {"a change in a submodule",
         [](Clone& w) {
             w.folders({"v"});
             w.git("v", {"init", "-q"});
             w.git("v", {"submodule", "-q", "add", (w.folder.path() / "o").string(), "sub"});
             w.commit("v");
             w.file("v/sub/p/hello.py", "print(3)\n");
         },
         GitSays::changed, Differs::yes, "sub/p/hello.py differs from it", "v"},
        {"a submodule that is not checked out",
         [](Clone& w) {
             w.folders({"u"});
             w.git("u", {"init", "-q"});
             w.git("u", {"submodule", "-q", "add", (w.folder.path() / "o").string(), "sub"});
             w.commit("u");
             w.git(".", {"clone", "-q", "u", "v"});
         },
         GitSays::clean, Differs::no, "", "v"},
        {"another user's",
         [](Clone& w) {
             w.git("r", {"config", "core.autocrlf", "true"});
             w.write_again("r");
             if (::geteuid() == 0) {
                 for (fs::recursive_directory_iterator each(w.folder.path() / "r"), end; each != end; ++each) {
                     REQUIRE(::lchown(each->path().c_str(), 65534, 65534) == 0);
                 }
                 REQUIRE(::lchown((w.folder.path() / "r").c_str(), 65534, 65534) == 0);
             }
         },
         GitSays::unasked, Differs::no},
    };
}

}  // namespace

TEST_CASE("what git calls clean is clean, and what is no longer the commit's is told") {
    for (const auto& row : rows()) {
        CAPTURE(row.what);
        Clone world;
        row.change(world);
        fs::remove(world.canary());
        const auto commit = world.compared(row.where);
        CHECK_FALSE(fs::exists(world.canary()));  // nothing of the repository's or the user's was run
        REQUIRE(commit.has_value());
        CHECK(commit->differs == row.differs);
        CHECK(commit->why == row.why);
        if (row.status != GitSays::unasked) {
            const auto status = world.git(row.where, {"status", "--porcelain"});
            CHECK_MESSAGE(status.empty() == (row.status == GitSays::clean), status);
        }
    }
}

TEST_CASE("the pointer of Git LFS") {
    CHECK(lfs_pointer("hello\n") ==
          "version https://git-lfs.github.com/spec/v1\n"
          "oid sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\nsize 6\n");
}
