#include "app/project/portfolio.hpp"

#include <sys/stat.h>

#include <fstream>
#include <functional>

#include "app/git/repositories.hpp"
#include "app_world.hpp"

using namespace mlpath;
using namespace mlpath::app;
using test::AppWorld;
using Differs = Commit::Differs;

namespace {

std::string names(const std::vector<std::string>& list) { return join(list, " "); }

std::optional<Commit> commit_at(AppWorld& world, const std::string& path, const std::vector<std::string>& taken) {
    const auto would_take = [](std::string_view file) {
        return file.ends_with(".py") ? Expected::source : Expected::nothing;
    };
    Repositories repositories(world.environment, world.processes);
    const auto place = repositories.place_of(world.folder.path() / path);
    return place ? repositories.commit_of(world.folder.path() / path, *place, taken, would_take) : std::nullopt;
}

class CountingProcesses final : public system::Processes {
public:
    explicit CountingProcesses(system::Processes& inner) : m_inner(inner) {}
    std::size_t runs = 0;
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override {
        ++runs;
        return m_inner.run(spec, stop);
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop) override {
        return m_inner.converse(spec, stop);
    }

private:
    system::Processes& m_inner;
};

}  // namespace

TEST_CASE("of a portfolio only the sources are taken, and what is left is named") {
    AppWorld world;
    world.project("p", "print('hello')\n");
    for (const auto* path :
         {"p/README.md", "p/data/train.csv", "p/data/more/x.csv", "p/model.pkl", "p/.venv/bin/python",
          "p/__pycache__/hello.cpython-311.pyc", "p/.mlpath/progress/a.jsonl", "p/lib/x.py", "notes.txt"}) {
        world.file(path, "x");
    }
    for (int i = 0; i < 10'000; ++i) {
        const auto many = world.folder.path() / "p/images";
        if (i == 0) {
            fs::create_directories(many);
        }
        std::ofstream(many / (std::to_string(i) + ".png"));
    }
    fs::create_symlink("/etc/passwd", world.folder.path() / "p/secrets.py");
    fs::create_directory_symlink("/etc", world.folder.path() / "p/etc");
    REQUIRE(::mkfifo((world.folder.path() / "p/predict.py").c_str(), 0600) == 0);
    const auto project = library::load_project(world.content, "alpha");
    REQUIRE_MESSAGE(project.has_value(), project.error().message);

    const auto copy = take_sources(*project, world.folder.path() / "p");
    REQUIRE_MESSAGE(copy.has_value(), copy.error().message);
    CHECK(names(copy->sources.files) == "README.md hello.py");
    CHECK(names(*files_below(copy->folder.path())) == "README.md hello.py");
    CHECK(names(left_out_of(world.folder.path(), {"p/README.md", "p/hello.py"})) ==
          "notes.txt p/.mlpath/ p/.venv/ p/__pycache__/ p/data/ p/etc p/images/ p/lib/ p/model.pkl p/predict.py "
          "p/secrets.py");

    CHECK(names(left_out_of(world.folder.path(), {}, {"p"})) == "notes.txt");
    CHECK(left_out_of(world.folder.path() / "p", {}, {""}).empty());

    const auto before = content_hash(copy->hashes);
    world.file("p/data/train.csv", "changed");
    CHECK(content_hash(take_sources(*project, world.folder.path() / "p")->hashes) == before);
    world.file("p/hello.py", "print('hello you')\n");
    CHECK(content_hash(take_sources(*project, world.folder.path() / "p")->hashes) != before);
    fs::resize_file(world.folder.path() / "p/README.md", 100u << 20);
    const auto huge = take_sources(*project, world.folder.path() / "p");
    REQUIRE_FALSE(huge.has_value());
    CHECK(huge.error().kind == ErrorKind::malformed);
}

TEST_CASE("where projects are") {
    AppWorld world;
    world.project("one", "");
    world.project("deep/two", "");
    fs::create_directory_symlink(world.folder.path() / "one", world.folder.path() / "linked");
    const auto found = projects_in(world.folder.path());
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].folder == "deep/two");
    CHECK((*found)[1].folder == "one");
    CHECK((*found)[1].id == "alpha");
    const auto itself = projects_in(world.folder.path() / "one");
    REQUIRE(itself.has_value());
    CHECK(itself->front().folder.empty());
    CHECK(projects_in(world.folder.path() / "one/hello.py").error().kind == ErrorKind::usage);
    CHECK(projects_in(world.folder.path() / "none").error().kind == ErrorKind::usage);
}

