#include "json/tree.hpp"

#include "base/text.hpp"
#include "json/reading.hpp"

namespace mlpath::json {

// A list or an object; it is closed also where a fault ended it.
bool Tree::Reading::nested(Within kind) {
    if (m_depth >= m_most_depth) {
        add_fault(offset(m_at), "it is nested deeper than " + std::to_string(m_most_depth) + " levels", {});
        return false;
    }
    if (m_level != nullptr) {
        m_level->twin = false;
    }
    Level level{.outer = m_level, .node = m_nodes.size(), .kind = kind};
    add(kind == Within::list ? Node::Kind::list : Node::Kind::object, m_at++);
    m_level = &level;
    ++m_depth;
    const bool sound = kind == Within::list ? entries(level) : members(level);
    --m_depth;
    m_level = level.outer;
    auto& node = m_nodes[level.node];
    node.size = static_cast<std::uint32_t>(level.size);
    node.skip = static_cast<std::uint32_t>(m_nodes.size() - level.node) & most_bytes;
    node.end = offset(m_at);
    return sound;
}

bool Tree::Reading::entries(Level& level) {
    if (take(']')) {
        return true;
    }
    do {
        const auto entry = m_nodes.size();
        const bool sound = value();
        level.size += m_nodes.size() > entry ? 1 : 0;
        if (!sound) {
            return false;
        }
    } while (take(','));
    return take(']') || missing(Wanted::more);
}

bool Tree::Reading::members(Level& level) {
    if (take('}')) {
        return true;
    }
    Keys keys;
    do {
        blanks();
        const auto key = m_nodes.size();
        if (m_at == m_end || *m_at != '"') {
            return missing(Wanted::key);
        }
        if (!text()) {
            return false;
        }
        level.key = {m_nodes[key].text, m_nodes[key].size};
        level.twin = !keys.add(level.key);
        const bool twin = level.twin;
        if (twin) {
            add_fault(m_nodes[key].begin, "the key `" + std::string(level.key) + "` appears twice",
                      "remove or rename one of the two");
        }
        const bool sound = take(':') ? value() : missing(Wanted::colon);
        if (twin || m_nodes.size() == key + 1) {
            m_nodes.resize(key);  // the first of twins counts, and a key without its value does not
        } else {
            ++level.size;
        }
        if (!sound) {
            return false;
        }
        level.twin = false;
    } while (take(','));
    return take('}') || missing(Wanted::more);
}

// Something else comes than what was wanted. It may be no JSON at all, which is told in its place.
bool Tree::Reading::missing(Wanted wanted) {
    m_wanted = wanted;
    blanks();
    if (m_at == m_end) {
        return tell(Syntax::ended);
    }
    const auto* begin = m_at;
    const auto nodes = m_nodes.size();
    const bool mark = std::string_view("{}[],:").find(*m_at) != std::string_view::npos;
    m_at += mark ? 1 : 0;
    const bool is_token = mark || scalar();
    m_nodes.resize(nodes);
    return is_token && tell(Syntax::unexpected, {begin, static_cast<std::size_t>(m_at - begin)}, offset(m_at));
}

// `position` is what was read, the offending character with it; a line break may be that one, and does not count.
bool Tree::Reading::tell(Syntax what, std::string_view token, std::size_t position) {
    SyntaxFault fault{.what = what, .wanted = m_wanted, .text = m_tree.m_text, .position = position, .token = token};
    if (m_level != nullptr) {
        fault.within = m_level->kind;
        fault.key = m_level->key;
        fault.opened_line = m_tree.line_at(m_nodes[m_level->node].begin);
    }
    auto advice = explain(fault);
    add_fault(position == 0 ? 0 : position - 1, std::move(advice.message), std::move(advice.suggestion));
    return false;
}

std::string Tree::Reading::pointer_to_open(const Level* level, const Level* innermost) {
    if (level == nullptr) {
        return {};
    }
    auto pointer = pointer_to_open(level->outer, innermost);
    if (level->kind == Within::object && (level != innermost || level->twin)) {
        return pointer_to(pointer, level->key);
    }
    return level->kind == Within::list && level != innermost ? pointer_to(pointer, level->size) : pointer;
}

void Tree::Reading::add_fault(std::size_t position, std::string message, std::string suggestion) {
    constexpr std::size_t most = 1000;  // of duplicate keys in one hostile file
    if (m_faults.size() < most) {
        m_faults.push_back({Severity::error,
                            {{}, pointer_to_open(m_level, m_level), m_tree.line_at(position)},
                            std::move(message),
                            std::move(suggestion)});
    }
}

Tree::Tree(std::string text, const Limits& limits, Faults& faults) : m_text(std::move(text)) {
    const auto refuse = [&](std::size_t line, std::string message) {
        m_nodes.clear();
        faults = {{Severity::error, {{}, {}, line}, std::move(message), {}}};
    };
    if (const auto most = std::min(limits.bytes, most_bytes); m_text.size() > most) {
        refuse(0, "it is " + human_bytes(m_text.size()) + " long; at most " + human_bytes(most) + " are read");
    } else {
        constexpr std::size_t usual = 8;  // bytes of text for each node: fewer make the list grow
        m_nodes.reserve(m_text.size() / usual + 1);
        m_complete = Reading(*this, limits, faults).whole();
        if (const auto nul = m_complete ? std::string::npos : m_text.find('\0'); nul != std::string::npos) {
            refuse(line_at(nul), "a NUL byte stands in it: this is no text in UTF-8");
        }
    }
    if (m_nodes.empty()) {
        m_nodes.emplace_back();  // a root there is
    }
}

}  // namespace mlpath::json
