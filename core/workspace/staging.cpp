#include "workspace/staging.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "base/walk.hpp"
#include "workspace/marker.hpp"

namespace mlpath::workspace {

namespace {

constexpr std::string_view prefix = ".mlpath-new-";

Error taken(const fs::path& target) {
    return {ErrorKind::usage,
            printable(target.string()) + " is there already and not empty",
            {target.string(), {}, 0},
            "name another folder, or move this one away; nothing in it was touched"};
}

// Where the target is the folder that we were started in, a rename would leave the learner's shell in a folder that is
// no more. So what is in it moves, the marker last: without it there is no project. What cannot be moved whole is moved
// back.
Status move_in(const fs::path& from, const fs::path& target) {
    MLPATH_CHECK(must_be_free(target));
    std::vector<std::string> names;
    MLPATH_CHECK(walk(from, [&](const Met& met) -> Result<Step> {
        names.emplace_back(met.path);
        return Step::past;
    }));
    std::error_code error;
    std::ranges::sort(names, {}, [](const std::string& name) { return std::pair(name == marker_name, name); });
    for (std::size_t i = 0; i < names.size() && !error; ++i) {
        fs::rename(from / names[i], target / names[i], error);
        if (error) {
            std::error_code ignored;
            for (std::size_t back = 0; back < i; ++back) {
                fs::rename(target / names[back], from / names[back], ignored);
            }
        }
    }
    if (error) {
        return fail(system_error("cannot make", target, error.value()));
    }
    static_cast<void>(flush(target));
    return {};
}

}  // namespace

Status must_be_free(const fs::path& target) {
    std::error_code error;
    const auto status = fs::symlink_status(target, error);
    if (!fs::exists(status)) {
        return {};
    }
    if (!fs::is_directory(status)) {
        return fail({ErrorKind::usage,
                     printable(target.string()) + (fs::is_symlink(status) ? " is a link" : " is there already"),
                     {target.string(), {}, 0},
                     "name a folder that is not there yet"});
    }
    if (!fs::is_empty(target, error) || error) {
        return fail(taken(target));
    }
    return {};
}

Result<Staging> Staging::make(const fs::path& target) {
    const auto parent = target.parent_path();
    MLPATH_TRY(auto parents, NewFolders::make(parent));
    sweep_temporary_folders(prefix, parent);
    MLPATH_TRY(auto hidden, TemporaryFolder::make(prefix, parent));
    Staging staging(std::move(parents), std::move(hidden), target);
    MLPATH_CHECK(make_folders(staging.path()));
    return staging;
}

Status Staging::publish() {
    static_cast<void>(flush(path()));
    std::error_code error;
    if (fs::equivalent(m_target, fs::current_path(error), error) && !error) {
        return move_in(path(), m_target);  // into a folder that was there
    }
    if (::rename(path().c_str(), m_target.c_str()) != 0) {
        if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) {
            return fail(taken(m_target));
        }
        return fail(system_error("cannot make", m_target, errno));
    }
    m_parents.keep();
    static_cast<void>(flush(m_target.parent_path()));
    return {};
}

}  // namespace mlpath::workspace
