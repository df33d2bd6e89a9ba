// The links of a document to files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "markdown/document.hpp"

namespace mlpath::checks {

// As it is written, and its path without "#part", "?plain=1" and "%20".
struct LocalLink {
    std::string written{};
    std::string path{};
    std::size_t line = 0;
};
[[nodiscard]] std::vector<LocalLink> local_links(const markdown::Document& document);
// Whether it leads to something in the folder, from the document that lies at this path there.
[[nodiscard]] bool leads_into(const LocalLink& link, const std::filesystem::path& folder,
                              const std::filesystem::path& document);

}  // namespace mlpath::checks
