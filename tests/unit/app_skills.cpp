#include "app/learn/skills.hpp"

#include <doctest/doctest.h>

#include "app/setup/init.hpp"
#include "unit/app_world.hpp"

using namespace mlpath;
using namespace mlpath::app;
using namespace mlpath::test;

namespace {

// Starts nothing, or is interrupted.
class NoProcesses final : public system::Processes {
public:
    explicit NoProcesses(ErrorKind kind) : m_kind(kind) {}
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec&, std::stop_token) override {
        return fail(m_kind, "nothing runs here");
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec&,
                                                                         std::stop_token) override {
        return fail(m_kind, "nothing runs here");
    }

private:
    ErrorKind m_kind;
};

}  // namespace

TEST_CASE_FIXTURE(AppWorld, "a finished project proves what it teaches where it is own work, and only there") {
    index.curricula.add({.id = "levels", .title = "Levels"});
    index.projects = {};
    index.projects.add(
        {.id = "alpha", .title = "Say hello", .skills = {"python"}, .milestones = {{"greet", "", "", 1}}});
    CHECK(app::skills(context(), processes, {}).error().kind == ErrorKind::not_found);
    REQUIRE(init(context(), {}));
    project("alpha", own_hello);
    const auto standing = [&](system::Processes& by) {
        const auto view = app::skills(context(), by, {});
        REQUIRE(view);
        REQUIRE(view->skills.size() == 1);
        return std::pair(view->skills.front().standing, view->unknown_because);
    };
    using progress::SkillStanding;
    NoProcesses broken(ErrorKind::missing);
    CHECK(standing(broken) == std::pair(SkillStanding::open, std::string()));  // nothing passes: nobody looks
    REQUIRE(record(context(), folder.path(), {checked("alpha", "greet", true, 3)}).ok);
    CHECK(standing(processes) == std::pair(SkillStanding::proved, std::string()));
    CHECK(standing(broken) == std::pair(SkillStanding::passed, std::string("nothing runs here")));
    project("alpha", published_hello);
    CHECK(standing(processes).first == SkillStanding::assisted);
    NoProcesses interrupted(ErrorKind::interrupted);
    const auto ended = app::skills(context(), interrupted, {});
    REQUIRE_FALSE(ended);
    CHECK(ended.error().kind == ErrorKind::interrupted);
}
