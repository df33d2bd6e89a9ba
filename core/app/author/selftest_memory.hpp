// What selftest has proved before: a subject or a quiz that was sound is not judged again while everything that was
// visible to its judging is the same. Whatever has a fault, or might end otherwise another time, is not kept.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/author/selftest_judge.hpp"

namespace mlpath::app {

// May be used from several threads.
class SelftestMemory {
public:
    SelftestMemory(const Context& context, const JudgingTools& tools, const run::Interpreter& judge_python,
                   Freshness freshness);

    // What all subjects of a project have in common: mlpath and its harness, the interpreters and packages, the
    // sandbox, the project's manifest, check scripts, skeleton, solution and data. Nothing where it cannot be told.
    [[nodiscard]] std::optional<std::string> seen_by(const library::Project& project, library::DataKind kind,
                                                     const run::Interpreter& python, const std::stop_token& stop);
    [[nodiscard]] static std::string key_of(const std::string& seen, const Round& round, const SubjectFiles& files);
    // Of a quiz, whose claims are run with that interpreter.
    [[nodiscard]] std::optional<std::string> key_of_quiz(const std::string& id, const run::Interpreter& python);

    // How it ended when it was found sound.
    [[nodiscard]] std::optional<SubjectEnd> proved(const std::string& key) const;
    void keep(const std::string& key, const SubjectEnd& end) const;

private:
    [[nodiscard]] std::optional<std::string> programs(const run::Interpreter& python);

    const Context& m_context;
    const JudgingTools& m_tools;
    std::unique_ptr<Remembered> m_remembered;
    std::optional<std::string> m_judge{};  // nothing: it cannot be told
};

}  // namespace mlpath::app
