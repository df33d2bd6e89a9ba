// Whether the value of a tree keeps the rules of a schema: what `evaluate` finds nothing in, without its words and
// places. The two are held together by tests/unit/json_tree.cpp and by fuzzing.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "json/rules.hpp"

namespace mlpath::json {

namespace {

bool has_type(Value value, unsigned types) {
    if (value.is_string()) {
        return (types & type_string) != 0;
    }
    if (value.is_object()) {
        return (types & type_object) != 0;
    }
    if (value.is_array()) {
        return (types & type_array) != 0;
    }
    if (value.is_boolean()) {
        return (types & type_boolean) != 0;
    }
    if (value.is_null()) {
        return (types & type_null) != 0;
    }
    const auto whole = [&] {
        return value.is_number_integer() || std::trunc(value.get<double>()) == value.get<double>();
    };
    return (types & type_number) != 0 || ((types & type_integer) != 0 && whole());
}

bool is_one_of(Value value, const std::vector<Json>& values) {
    if (!value.is_string()) {
        return std::ranges::find(values, json_of(value)) != values.end();
    }
    return std::ranges::any_of(values, [text = value.text()](const Json& known) {
        return known.is_string() && known.get_ref<const std::string&>() == text;
    });
}

bool text_fits(const Rule& rule, std::string_view text) {
    if (rule.min_length || rule.max_length) {
        const auto length = static_cast<std::size_t>(
            std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
        if ((rule.max_length && length > *rule.max_length) || (rule.min_length && length < *rule.min_length)) {
            return false;
        }
    }
    return rule.pattern == nullptr || rule.pattern->found_in(text);
}

constexpr std::size_t few = 16;  // entries: compared each with each

bool texts_differ(Value list) {
    std::vector<std::string_view> seen;
    seen.reserve(list.size());
    for (const auto entry : list) {
        seen.push_back(entry.text());
    }
    std::ranges::sort(seen);
    return std::ranges::adjacent_find(seen) == seen.end();
}

// As `evaluate` tells twins: among few 1 and 1.0 are one, among many they are two.
bool values_differ(Value list) {
    std::vector<Json> seen;
    std::unordered_set<std::string> written;
    for (const auto entry : list) {
        auto value = json_of(entry);
        if (list.size() > few ? !written.insert(value.dump(-1, ' ', false, Json::error_handler_t::replace)).second
                              : std::ranges::find(seen, value) != seen.end()) {
            return false;
        }
        seen.push_back(std::move(value));
    }
    return true;
}

bool all_differ(Value list) {
    const auto is_text = [](Value entry) { return entry.is_string(); };
    return std::all_of(list.begin(), list.end(), is_text) ? texts_differ(list) : values_differ(list);
}

bool list_fits(const Rule& rule, Value list) {
    if ((rule.min_items && list.size() < *rule.min_items) || (rule.max_items && list.size() > *rule.max_items)) {
        return false;
    }
    if (rule.unique_items && list.size() > 1 && !all_differ(list)) {
        return false;
    }
    return rule.items == nullptr ||
           std::all_of(list.begin(), list.end(), [&](Value entry) { return fits(*rule.items, entry); });
}

bool object_fits(const Rule& rule, Value object) {
    if (!std::ranges::all_of(rule.required, [&](const std::string& key) { return object.contains(key); })) {
        return false;
    }
    if (!rule.closed && rule.additional == nullptr && rule.properties.empty()) {
        return true;
    }
    for (auto member = object.begin(); member != object.end(); ++member) {
        const Rule* applies = rule.additional;
        for (const auto& [key, property] : rule.property_list) {  // few, and most differ in length
            if (key == member.key()) {
                applies = property;
                break;
            }
        }
        if (applies != nullptr ? !fits(*applies, *member) : rule.closed) {
            return false;
        }
    }
    return true;
}

bool number_fits(const Rule& rule, Value value) {
    const auto number = value.get<double>();
    return (!rule.minimum || number >= *rule.minimum) && (!rule.maximum || number <= *rule.maximum);
}

}  // namespace

bool fits(const Rule& rule, Value value) {
    if ((rule.types != 0 && !has_type(value, rule.types)) || (!rule.values.empty() && !is_one_of(value, rule.values))) {
        return false;
    }
    if (value.is_string()   ? !text_fits(rule, value.text())
        : value.is_object() ? !object_fits(rule, value)
        : value.is_array()  ? !list_fits(rule, value)
                            : value.is_number() && !number_fits(rule, value)) {
        return false;
    }
    if (!std::ranges::all_of(rule.all_of, [&](const Rule* part) { return fits(*part, value); })) {
        return false;
    }
    return std::ranges::all_of(rule.conditions, [&](const Condition& condition) {
        const auto* then = fits(*condition.when, value) ? condition.then : condition.otherwise;
        return then == nullptr || fits(*then, value);
    });
}

}  // namespace mlpath::json
