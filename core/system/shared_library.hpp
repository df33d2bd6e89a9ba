// A shared library opened when it is first needed (dlopen), so that a command that does not use it neither loads it
// nor fails where it is not installed. Its types come from its headers, its functions by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::system {

class SharedLibrary {
public:
    // `file` is the name with its ABI number (libcurl.so.4). Where it cannot be opened: kind missing, and the hint
    // names the Debian package that has it.
    [[nodiscard]] static Result<SharedLibrary> open(std::string file, std::string_view package);

    // Sets `function` to the library's function of that name; kind missing where this version has none.
    template <typename Function>
    [[nodiscard]] Status load(Function*& function, const char* name) const {
        MLPATH_TRY(void* address, find(name));
        function = reinterpret_cast<Function*>(address);  // as POSIX allows for what dlsym returns
        return {};
    }

private:
    SharedLibrary(std::shared_ptr<void> handle, std::string file)
        : m_handle(std::move(handle)), m_file(std::move(file)) {}
    [[nodiscard]] Result<void*> find(const char* name) const;

    std::shared_ptr<void> m_handle;  // closed with the last copy
    std::string m_file;
};

}  // namespace mlpath::system
