#include <system_error>

#include "host.hpp"
#include "library/embedded.hpp"
#include "library/library.hpp"

namespace mlpath::cli {

Result<const library::Content*> Host::content() {
    if (m_content == nullptr) {
        const auto chosen =
            m_options.library.empty() ? m_environment.get("MLPATH_LIBRARY").value_or("") : m_options.library;
        if (chosen.empty()) {
            m_content = library::blob_content(library::embedded_blob());
        } else {
            std::error_code error;
            if (!fs::is_directory(chosen, error)) {
                return fail(ErrorKind::usage, "the library `" + chosen + "` is no folder",
                            m_options.library.empty() ? "MLPATH_LIBRARY names it: correct or unset it"
                                                      : "`--library` takes a folder with `curricula` and `templates`");
            }
            // A folder of an author needs no schemas and no harness of its own.
            m_content = library::overlay_content(library::folder_content(chosen),
                                                 library::blob_content(library::embedded_blob()));
        }
        note("library: " + m_content->origin());
    }
    return m_content.get();
}

Result<const library::Index*> Host::index() {
    if (!m_index) {
        MLPATH_TRY(const auto* source, content());
        const bool embedded = m_options.library.empty() && !m_environment.get("MLPATH_LIBRARY");
        if (embedded) {
            MLPATH_TRY(m_index, library::read_index(library::embedded_index()));
        } else {
            MLPATH_TRY(const auto loaded, library::load(*source));
            if (!loaded.ok()) {
                auto error = to_error(loaded.faults);
                error.hint += std::string(error.hint.empty() ? "" : "; ") + "`mlpath lint` tells every fault";
                return fail(std::move(error));
            }
            m_index = library::make_index(loaded.library);
        }
    }
    return &*m_index;
}

Result<app::Context> Host::context() {
    MLPATH_TRY(const auto* texts, content());
    MLPATH_TRY(const auto* compiled, index());
    std::error_code error;
    auto folder = fs::current_path(error);
    if (error) {
        return fail(ErrorKind::io, "the folder we stand in is gone: " + error.message(), "`cd` to one that is there");
    }
    return app::Context{m_environment, m_clock, m_random, *texts, *compiled, std::move(folder)};
}

}  // namespace mlpath::cli
