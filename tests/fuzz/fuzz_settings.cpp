// `.mlpath/workspace.json`.
#include "fuzz/support.hpp"
#include "workspace/find.hpp"

using namespace mlpath;

FUZZ(input) {
    const auto settings = workspace::read_settings(fuzz::put("workspace.json", input));
    if (!settings) {
        fuzz::insist_on(settings.error());
        fuzz::insist(settings.error().kind == ErrorKind::malformed, "a broken file is malformed");
        fuzz::insist(!settings.error().place.file.empty(), "an error names the file");
        fuzz::insist(!settings.error().hint.empty(), "an error says what to do");
        return;
    }
    fuzz::insist(!settings->curricula.empty(), "there is a curriculum");
    for (const auto& id : settings->curricula) {
        fuzz::insist_on_line(id, "an id can be shown");
        fuzz::insist(id.find('/') == std::string::npos, "an id is no path");
    }
    const auto again = workspace::read_settings(fuzz::put("workspace.json", workspace::settings_text(*settings)));
    fuzz::insist(again && again->curricula == settings->curricula && again->python == settings->python,
                 "what is written is read as it was");
}
