#include "checks/variation.hpp"

#include <algorithm>

namespace mlpath::checks {

Variation variation_of(std::vector<double> values) {
    if (values.empty()) {
        return {};
    }
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return {.count = values.size(),
            .smallest = values.front(),
            .median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2,
            .largest = values.back()};
}

}  // namespace mlpath::checks
