// Numbers as people read them: the digits that matter, and no more.
#pragma once

#include <string>
#include <utility>

namespace mlpath {

// "0.787" for 0.7871249161154252: as many significant digits, without zeros behind them; "123.5" and "20" where the
// whole part has more; "4.2e-07" for what is very small, and whole numbers as they are.
inline constexpr int all_digits = 17;  // as many as tell any two doubles apart
[[nodiscard]] std::string figure(double value, int digits = 3);

// Two numbers that are compared: as short as they can be and still be told apart; equal ones look equal.
[[nodiscard]] std::pair<std::string, std::string> figures_apart(double a, double b);

}  // namespace mlpath
