// `.mlpath/libraries.json`: what a workspace has added.
#include "fuzz/support.hpp"
#include "workspace/libraries.hpp"

using namespace mlpath;

FUZZ(input) {
    const auto libraries = workspace::parse_libraries(input, "libraries.json");
    if (!libraries) {
        fuzz::insist_on(libraries.error());
        fuzz::insist(libraries.error().kind == ErrorKind::malformed, "a broken file is malformed");
        fuzz::insist(!libraries.error().hint.empty(), "an error says what to do");
        return;
    }
    for (const auto& library : *libraries) {
        const auto folder = workspace::folder_of("/w", library).lexically_normal().string();
        fuzz::insist(folder.starts_with("/w/.mlpath/libraries/" + library.name + "-"), "a copy lies where copies lie");
    }
    const auto again = workspace::parse_libraries(workspace::libraries_text(*libraries), "libraries.json");
    fuzz::insist(again && again->size() == libraries->size(), "what is written is read");
    for (std::size_t i = 0; i < libraries->size(); ++i) {
        const auto& one = (*libraries)[i];
        const auto& other = (*again)[i];
        fuzz::insist(one.name == other.name && one.from == other.from && one.commit == other.commit &&
                         one.sha256 == other.sha256,
                     "as it was");
    }
}
