// The JSON value used everywhere: keys keep their order, so that what we write reads as it was meant.
#pragma once

#include <nlohmann/json.hpp>

namespace mlpath {

using Json = nlohmann::ordered_json;

}  // namespace mlpath
