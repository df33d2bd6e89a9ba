// What was found before, so that no check is run twice: a finding is kept under a key made of everything that was
// visible to the check, and recalled where all of it is the same.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "checks/verdict.hpp"
#include "json/json.hpp"
#include "library/project.hpp"

namespace mlpath::checks {

class Evaluation;

// What all checks of an evaluation have in common, as texts that change whenever what they stand for does.
struct Visible {
    std::string judge{};     // mlpath, its library, the interpreter of check scripts
    std::string programs{};  // the interpreter and packages of the learner's programs, and what they run in
    std::map<std::string, std::string, std::less<>> files{};  // the SHA-256 of each source
};

class Memory {
public:
    Memory() = default;
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    virtual ~Memory() = default;
    [[nodiscard]] virtual const Visible& visible() const = 0;
    // The hash of all data, fetched if need be; nothing where they cannot be had.
    [[nodiscard]] virtual std::optional<std::string> data() = 0;
    [[nodiscard]] virtual std::optional<Finding> recall(std::string_view key) = 0;
    // Why it recalled nothing, as a clause for a log.
    [[nodiscard]] virtual std::string_view why_nothing() const { return "no result is kept for what it sees now"; }
    virtual void keep(std::string_view key, const Finding& finding) = 0;
};

// What the check looks at around the learner's sources, which decides as well: see Kind::surroundings.
[[nodiscard]] std::optional<Json> surroundings_seen(const library::Check& check, const std::filesystem::path& sources,
                                                    const std::filesystem::path& linked);

// 64 hex digits. A check that reads a source and runs nothing sees that file alone, a document also what it links to
// and what was found of the checks that it claims figures of; every other check sees all that programs do. Nothing
// where it cannot be told what the check sees.
[[nodiscard]] std::optional<std::string> key_of(const library::Check& check, const Evaluation& evaluation,
                                                const std::map<std::string, Finding>& verified, Memory& memory);

}  // namespace mlpath::checks
