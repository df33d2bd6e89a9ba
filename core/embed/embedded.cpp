#include "library/embedded.hpp"

// Defined by embedded.S.
extern "C" {
extern const char mlpath_embedded_blob[];
extern const char mlpath_embedded_blob_end[];
extern const char mlpath_embedded_index[];
extern const char mlpath_embedded_index_end[];
}

namespace mlpath::library {

std::string_view embedded_blob() { return {mlpath_embedded_blob, mlpath_embedded_blob_end}; }
std::string_view embedded_index() { return {mlpath_embedded_index, mlpath_embedded_index_end}; }

}  // namespace mlpath::library
