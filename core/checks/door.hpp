// A Unix socket in a private folder, over which the host hands connections to the judge: a line of text cannot carry
// them. Inside of core/checks.
#pragma once

#include <filesystem>
#include <memory>

#include "base/descriptor.hpp"
#include "base/files.hpp"

namespace mlpath::checks {

class Door {
public:
    [[nodiscard]] static Result<std::unique_ptr<Door>> open();
    // In which the socket `door` lies.
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder.path(); }
    // To whoever has connected to it, which the judge does before it asks for the first connection.
    [[nodiscard]] Status hand(const Descriptor& connection);

private:
    explicit Door(TemporaryFolder folder) : m_folder(std::move(folder)) {}
    TemporaryFolder m_folder;
    Descriptor m_listens{};
    Descriptor m_visitor{};
};

}  // namespace mlpath::checks
