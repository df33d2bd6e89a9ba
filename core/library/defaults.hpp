// What stands in place of what a file leaves out: the `default`s of its schema, which stand nowhere else.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "json/json.hpp"

namespace mlpath::library {

// Those of the values that one schema describes, at any depth. What is not there is not made: only of an object that
// the file has is anything left out.
class Defaults {
public:
    Defaults() = default;
    // `$ref`s lead into `definitions`.
    Defaults(const Json& described, const Json& definitions);

    void put(Json& value) const;

private:
    void add_property(const std::string& name, const Json& described, const Json& definitions);
    [[nodiscard]] bool empty() const { return m_values.empty() && m_within.empty() && !m_each; }

    std::map<std::string, Json> m_values{};
    std::map<std::string, Defaults> m_within{};  // of properties that are objects or lists themselves
    std::shared_ptr<const Defaults> m_each{};    // of the entries of a list, or of an object with keys of the author's
};

// The `default` of a property in one of our own schemas: default_at("project", "/definitions/step", "seconds").
[[nodiscard]] const Json& default_at(std::string_view schema, const char* object, const char* property);

}  // namespace mlpath::library
