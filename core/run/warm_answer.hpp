// What a warm interpreter says on its socket (core/run/python/warm.py). Inside of core/run.
#pragma once

#include <string_view>

namespace mlpath::run {

enum class WarmAnswer {
    none,     // no such message: whoever sent it is no interpreter to talk to
    other,    // it is ready, or would rather not serve this program
    started,  // it runs the program
};
[[nodiscard]] WarmAnswer read_warm_answer(std::string_view message);

}  // namespace mlpath::run
