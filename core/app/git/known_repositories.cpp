#include "app/git/known_repositories.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <limits>

#include "base/kept_file.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view repositories_title = "mlpath repositories 1";
constexpr std::size_t most_answer_bytes = 64u << 20;
constexpr std::size_t most_bytes_unused = 8u << 20;  // of repositories that this run had nothing to do with
constexpr std::uintmax_t most_bytes_a_setting = 1u << 20;

// What decides where HEAD is, beside the reference that it names. A new name among them changes `.git` itself.
constexpr std::array settings{"HEAD", "config", "config.worktree", "packed-refs", "commondir"};

constexpr auto ever = std::numeric_limits<std::int64_t>::max();

bool is_commit(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The reference that HEAD names; "" where it is a commit itself.
std::optional<std::string> named_by(std::string_view head) {
    constexpr std::string_view names = "ref: ";
    if (is_commit(head)) {
        return "";
    }
    if (!head.starts_with(names) || !head.substr(names.size()).starts_with("refs/") ||
        !stays_inside(head.substr(names.size()))) {
        return std::nullopt;
    }
    return std::string(head.substr(names.size()));
}

std::optional<std::string> packed(const fs::path& git, std::string_view reference) {
    const auto text = read_file(git / "packed-refs");
    for (const auto line : text ? lines(*text) : std::vector<std::string_view>()) {
        const auto space = line.find(' ');
        if (space != std::string_view::npos && line.substr(space + 1) == reference) {
            return std::string(line.substr(0, space));
        }
    }
    return std::nullopt;
}

// Appends what the path is: absent, or which file with which times. False where it is neither, or changed too recently
// to be known again.
bool add(std::string& seen, const fs::path& path, mode_t kind, std::int64_t asked_ns) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0) {
        seen += "absent\n";
        return errno == ENOENT;
    }
    const auto identity = identity_from(status);
    seen += to_record(identity) + '\n';
    return (status.st_mode & S_IFMT) == kind && was_settled(identity, asked_ns);
}

std::optional<std::string> identities(const fs::path& git, std::string_view reference, std::int64_t asked_ns) {
    std::string seen;
    bool sound = add(seen, git, S_IFDIR, asked_ns);
    for (const auto* name : settings) {
        sound = sound && add(seen, git / name, S_IFREG, asked_ns);
    }
    sound = sound && (reference.empty() || add(seen, git / fs::path(reference), S_IFREG, asked_ns));
    return sound ? std::optional(std::move(seen)) : std::nullopt;
}

// Texts of any content, each behind its length.
void put(std::string& body, std::string_view text) { body += std::to_string(text.size()) + ' ' + std::string(text); }

std::optional<std::string_view> take(std::string_view& body) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size);
    const auto digits = static_cast<std::size_t>(end - body.data());
    if (error != std::errc() || body.size() - digits <= size || *end != ' ') {
        return std::nullopt;
    }
    const auto text = body.substr(digits + 1, size);
    body.remove_prefix(digits + 1 + size);
    return text;
}

}  // namespace

std::optional<Listing> Listing::of(std::string printed) {
    auto text = std::make_unique<const std::string>(std::move(printed));
    std::vector<File> files;
    for (const auto entry : split(*text, '\0')) {
        // "<mode> blob <id>\t<path>"
        constexpr std::string_view blob = " blob ";
        const auto tab = entry.find('\t');
        const auto kind = entry.find(blob);
        if (tab != std::string_view::npos && kind < tab) {
            const auto id = kind + blob.size();
            files.push_back({entry.substr(tab + 1), entry.substr(id, tab - id)});
        }
    }
    if (!std::ranges::is_sorted(files, {}, &File::path)) {
        return std::nullopt;
    }
    return Listing(std::move(text), std::move(files));
}

