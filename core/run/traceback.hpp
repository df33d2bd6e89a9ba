// How the folders of Workplaces are named, which is how tracebacks are told to be the learner's. Inside of core/run.
#pragma once

#include <string_view>

namespace mlpath::run {

inline constexpr std::string_view workplace_prefix = "mlpath-work-";

}  // namespace mlpath::run
