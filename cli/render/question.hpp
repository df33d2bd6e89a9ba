// Questions, and what an answer was worth, for people and for programs.
#pragma once

#include "app/learn/quiz.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// "Question 2 of 5" and all that is to be seen before answering.
void write_question(Page& page, const app::AskedQuestion& asked, std::size_t number, std::size_t of);
void write_judged(Page& page, const app::AskedQuestion& asked, const app::Judged& judged);

// What is served: nothing in it gives the answer away.
[[nodiscard]] Json json_of(const app::Sheet& sheet);
[[nodiscard]] Json json_of(const app::AskedQuestion& asked, const app::Judged& judged);

}  // namespace mlpath::cli
