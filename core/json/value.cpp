// The values of a tree.
#include <algorithm>

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

std::string Tree::pointer_of(Value value) const {
    std::string pointer;
    const auto* wanted = value.node();
    for (auto parent = root(); parent.node() != wanted;) {
        auto child = parent.begin();
        std::size_t index = 0;
        for (; wanted >= (*child).node() + (*child).node()->skip; ++child) {
            ++index;
        }
        pointer = parent.is_object() ? pointer_to(pointer, child.key()) : pointer_to(pointer, index);
        parent = *child;
    }
    return pointer;
}

std::size_t Tree::line_at(std::size_t position) const {
    if (!m_counted) {
        m_counted = true;
        for (auto at = m_text.find('\n'); at != std::string::npos; at = m_text.find('\n', at + 1)) {
            m_line_ends.push_back(static_cast<std::uint32_t>(at));
        }
    }
    return 1 + static_cast<std::size_t>(std::ranges::lower_bound(m_line_ends, position) - m_line_ends.begin());
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
        list.get_ref<Json::array_t&>().reserve(value.size());
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

std::string pointer_to(std::string_view parent, std::string_view key) {
    std::string pointer(parent);
    pointer += '/';
    for (const char c : key) {
        pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string_view(&c, 1);
    }
    return pointer;
}

std::string pointer_to(std::string_view parent, std::size_t index) {
    return std::string(parent) + '/' + std::to_string(index);
}

}  // namespace mlpath::json
