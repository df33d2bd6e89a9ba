// A sum whose error does not grow with the number of terms (Neumaier 1974), so that ten million rows agree with NumPy's
// pairwise sums to the last digits.
#pragma once

#include <cmath>

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

}  // namespace mlpath::metrics
