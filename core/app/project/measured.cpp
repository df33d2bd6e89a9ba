#include "app/project/measured.hpp"

#include "base/kept_file.hpp"
#include "checks/confusion.hpp"
#include "json/json.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view measured_title = "mlpath measured 1";
constexpr std::uintmax_t largest = 1U << 16U;

fs::path file_of(const fs::path& home, const std::string& project) { return home / ".mlpath/local/measured" / project; }

}  // namespace

void keep_measured(const fs::path& home, const std::string& project,
                   const std::vector<checks::MilestoneResult>& milestones, const Log& log) {
    for (const auto& milestone : milestones) {
        for (const auto& check : milestone.checks) {
            const auto confusion = checks::confusion_of(check.finding);
            if (confusion.empty()) {
                continue;
            }
            auto rows = Json::array();
            for (const auto& [cell, count] : confusion) {
                rows.push_back(Json::array({cell.first, cell.second, count}));
            }
            std::error_code ignored;
            fs::create_directories(file_of(home, project).parent_path(), ignored);
            log.kept("what was measured", write_kept(file_of(home, project), measured_title,
                                                     rows.dump(-1, ' ', false, Json::error_handler_t::replace)));
            return;
        }
    }
}

quiz::Confusion measured(const fs::path& home, const std::string& project) {
    quiz::Confusion confusion;
    const auto kept = read_kept(file_of(home, project), measured_title, largest);
    const auto rows = kept ? Json::parse(*kept, nullptr, false) : Json();
    for (const auto& row : rows.is_array() ? rows : Json::array()) {
        const bool sound = row.is_array() && row.size() == 3 && row[0].is_string() && row[1].is_string() &&
                           row[2].is_number_unsigned();
        if (!sound) {
            return {};
        }
        confusion[{row[0].get<std::string>(), row[1].get<std::string>()}] = row[2].get<std::uint64_t>();
    }
    return confusion;
}

}  // namespace mlpath::app
