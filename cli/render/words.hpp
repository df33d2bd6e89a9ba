// Values as people say them, and small helpers for JSON that several commands share.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.hpp"
#include "library/curriculum.hpp"
#include "progress/journal.hpp"
#include "progress/overview.hpp"

namespace mlpath::cli {

class Host;

// "3 to 5 hours", "1 hour", "30 minutes".
[[nodiscard]] std::string words_for(const library::Hours& hours);
// "2 to 4 weeks", "ongoing".
[[nodiscard]] std::string words_for(const library::Length& length);
// "2 of 5", "2 of 5 topics".
[[nodiscard]] std::string words_for(const progress::Count& count);
[[nodiscard]] std::string words_for(const progress::Count& count, std::string_view what);
// The parts that are not empty, with " - " (or a middle dot) between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");
// A path as it is shortest to type from the folder we stand in.
[[nodiscard]] std::string near_path(const std::filesystem::path& path);

// Sets the key only where there is something to say.
void put(Json& object, std::string_view key, const std::string& text);
void put(Json& object, std::string_view key, const std::vector<std::string>& texts);
[[nodiscard]] Json json_of(const library::Hours& hours);
[[nodiscard]] Json json_of(const progress::Count& count);
[[nodiscard]] Json json_of(const progress::NextThing& next, const std::string& command);
[[nodiscard]] Json json_of(const std::vector<progress::Note>& notes);

// What a journal held that was passed over: said on stderr, never a failure.
void remark_notes(Host& host, const std::vector<progress::Note>& notes);

}  // namespace mlpath::cli
