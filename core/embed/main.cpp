// mlpath_embed ROOT HARNESS WARM MAKERS BLOB INDEX [--allow-faults]: what the build runs to embed the library. A
// library with faults does not build, unless that is asked for.
#include <iostream>

#include "base/fault.hpp"
#include "base/text.hpp"
#include "library/index.hpp"
#include "library/library.hpp"

namespace {

using namespace mlpath;

enum class OnFaults { refuse, allow };

Status embed(const fs::path& root, const fs::path& harness, const fs::path& warm, const fs::path& makers,
             const fs::path& blob, const fs::path& index, OnFaults then) {
    auto content = library::folder_content(root);
    for (const auto& [prefix, folder] : {std::pair("harness/", harness), {"warm/", warm}, {"makers/", makers}}) {
        content = library::overlay_content(std::move(content),
                                           library::prefixed_content(prefix, library::folder_content(folder)));
    }
    MLPATH_TRY(const auto loaded, library::load(*content));
    for (const auto& fault : loaded.faults) {
        if (fault.severity == Severity::error) {
            std::cerr << to_line(fault) << '\n';
        }
    }
    if (!loaded.ok() && then == OnFaults::refuse) {
        return fail(to_error(loaded.faults));
    }
    MLPATH_TRY(const auto bytes, library::write_blob(*content));
    MLPATH_CHECK(write_file(blob, bytes, Durability::cached));
    return write_file(index, library::write_index(library::make_index(loaded.library)), Durability::cached);
}

}  // namespace

int main(int argc, char** argv) {
    const bool allow = argc == 8 && std::string_view(argv[7]) == "--allow-faults";
    if (argc != 7 && !allow) {
        std::cerr << "usage: mlpath_embed ROOT HARNESS WARM MAKERS BLOB INDEX [--allow-faults]\n";
        return 2;
    }
    const auto then = allow ? OnFaults::allow : OnFaults::refuse;
    if (const auto status = embed(argv[1], argv[2], argv[3], argv[4], argv[5], argv[6], then); !status) {
        std::cerr << "the library cannot be embedded: " << printable(status.error().message) << '\n';
        return 1;
    }
    return 0;
}
