// Holds a value against the rules of a schema. Each mistake is reported once, where it is, in words for people: a value
// of the wrong type is not looked into, and a key that is only misspelled is not reported as missing too.
#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <variant>

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

std::string found_words(const Json& value) {
    constexpr std::size_t longest = 60;
    if (value.is_object()) {
        return "an object";
    }
    if (value.is_array()) {
        return "a list";
    }
    auto text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
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

bool is_whole(const Json& value) {
    return value.is_number_integer() ||
           (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
}

bool has_type(const Json& value, unsigned types) {
    switch (value.type()) {
        case Json::value_t::null: return (types & type_null) != 0;
        case Json::value_t::boolean: return (types & type_boolean) != 0;
        case Json::value_t::string: return (types & type_string) != 0;
        case Json::value_t::array: return (types & type_array) != 0;
        case Json::value_t::object: return (types & type_object) != 0;
        default: return (types & type_number) != 0 || ((types & type_integer) != 0 && is_whole(value));
    }
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Evaluation {
public:
    Evaluation(const Document* document, std::string_view pointer, std::size_t most)
        : m_document(document), m_base(pointer), m_most(most) {}

    void look(const Rule& rule, const Json& value);
    [[nodiscard]] bool stopped() const { return m_found >= m_most; }
    [[nodiscard]] bool found_any() const { return m_found > 0; }
    Faults take();

private:
    using Token = std::variant<std::string_view, std::size_t>;
    struct Found {
        Fault fault{};
        std::string missing{};  // the key that is missing, of a fault that says so
        std::string meant{};    // the key that an unknown one was meant to be
    };

    void look_at_values(const Rule& rule, const Json& value);
    void look_at_number(const Rule& rule, const Json& value);
    void look_at_string(const Rule& rule, const std::string& text, const Json& value);
    void look_at_list(const Rule& rule, const Json& value);
    void look_at_object(const Rule& rule, const Json& value);
    void look_at_members(const Rule& rule, const Json& value);
    void look_for_twins(const Json& list);
    void look_at_conditions(const Rule& rule, const Json& value);
    void unknown_key(const Rule& rule, std::string_view name);
    void add(std::string message, std::string suggestion = {}, std::string missing = {}, std::string meant = {});
    [[nodiscard]] std::string pointer() const;

    const Document* m_document;  // null: only whether there is a fault matters
    std::string_view m_base;
    std::size_t m_most;
    std::size_t m_found = 0;
    std::vector<Token> m_path{};
    std::vector<Found> m_faults{};
    std::string_view m_because{};  // why a key is needed, at m_because_depth
    std::size_t m_because_depth = 0;
};

std::string Evaluation::pointer() const {
    std::string text(m_base);
    for (const auto& token : m_path) {
        text = std::holds_alternative<std::size_t>(token) ? pointer_to(text, std::get<std::size_t>(token))
                                                          : pointer_to(text, std::get<std::string_view>(token));
    }
    return text;
}

void Evaluation::add(std::string message, std::string suggestion, std::string missing, std::string meant) {
    if (m_document != nullptr && !stopped()) {
        m_faults.push_back(
            {{Severity::error, m_document->place_of(pointer()), std::move(message), std::move(suggestion)},
             std::move(missing),
             std::move(meant)});
    }
    ++m_found;
}

Faults Evaluation::take() {
    Faults faults;
    const auto parent_of = [](const std::string& path) { return path.substr(0, path.rfind('/')); };
    std::unordered_set<std::string> told;  // "pointer of the object" newline "key": known to be misspelled
    for (const auto& found : m_faults) {
        if (!found.meant.empty()) {
            told.insert(parent_of(found.fault.place.pointer) + '\n' + found.meant);
        }
    }
    for (auto& found : m_faults) {
        // Two rules may ask for the same key; one fault is enough.
        if (found.missing.empty() || told.insert(found.fault.place.pointer + '\n' + found.missing).second) {
            faults.push_back(std::move(found.fault));
        }
    }
    if (stopped()) {
        faults.push_back({Severity::error,
                          m_document->place_of(std::string(m_base)),
                          "too many faults: only the first " + std::to_string(m_most) + " are told",
                          {}});
    }
    return faults;
}

void Evaluation::look(const Rule& rule, const Json& value) {
    if (stopped()) {
        return;
    }
    if (rule.types != 0 && !has_type(value, rule.types)) {
        auto expected = "expected " + type_words(rule.types);
        if (value.is_string() && rule.minimum && (rule.types & (type_integer | type_number)) != 0) {
            expected += " at least " + bound_text(*rule.minimum);
        }
        add(expected + ", found " + found_words(value));
        return;
    }
    look_at_values(rule, value);
    if (value.is_number()) {
        look_at_number(rule, value);
    } else if (value.is_string()) {
        look_at_string(rule, value.get_ref<const std::string&>(), value);
    } else if (value.is_array()) {
        look_at_list(rule, value);
    } else if (value.is_object()) {
        look_at_object(rule, value);
    }
    for (const auto* part : rule.all_of) {
        look(*part, value);
    }
    look_at_conditions(rule, value);
}

void Evaluation::look_at_values(const Rule& rule, const Json& value) {
    if (rule.values.empty() || std::ranges::find(rule.values, value) != rule.values.end()) {
        return;
    }
    std::vector<std::string> names;
    for (const auto& known : rule.values) {
        names.push_back(value_name(known));
    }
    std::string listed;
    for (std::size_t i = 0; i < names.size(); ++i) {
        listed += (i == 0 ? "`" : i + 1 == names.size() ? " or `" : ", `") + names[i] + '`';
    }
    const auto meant = value.is_string() ? nearest(value.get<std::string>(), names) : std::nullopt;
    add("expected " + listed + ", found " + found_words(value), meant ? "did you mean `" + *meant + "`?" : "");
}

void Evaluation::look_at_number(const Rule& rule, const Json& value) {
    const auto number = value.get<double>();
    const bool low = rule.minimum && number < *rule.minimum;
    const bool high = rule.maximum && number > *rule.maximum;
    if (!low && !high) {
        return;
    }
    std::string expected = "expected " + type_words(rule.types != 0 ? rule.types : unsigned{type_number});
    if (rule.minimum && rule.maximum) {
        expected += " from " + bound_text(*rule.minimum) + " to " + bound_text(*rule.maximum);
    } else {
        expected += low ? " at least " + bound_text(*rule.minimum) : " at most " + bound_text(*rule.maximum);
    }
    add(expected + ", found " + found_words(value));
}

void Evaluation::look_at_string(const Rule& rule, const std::string& text, const Json& value) {
    if (rule.max_length && characters(text) > *rule.max_length) {
        add("expected at most " + count_of(*rule.max_length, "character") + ", found " +
            std::to_string(characters(text)));
    } else if (rule.min_length && characters(text) < *rule.min_length) {
        add(text.empty()
                ? "the text is empty"
                : "expected at least " + count_of(*rule.min_length, "character") + ", found " + found_words(value));
    } else if (rule.pattern != nullptr && !rule.pattern->found_in(text)) {
        add("expected text like `" + rule.pattern_text + "`, found " + found_words(value), rule.description);
    }
}

void Evaluation::look_at_list(const Rule& rule, const Json& value) {
    if (rule.min_items && rule.max_items && *rule.min_items == *rule.max_items && value.size() != *rule.min_items) {
        add("expected exactly " + count_of(*rule.min_items, "entry", "entries") + ", found " +
            std::to_string(value.size()));
    } else if (rule.min_items && value.size() < *rule.min_items) {
        add("expected at least " + count_of(*rule.min_items, "entry", "entries") + ", found " +
            std::to_string(value.size()));
    } else if (rule.max_items && value.size() > *rule.max_items) {
        add("expected at most " + count_of(*rule.max_items, "entry", "entries") + ", found " +
            std::to_string(value.size()));
    }
    if (rule.unique_items) {
        look_for_twins(value);
    }
    if (rule.items == nullptr) {
        return;
    }
    for (std::size_t i = 0; i < value.size() && !stopped(); ++i) {
        m_path.emplace_back(i);
        look(*rule.items, value[i]);
        m_path.pop_back();
    }
}

void Evaluation::look_for_twins(const Json& list) {
    constexpr std::size_t few = 16;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 1; i < list.size() && list.size() <= few; ++i) {
        if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
            list.begin() + static_cast<std::ptrdiff_t>(i)) {
            m_path.emplace_back(i);
            add(found_words(list[i]) + " is in the list twice");
            m_path.pop_back();
        }
    }
    for (std::size_t i = 0; i < list.size() && list.size() > few; ++i) {
        if (!seen.insert(list[i].dump(-1, ' ', false, Json::error_handler_t::replace)).second) {
            m_path.emplace_back(i);
            add(found_words(list[i]) + " is in the list twice");
            m_path.pop_back();
        }
    }
}

void Evaluation::look_at_object(const Rule& rule, const Json& value) {
    for (const auto& name : rule.required) {
        if (!value.contains(name)) {
            const bool reason = !m_because.empty() && m_because_depth == m_path.size();
            add("the key `" + name + "` is missing" + (reason ? " (needed " + std::string(m_because) + ")" : ""), {},
                name);
        }
    }
    if (rule.closed || rule.additional != nullptr || !rule.properties.empty()) {
        look_at_members(rule, value);
    }
}

void Evaluation::look_at_members(const Rule& rule, const Json& value) {
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        if (stopped()) {
            return;
        }
        const auto property = rule.properties.find(name);
        const Rule* applies = property != rule.properties.end() ? property->second : rule.additional;
        m_path.emplace_back(std::string_view(name));
        if (applies != nullptr) {
            look(*applies, member);
        } else if (rule.closed) {
            unknown_key(rule, name);
        }
        m_path.pop_back();
    }
}

