#include "confine/confinement.hpp"

#include <cstring>
#include <type_traits>

namespace mlpath::confine {

namespace {

class Writer {
public:
    template <typename Number>
    void number(Number value) {
        static_assert(std::is_integral_v<Number> || std::is_enum_v<Number>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    template <typename Choice>
    void choice(Choice value, Choice /*last*/) {
        number(value);
    }
    void text(std::string_view value) {
        number(static_cast<std::uint64_t>(value.size()));
        m_bytes += value;
    }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}
    template <typename Number>
    void number(Number& value) {
        if (m_bytes.size() < sizeof value) {
            m_broken = true;
            return;
        }
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
    }
    template <typename Choice>
    void choice(Choice& value, Choice last) {
        number(value);
        if (value > last) {
            m_broken = true;
            value = {};
        }
    }
    void text(std::string& value) {
        const auto size = count();
        if (m_broken) {
            return;
        }
        value.assign(m_bytes.substr(0, size));
        m_bytes.remove_prefix(size);
    }
    // Of things that take a byte at least, so that no number makes us reserve more than was sent.
    std::size_t count() {
        std::uint64_t size = 0;
        number(size);
        if (size > m_bytes.size()) {
            m_broken = true;
        }
        return m_broken ? 0 : static_cast<std::size_t>(size);
    }
    [[nodiscard]] bool broken() const { return m_broken; }
    [[nodiscard]] bool whole() const { return !m_broken && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_broken = false;
};

// The one list of what is carried, in its order, for both directions.
template <typename Form, typename Limits>
void carry_limits(Form& form, Limits& limits) {
    form.number(limits.file_bytes);
    form.number(limits.memory_bytes);
    form.number(limits.cpu_seconds);
    form.number(limits.processes);
    form.number(limits.open_files);
    form.choice(limits.counting, Counting::group);
}

template <typename Form, typename Confinement>
void carry_head(Form& form, Confinement& confinement) {
    form.choice(confinement.walls, Walls::name_spaces);
    form.choice(confinement.network, Network::loopback);
    form.choice(confinement.becomes, Becomes::reader);
    form.number(confinement.user);
    form.number(confinement.group);
    form.text(confinement.folder);
    form.text(confinement.filter);
    carry_limits(form, confinement.limits);
}

template <typename Form, typename Carried>
void carry_mount(Form& form, Carried& mount) {
    form.choice(mount.kind, Mount::Kind::processes);
    form.text(mount.target);
    form.text(mount.source);
    form.number(mount.bytes);
}

template <typename Form, typename Carried>
void carry_rule(Form& form, Carried& rule) {
    form.text(rule.path);
    form.choice(rule.allows, Rule::Allows::device);
}

}  // namespace

std::string encode(const Confinement& confinement) {
    Writer writer;
    carry_head(writer, confinement);
    writer.number(static_cast<std::uint64_t>(confinement.mounts.size()));
    for (const auto& mount : confinement.mounts) {
        carry_mount(writer, mount);
    }
    writer.number(static_cast<std::uint64_t>(confinement.rules.size()));
    for (const auto& rule : confinement.rules) {
        carry_rule(writer, rule);
    }
    writer.number(static_cast<std::uint64_t>(confinement.ports.size()));
    for (const auto port : confinement.ports) {
        writer.number(port);
    }
    return writer.take();
}

std::optional<Confinement> decode(std::string_view bytes) {
    Reader reader(bytes);
    Confinement confinement;
    carry_head(reader, confinement);
    confinement.mounts.resize(reader.count());
    for (auto& mount : confinement.mounts) {
        carry_mount(reader, mount);
    }
    confinement.rules.resize(reader.count());
    for (auto& rule : confinement.rules) {
        carry_rule(reader, rule);
    }
    confinement.ports.resize(reader.count());
    for (auto& port : confinement.ports) {
        reader.number(port);
    }
    if (!reader.whole()) {
        return std::nullopt;
    }
    return confinement;
}

}  // namespace mlpath::confine
