// `.mlpath-project.json`: it travels in portfolios, and names the files that `reset` writes.
#include "fuzz/support.hpp"
#include "workspace/marker.hpp"

using namespace mlpath;

FUZZ(input) {
    fuzz::put(workspace::marker_name, input);
    const auto project = workspace::project_of(fuzz::scratch());
    const auto marker = workspace::read_marker(fuzz::scratch());
    if (!marker) {
        fuzz::insist_on(marker.error());
        fuzz::insist(marker.error().kind == ErrorKind::malformed, "a broken file is malformed");
        fuzz::insist(!marker.error().place.file.empty(), "an error names the file");
        return;
    }
    fuzz::insist(project == marker->project, "both ways of reading it agree on the project");
    for (const auto& [path, bytes] : marker->skeleton) {
        fuzz::insist(stays_inside(path), "a file of the skeleton stays inside");
        fuzz::insist(bytes.size() <= input.size(), "the size is bounded");
    }
    fuzz::put(workspace::marker_name, workspace::marker_text(*marker));
    const auto again = workspace::read_marker(fuzz::scratch());
    fuzz::insist(again && again->project == marker->project && again->version == marker->version &&
                     again->skeleton == marker->skeleton,
                 "what is written is read as it was");
}
