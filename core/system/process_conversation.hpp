// Talking to a program line by line. Inside of core/system; others use process.hpp.
#pragma once

#include <memory>
#include <stop_token>

#include "base/error.hpp"
#include "system/process_tree.hpp"

namespace mlpath::system {

[[nodiscard]] Result<std::unique_ptr<Conversation>> start_conversation(const Means& means, const ProcessSpec& spec,
                                                                       std::stop_token stop);

}  // namespace mlpath::system
