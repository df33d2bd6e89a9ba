// Wakes a thread that waits in poll(), from any other.
#pragma once

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace mlpath::system {

class Wake {
public:
    [[nodiscard]] static Result<Wake> make();
    // Readable from `ring` until `quieten`.
    [[nodiscard]] int descriptor() const { return m_hears.get(); }
    void ring() const;
    void quieten() const;

private:
    Wake(Descriptor hears, Descriptor rings) : m_hears(std::move(hears)), m_rings(std::move(rings)) {}
    Descriptor m_hears;
    Descriptor m_rings;
};

}  // namespace mlpath::system
