// For whoever fetches in several threads: one event is told at a time.
#pragma once

#include <mutex>

#include "data/fetch.hpp"

namespace mlpath::data {

class SharedProgress final : public FetchProgress {
public:
    // `inner` must outlive this.
    explicit SharedProgress(FetchProgress& inner) : m_inner(inner) {}
    void on(const FetchEvent& event) override {
        const std::scoped_lock lock(m_mutex);
        m_inner.on(event);
    }

private:
    FetchProgress& m_inner;
    std::mutex m_mutex{};
};

}  // namespace mlpath::data
