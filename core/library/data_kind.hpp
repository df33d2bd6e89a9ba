// What kind of data a project is on: the real ones of the catalog, or synthetic ones, which a script of the library
// makes (curricula/FORMAT.md, Synthetic data).
#pragma once

#include <string_view>

namespace mlpath::library {

enum class DataKind { real, synthetic };

// As files and reports have it. What is real is not said where nothing else could be meant.
[[nodiscard]] constexpr std::string_view to_string(DataKind kind) {
    return kind == DataKind::synthetic ? "synthetic" : "real";
}
// Of a text that another wrote: nothing but "synthetic" takes away from what counts.
[[nodiscard]] constexpr DataKind data_kind_of(std::string_view text) {
    return text == to_string(DataKind::synthetic) ? DataKind::synthetic : DataKind::real;
}

}  // namespace mlpath::library
