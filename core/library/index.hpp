// What `next`, `status`, `list` and completion need of the library, and no more: compiled when the library is embedded,
// read in far less than a millisecond, so that these commands parse no JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "library/catalogue.hpp"
#include "library/curriculum.hpp"
#include "library/library.hpp"
#include "library/project.hpp"
#include "library/renamed.hpp"

namespace mlpath::library {

struct IndexTopic {
    std::string id{};
    std::string title{};
    std::string summary{};
    std::optional<Hours> hours{};
    std::vector<std::string> skills{};
    std::vector<std::string> requires_topics{};
    std::string resource_title{};  // the first resource; empty where there is none
    std::string resource_url{};
};

struct IndexMilestone {
    std::string id{};
    std::string title{};
    std::string goal{};
    std::size_t checks = 0;
};

struct IndexProject {
    std::string id{};
    int version = 1;
    ProjectStatus status = ProjectStatus::ready;
    std::string title{};
    std::string summary{};
    std::optional<Hours> hours{};
    std::vector<std::string> skills{};
    std::vector<std::string> requires_projects{};
    std::vector<std::string> requires_topics{};
    std::string extends{};
    std::vector<std::string> satisfies{};
    std::vector<std::string> datasets{};  // the datasets that its data come from, each once
    std::vector<IndexMilestone> milestones{};
};

struct IndexQuiz {
    std::string id{};
    std::string title{};                   // of an interview; empty for a topic's
    std::vector<std::string> questions{};  // ids
    std::vector<std::string> katas{};      // ids
};

struct IndexDataset {
    std::string id{};
    std::string title{};
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;  // of the first source of each file, together
    std::string license{};
};

struct Index {
    // Whole but for the checks of goals, which keep id, kind and says alone (`fields` is null): read the curriculum
    // with load_curriculum to run them.
    Catalogue<Curriculum> curricula{};
    Catalogue<IndexTopic> topics{};
    Catalogue<Skill> skills{};
    Catalogue<IndexProject> projects{};
    Catalogue<IndexDataset> datasets{};
    Catalogue<IndexQuiz> quizzes{};
    Renamed renamed{};  // the ids of before; all that is said above is by those of today
};

// Whether "numpy/axis-of-a-sum" is a question of a quiz that is there: not a kata, and no longer a removed one.
[[nodiscard]] bool has_question(const Index& index, std::string_view id);

[[nodiscard]] Index make_index(const Library& library);
[[nodiscard]] std::string write_index(const Index& index);
// Fails with malformed where the bytes are no index of this version.
[[nodiscard]] Result<Index> read_index(std::string_view bytes);

}  // namespace mlpath::library
