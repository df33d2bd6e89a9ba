// Holds a value against the rules of a schema. Each mistake is reported once, where it is, in words for people: a value
// of the wrong type is not looked into, and a key that is only misspelled is not reported as missing too. Words and
// places are made where there is a fault: nearly all values have none.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/text.hpp"
#include "json/rules.hpp"

namespace mlpath::json {

namespace {

std::string number_text(double value) { return Json(value).dump(); }

std::string bound_text(double value) {
    constexpr double exact = 9007199254740992.0;  // whole numbers below 2^53 print as such
    return std::trunc(value) == value && std::abs(value) < exact ? std::to_string(static_cast<long long>(value))
                                                                 : number_text(value);
}

std::string type_words(unsigned types) {
    std::string words;
    const auto add = [&](unsigned type, std::string_view word) {
        if ((types & type) != 0) {
            words += (words.empty() ? "" : " or ") + std::string(word);
        }
    };
    add(type_object, "an object `{…}`");
    add(type_array, "a list `[…]`");
    add(type_string, "text");
    add(type_integer, "a whole number");
    add(type_number, "a number");
    add(type_boolean, "true or false");
    add(type_null, "null");
    return words;
}

// Written as JSON.
std::string dumped(Value value) { return json_of(value).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string found_words(Value value) {
    constexpr std::size_t longest = 60;
    if (value.is_object()) {
        return "an object";
    }
    if (value.is_array()) {
        return "a list";
    }
    auto text = dumped(value);
    if (text.size() > longest) {
        auto cut = longest;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
            --cut;
        }
        text = text.substr(0, cut) + "…";
    }
    return text;
}

// A value of an enum, as an author would name it.
std::string value_name(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

bool is_whole(Value value) {
    return value.is_number_integer() ||
           (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
}

bool has_type(Value value, unsigned types) {
    return value.is_string()    ? (types & type_string) != 0
           : value.is_object()  ? (types & type_object) != 0
           : value.is_array()   ? (types & type_array) != 0
           : value.is_boolean() ? (types & type_boolean) != 0
           : value.is_null()    ? (types & type_null) != 0
                                : (types & type_number) != 0 || ((types & type_integer) != 0 && is_whole(value));
}

bool is_one_of(Value value, const std::vector<Json>& values) {
    if (!value.is_string()) {
        return std::ranges::find(values, json_of(value)) != values.end();
    }
    return std::ranges::any_of(values, [text = value.text()](const Json& known) {
        return known.is_string() && known.get_ref<const std::string&>() == text;
    });
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool differ(std::vector<std::string_view> texts) {
    std::ranges::sort(texts);
    return std::ranges::adjacent_find(texts) == texts.end();
}

struct Words {
    std::string message{};
    std::string suggestion{};
    std::string missing{};  // the key that is missing, where the message says so
    std::string meant{};    // the key that an unknown one was meant to be
};

Words wrong_type(const Rule& rule, Value value) {
    auto expected = "expected " + type_words(rule.types);
    if (value.is_string() && rule.minimum && (rule.types & (type_integer | type_number)) != 0) {
        expected += " at least " + bound_text(*rule.minimum);
    }
    return {expected + ", found " + found_words(value)};
}

Words wrong_value(const Rule& rule, Value value) {
    std::vector<std::string> names;
    std::ranges::transform(rule.values, std::back_inserter(names), value_name);
    std::string listed;
    for (std::size_t i = 0; i < names.size(); ++i) {
        listed += (i == 0 ? "`" : i + 1 == names.size() ? " or `" : ", `") + names[i] + '`';
    }
    const auto meant = value.is_string() ? nearest(value.text(), names) : std::nullopt;
    return {"expected " + listed + ", found " + found_words(value), meant ? "did you mean `" + *meant + "`?" : ""};
}

Words unknown_key(const Rule& rule, std::string_view key) {
    std::vector<std::string> names;
    for (const auto& [known, property] : rule.properties) {
        if (known != "$schema") {
            names.push_back(known);
        }
    }
    std::ranges::sort(names);
    const auto meant = nearest(key, names);
    return {"unknown key `" + std::string(key) + "`",
            meant ? "did you mean `" + *meant + "`?" : "the keys here are " + list_of(names),
            {},
            meant.value_or("")};
}

Words wrong_count(const Rule& rule, std::size_t found) {
    const bool few = rule.min_items && found < *rule.min_items;
    const auto* how = rule.min_items == rule.max_items ? "exactly " : few ? "at least " : "at most ";
    return {"expected " + (how + count_of(few ? *rule.min_items : *rule.max_items, "entry", "entries")) + ", found " +
            std::to_string(found)};
}

Words wrong_number(const Rule& rule, Value value) {
    auto expected = "expected " + type_words(rule.types != 0 ? rule.types : unsigned{type_number});
    if (rule.minimum && rule.maximum) {
        expected += " from " + bound_text(*rule.minimum) + " to " + bound_text(*rule.maximum);
    } else {
        expected += rule.minimum ? " at least " + bound_text(*rule.minimum) : " at most " + bound_text(*rule.maximum);
    }
    return {expected + ", found " + found_words(value)};
}

class Evaluation {
public:
    // Stops at the first fault, which has no words, where there is no document to place it in.
    explicit Evaluation(const Document* document, std::size_t most) : m_document(document), m_most(most) {}

    void look(const Rule& rule, Value value);
    [[nodiscard]] bool found_any() const { return m_found > 0; }
    Faults take();

private:
    struct Found {
        Place place{};
        Words words{};
    };

    void look_at_number(const Rule& rule, Value value);
    void look_at_text(const Rule& rule, Value value);
    void look_at_list(const Rule& rule, Value value);
    void look_at_object(const Rule& rule, Value value);
    void look_for_twins(Value list);
    void look_at_conditions(const Rule& rule, Value value);
    [[nodiscard]] bool stopped() const { return m_found >= m_most; }
    // `words` tell what is wrong with the value.
    template <typename Tell>
    void add(Value value, const Tell& words) {
        if (m_document != nullptr && !stopped()) {
            m_faults.push_back({m_document->place_of(value), words()});
        }
        ++m_found;
    }

    const Document* m_document;
    std::size_t m_most;
    std::size_t m_found = 0;
    std::vector<Found> m_faults{};
    std::string_view m_because{};  // why a key of this value is needed
    const Node* m_because_of = nullptr;
};

Faults Evaluation::take() {
    Faults faults;
    const auto parent_of = [](const std::string& path) { return path.substr(0, path.rfind('/')); };
    std::unordered_set<std::string> told;  // "pointer of the object" newline "key": known to be misspelled
    for (const auto& found : m_faults) {
        if (!found.words.meant.empty()) {
            told.insert(parent_of(found.place.pointer) + '\n' + found.words.meant);
        }
    }
    for (auto& [place, words] : m_faults) {
        // Two rules may ask for the same key; one fault is enough.
        if (words.missing.empty() || told.insert(place.pointer + '\n' + words.missing).second) {
            faults.push_back(
                {Severity::error, std::move(place), std::move(words.message), std::move(words.suggestion)});
        }
    }
    if (stopped()) {
        faults.push_back({Severity::error,
                          m_document->place_of(std::string()),
                          "too many faults: only the first " + std::to_string(m_most) + " are told",
                          {}});
    }
    return faults;
}

void Evaluation::look(const Rule& rule, Value value) {
    if (stopped()) {
        return;
    }
    if (rule.types != 0 && !has_type(value, rule.types)) {
        add(value, [&] { return wrong_type(rule, value); });
        return;
    }
    if (!rule.values.empty() && !is_one_of(value, rule.values)) {
        add(value, [&] { return wrong_value(rule, value); });
    }
    if (value.is_string()) {
        look_at_text(rule, value);
    } else if (value.is_object()) {
        look_at_object(rule, value);
    } else if (value.is_array()) {
        look_at_list(rule, value);
    } else if (value.is_number()) {
        look_at_number(rule, value);
    }
    for (const auto* part : rule.all_of) {
        look(*part, value);
    }
    look_at_conditions(rule, value);
}

void Evaluation::look_at_number(const Rule& rule, Value value) {
    const auto number = value.get<double>();
    if ((rule.minimum && number < *rule.minimum) || (rule.maximum && number > *rule.maximum)) {
        add(value, [&] { return wrong_number(rule, value); });
    }
}

void Evaluation::look_at_text(const Rule& rule, Value value) {
    const auto text = value.text();
    const auto length = rule.min_length || rule.max_length ? characters(text) : 0;
    if (rule.max_length && length > *rule.max_length) {
        add(value, [&] {
            return Words{"expected at most " + count_of(*rule.max_length, "character") + ", found " +
                         std::to_string(length)};
        });
    } else if (rule.min_length && length < *rule.min_length) {
        add(value, [&] {
            return Words{text.empty() ? "the text is empty"
                                      : "expected at least " + count_of(*rule.min_length, "character") + ", found " +
                                            found_words(value)};
        });
    } else if (rule.pattern != nullptr && !rule.pattern->found_in(text)) {
        add(value, [&] {
            return Words{"expected text like `" + rule.pattern_text + "`, found " + found_words(value),
                         rule.description};
        });
    }
}

void Evaluation::look_at_list(const Rule& rule, Value value) {
    if ((rule.min_items && value.size() < *rule.min_items) || (rule.max_items && value.size() > *rule.max_items)) {
        add(value, [&] { return wrong_count(rule, value.size()); });
    }
    if (rule.unique_items && value.size() > 1) {
        look_for_twins(value);
    }
    if (rule.items == nullptr) {
        return;
    }
    for (auto entry = value.begin(); entry != value.end() && !stopped(); ++entry) {
        look(*rule.items, *entry);
    }
}

// Among few 1 and 1.0 are one, among many they are two.
void Evaluation::look_for_twins(Value list) {
    constexpr std::size_t few = 16;
    std::vector<std::string_view> texts;
    texts.reserve(list.size());
    for (auto entry = list.begin(); entry != list.end() && entry->is_string(); ++entry) {
        texts.push_back(entry->text());
    }
    if (texts.size() == list.size() && differ(std::move(texts))) {
        return;
    }
    std::vector<Json> seen;
    std::unordered_set<std::string> written;
    for (const auto entry : list) {
        bool fresh = true;
        if (list.size() > few) {
            fresh = written.insert(dumped(entry)).second;
        } else {
            auto value = json_of(entry);
            fresh = std::ranges::find(seen, value) == seen.end();
            seen.push_back(std::move(value));
        }
        if (!fresh) {
            add(entry, [&] { return Words{found_words(entry) + " is in the list twice"}; });
        }
    }
}

void Evaluation::look_at_object(const Rule& rule, Value value) {
    for (const auto& name : rule.required) {
        if (!value.contains(name)) {
            add(value, [&] {
                const bool reason = !m_because.empty() && m_because_of == value.node();
                return Words{
                    "the key `" + name + "` is missing" + (reason ? " (needed " + std::string(m_because) + ")" : ""),
                    {},
                    name};
            });
        }
    }
    if (!rule.closed && rule.additional == nullptr && rule.properties.empty()) {
        return;
    }
    for (auto member = value.begin(); member != value.end() && !stopped(); ++member) {
        const auto key = member.key();
        const auto property =
            std::ranges::find_if(rule.properties, [key](const auto& known) { return known.first == key; });
        if (const auto* applies = property == rule.properties.end() ? rule.additional : property->second) {
            look(*applies, *member);
        } else if (rule.closed) {
            add(*member, [&] { return unknown_key(rule, key); });
        }
    }
}

void Evaluation::look_at_conditions(const Rule& rule, Value value) {
    for (const auto& condition : rule.conditions) {
        Evaluation asked(nullptr, 1);
        asked.look(*condition.when, value);
        const bool applies = !asked.found_any();
        const auto* then = applies ? condition.then : condition.otherwise;
        if (then == nullptr) {
            continue;
        }
        const auto because = std::exchange(m_because, applies ? condition.then_because : condition.otherwise_because);
        const auto* of = std::exchange(m_because_of, value.node());
        look(*then, value);
        m_because = because;
        m_because_of = of;
    }
}

}  // namespace

Faults evaluate(const Rule& rule, const Document& document, std::size_t most) {
    Evaluation evaluation(&document, most);
    evaluation.look(rule, document.root());
    return evaluation.found_any() ? evaluation.take() : Faults{};
}

}  // namespace mlpath::json
