#include "app/project/subject.hpp"

#include "library/flaws.hpp"
#include "library/library.hpp"

namespace mlpath::app {

std::string Subject::name() const {
    switch (kind) {
        case Kind::skeleton: return "skeleton";
        case Kind::solution: return "solution";
        case Kind::flaw: break;
    }
    return "flawed/" + flaw.name;
}

Result<std::map<std::string, std::string>> template_files(const library::Content& content, const std::string& project,
                                                          std::string_view below) {
    const auto prefix = library::template_path(project, below);
    MLPATH_TRY(const auto paths, content.list(prefix));
    std::map<std::string, std::string> files;
    for (const auto& path : paths) {
        MLPATH_TRY(files[path.substr(prefix.size())], content.read(path));
    }
    return files;
}

Result<SubjectFiles> files_of(const library::Content& content, const std::string& project, const Subject& subject) {
    MLPATH_TRY(auto files, template_files(content, project, "skeleton/"));
    if (subject.kind == Subject::Kind::skeleton) {
        return files;
    }
    MLPATH_TRY(const auto solution, template_files(content, project, "solution/"));
    for (const auto& [name, bytes] : solution) {
        files[name] = bytes;
    }
    if (subject.kind == Subject::Kind::flaw) {
        MLPATH_TRY(auto laid, library::flawed_files(content, project, subject.flaw));
        if (!laid.faults.empty()) {
            const auto& fault = laid.faults.front();
            return fail({ErrorKind::malformed,
                         "the flaw `" + subject.flaw.name + "` cannot be made: " + fault.message,
                         {library::flaws_path(project), {}, 0},
                         fault.suggestion});
        }
        for (auto& [name, bytes] : laid.files) {
            files[name] = std::move(bytes);
        }
    }
    return files;
}

Result<TemporaryFolder> lay(const SubjectFiles& files) {
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-selftest-"));
    for (const auto& [name, bytes] : files) {
        MLPATH_CHECK(write_file(folder.path() / fs::path(name), bytes, Durability::cached));
    }
    return folder;
}

}  // namespace mlpath::app