TEST_CASE("the commit, and whether what was taken differs from it") {
    AppWorld world;
    world.project("w/p", "print('hello')\n");
    CHECK_FALSE(commit_at(world, "w", {"p/hello.py"}).has_value());  // no repository
    world.git("w", {"init", "-q"});
    CHECK_FALSE(commit_at(world, "w", {"p/hello.py"}).has_value());  // nothing committed yet
    world.git("w", {"add", "p/hello.py"});
    world.git("w", {"commit", "-qm", "x"});
    const auto head = world.git("w", {"rev-parse", "HEAD"});
    const auto clean = commit_at(world, "w", {"p/hello.py"});
    REQUIRE(clean.has_value());
    CHECK(clean->id == head);
    CHECK(clean->differs == Differs::no);
    CHECK(commit_at(world, "w/p", {"hello.py"})->differs == Differs::no);  // seen from a folder of it
    const auto in_repository = [&](const std::string& path) {
        const auto place = Repositories(world.environment, world.processes).place_of(world.folder.path() / path);
        return place ? std::optional(place->folder) : std::nullopt;
    };
    CHECK(in_repository("w") == "");
    CHECK(in_repository("w/p") == "p");
    CHECK_FALSE(in_repository(".").has_value());
    world.file("w/p/README.md", "x");
    CHECK(commit_at(world, "w", {"p/hello.py"})->differs == Differs::no);  // what is not taken does not count
    CHECK(commit_at(world, "w", {"p/hello.py", "p/README.md"})->differs == Differs::yes);
    world.file("w/p/hello.py", "print('hello!')\n");
    CHECK(commit_at(world, "w", {"p/hello.py"})->differs == Differs::yes);
    // What is gone was not taken, and is a change all the same.
    fs::remove(world.folder.path() / "w/p/hello.py");
    CHECK(commit_at(world, "w", {})->differs == Differs::yes);
    world.file("w/p/hello.py", "print('hello')\n");
    CHECK(commit_at(world, "w", {})->differs == Differs::no);

    // A submodule is another repository: what is in it is in the commit that this one names.
    world.git(".", {"clone", "-q", "w", "s"});
    world.file("t/a.txt", "x");
    world.git("t", {"init", "-q"});
    world.git("t", {"submodule", "-q", "add", (world.folder.path() / "s").string(), "sub"});
    world.git("t", {"commit", "-qm", "x"});
    CHECK(commit_at(world, "t", {"sub/p/hello.py"})->differs == Differs::no);
    CHECK(commit_at(world, "t", {"sub/p/README.md"})->why == "sub/p/README.md is not in it");
    world.git("t/sub", {"commit", "-q", "--allow-empty", "-m", "y"});
    CHECK(commit_at(world, "t", {"sub/p/hello.py"})->why ==
          "sub is a submodule, and at another commit than the one in it");
    world.git("t/sub", {"reset", "-q", "HEAD~"});
    CHECK(commit_at(world, "t/sub", {"p/hello.py"})->id == head);
}

