#include "run/warm_answer.hpp"

#include "json/document.hpp"

namespace mlpath::run {

WarmAnswer read_warm_answer(std::string_view message) {
    const auto parsed = json::parse(message, "the warm interpreter's answer");
    const auto& value = parsed.value;
    if (!parsed.ok() || !value.is_object()) {
        return WarmAnswer::none;
    }
    const auto started = value.find("started");
    return started != value.end() && *started == true ? WarmAnswer::started : WarmAnswer::other;
}

}  // namespace mlpath::run
