#include "app/judge/remembered.hpp"

#include "base/hash.hpp"
#include "checks/finding_json.hpp"
#include "run/trial.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view format = "results 1";  // raised when the same key would have to mean something else

fs::path results_folder(const Context& context) { return system::cache_folder(context.environment) / "results"; }

}  // namespace

Result<std::string> hash_of_files(const library::Content& content, const std::vector<std::string>& parts) {
    Sha256 hash;
    for (const auto& part : parts) {
        MLPATH_TRY(const auto paths, content.list(part));
        for (const auto& path : paths) {
            MLPATH_TRY(const auto bytes, content.read(path));
            hash.update(path + '\0' + sha256_of(bytes) + '\n');
        }
    }
    return hash.finish();
}

Result<std::string> library_hash(const library::Content& content) { return hash_of_files(content, {""}); }

Remembered::Remembered(const Context& context, run::ResultStore store, run::Told told, Freshness freshness)
    : m_context(context),
      m_store(std::move(store)),
      m_told(told),
      m_freshness(freshness),
      m_hashes(run::KnownHashes::load(results_folder(context) / "hashes", context.clock)) {}

std::unique_ptr<Remembered> Remembered::own(const Context& context, Freshness freshness) {
    auto store = run::ResultStore::own(results_folder(context));
    return std::unique_ptr<Remembered>(new Remembered(context, std::move(store), run::Told::by_identity, freshness));
}

std::unique_ptr<Remembered> Remembered::shared(const Context& context, fs::path folder, std::string secret,
                                               Freshness freshness) {
    static_cast<void>(run::ResultStore::own(results_folder(context)));  // a private place for the hashes
    auto store = run::ResultStore::shared(std::move(folder), std::move(secret));
    return std::unique_ptr<Remembered>(new Remembered(context, std::move(store), run::Told::by_size, freshness));
}

// Of one that was replaced while it runs, what is left of it is read.
Result<std::string> Remembered::program_hash() {
    constexpr auto link = "/proc/self/exe";
    std::error_code error;
    const auto path = fs::read_symlink(link, error);
    if (!error && fs::equivalent(path, link, error)) {
        return m_hashes.sha256(path);
    }
    return sha256_of_file(link);
}

Result<std::string> Remembered::library_hash() {
    const std::scoped_lock lock(m_mutex);
    if (!m_library) {
        MLPATH_TRY(m_library, app::library_hash(m_context.content));
    }
    return *m_library;
}

std::optional<std::string> Remembered::judge_seen(const run::Interpreter& judge) {
    const auto library = library_hash();
    const std::scoped_lock lock(m_mutex);
    if (!m_tool) {
        const auto tool = program_hash();
        if (!tool || !library) {
            return std::nullopt;
        }
        m_tool = *tool + ' ' + *library;
    }
    const auto where = m_told == run::Told::by_identity ? judge.path.string() : std::string();
    return std::string(format) + '\n' + *m_tool + '\n' + judge.version + ' ' + where;
}

std::optional<std::string> Remembered::installed_for(const run::Interpreter& python) {
    const std::scoped_lock lock(m_looking);
    const auto [known, is_new] = m_installed.try_emplace(python.path);
    if (is_new) {
        known->second = run::installed_hash(python, m_told);
    }
    return known->second;
}

std::optional<std::string> Remembered::programs_seen(const run::Interpreter& python, const run::Sandbox& sandbox,
                                                     unsigned threads) {
    const auto installed = installed_for(python);
    if (!installed) {
        return std::nullopt;
    }
    const auto where = m_told == run::Told::by_identity ? python.path.string() : std::string();
    return *installed + '\n' + python.version + ' ' + where + '\n' + sandbox.seen() + ' ' + std::to_string(threads);
}

Result<FileHashes> Remembered::files_seen(const run::Sources& sources) {
    FileHashes hashes;
    for (const auto& file : sources.files) {
        MLPATH_TRY(hashes[file], m_hashes.sha256(sources.folder / fs::path(file)));
    }
    return hashes;
}

