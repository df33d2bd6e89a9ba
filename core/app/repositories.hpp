// What git says of the repositories that portfolios lie in. Each repository is asked once, however many portfolios it
// holds; only plumbing is asked that runs no hook, filter or transport of it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::app {

struct Commit {
    std::string id{};
    bool dirty = false;  // whether a file that was taken differs from the commit or is not in it, or one is gone
};
// Whether a file would be taken, were it there.
using WouldTake = std::function<bool(std::string_view path)>;
// The name that git gives to a file's content, in so many digits, where it is known without reading the file.
using KnownBlob = std::function<std::optional<std::string>(std::string_view path, std::size_t digits)>;

class Repositories {
public:
    Repositories(const system::Environment& environment, system::Processes& processes)
        : m_environment(environment), m_processes(processes) {}

    // The portfolio's folder seen from the root of its repository, "" for the root itself; nullopt outside of one.
    [[nodiscard]] std::optional<std::string> folder_of(const fs::path& portfolio);
    // `taken`: the files of the portfolio that were taken, relative to it. nullopt outside of a repository, or without
    // git.
    [[nodiscard]] std::optional<Commit> commit_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                                  const WouldTake& would_take, const KnownBlob& known = {});

private:
    using Blobs = std::map<std::string, std::string, std::less<>>;  // path -> object id
    struct Known {
        bool is_root = false;  // git takes this folder for the root, too
        std::optional<std::string> head{};
        std::optional<Blobs> blobs{};  // of the whole commit, listed for the second portfolio in it
        bool listed = false;
        std::size_t asked = 0;
    };
    // The nearest folder above that looks like the root of a repository; null where there is none or git disagrees.
    Known* around(const fs::path& portfolio, fs::path& root);
    std::optional<std::string> ask(const fs::path& folder, const std::vector<std::string>& words);
    std::optional<Blobs> list(const fs::path& folder);
    std::optional<Blobs> blobs_below(const fs::path& portfolio);

    const system::Environment& m_environment;
    system::Processes& m_processes;
    std::map<fs::path, Known> m_known{};
};

}  // namespace mlpath::app
