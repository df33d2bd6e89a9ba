#include "app/git/recorded.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "run/beneath.hpp"
#include "workspace/repository.hpp"

namespace mlpath::app {

namespace {

constexpr std::uintmax_t most_bytes_of_attributes = 1u << 20;
constexpr std::string_view attributes_name = ".gitattributes";

// What the settings of the repository, the user and the machine say of it.
struct Filters {
    std::set<std::string, std::less<>> programs{};  // the filters that have one for the way in
    std::string attributes_file{};                  // of the user or the machine, as it is written there
    bool has_own_attributes_file = false;           // of the repository: it may lead anywhere, and is not read
};

std::optional<Filters> filters_of(const Git& git, const fs::path& root) {
    const auto told = git.ask({.folder = root,
                               .words = {"config", "-z", "--show-scope", "--get-regexp",
                                         "^(core\\.attributesfile|filter\\..*\\.(clean|process))$"},
                               .settings = Git::Settings::of_the_user});
    if (!told || told->exit_code > 1) {  // 1: nothing of it is set
        return std::nullopt;
    }
    Filters filters;
    const auto text = told->out.text();
    const auto parts = split(text, '\0');
    // scope NUL key LF value NUL
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
        const auto line = parts[i + 1].find('\n');
        const auto key = parts[i + 1].substr(0, line);
        const auto value = line == std::string_view::npos ? std::string_view() : parts[i + 1].substr(line + 1);
        if (constexpr std::string_view front = "filter."; key.starts_with(front)) {
            if (!trim(value).empty()) {
                filters.programs.emplace(key.substr(front.size(), key.rfind('.') - front.size()));
            }
        } else if (parts[i] == "system" || parts[i] == "global") {
            filters.attributes_file = value;
        } else {
            filters.has_own_attributes_file = !value.empty();
        }
    }
    return filters;
}

// The paths of the attributes files that git would look at for a file: "a/b.py" has ".gitattributes" and
// "a/.gitattributes".
void add_attributes_of(std::string_view path, std::set<std::string>& files) {
    files.emplace(attributes_name);
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        files.emplace(std::string(path.substr(0, slash + 1)) + std::string(attributes_name));
    }
}

// The repository of our own.
class Copies {
public:
    static Result<Copies> make(const fs::path& root, const std::vector<WorkFile>& files) {
        MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-git-"));
        Copies copies(std::move(folder));
        MLPATH_CHECK(make_folders(copies.git() / "objects"));
        MLPATH_CHECK(make_folders(copies.git() / "refs"));
        MLPATH_CHECK(make_folders(copies.tree()));
        const bool long_names = !files.empty() && files.front().blob.size() > 40;
        MLPATH_CHECK(write_file(copies.git() / "HEAD", "ref: refs/heads/none\n", Durability::cached));
        MLPATH_CHECK(write_file(copies.git() / "config",
                                long_names ? "[core]\n\trepositoryformatversion = 1\n\tbare = false\n"
                                             "[extensions]\n\tobjectformat = sha256\n"
                                           : "[core]\n\trepositoryformatversion = 0\n\tbare = false\n",
                                Durability::cached));
        if (const auto around = workspace::repository_around(root)) {
            if (const auto attributes = read_without_links(around->folders.front(), "info/attributes")) {
                MLPATH_CHECK(write_file(copies.git() / "info/attributes", *attributes, Durability::cached));
            }
        }
        std::set<std::string> attributes;
        for (const auto& file : files) {
            add_attributes_of(file.path, attributes);
            MLPATH_CHECK(write_file(copies.tree() / fs::path(file.path), file.bytes, Durability::cached));
        }
        for (const auto& path : attributes) {
            if (const auto bytes = read_without_links(root, path)) {
                MLPATH_CHECK(write_file(copies.tree() / path, *bytes, Durability::cached));
            }
        }
        return copies;
    }

