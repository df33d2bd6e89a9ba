#include "commands/sandbox_option.hpp"

namespace mlpath::cli {

void SandboxOption::declare(Options& options) {
    options.choice("--sandbox", "WHEN", "require, auto (where it can be had) or off; auto unless said", m_word,
                   {"require", "auto", "off"});
}

run::SandboxWish SandboxOption::wish() const {
    return m_word == "require" ? run::SandboxWish::required
           : m_word == "off"   ? run::SandboxWish::off
                               : run::SandboxWish::automatic;
}

}  // namespace mlpath::cli
