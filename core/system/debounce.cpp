#include "system/debounce.hpp"

#include <algorithm>

namespace mlpath::system {

void Debounce::heard(Moment now) {
    m_first = m_first.value_or(now);
    m_due = std::min(now + m_quiet, *m_first + m_at_most);
}

bool Debounce::take(Moment now) {
    if (!m_due || now < *m_due) {
        return false;
    }
    m_first.reset();
    m_due.reset();
    return true;
}

}  // namespace mlpath::system
