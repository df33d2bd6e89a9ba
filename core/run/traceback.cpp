#include "run/traceback.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "run/step.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t max_said = 300;
constexpr std::size_t frames_shown = 3;  // of the learner's: the way to the line, without a screen of recursion
constexpr std::string_view heading = "Traceback (most recent call last):";

std::string cut(std::string text) {
    if (text.size() > max_said) {
        // Not in the middle of a character.
        std::size_t end = max_said;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text.resize(end);
        text += "…";
    }
    return text;
}

// The file's path as the learner knows it, or nothing where it is none of theirs.
std::optional<std::string_view> learners(std::string_view file) {
    if (const auto place = file.find(std::string("/") + std::string(workplace_prefix)); place != std::string::npos) {
        const auto rest = file.find('/', place + 1);
        return rest == std::string::npos ? std::nullopt : std::optional(file.substr(rest + 1));
    }
    const bool named = !file.empty() && file.front() != '/' && file.front() != '<';
    return named ? std::optional(file.starts_with("./") ? file.substr(2) : file) : std::nullopt;
}

struct Frame {
    SourcePlace place{};     // as the learner knows it; without a file: of a library
    std::string function{};  // empty: outside of every function
    std::string library{};   // "pandas"
    std::vector<std::string> below{};
    [[nodiscard]] bool is_theirs() const { return !place.file.empty(); }
};

// "/usr/lib/python3/dist-packages/pandas/core/frame.py" is of pandas.
std::string library_of(std::string_view file) {
    for (const std::string_view packages : {"/site-packages/", "/dist-packages/"}) {
        if (const auto at = file.rfind(packages); at != std::string_view::npos) {
            const auto rest = file.substr(at + packages.size());
            return shown_line(rest.substr(0, rest.find_first_of("/.")));
        }
    }
    return "Python";
}

// `  File "/tmp/mlpath-work-x/predict.py", line 12, in main`; after a crash and for a syntax error without the second
// comma.
std::optional<Frame> frame_of(std::string_view line) {
    constexpr std::string_view start = "  File \"";
    constexpr std::string_view middle = "\", line ";
    constexpr std::string_view in = ", in ";
    const auto end = line.rfind(middle);
    if (!line.starts_with(start) || end == std::string_view::npos || end < start.size()) {
        return std::nullopt;
    }
    const auto path = line.substr(start.size(), end - start.size());
    const auto digits = line.substr(end + middle.size());
    Frame frame;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), frame.place.line);
    if (read.ec != std::errc()) {
        return std::nullopt;
    }
    if (const auto file = learners(path)) {
        frame.place.file = shown_line(*file);
    } else {
        frame.library = library_of(path);
    }
    const auto rest = digits.substr(static_cast<std::size_t>(read.ptr - digits.data()));
    if (rest.starts_with(in) && rest != ", in <module>") {
        frame.function = shown_line(rest.substr(in.size()));
    }
    return frame;
}

std::string folded(std::size_t count, const std::string& library) {
    return "    (" + count_of(count, "line") + " of " + library + ")\n";
}

std::string frames_code(const std::vector<Frame>& frames) {
    std::size_t theirs = 0;
    for (const auto& frame : frames) {
        theirs += frame.is_theirs() ? 1 : 0;
    }
    std::string code;
    std::size_t seen = 0;
    std::size_t between = 0;
    std::string library;
    for (const auto& frame : frames) {
        if (!frame.is_theirs()) {
            between += seen > 0 ? 1 : 0;
            library = between == 1 ? frame.library : library;
            continue;
        }
        const bool is_shown = ++seen + frames_shown > theirs;
        if (between > 0 && !code.empty()) {
            code += folded(between, library);
        }
        between = 0;
        if (is_shown) {
            code += frame.place.file + ", line " + std::to_string(frame.place.line) +
                    (frame.function.empty() ? "" : ", in " + frame.function) + '\n';
            for (const auto& line : frame.below) {
                code += "    " + line + '\n';
            }
        }
    }
    return code + (between > 0 && !code.empty() ? folded(between, library) : std::string());
}

// Reads a text line by line, and tells of each what it is to a traceback.
class Reader {
public:
    enum class Line { printed, traceback, exception };

    Line read(std::string_view line) {
        if (line.starts_with("Fatal Python error: ")) {
            m_crashed = true;
            m_raised = {{}, shown_line(line), {}};
            return Line::exception;
        }
        if (m_crashed) {
            // The innermost line comes first, and nothing after it counts.
            if (const auto frame = frame_of(line); frame && m_raised.place.file.empty() && frame->is_theirs()) {
                m_raised.place = frame->place;
            }
            return Line::traceback;
        }
        if (!m_inside && line.starts_with("SyntaxError: ")) {
            m_raised = {{}, shown_line(line), {}};  // a source that is no text has nothing but this line
            return Line::exception;
        }
        if (line.starts_with(heading)) {
            m_inside = true;
            m_frames.clear();
            return Line::traceback;
        }
        if (auto frame = frame_of(line)) {
            // A syntax error of the first file has no heading.
            if (!m_inside) {
                m_frames.clear();
            }
            m_inside = true;
            m_frames.push_back(std::move(*frame));
            return Line::traceback;
        }
        if (!m_inside) {
            return Line::printed;
        }
        if (line.empty() || line.starts_with(' ')) {
            if (line.starts_with("    ") && !m_frames.empty()) {
                m_frames.back().below.push_back(cut(printable_block(line.substr(4))));
            }
            return Line::traceback;
        }
        m_inside = false;
        m_raised = {{}, shown_line(line), frames_code(m_frames)};
        for (const auto& frame : m_frames) {
            m_raised.place = frame.is_theirs() ? frame.place : m_raised.place;
        }
        return Line::exception;
    }
    [[nodiscard]] const Raised& raised() const { return m_raised; }

private:
    Raised m_raised{};
    std::vector<Frame> m_frames{};
    bool m_inside = false;
    bool m_crashed = false;
};

}  // namespace

std::string shown_line(std::string_view line) { return cut(printable(line)); }

Raised last_raised(std::string_view text) {
    Reader reader;
    for (const auto line : lines(text)) {
        reader.read(line);
    }
    return reader.raised();
}

std::string without_tracebacks(std::string_view text) {
    Reader reader;
    std::string printed;
    std::string exception;  // of the last traceback; told elsewhere
    for (const auto line : lines(text)) {
        switch (reader.read(line)) {
            case Reader::Line::printed: printed += std::string(line) + '\n'; break;
            case Reader::Line::exception:
                printed += exception.empty() ? "" : exception + '\n';
                exception = line;
                break;
            case Reader::Line::traceback: break;
        }
    }
    return printed;
}

std::string raised_at(std::string_view text) {
    const auto raised = last_raised(text);
    return raised.place.file.empty() ? std::string()
                                     : raised.place.file + ":" + std::to_string(raised.place.line) + ": " + raised.line;
}

}  // namespace mlpath::run
