// `--sandbox` of the commands that run a learner's programs.
#pragma once

#include <string>

#include "options.hpp"
#include "run/sandbox.hpp"

namespace mlpath::cli {

class SandboxOption {
public:
    void declare(Options& options);
    [[nodiscard]] run::SandboxWish wish() const;

private:
    std::string m_word = "auto";
};

}  // namespace mlpath::cli
