#include "data/made.hpp"

#include <charconv>
#include <map>
#include <set>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace mlpath::data {

namespace {

Error not_made(const std::string& why) {
    return {ErrorKind::malformed, "what the generator of synthetic data wrote cannot be used: " + why, {}, {}};
}

}  // namespace

Result<std::vector<MadeFile>> read_made(std::string_view output) {
    std::vector<MadeFile> files;
    std::set<std::string, std::less<>> paths;
    while (!output.empty()) {
        const auto line = output.substr(0, output.find('\n'));
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
        const auto head = static_cast<std::size_t>(end - line.data()) + 1;  // with the space
        if (error != std::errc() || head >= line.size() || line[head - 1] != ' ' || line.size() == output.size()) {
            return fail(not_made("it prints something of its own"));
        }
        auto path = std::string(line.substr(head));
        output.remove_prefix(line.size() + 1);
        if (size > output.size()) {
            return fail(not_made("`" + printable(path) + "` is cut off"));
        }
        if (!stays_inside(path)) {
            return fail(not_made("the path `" + printable(path) + "` leaves the dataset's folder"));
        }
        if (!paths.insert(path).second) {
            return fail(not_made("`" + printable(path) + "` comes twice"));
        }
        files.push_back({std::move(path), std::string(output.substr(0, size))});
        output.remove_prefix(size);
    }
    return files.empty() ? Result<std::vector<MadeFile>>(fail(not_made("there is no file"))) : files;
}

std::string hash_of_made(std::span<const MadeFile> files) {
    std::map<std::string_view, std::string> hashes;
    for (const auto& file : files) {
        hashes[file.path] = sha256_of(file.bytes);
    }
    std::string list;
    for (const auto& [path, hash] : hashes) {
        list += hash + "  " + std::string(path) + "\n";
    }
    return sha256_of(list);
}

}  // namespace mlpath::data
