#include "system/http_curl_library.hpp"

namespace mlpath::system {

Result<CurlLibrary> CurlLibrary::open() {
    MLPATH_TRY(auto library, SharedLibrary::open("libcurl.so.4", "libcurl4"));
    CurlLibrary curl{.library = library};
    MLPATH_CHECK(library.load(curl.global_init, "curl_global_init"));
    MLPATH_CHECK(library.load(curl.easy_init, "curl_easy_init"));
    MLPATH_CHECK(library.load(curl.easy_reset, "curl_easy_reset"));
    MLPATH_CHECK(library.load(curl.easy_cleanup, "curl_easy_cleanup"));
    MLPATH_CHECK(library.load(curl.easy_setopt, "curl_easy_setopt"));
    MLPATH_CHECK(library.load(curl.easy_getinfo, "curl_easy_getinfo"));
    MLPATH_CHECK(library.load(curl.easy_strerror, "curl_easy_strerror"));
    MLPATH_CHECK(library.load(curl.multi_init, "curl_multi_init"));
    MLPATH_CHECK(library.load(curl.multi_cleanup, "curl_multi_cleanup"));
    MLPATH_CHECK(library.load(curl.multi_setopt, "curl_multi_setopt"));
    MLPATH_CHECK(library.load(curl.multi_add_handle, "curl_multi_add_handle"));
    MLPATH_CHECK(library.load(curl.multi_remove_handle, "curl_multi_remove_handle"));
    MLPATH_CHECK(library.load(curl.multi_perform, "curl_multi_perform"));
    MLPATH_CHECK(library.load(curl.multi_poll, "curl_multi_poll"));
    MLPATH_CHECK(library.load(curl.multi_wakeup, "curl_multi_wakeup"));
    MLPATH_CHECK(library.load(curl.multi_info_read, "curl_multi_info_read"));
    MLPATH_CHECK(library.load(curl.multi_strerror, "curl_multi_strerror"));
    MLPATH_CHECK(library.load(curl.slist_append, "curl_slist_append"));
    MLPATH_CHECK(library.load(curl.slist_free_all, "curl_slist_free_all"));
    return curl;
}

}  // namespace mlpath::system
