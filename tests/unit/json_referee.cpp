// Our validator against valijson: on thousands of broken documents, both must say the same of each. (valijson's own
// faults are no help to an author, and it matches patterns by std::regex; as a referee on small documents it is fine.)
#if __has_include(<valijson/validator.hpp>)

#include <doctest/doctest.h>

#include <random>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/files.hpp"
#include "json/schema.hpp"
#include "library/content.hpp"
#include "library/schemas.hpp"

using namespace mlpath;

namespace {

using Plain = nlohmann::json;

class Referee {
public:
    explicit Referee(const Plain& schema) {
        const valijson::adapters::NlohmannJsonAdapter adapter(schema);
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, m_schema);
    }
    bool accepts(const Plain& value) {
        const valijson::adapters::NlohmannJsonAdapter adapter(value);
        return valijson::Validator(valijson::Validator::kStrongTypes).validate(m_schema, adapter, nullptr);
    }

private:
    valijson::Schema m_schema{};
};

// Every value of the document, itself included.
void collect(Json& value, std::vector<Json*>& all) {
    all.push_back(&value);
    if (value.is_structured()) {
        for (auto& child : value) {
            collect(child, all);
        }
    }
}

// Breaks one thing, or changes it to something that may be as good.
Json changed(Json document, std::mt19937& random) {
    std::vector<Json*> all;
    collect(document, all);
    const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    auto& value = *all[below(all.size())];
    const std::vector<Json> others{nullptr,
                                   true,
                                   false,
                                   0,
                                   1,
                                   -3,
                                   7.5,
                                   "",
                                   "a-b",
                                   "Not an id",
                                   "planned",
                                   "mean",
                                   "score",
                                   "permuted-labels",
                                   "regex(",
                                   Json::array(),
                                   Json::object(),
                                   Json::array({"x", "x"}),
                                   Json::array({1})};
    switch (below(4)) {
        case 0: value = others[below(others.size())]; break;
        case 1:
            if (value.is_object() && !value.empty()) {
                const auto key = std::next(value.begin(), static_cast<std::ptrdiff_t>(below(value.size()))).key();
                value.erase(key);
            } else if (value.is_array() && !value.empty()) {
                value.erase(below(value.size()));
            }
            break;
        case 2:
            if (value.is_object()) {
                const std::vector<std::string> keys{"optional", "choose", "min", "kind",
                                                    "metric",   "xyz",    "to",  "split"};
                value[keys[below(keys.size())]] = others[below(others.size())];
            } else if (value.is_array() && !value.empty()) {
                const Json twin = value[below(value.size())];
                value.push_back(twin);
            }
            break;
        default:
            if (value.is_string()) {
                value = value.get<std::string>() + " ü";
            } else if (value.is_number_integer()) {
                value = value.get<std::int64_t>() + (below(2) == 0 ? 1 : -300);
            } else if (value.is_number()) {
                value = value.get<double>() * (below(2) == 0 ? 100 : -100);
            }
            break;
    }
    return document;
}

Json read(const std::string& path) {
    return Json::parse(read_file(std::string(MLPATH_SOURCE_DIR) + '/' + path).value());
}

}  // namespace

TEST_CASE("a document is as good for us as it is for valijson") {
    struct Case {
        std::string schema;
        std::string document;
        int changes;
    };
    for (const auto& c :
         {Case{"project", "templates/titanic/project.json", 400}, Case{"project", "templates/iris/project.json", 300},
          Case{"project", "templates/weather-app/project.json", 200}, Case{"curriculum", "curricula/levels.json", 200},
          Case{"topics", "curricula/topics.json", 100}, Case{"skills", "curricula/skills.json", 100},
          Case{"datasets", "curricula/datasets.json", 200}}) {
        CAPTURE(c.document);
        const auto schema = library::schema_text(*library::folder_content(MLPATH_SOURCE_DIR), c.schema).value();
        Referee referee(Plain::parse(schema));
        const auto ours = json::Schema::compile(schema);
        REQUIRE(ours);
        const auto sound = read(c.document);
        std::mt19937 random(7);
        int broken = 0;
        for (int i = 0; i < c.changes; ++i) {
            auto document = changed(sound, random);
            if (i % 2 == 1) {
                document = changed(std::move(document), random);
            }
            const bool good = referee.accepts(Plain::parse(document.dump()));
            broken += good ? 0 : 1;
            const auto text = document.dump();
            const auto faults = ours->validate(json::read(text, "f").document);
            CAPTURE(text);
            CAPTURE((faults.empty() ? "no fault" : to_line(faults.front())));
            REQUIRE(faults.empty() == good);
        }
        CHECK(broken > c.changes / 4);
        CHECK(broken < c.changes);
    }
}

#endif