Result<Remembered::SourcesSeen> Remembered::sources_seen(const run::Sources& sources) {
    SourcesSeen seen;
    for (std::size_t i = 0; i < sources.files.size(); ++i) {
        const auto& file = sources.files[i];
        MLPATH_TRY(auto hashes, m_hashes.of(sources.folder / fs::path(file), sources.identities[i]));
        seen.sha256.emplace_hint(seen.sha256.end(), file, std::move(hashes.sha256));
        seen.git_blob.emplace_hint(seen.git_blob.end(), file, std::move(hashes.git_blob));
    }
    return seen;
}

std::optional<std::string> Remembered::git_blob(const fs::path& file, std::size_t digits) {
    auto hashes = m_hashes.of(file);
    return hashes && hashes->git_blob.size() == digits ? std::optional(std::move(hashes->git_blob)) : std::nullopt;
}

KnownRepositories& Remembered::repositories() {
    if (!m_repositories) {
        m_repositories = KnownRepositories::load(results_folder(m_context) / "repositories", m_context.clock);
    }
    return *m_repositories;
}

std::optional<std::string> Remembered::find(std::string_view key) const {
    return m_freshness == Freshness::cached ? m_store.find(key) : std::nullopt;
}

ProjectMemory::ProjectMemory(const Seen& seen, checks::Visible visible, ProjectData& data, Remembered& remembered)
    : m_sources(seen.sources),
      m_trial(seen.trial),
      m_visible(std::move(visible)),
      m_data(data),
      m_remembered(remembered) {}

std::unique_ptr<ProjectMemory> ProjectMemory::of(const Seen& seen, ProjectData& data, Remembered& remembered) {
    auto judge = remembered.judge_seen(seen.judge);
    auto programs = remembered.programs_seen(seen.python, seen.sandbox, seen.threads);
    auto files = remembered.files_seen(seen.sources);
    if (!judge || !programs || !files) {
        return nullptr;
    }
    // What two runs differ in is why the second recalled nothing: hashes of all of it, by which to compare their logs.
    remembered.log().debug("what checks see", [&] {
        LogFields fields{{"folder", seen.sources.folder.string()},
                         {"mlpath-and-judge", hash128_hex(*judge)},
                         {"python-packages-sandbox", hash128_hex(*programs)}};
        std::string sources;
        for (const auto& [file, sha256] : *files) {
            sources += (sources.empty() ? "" : ", ") + file + ' ' + sha256.substr(0, 16);
        }
        fields.push_back({"sources", std::move(sources)});
        return fields;
    });
    return std::unique_ptr<ProjectMemory>(new ProjectMemory(
        seen, {.judge = std::move(*judge), .programs = std::move(*programs), .files = std::move(*files)}, data,
        remembered));
}

std::optional<std::string> ProjectMemory::data() {
    auto fingerprint = m_data.fingerprint();
    m_remembered.log().debug("what checks see of data", [&] {
        return LogFields{
            {"data", fingerprint ? fingerprint->substr(0, 16) : "cannot be had: " + fingerprint.error().message}};
    });
    return fingerprint ? std::optional(std::move(*fingerprint)) : std::nullopt;
}

std::optional<checks::Finding> ProjectMemory::recall(std::string_view key) {
    const auto text = m_remembered.find(key);
    const auto json = text ? Json::parse(*text, nullptr, false) : Json(Json::value_t::discarded);
    auto finding = json.is_discarded() ? std::nullopt : checks::finding_from(json);
    return finding && checks::is_lasting(*finding) ? finding : std::nullopt;
}

std::string_view ProjectMemory::why_nothing() const {
    return m_remembered.freshness() == Freshness::fresh ? "results of before were set aside, as asked"
                                                        : Memory::why_nothing();
}

void ProjectMemory::keep(std::string_view key, const checks::Finding& finding) {
    const auto not_kept = [&](std::string_view why) {
        m_remembered.log().info("result not kept",
                                [&] { return LogFields{{"key", std::string(key)}, {"why", std::string(why)}}; });
    };
    if (m_trial != nullptr && !m_trial->as_planned()) {
        not_kept("programs ran in another sandbox than the key says");
        return;
    }
    const auto files = m_remembered.files_seen(m_sources);
    if (!files || *files != m_visible.files) {
        not_kept("a source was changed meanwhile");
        return;
    }
    const auto json = checks::json_of(finding);
    if (!json) {
        not_kept("it holds what cannot be written down");
        return;
    }
    m_remembered.keep(key, json->dump());
}

}  // namespace mlpath::app
