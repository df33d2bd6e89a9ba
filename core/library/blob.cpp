// The blob: "mlpath-blob", a format number, the number of files, for each its path and length (sorted by path), then
// all their bytes in the same order.
#include <algorithm>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "library/content.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view magic = "mlpath-blob";
constexpr std::uint32_t format = 1;

struct Entry {
    std::string_view path{};
    std::string_view bytes{};
};

std::vector<Entry> entries_of(std::string_view blob) {
    ByteReader reader(blob);
    std::vector<Entry> entries;
    if (reader.take(magic.size()) != magic || reader.number<std::uint32_t>() != format) {
        return entries;
    }
    const auto count = reader.count();
    std::vector<std::uint64_t> sizes;
    for (std::size_t i = 0; i < count && reader.sound(); ++i) {
        entries.push_back({reader.text(), {}});
        sizes.push_back(reader.number<std::uint64_t>());
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].bytes = reader.take(sizes[i]);
    }
    return reader.sound() ? entries : std::vector<Entry>{};
}

class BlobContent : public Content {
public:
    explicit BlobContent(std::string_view blob) : m_entries(entries_of(blob)) {}

    Result<std::string> read(std::string_view path) const override {
        const auto found = std::ranges::lower_bound(m_entries, path, {}, &Entry::path);
        if (found == m_entries.end() || found->path != path) {
            return fail({ErrorKind::not_found,
                         "no file " + printable(path) + " in the library (built in)",
                         {std::string(path), {}, 0},
                         {}});
        }
        return std::string(found->bytes);
    }

    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        std::vector<std::string> paths;
        for (auto at = std::ranges::lower_bound(m_entries, prefix, {}, &Entry::path);
             at != m_entries.end() && at->path.starts_with(prefix); ++at) {
            paths.emplace_back(at->path);
        }
        return paths;
    }

    std::string origin() const override { return "built in"; }
    bool validated(std::string_view /*path*/) const override { return true; }

private:
    std::vector<Entry> m_entries;
};

}  // namespace

std::unique_ptr<Content> blob_content(std::string_view blob) { return std::make_unique<BlobContent>(blob); }

Result<std::string> write_blob(const Content& content) {
    std::vector<std::string> paths;
    for (const std::string_view folder : {"curricula/", "harness/", "makers/", "templates/", "warm/"}) {
        MLPATH_TRY(auto some, content.list(folder));
        paths.insert(paths.end(), some.begin(), some.end());
    }
    std::ranges::sort(paths);
    ByteWriter head;
    head.raw(magic);
    head.number(format);
    head.number(static_cast<std::uint32_t>(paths.size()));
    std::string bodies;
    for (const auto& path : paths) {
        MLPATH_TRY(const auto body, content.read(path));
        head.text(path);
        head.number(static_cast<std::uint64_t>(body.size()));
        bodies += body;
    }
    return head.take() + bodies;
}

}  // namespace mlpath::library