std::pair<const Listing::File*, const Listing::File*> Listing::below(std::string_view folder) const {
    const auto* const end = m_files.data() + m_files.size();
    const auto* const first =
        std::lower_bound(m_files.data(), end, folder, [](const File& file, auto path) { return file.path < path; });
    return {first, std::find_if(first, end, [&](const File& file) { return !file.path.starts_with(folder); })};
}

KnownRepositories KnownRepositories::load(fs::path file, const system::Clock& clock) {
    KnownRepositories known(std::move(file), clock);
    const auto kept = read_kept(known.m_file, repositories_title);
    auto body = kept ? std::string_view(*kept) : std::string_view();
    while (const auto root = take(body)) {
        const auto seen = take(body);
        const auto head = take(body);
        if (!seen || !head) {
            break;
        }
        Entry one{.seen = std::string(*seen), .answers = {.head = std::string(*head)}};
        for (auto folder = take(body); folder && *folder != "."; folder = take(body)) {
            const auto printed = take(body);
            auto listing = printed ? Listing::of(std::string(*printed)) : std::nullopt;
            if (listing) {
                one.answers.trees.emplace(*folder, std::move(*listing));
            }
        }
        known.m_known.insert_or_assign(std::string(*root), std::move(one));
    }
    return known;
}

KnownRepositories::Answers* KnownRepositories::find(const fs::path& root) {
    const auto known = m_known.find(root.string());
    if (known == m_known.end()) {
        return nullptr;
    }
    const auto git = root / ".git";
    const auto head = read_file(git / "HEAD", most_bytes_a_setting);
    const auto reference = head ? named_by(trim(*head)) : std::nullopt;
    if (!reference || identities(git, *reference, ever) != known->second.seen) {
        return nullptr;
    }
    known->second.used = true;
    return &known->second.answers;
}

std::optional<KnownRepositories::Evidence> KnownRepositories::look(const fs::path& root) const {
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(m_clock->now().time_since_epoch()).count();
    const auto git = root / ".git";
    const auto head = read_file(git / "HEAD", most_bytes_a_setting);
    const auto config = read_file(git / "config", most_bytes_a_setting);
    const auto reference = head ? named_by(trim(*head)) : std::nullopt;
    // Settings that include others are decided elsewhere, too.
    if (!reference || !config || to_lower_ascii(*config).find("include") != std::string::npos) {
        return std::nullopt;
    }
    Evidence evidence;
    if (reference->empty()) {
        evidence.head = trim(*head);
    } else if (const auto loose = read_file(git / fs::path(*reference), most_bytes_a_setting)) {
        evidence.head = trim(*loose);
    } else if (auto found = packed(git, *reference)) {
        evidence.head = std::move(*found);
    }
    auto seen = identities(git, *reference, now);
    if (!is_commit(evidence.head) || !seen) {
        return std::nullopt;
    }
    evidence.seen = std::move(*seen);
    return evidence;
}

KnownRepositories::Answers* KnownRepositories::learn(const fs::path& root, const Evidence& before,
                                                     const std::optional<std::string>& head) {
    if (head != before.head) {
        return nullptr;
    }
    m_changed = true;
    auto& known = m_known[root.string()];
    known = {.seen = before.seen, .answers = {.head = head}, .used = true};
    return &known.answers;
}

Status KnownRepositories::save() {
    if (!m_changed) {
        return {};
    }
    std::string body;
    for (const auto used : {true, false}) {
        for (const auto& [root, known] : m_known) {
            std::string one;
            put(one, root);
            put(one, known.seen);
            put(one, known.answers.head.value_or(""));
            for (const auto& [folder, listing] : known.answers.trees) {
                put(one, folder);
                put(one, listing.printed());
            }
            put(one, ".");  // no folder is called so
            if (known.used == used && body.size() + one.size() <= (used ? most_answer_bytes : most_bytes_unused)) {
                body += one;
            }
        }
    }
    m_changed = false;
    return write_kept(m_file, repositories_title, body);
}

}  // namespace mlpath::app
