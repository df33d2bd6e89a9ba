#include "data/split_cache.hpp"

#include "base/hash.hpp"
#include "base/kept_file.hpp"
#include "json/json.hpp"

namespace mlpath::data {

namespace {

constexpr std::string_view made_by = "split 2";  // raised whenever the same input would be divided otherwise
constexpr std::string_view divisions_title = "mlpath division 1";
constexpr std::size_t smallest_table = 2000;  // rows; below, dividing is as quick as reading
constexpr std::size_t most_kept = 64;         // files; the oldest make room

Json json_of(const table::Table& table) { return {{"columns", table.columns}, {"rows", table.rows}}; }

table::Table table_of(const Json& json) {
    return {.columns = json.at("columns").get<std::vector<std::string>>(),
            .rows = json.at("rows").get<std::vector<std::vector<std::string>>>()};
}

}  // namespace

SplitCache SplitCache::of(const system::Environment& environment) {
    return SplitCache(system::cache_folder(environment) / "splits");
}

std::string SplitCache::key_of(std::string_view data, const library::SplitSpec& spec, std::uint64_t seed) {
    const Json decisive{
        made_by,     data, static_cast<int>(spec.method), spec.target, spec.group, spec.time, spec.test, spec.drop,
        spec.ignore, seed};
    return hash128_hex(decisive.dump());
}

std::optional<Division> SplitCache::find(std::string_view key) const {
    const auto body = read_kept(path_of(key), divisions_title, 1u << 30);
    if (!body) {
        return std::nullopt;
    }
    try {
        const auto json = Json::parse(*body);
        return Division{.train = table_of(json.at("train")),
                        .test = table_of(json.at("test")),
                        .target = json.at("target").get<std::string>(),
                        .truth = json.at("truth").get<std::vector<std::string>>()};
    } catch (const Json::exception&) {
        return std::nullopt;  // whole, but not ours
    }
}

Status SplitCache::keep(std::string_view key, const Division& division) const {
    if (division.train.rows.size() + division.test.rows.size() < smallest_table) {
        return {};
    }
    const Json json{{"target", division.target},
                    {"truth", division.truth},
                    {"train", json_of(division.train)},
                    {"test", json_of(division.test)}};
    const auto text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    MLPATH_CHECK(write_kept(path_of(key), divisions_title, text));
    make_room(m_root, {.files = most_kept});
    return {};
}

}  // namespace mlpath::data