    // A command of git's on the files.
    [[nodiscard]] std::optional<system::ProcessOutcome> ask(const Git& git, const Filters& filters,
                                                            std::vector<std::string> words,
                                                            const std::vector<WorkFile>& files) const {
        std::vector<std::string> all{"-c", "core.autocrlf=input", "-c", "core.safecrlf=false"};
        if (!filters.attributes_file.empty()) {
            all.insert(all.end(), {"-c", "core.attributesFile=" + filters.attributes_file});
        }
        all.insert(all.end(), words.begin(), words.end());
        for (const auto& file : files) {
            all.push_back(file.path);
        }
        return git.ask({.folder = tree(),
                        .words = std::move(all),
                        .settings = Git::Settings::of_the_user,  // for the attributes that the user keeps at home
                        .environment = {{"GIT_DIR", this->git().string()},
                                        {"GIT_WORK_TREE", tree().string()},
                                        {"GIT_CONFIG_GLOBAL", "/dev/null"},
                                        {"GIT_CONFIG_NOSYSTEM", "1"}}});
    }

private:
    explicit Copies(TemporaryFolder folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] fs::path git() const { return m_folder.path() / "git"; }
    [[nodiscard]] fs::path tree() const { return m_folder.path() / "tree"; }

    static std::optional<std::string> read_without_links(const fs::path& folder, const std::string& path) {
        const auto from = run::FolderHandle::open(folder);
        auto bytes = from ? from->read(path, most_bytes_of_attributes, run::FolderHandle::Links::any)
                          : Result<std::string>(fail(from.error()));
        return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
    }

    TemporaryFolder m_folder;
};

// The filter that each file goes through; "" for none.
std::optional<std::vector<std::string>> drivers(const Copies& copies, const Git& git, const Filters& filters,
                                                const std::vector<WorkFile>& files) {
    const auto told = copies.ask(git, filters, {"check-attr", "-z", "filter", "--"}, files);
    const auto text = told && told->succeeded() ? told->out.text() : std::string();
    const auto parts = split(text, '\0');
    if (parts.size() < files.size() * 3) {
        return std::nullopt;
    }
    std::vector<std::string> found;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto value = parts[i * 3 + 2];
        found.emplace_back(value == "unspecified" || value == "unset" || value == "set" ? "" : value);
    }
    return found;
}

// Files that one call of git is told of: their names fit on a command line.
constexpr std::size_t most_at_once = 200;

void record_some(const Git& git, const fs::path& root, const Filters& filters, const std::vector<WorkFile>& files,
                 RecordedFile* answers) {
    using Outcome = RecordedFile::Outcome;
    const auto untold = [&](std::size_t i) { answers[i] = {Outcome::untold, {}}; };
    const auto copies = Copies::make(root, files);
    const auto hashed = copies ? copies->ask(git, filters, {"hash-object", "--"}, files) : std::nullopt;
    const auto text = hashed && hashed->succeeded() ? hashed->out.text() : std::string();
    const auto names = lines(text);
    bool all_same = true;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (names.size() != files.size()) {
            untold(i);
        } else if (names[i] == files[i].blob ||
                   git_blob_id(lfs_pointer(files[i].bytes), files[i].blob.size()) == files[i].blob) {
            answers[i].outcome = Outcome::same;
        }
        all_same = all_same && answers[i].outcome == Outcome::same;
    }
    if (all_same || names.size() != files.size()) {
        return;
    }
    const auto through = drivers(*copies, git, filters, files);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (answers[i].outcome == Outcome::same) {
            continue;
        }
        if (!through || filters.has_own_attributes_file) {
            untold(i);
        } else if (const auto& filter = (*through)[i]; filters.programs.contains(filter) && filter != "lfs") {
            answers[i] = {Outcome::untold, filter};
        }
    }
}

}  // namespace

std::string lfs_pointer(std::string_view bytes) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256_of(bytes) + "\nsize " +
           std::to_string(bytes.size()) + "\n";
}

std::vector<RecordedFile> recorded(const Git& git, const fs::path& root, const std::vector<WorkFile>& files) {
    std::vector<RecordedFile> answers(files.size());
    const auto filters = filters_of(git, root);
    for (std::size_t first = 0; first < files.size(); first += most_at_once) {
        const auto end = std::min(files.size(), first + most_at_once);
        const std::vector<WorkFile> some(files.begin() + static_cast<std::ptrdiff_t>(first),
                                         files.begin() + static_cast<std::ptrdiff_t>(end));
        if (filters) {
            record_some(git, root, *filters, some, answers.data() + first);
        } else {
            std::fill_n(answers.begin() + static_cast<std::ptrdiff_t>(first), some.size(),
                        RecordedFile{RecordedFile::Outcome::untold, {}});
        }
    }
    return answers;
}

}  // namespace mlpath::app
