#include "app/repositories.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "run/beneath.hpp"

namespace mlpath::app {

namespace {

constexpr std::uintmax_t most_bytes_a_file = 16u << 20;

std::optional<std::string> head_of(const std::optional<std::string>& answer) {
    return answer ? std::optional(std::string(trim(*answer))) : std::nullopt;
}

}  // namespace

// One question to git, answered without anything of the repository being executed.
std::optional<std::string> Repositories::ask(const fs::path& folder, const std::vector<std::string>& words) {
    const auto git = system::find_program("git", m_environment.get("PATH").value_or("/usr/bin:/bin"));
    if (!git) {
        return std::nullopt;
    }
    system::ProcessSpec spec{.argv = {git->string(), "--no-pager", "-c", "safe.directory=*", "-c",
                                      "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"},
                             .environment = {{"PATH", "/usr/bin:/bin"},
                                             {"LC_ALL", "C.UTF-8"},
                                             {"GIT_CONFIG_NOSYSTEM", "1"},
                                             {"GIT_CONFIG_GLOBAL", "/dev/null"},
                                             {"GIT_OPTIONAL_LOCKS", "0"},
                                             {"GIT_NO_LAZY_FETCH", "1"},
                                             {"GIT_ALLOW_PROTOCOL", "none"},
                                             {"GIT_TERMINAL_PROMPT", "0"}},
                             .folder = folder,
                             .wall_limit = std::chrono::seconds(30),
                             .output_kept = 64u << 20};
    spec.argv.insert(spec.argv.end(), words.begin(), words.end());
    const auto outcome = m_processes.run(spec);
    if (!outcome || !outcome->succeeded() || !outcome->out.complete()) {
        return std::nullopt;
    }
    return outcome->out.text();
}

Repositories::Known* Repositories::around(const fs::path& portfolio, fs::path& root) {
    std::error_code ignored;
    root = fs::canonical(portfolio, ignored);
    while (!root.empty() && !fs::exists(fs::symlink_status(root / ".git", ignored))) {
        root = root == root.parent_path() ? fs::path() : root.parent_path();
    }
    if (root.empty()) {
        return nullptr;
    }
    const auto [known, is_new] = m_known.try_emplace(root);
    if (is_new) {
        known->second.is_root = ask(root, {"rev-parse", "--show-prefix"}) == "\n";
        known->second.head = head_of(ask(root, {"rev-parse", "--verify", "--quiet", "HEAD^{commit}"}));
    }
    return known->second.is_root ? &known->second : nullptr;
}

std::optional<std::string> Repositories::folder_of(const fs::path& portfolio) {
    fs::path root;
    if (around(portfolio, root) != nullptr) {
        std::error_code ignored;
        const auto folder = fs::canonical(portfolio, ignored).lexically_relative(root).generic_string();
        return folder == "." ? std::string() : folder;
    }
    auto prefix = ask(portfolio, {"rev-parse", "--show-prefix"});
    if (prefix && prefix->ends_with('\n')) {
        prefix->pop_back();
    }
    if (prefix && prefix->ends_with('/')) {
        prefix->pop_back();
    }
    return prefix;
}

std::optional<Repositories::Blobs> Repositories::list(const fs::path& folder) {
    const auto tree = ask(folder, {"ls-tree", "-r", "-z", "HEAD", "."});
    if (!tree) {
        return std::nullopt;
    }
    Blobs blobs;
    for (const auto entry : split(*tree, '\0')) {
        // "<mode> blob <id>\t<path>"
        const auto tab = entry.find('\t');
        const auto words = split(entry.substr(0, tab), ' ');
        if (tab != std::string_view::npos && words.size() == 3 && words[1] == "blob") {
            blobs.emplace_hint(blobs.end(), entry.substr(tab + 1), words[2]);
        }
    }
    return blobs;
}

// A large repository is listed whole only where it holds more than one portfolio.
std::optional<Repositories::Blobs> Repositories::blobs_below(const fs::path& portfolio) {
    fs::path root;
    auto* const known = around(portfolio, root);
    const auto folder = folder_of(portfolio);
    if (known == nullptr || !folder || folder->empty() || ++known->asked == 1) {
        return list(portfolio);
    }
    if (!known->listed) {
        known->blobs = list(root);
        known->listed = true;
    }
    if (!known->blobs) {
        return list(portfolio);
    }
    const auto prefix = *folder + '/';
    Blobs blobs;
    for (auto blob = known->blobs->lower_bound(prefix); blob != known->blobs->end() && blob->first.starts_with(prefix);
         ++blob) {
        blobs.emplace_hint(blobs.end(), blob->first.substr(prefix.size()), blob->second);
    }
    return blobs;
}

std::optional<Commit> Repositories::commit_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                              const WouldTake& would_take, const KnownBlob& known) {
    fs::path root;
    const auto* const repository = around(portfolio, root);
    const auto head = repository != nullptr
                          ? repository->head
                          : head_of(ask(portfolio, {"rev-parse", "--verify", "--quiet", "HEAD^{commit}"}));
    const auto blobs = head ? blobs_below(portfolio) : std::nullopt;
    if (!blobs) {
        return std::nullopt;
    }
    Commit commit{.id = *head, .dirty = false};
    std::optional<Result<run::FolderHandle>> from;  // opened when the first file has to be read
    const auto id_of = [&](const std::string& file, std::size_t digits) -> std::optional<std::string> {
        if (auto id = known ? known(file, digits) : std::nullopt) {
            return id;
        }
        if (!from) {
            from.emplace(run::FolderHandle::open(portfolio));
        }
        const auto bytes = *from ? (*from)->read(file, most_bytes_a_file, run::FolderHandle::Links::any)
                                 : Result<std::string>(fail((*from).error()));
        return bytes ? std::optional(git_blob_id(*bytes, digits)) : std::nullopt;
    };
    for (const auto& file : taken) {
        const auto blob = blobs->find(file);
        commit.dirty = commit.dirty || blob == blobs->end() || id_of(file, blob->second.size()) != blob->second;
    }
    for (const auto& [path, id] : *blobs) {
        std::error_code ignored;
        commit.dirty = commit.dirty || (would_take(path) && !fs::exists(fs::symlink_status(portfolio / path, ignored)));
    }
    return commit;
}

}  // namespace mlpath::app
