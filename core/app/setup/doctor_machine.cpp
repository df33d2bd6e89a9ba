#include "app/setup/doctor_machine.hpp"

#include "base/files.hpp"
#include "base/text.hpp"
#include "system/environment.hpp"
#include "system/shell_limits.hpp"

namespace mlpath::app {

namespace {

constexpr std::uintmax_t little_room = 200'000'000;

void look_at_temporary(std::vector<Symptom>& found) {
    const auto folder = TemporaryFolder::make("mlpath-doctor-");
    if (!folder) {
        found.push_back({"machine", Health::bad, printable(folder.error().message), folder.error().hint});
        return;
    }
    const auto parent = printable(folder->path().parent_path().string());
    std::error_code error;
    const auto space = fs::space(folder->path(), error);
    const bool tight = !error && space.available < little_room;
    found.push_back({"machine", tight ? Health::poor : Health::good,
                     "temporary folders are made in " + parent +
                         (error ? std::string() : ", where " + human_bytes(space.available) + " are free"),
                     tight ? "make room there, or set TMPDIR to a folder of yours on another disk" : ""});
}

void look_at_home(const Context& context, std::vector<Symptom>& found) {
    const auto home = context.environment.get("HOME");
    std::error_code error;
    if (!home) {
        found.push_back({"machine", Health::poor,
                         "HOME is not set, so what is fetched is kept in " +
                             printable(system::cache_folder(context.environment).string()),
                         "set HOME to your folder, or MLPATH_CACHE_DIR to one that stays"});
    } else if (!fs::is_directory(*home, error)) {
        found.push_back({"machine", Health::poor, "HOME names " + printable(*home) + ", which is not a folder",
                         "set HOME to your folder, or make it: `mkdir -p " + shell_word(*home) + "`"});
    }
}

void look_at_limits(std::vector<Symptom>& found) {
    const auto tight = system::tight_limits();
    for (const auto& limit : tight) {
        found.push_back({"machine", limit.too_low ? Health::bad : Health::poor,
                         system::in_words(limit) +
                             (limit.too_low ? ", which is too little to judge anything" : ", which may be too little"),
                         system::remedy_of(limit)});
    }
    if (tight.empty()) {
        found.push_back({"machine", Health::good, "no limit of the shell (`ulimit -a`) stands in the way", {}});
    }
}

}  // namespace

void look_at_machine(const Context& context, std::vector<Symptom>& found) {
    look_at_temporary(found);
    look_at_home(context, found);
    look_at_limits(found);
}

}  // namespace mlpath::app
