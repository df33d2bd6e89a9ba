// The bytes of the index: "mlpath-index", a format number, then the catalogs and the ids of before. One list of
// fields for each type serves both to write and to read it, so that the two cannot come apart.
#include <type_traits>

#include "base/bytes.hpp"
#include "library/index.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view index_magic = "mlpath-index";
constexpr std::uint32_t index_format = 3;

}  // namespace

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
            v.core, v.goals, v.stages);
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
    } else if constexpr (std::is_same_v<T, Index>) {
        all(v.curricula, v.topics, v.skills, v.projects, v.datasets, v.quizzes, v.renamed.kinds);
    } else {
        static_assert(std::is_same_v<T, IndexDataset>, "a type whose fields are not told");
        all(v.id, v.title, v.rows, v.bytes, v.license);
    }
}

std::string write_index(const Index& index) {
    FieldWriter writer;
    writer.raw(index_magic);
    writer(index_format);
    writer(index);
    return writer.take();
}

Result<Index> read_index(std::string_view bytes) {
    FieldReader reader(bytes);
    Index index;
    if (reader.take(index_magic.size()) != index_magic || reader.number<std::uint32_t>() != index_format) {
        return fail(ErrorKind::malformed, "this is no index of the library, or one of another version of mlpath");
    }
    reader(index);
    if (!reader.whole()) {
        return fail(ErrorKind::malformed, "the index of the library is cut short or damaged");
    }
    return index;
}

}  // namespace mlpath::library