void Evaluation::unknown_key(const Rule& rule, std::string_view name) {
    if (m_document == nullptr) {
        ++m_found;
        return;
    }
    std::vector<std::string> names;
    for (const auto& [known, property] : rule.properties) {
        if (known != "$schema") {
            names.push_back(known);
        }
    }
    const auto meant = nearest(name, names);
    add("unknown key `" + std::string(name) + "`",
        meant ? "did you mean `" + *meant + "`?" : "the keys here are " + list_of(names), {}, meant.value_or(""));
}

void Evaluation::look_at_conditions(const Rule& rule, const Json& value) {
    for (const auto& condition : rule.conditions) {
        const bool applies = holds(*condition.when, value);
        const auto* then = applies ? condition.then : condition.otherwise;
        if (then == nullptr) {
            continue;
        }
        const auto because = std::exchange(m_because, applies ? condition.then_because : condition.otherwise_because);
        const auto depth = std::exchange(m_because_depth, m_path.size());
        look(*then, value);
        m_because = because;
        m_because_depth = depth;
    }
}

}  // namespace

Faults evaluate(const Rule& rule, const Document& document, const Json& value, std::string_view pointer,
                std::size_t most) {
    Evaluation evaluation(&document, pointer, most);
    evaluation.look(rule, value);
    return evaluation.found_any() ? evaluation.take() : Faults{};
}

bool holds(const Rule& rule, const Json& value) {
    Evaluation evaluation(nullptr, {}, 1);
    evaluation.look(rule, value);
    return !evaluation.found_any();
}

}  // namespace mlpath::json
