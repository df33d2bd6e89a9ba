// The bytes of the index: "mlpath-index", a format number, then the five catalogues. One list of fields for each type
// serves both to write and to read it, so that the two cannot come apart.
#include <algorithm>
#include <type_traits>

#include "library/bytes.hpp"
#include "library/index.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view index_magic = "mlpath-index";
constexpr std::uint32_t index_format = 2;

// Calls `visit` with each field of the value, in the order in which they are stored.
template <typename V, typename Visit>
void each_field(V& v, Visit& visit) {
    using T = std::remove_const_t<V>;
    const auto all = [&](auto&... field) { (visit(field), ...); };
    if constexpr (std::is_same_v<T, Hours>) {
        all(v.min, v.max, v.estimate);
    } else if constexpr (std::is_same_v<T, Length>) {
        all(v.ongoing, v.unit, v.min, v.max);
    } else if constexpr (std::is_same_v<T, TopicRef>) {
        all(v.topic, v.heading, v.optional);
    } else if constexpr (std::is_same_v<T, ProjectRef>) {
        all(v.project, v.heading, v.optional, v.choose, v.from);
    } else if constexpr (std::is_same_v<T, Check>) {
        all(v.id, v.kind, v.says);
    } else if constexpr (std::is_same_v<T, Goal>) {
        all(v.id, v.text, v.checks);
    } else if constexpr (std::is_same_v<T, Stage>) {
        all(v.id, v.kind, v.label, v.title, v.goal, v.length, v.optional, v.requires_stages, v.topics, v.projects,
            v.goals, v.stages);
    } else if constexpr (std::is_same_v<T, Curriculum>) {
        all(v.id, v.title, v.summary, v.length, v.stages);
    } else if constexpr (std::is_same_v<T, IndexTopic>) {
        all(v.id, v.title, v.summary, v.hours, v.skills, v.requires_topics, v.resource_title, v.resource_url);
    } else if constexpr (std::is_same_v<T, Skill>) {
        all(v.id, v.title);
    } else if constexpr (std::is_same_v<T, IndexMilestone>) {
        all(v.id, v.title, v.goal, v.checks);
    } else if constexpr (std::is_same_v<T, IndexProject>) {
        all(v.id, v.version, v.status, v.title, v.summary, v.hours, v.skills, v.requires_projects, v.requires_topics,
            v.extends, v.satisfies, v.datasets, v.milestones);
    } else if constexpr (std::is_same_v<T, IndexQuiz>) {
        all(v.id, v.title, v.questions, v.katas);
    } else {
        static_assert(std::is_same_v<T, IndexDataset>, "a type whose fields are not told");
        all(v.id, v.title, v.rows, v.bytes, v.license);
    }
}

class Writer {
public:
    void operator()(const std::string& value) { m_bytes.text(value); }
    template <typename T>
    void operator()(const std::optional<T>& value) {
        (*this)(value.has_value());
        if (value) {
            (*this)(*value);
        }
    }
    template <typename T>
    void operator()(const std::vector<T>& values) {
        list(values);
    }
    template <typename T>
    void operator()(const Catalogue<T>& values) {
        list(values);
    }
    template <typename T>
    void operator()(const T& value) {
        if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
            m_bytes.number(static_cast<std::uint8_t>(value));
        } else if constexpr (std::is_arithmetic_v<T>) {
            m_bytes.number(value);
        } else {
            each_field(value, *this);
        }
    }
    void head() {
        m_bytes.raw(index_magic);
        m_bytes.number(index_format);
    }
    [[nodiscard]] std::string take() { return m_bytes.take(); }

private:
    template <typename Values>
    void list(const Values& values) {
        m_bytes.number(static_cast<std::uint32_t>(values.size()));
        for (const auto& value : values) {
            (*this)(value);
        }
    }
    ByteWriter m_bytes{};
};

class FieldReader {
public:
    explicit FieldReader(std::string_view bytes) : m_bytes(bytes) {}

    void operator()(std::string& value) { value = m_bytes.text(); }
    template <typename T>
    void operator()(std::optional<T>& value) {
        bool there = false;
        (*this)(there);
        if (there) {
            (*this)(value.emplace());
        }
    }
    template <typename T>
    void operator()(std::vector<T>& values) {
        list<T>([&](T value) { values.push_back(std::move(value)); });
    }
    template <typename T>
    void operator()(Catalogue<T>& values) {
        list<T>([&](T value) { values.add(std::move(value)); });
    }
    template <typename T>
    void operator()(T& value) {
        if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
            value = static_cast<T>(m_bytes.number<std::uint8_t>());
        } else if constexpr (std::is_arithmetic_v<T>) {
            value = m_bytes.number<T>();
        } else {
            each_field(value, *this);
        }
    }
    [[nodiscard]] bool head() {
        return m_bytes.take(index_magic.size()) == index_magic && m_bytes.number<std::uint32_t>() == index_format;
    }
    [[nodiscard]] bool whole() const { return m_bytes.sound() && m_bytes.at_end(); }

private:
    template <typename T, typename Take>
    void list(Take take) {
        constexpr std::size_t deepest = 64;  // stages nest, and hostile bytes may not make us nest without end
        const auto count = m_depth < deepest ? m_bytes.count() : 0;
        ++m_depth;
        for (std::size_t i = 0; i < count && m_bytes.sound(); ++i) {
            T value{};
            (*this)(value);
            take(std::move(value));
        }
        --m_depth;
    }
    ByteReader m_bytes;
    std::size_t m_depth = 0;
};

}  // namespace

std::string write_index(const Index& index) {
    Writer writer;
    writer.head();
    writer(index.curricula);
    writer(index.topics);
    writer(index.skills);
    writer(index.projects);
    writer(index.datasets);
    writer(index.quizzes);
    return writer.take();
}

Result<Index> read_index(std::string_view bytes) {
    FieldReader reader(bytes);
    Index index;
    if (!reader.head()) {
        return fail(ErrorKind::malformed, "this is no index of the library, or one of another version of mlpath");
    }
    reader(index.curricula);
    reader(index.topics);
    reader(index.skills);
    reader(index.projects);
    reader(index.datasets);
    reader(index.quizzes);
    if (!reader.whole()) {
        return fail(ErrorKind::malformed, "the index of the library is cut short or damaged");
    }
    return index;
}

}  // namespace mlpath::library
