// What is typed while `mlpath watch` runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpath::cli {

enum class Key { hint, next, list, rerun, quit, help, back, up, down, page_up, page_down };

// Bytes of a terminal as keys. A sequence that is cut in two is put together; what is no key of ours is passed over,
// whole sequences too.
class KeyReader {
public:
    [[nodiscard]] std::vector<Key> read(std::string_view bytes);

private:
    std::string m_begun{};  // a sequence whose end has not come
};

}  // namespace mlpath::cli
