// A site of ours that a program of the learner's asks. The answers are tried with the built binary (tests/system).
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

// The world has no walls, so that the site listens on this machine.
void lay_site(RealWorld& world) {
    const auto own = source_folder() / "core/checks/kinds/site";
    for (const auto* name : {"judge.py", "driver.py", "mlpath_site.py", "site_server.py"}) {
        world.judging("kinds/site/" + std::string(name), read_file(own / name).value());
    }
    world.judging("checks/a.py",
                  "from mlpath_site import Answer\n"
                  "def greets(check, site):\n"
                  "    with site.serve(lambda request, seen: Answer('hello')) as served:\n"
                  "        ran = served.run('world')\n"
                  "        ran.asked(1)\n"
                  "        ran.succeeded()\n"
                  "        check.equal(ran.out, 'hello world\\n', 'What it prints')\n");
}

constexpr const char* greets =
    R"({"kind":"site","path":"work.py","script":"checks/a.py","function":"greets","variable":"SHOP_URL"})";

}  // namespace

TEST_CASE("site: who asks and who does not") {
    const std::string right =
        "import os, sys, urllib.request\n"
        "with urllib.request.urlopen(os.environ['SHOP_URL'], timeout=5) as answer:\n"
        "    print(answer.read().decode(), sys.argv[1])\n";
    struct Case {
        const char* who;
        std::string work;
        Verdict verdict;
        const char* told;
    };
    for (const auto& [who, work, verdict, told] : std::vector<Case>{
             {"right", right, Verdict::pass, ""},
             {"asks nobody", "print('hello world')\n", Verdict::fail, "`work.py world` asked the site nothing"},
             {"crashes", "import os, urllib.request\nurllib.request.urlopen(os.environ['SHOP_URL'])\n1 / 0\n",
              Verdict::fail, "ended with exit code 1"},
             {"empty", "", Verdict::fail, "asked the site nothing"},
             {"no Python", "print('hello\n", Verdict::fail, "asked the site nothing"},
         }) {
        CAPTURE(who);
        RealWorld world("");
        lay_site(world);
        world.source("work.py", work);
        expect(world.judge(greets), verdict, told);
    }
    RealWorld world("");
    lay_site(world);
    expect(world.judge(greets), Verdict::fail, "work.py");
}

TEST_CASE("site: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"site","path":"work.py","script":"checks/a.py","function":"greets"})")) ==
          std::vector<std::string>{
              "`work.py` runs against a site of ours, whose address is in the environment variable `SITE_URL`"});
}
