#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <string_view>

#include "system/launcher.hpp"

#ifdef __SANITIZE_THREAD__
// libuv closes descriptors by a bare system call, which the sanitizer does not see: when the kernel gives the number
// out again in another thread, it takes the two for one object.
extern "C" const char* __tsan_default_suppressions() {
    return "race:uv_pipe\nrace:uv_socketpair\nrace:uv__epoll_init\nrace:uv_spawn\n";
}
#endif

// As cli/main.cpp does, so that RealProcesses works in every test program.
int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == mlpath::system::launcher_command) {
        return mlpath::system::launcher_main(argc, argv);
    }
    return doctest::Context(argc, argv).run();
}
