#include "app/project/milestone.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

// Small letters, and words as an id has them: "Take the" begins `take-the-text-apart` as well.
std::string comparable(std::string_view text) { return replace_all(to_lower_ascii(text), " ", "-"); }

}  // namespace

Result<std::size_t> find_milestone(const library::Project& project, std::string_view word) {
    const auto& milestones = project.milestones;
    std::vector<std::string> ids;
    std::vector<std::size_t> begun;
    for (std::size_t i = 0; i < milestones.size(); ++i) {
        if (milestones[i].id == word || std::ranges::find(milestones[i].aliases, word) != milestones[i].aliases.end()) {
            return i;
        }
        ids.push_back(milestones[i].id);
        const auto start = comparable(trim(word));
        if (!start.empty() &&
            (milestones[i].id.starts_with(start) || comparable(milestones[i].title).starts_with(start))) {
            begun.push_back(i);
        }
    }
    std::size_t number = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    if (read.ec == std::errc() && read.ptr == word.data() + word.size() && number >= 1 && number <= milestones.size()) {
        return number - 1;
    }
    if (begun.size() == 1) {
        return begun.front();
    }
    if (milestones.empty()) {
        return fail(ErrorKind::usage, "`" + project.id + "` is planned, and has no milestones yet",
                    "`mlpath list projects` shows what can be started");
    }
    if (begun.size() > 1) {
        std::vector<std::string> meant;
        for (const auto i : begun) {
            meant.push_back(milestones[i].id);
        }
        return fail(ErrorKind::usage, "`" + printable(word) + "` may be each of " + list_of(meant), "name one of them");
    }
    const auto near = nearest(word, ids);
    return fail(ErrorKind::usage, "`" + project.id + "` has no milestone `" + printable(word) + "`",
                (near ? "did you mean `" + *near + "`? " : std::string()) + (near ? "Its" : "its") +
                    " milestones are " + list_of(ids) + ", or 1 to " + std::to_string(ids.size()));
}

std::string show_command(std::string_view project, std::size_t index) {
    return "mlpath show " + std::string(project) + ' ' + std::to_string(index + 1);
}

}  // namespace mlpath::app
