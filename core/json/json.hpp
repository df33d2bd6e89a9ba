// The JSON value used everywhere: keys keep their order, so that what we write reads as it was meant.
#pragma once

#include <nlohmann/json.hpp>

// Instantiated once, in json.cpp: every file that touches JSON compiled a fifth longer without this.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace mlpath {

using Json = nlohmann::ordered_json;

}  // namespace mlpath