TEST_CASE("nothing that a repository configures is executed") {
    AppWorld world;
    world.project("w/p", "print('hello')\n");
    world.git("w", {"init", "-q"});
    world.file("w/.gitattributes", "*.py filter=evil diff=evil\n");
    world.git("w", {"add", "."});
    world.git("w", {"commit", "-qm", "x"});
    const auto canary = (world.folder.path() / "canary").string();
    world.file("evil", "#!/bin/sh\necho \"$0 $@\" >> " + canary + "\ncat\n");
    fs::permissions(world.folder.path() / "evil", fs::perms::owner_all);
    const auto evil = (world.folder.path() / "evil").string();
    // Written by hand: git itself would run some of it.
    auto config = *read_file(world.folder.path() / "w/.git/config");
    config += "[core]\n\tfsmonitor = " + evil + "\n\tsshCommand = " + evil + "\n\tpager = " + evil +
              "\n\teditor = " + evil + "\n\talternateRefsCommand = " + evil + "\n\tgitProxy = " + evil +
              "\n\thooksPath = " + (world.folder.path() / "hooks").string() + "\n[filter \"evil\"]\n\tclean = " + evil +
              "\n\tsmudge = " + evil + "\n\tprocess = " + evil + "\n[diff]\n\texternal = " + evil +
              "\n[pager]\n\tls-tree = " + evil + "\n\trev-parse = " + evil + "\n[alias]\n\tls-tree = !" + evil +
              "\n\trev-parse = !" + evil + "\n[credential]\n\thelper = !" + evil +
              "\n[extensions]\n\tpartialClone = origin\n[remote \"origin\"]\n\turl = " +
              (world.folder.path() / "w").string() + "\n\tpromisor = true\n\tuploadpack = " + evil +
              "\n\tpartialclonefilter = blob:none\n[uploadpack]\n\tpackObjectsHook = " + evil + "\n";
    world.file("w/.git/config", config);
    for (const auto* hook : {"post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"}) {
        fs::create_directories(world.folder.path() / "hooks");
        fs::copy_file(evil, world.folder.path() / "hooks" / hook);
    }
    world.file("w/p/hello.py", "print('changed')\n");
    const auto whole = commit_at(world, "w", {"p/hello.py"});
    CHECK_FALSE(fs::exists(canary));
    REQUIRE(whole.has_value());
    CHECK(whole->differs == Differs::untold);
    CHECK(whole->why.ends_with("by the filter `evil`, a program that mlpath does not run"));
    // Without its objects the repository would like to fetch them from its "origin".
    fs::remove_all(world.folder.path() / "w/.git/objects");
    fs::create_directories(world.folder.path() / "w/.git/objects");
    CHECK_FALSE(commit_at(world, "w", {"p/hello.py"}).has_value());
    CHECK_FALSE(fs::exists(canary));
}

TEST_CASE("a repository is asked once for all its portfolios, and tells the same") {
    AppWorld world;
    for (const auto* portfolio : {"spring/a", "spring/b", "c"}) {
        world.project(std::string(portfolio) + "/alpha", test::own_hello);
    }
    world.git(".", {"init", "-q"});
    world.git(".", {"add", "."});
    world.git(".", {"commit", "-q", "-m", "work"});
    world.file("spring/b/alpha/hello.py", "print('changed')\n");
    fs::remove(world.folder.path() / "c/alpha/hello.py");
    world.project("d/alpha", test::own_hello);
    world.git("d", {"init", "-q"});  // a repository in the other, without a commit

    CountingProcesses counting(world.processes);
    Repositories together(world.environment, counting);
    const auto told = [&](Repositories& repositories, const std::string& portfolio) {
        const auto folder = world.folder.path() / portfolio;
        const auto place = repositories.place_of(folder);
        REQUIRE(place);
        const auto commit = repositories.commit_of(folder, *place, {"alpha/hello.py"}, [](std::string_view file) {
            return file.ends_with(".py") ? Expected::source : Expected::nothing;
        });
        return place->folder + ' ' +
               (commit ? commit->id + (commit->differs == Differs::yes ? " dirty" : " clean") : "no commit");
    };
    const auto head = world.git(".", {"rev-parse", "HEAD"});
    for (const auto& [portfolio, what] :
         {std::pair{"spring/a", "spring/a " + head + " clean"}, std::pair{"spring/b", "spring/b " + head + " dirty"},
          std::pair{"c", "c " + head + " dirty"}, std::pair{"d", std::string(" no commit")}}) {
        CAPTURE(portfolio);
        Repositories alone(world.environment, world.processes);
        CHECK(told(alone, portfolio) == what);
        CHECK(told(together, portfolio) == what);
    }
    // Of either where it is and its head; of the outer one what its first portfolio holds, and all; of the changed file
    // what git would record, by which attributes and filters.
    CHECK(counting.runs == 7);
}

