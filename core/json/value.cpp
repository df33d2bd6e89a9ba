// The values of a tree.
#include "json/tree.hpp"

namespace mlpath::json {

Value::Iterator Value::begin() const {
    return is_object() ? Iterator(m_node + 1, Iterator::Of::object)
                       : Iterator(is_array() ? m_node + 1 : m_node, Iterator::Of::list);
}

Value::Iterator Value::end() const {
    const bool holds = is_object() || is_array();
    return {holds ? m_node + m_node->skip : m_node, is_object() ? Iterator::Of::object : Iterator::Of::list};
}

Value::Iterator Value::find(std::string_view key) const {
    const auto last = end();
    if (!is_object()) {
        return last;
    }
    auto member = begin();
    while (member != last && member.key() != key) {
        ++member;
    }
    return member;
}

bool Value::contains(std::string_view key) const { return find(key) != end(); }

Value Value::at(std::string_view key) const {
    const auto found = find(key);
    if (found == end()) {
        throw WrongType();
    }
    return *found;
}

double Value::value(std::string_view key, double fallback) const {
    const auto found = find(key);
    return found == end() ? fallback : found->get<double>();
}

Json json_of(Value value) {
    if (value.is_object()) {
        auto object = Json::object();
        auto& members = static_cast<Json::object_t::Container&>(object.get_ref<Json::object_t&>());
        members.reserve(value.size());
        for (auto member = value.begin(); member != value.end(); ++member) {
            members.emplace_back(std::string(member.key()), json_of(*member));  // the keys of a tree differ
        }
        return object;
    }
    if (value.is_array()) {
        auto list = Json::array();
        for (const auto entry : value) {
            list.push_back(json_of(entry));
        }
        return list;
    }
    return value.is_string()            ? Json(value.get<std::string>())
           : value.is_boolean()         ? Json(value.get<bool>())
           : value.is_number_unsigned() ? Json(value.get<std::uint64_t>())
           : value.is_number_integer()  ? Json(value.get<std::int64_t>())
           : value.is_number_float()    ? Json(value.get<double>())
                                        : Json(nullptr);
}

}  // namespace mlpath::json
