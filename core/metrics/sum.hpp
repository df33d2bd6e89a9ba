// A sum whose error does not grow with the number of terms (Neumaier 1974), so that ten million rows agree with NumPy's
// pairwise sums to the last digits.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

namespace mlpath::metrics {

class Sum {
public:
    void add(double term) {
        const double next = m_sum + term;
        m_lost += std::abs(m_sum) >= std::abs(term) ? (m_sum - next) + term : (term - next) + m_sum;
        m_sum = next;
    }
    [[nodiscard]] double value() const { return m_sum + m_lost; }

private:
    double m_sum = 0;
    double m_lost = 0;
};

// The mean of `term(i)` over the rows, by their weights if there are any.
[[nodiscard]] double mean_of(std::size_t rows, std::span<const double> weights, auto&& term) {
    Sum sum;
    if (weights.empty()) {
        for (std::size_t i = 0; i < rows; ++i) {
            sum.add(term(i));
        }
        return sum.value() / static_cast<double>(rows);
    }
    Sum whole;
    for (std::size_t i = 0; i < rows; ++i) {
        sum.add(weights[i] * term(i));
        whole.add(weights[i]);
    }
    return sum.value() / whole.value();
}

}  // namespace mlpath::metrics
