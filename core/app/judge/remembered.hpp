// The results of before, for `check` and `verify --cache`: nothing is run twice. A result is kept under a key made of
// the content of everything that was visible to what found it out: the learner's sources, the data, the checks, the
// interpreter and its packages, the sandbox, mlpath itself.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/data/project_data.hpp"
#include "app/git/known_repositories.hpp"
#include "app/project/portfolio.hpp"
#include "checks/memory.hpp"
#include "run/installed.hpp"
#include "run/known_hashes.hpp"
#include "run/result_store.hpp"
#include "run/sandbox.hpp"
#include "run/step.hpp"

namespace mlpath::app {

// fresh: nothing is recalled, and everything that is found out replaces what was known.
enum class Freshness { cached, fresh };

// One hash of all files whose paths begin with one of the parts, which are in order.
[[nodiscard]] Result<std::string> hash_of_files(const library::Content& content, const std::vector<std::string>& parts);
// The hash of each file of the library that judges.
[[nodiscard]] Result<std::string> library_hash(const library::Content& content);

// May be used from several threads.
class Remembered {
public:
    // In the user's own cache folder.
    [[nodiscard]] static std::unique_ptr<Remembered> own(const Context& context, Freshness freshness);
    // In a folder that machines share, where `secret` tells our entries from those of others.
    [[nodiscard]] static std::unique_ptr<Remembered> shared(const Context& context, fs::path folder, std::string secret,
                                                            Freshness freshness);
    Remembered(const Remembered&) = delete;
    Remembered& operator=(const Remembered&) = delete;
    ~Remembered() {
        m_context.log.kept("hashes of files", m_hashes.save());
        if (m_repositories) {
            m_context.log.kept("what git said", m_repositories->save());
        }
    }

    // The SHA-256 of this program.
    [[nodiscard]] Result<std::string> program_hash();
    // Worked out once.
    [[nodiscard]] Result<std::string> library_hash();
    // What judges: this program, its library, the interpreter of check scripts. Nothing where it cannot be told.
    [[nodiscard]] std::optional<std::string> judge_seen(const run::Interpreter& judge);
    // What is installed for the interpreter, looked at once. Nothing where there is too much.
    [[nodiscard]] std::optional<std::string> installed_for(const run::Interpreter& python);
    // What a learner's program finds on the machine. Nothing where there is too much to look at.
    [[nodiscard]] std::optional<std::string> programs_seen(const run::Interpreter& python, const run::Sandbox& sandbox,
                                                           unsigned threads);
    // The SHA-256 of each file, and the name that git gives to the content of one: nothing where it cannot be had.
    [[nodiscard]] Result<FileHashes> files_seen(const run::Sources& sources);
    struct SourcesSeen {
        FileHashes sha256{};
        FileHashes git_blob{};
    };
    // Both, of sources that were collected just now.
    [[nodiscard]] Result<SourcesSeen> sources_seen(const run::Sources& sources);
    [[nodiscard]] std::optional<std::string> git_blob(const fs::path& file, std::size_t digits);

    // What git said. For one thread at a time.
    [[nodiscard]] KnownRepositories& repositories();

    [[nodiscard]] std::optional<std::string> find(std::string_view key) const;
    // Where it cannot be kept it is found out again.
    void keep(std::string_view key, std::string_view content) const {
        m_context.log.kept("a result", m_store.keep(key, content));
    }
    [[nodiscard]] const Log& log() const { return m_context.log; }
    [[nodiscard]] Freshness freshness() const { return m_freshness; }
    [[nodiscard]] std::size_t forged() const { return m_store.forged(); }

private:
    Remembered(const Context& context, run::ResultStore store, run::Told told, Freshness freshness);

    const Context m_context;
    run::ResultStore m_store;
    run::Told m_told;
    Freshness m_freshness;
    run::KnownHashes m_hashes;
    std::optional<KnownRepositories> m_repositories{};             // read when they are asked for
    std::mutex m_looking{};                                        // guards the next
    std::map<fs::path, std::optional<std::string>> m_installed{};  // by interpreter
    std::mutex m_mutex{};                                          // guards what follows
    std::optional<std::string> m_library{};
    std::optional<std::string> m_tool{};  // this program and its library
};

// What one project's checks remember.
class ProjectMemory final : public checks::Memory {
public:
    struct Seen {
        const run::Interpreter& judge;
        const run::Interpreter& python;
        const run::Sandbox& sandbox;
        unsigned threads = 1;  // that numeric libraries may start in each program
        const run::Sources& sources;
        const run::Trial* trial = nullptr;  // of the sandbox; null: there is none
    };
    // Null where it cannot be told what the checks see. All outlives it.
    [[nodiscard]] static std::unique_ptr<ProjectMemory> of(const Seen& seen, ProjectData& data, Remembered& remembered);

    [[nodiscard]] const checks::Visible& visible() const override { return m_visible; }
    [[nodiscard]] std::optional<std::string> data() override;
    [[nodiscard]] std::optional<checks::Finding> recall(std::string_view key) override;
    [[nodiscard]] std::string_view why_nothing() const override;
    // Not where a source was changed meanwhile: nobody knows which of the two the check saw. Nor where programs had to
    // run in another sandbox than the key says.
    void keep(std::string_view key, const checks::Finding& finding) override;

private:
    ProjectMemory(const Seen& seen, checks::Visible visible, ProjectData& data, Remembered& remembered);

    run::Sources m_sources;
    const run::Trial* m_trial;
    checks::Visible m_visible;
    ProjectData& m_data;
    Remembered& m_remembered;
};

}  // namespace mlpath::app