TEST_CASE("git is asked again only where its answer may be another") {
    AppWorld world;
    struct Later final : system::Clock {  // everything was settled long ago
        [[nodiscard]] TimePoint now() const override { return system::RealClock().now() + std::chrono::hours(1); }
    } later;
    for (const auto* portfolio : {"r/a", "r/b"}) {
        world.project(std::string(portfolio) + "/alpha", test::own_hello);
    }
    world.git("r", {"init", "-q"});
    world.git("r", {"add", "."});
    world.git("r", {"commit", "-qm", "x"});
    const auto git = world.folder.path() / "r/.git";
    const auto kept = world.cache.path() / "repositories";
    const auto told = [&](const system::Clock& now) {
        auto known = KnownRepositories::load(kept, now);
        CountingProcesses counting(world.processes);
        Repositories repositories(world.environment, counting, &known);
        std::string text;
        for (const auto* portfolio : {"r/a", "r/b"}) {
            const auto folder = world.folder.path() / portfolio;
            const auto place = repositories.place_of(folder);
            const auto commit = place ? repositories.commit_of(folder, *place, {"alpha/hello.py"},
                                                               [](std::string_view) { return Expected::nothing; })
                                      : std::nullopt;
            text += commit ? commit->id.substr(0, 7) + (commit->differs == Differs::yes ? "! " : " ") : "none ";
        }
        REQUIRE(known.save());
        return std::pair(text, counting.runs);
    };
    const auto head = [&] { return world.git("r", {"rev-parse", "HEAD"}).substr(0, 7); };
    const auto clean = [&] { return head() + ' ' + head() + ' '; };
    CHECK(told(world.clock) == std::pair(clean(), std::size_t{3}));  // by this clock too recent to be known again
    CHECK(told(later) == std::pair(clean(), std::size_t{3}));
    CHECK(told(later) == std::pair(clean(), std::size_t{0}));
    world.file("r/b/alpha/hello.py", "print('changed')\n");
    // What git would record for a file that is not what the commit has is not kept.
    CHECK(told(later) == std::pair(head() + ' ' + head() + "! ", std::size_t{3}));
    const auto first = world.git("r", {"rev-parse", "HEAD"});
    world.git("r", {"commit", "-qam", "y"});
    CHECK(told(later) == std::pair(clean(), std::size_t{3}));
    CHECK(told(later).second == 0);

    using Change = std::function<void()>;
    const auto reference = "refs/heads/" + world.git("r", {"rev-parse", "--abbrev-ref", "HEAD"});
    const std::vector<std::pair<std::string, Change>> changes = {
        {"a reference in place", [&] { std::ofstream(git / reference) << first << '\n'; }},
        {"packed references", [&] { world.git("r", {"pack-refs", "--all"}); }},
        {"a reference over a packed one",
         [&] {
             world.git("r", {"reset", "-q", "--soft", "HEAD"});
             world.git("r", {"commit", "-qm", "z", "--allow-empty"});
         }},
        {"another branch",
         [&] {
             world.git("r", {"checkout", "-q", "-b", "other"});
             world.git("r", {"commit", "-qm", "o", "--allow-empty"});
         }},
        {"no branch", [&] { world.git("r", {"checkout", "-q", "--detach", first}); }},
        {"HEAD in place", [&] { std::ofstream(git / "HEAD") << "ref: " << reference << '\n'; }},
        {"settings", [&] { world.git("r", {"config", "user.name", "b"}); }}};
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        change();
        const auto anew = told(later);
        CHECK(anew.second > 0);
        CHECK(anew.first.starts_with(head()));
        const auto changed = static_cast<std::size_t>(std::ranges::count(anew.first, '!'));
        CHECK(told(later) == std::pair(anew.first, 3 * changed));
    }
    world.git("r", {"checkout", "-q", "--force", "HEAD", "--", "."});
    // What git may find elsewhere, we do not know.
    world.git("r", {"config", "include.path", "/dev/null"});
    CHECK(told(later).second > 0);
    CHECK(told(later).second > 0);
    world.git("r", {"config", "--unset", "include.path"});
    told(later);
    CHECK(told(later).second == 0);
    for (const auto& damage :
         {std::string(), std::string("mlpath repositories 1 x\n"), read_file(kept)->substr(0, 200)}) {
        const auto whole = *read_file(kept);
        REQUIRE(write_file(kept, damage, Durability::cached, 0600));
        CHECK(told(later).second > 0);
        REQUIRE(write_file(kept, whole, Durability::cached, 0666));
        fs::permissions(kept, fs::perms::others_write, fs::perm_options::add);
        CHECK(told(later).second > 0);
    }
    CountingProcesses none(world.processes);
    CHECK_FALSE(Repositories(world.environment, none).place_of(world.folder.path()).has_value());
    CHECK(none.runs == 0);  // no repository above
}
