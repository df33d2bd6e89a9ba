// How `mlpath watch` tells what happens: on a screen that is drawn over, or in lines that follow each other.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host.hpp"
#include "watch/keys.hpp"
#include "watch/runner.hpp"
#include "watch/screen.hpp"

namespace mlpath::cli {

class Teller {
public:
    virtual ~Teller() = default;
    virtual void watches(const library::Project& project, const fs::path& folder) = 0;
    // How changes are found, where that has to be said.
    virtual void looks(const std::string& note) = 0;
    // A run begins: why.
    virtual void begins(const std::string& why) = 0;
    virtual void doing(const std::string& what) = 0;
    // `next` where everything passes.
    virtual void ended(Ended run, std::optional<app::Next> next) = 0;
    virtual void hint(app::Hint hint) = 0;
    virtual void next(app::Next next) = 0;
    virtual void list(std::vector<ListedMilestone> list) = 0;
    virtual void help() = 0;
    virtual void remark(const std::string& text) = 0;
    // Keys that move about.
    virtual void move(Key key) = 0;
    // Shows what was told, where it is not shown yet.
    virtual void show() = 0;
    // The window has another size; the terminal is given back for a while, or for good, and taken again.
    virtual void resized() = 0;
    virtual void leave() = 0;
    virtual void enter() = 0;
};

// In lines: for a pipe, --plain, --json.
enum class Typing { heard, not_heard };
[[nodiscard]] std::unique_ptr<Teller> tell_in_lines(Host& host, Typing typing);
[[nodiscard]] std::unique_ptr<Teller> tell_on_screen(Host& host);

}  // namespace mlpath::cli
