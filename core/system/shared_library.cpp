#include "system/shared_library.hpp"

#include <dlfcn.h>

#include "base/text.hpp"

namespace mlpath::system {

Result<SharedLibrary> SharedLibrary::open(std::string file, std::string_view package) {
    // NODELETE: libraries of libraries leave handlers behind that run at exit.
    void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
        const char* reason = ::dlerror();
        return fail(ErrorKind::missing,
                    "the library " + file + " could not be opened" +
                        (reason == nullptr ? std::string() : " (" + printable(reason) + ")"),
                    "install the package " + std::string(package) + ": sudo apt install " + std::string(package));
    }
    return SharedLibrary(std::shared_ptr<void>(handle, [](void* opened) { ::dlclose(opened); }), std::move(file));
}

Result<void*> SharedLibrary::find(const char* name) const {
    void* address = ::dlsym(m_handle.get(), name);
    if (address == nullptr) {
        return fail(ErrorKind::missing, "the library " + m_file + " has no function " + name,
                    "install a newer version of it");
    }
    return address;
}

}  // namespace mlpath::system
