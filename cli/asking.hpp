// Asking the questions of a sheet: of a person, line by line, or of another program, which is served JSON and sends
// its answers in one file. Every answer is remembered as soon as it is given, so that nothing is lost whenever it ends.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/learn/quiz.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"
#include "line_input.hpp"

namespace mlpath::cli {

struct Tally {
    std::size_t asked = 0;  // answered, and judged
    std::size_t right = 0;
    std::size_t left_out = 0;      // could not be judged here
    bool ended_early = false;      // by the end of input
    std::string not_remembered{};  // why; empty where all was
};

class Asker {
public:
    Asker(Host& host, const app::Context& context) : m_host(host), m_context(context) {}

    // One question after another, on stdout and stdin. interrupted at Ctrl-C: what was answered is remembered.
    enum class Until {
        all_asked,
        decided,  // so many right that the sheet is passed, or so many wrong that it cannot be
    };
    [[nodiscard]] Result<Tally> ask(const app::Sheet& sheet, Until until = Until::all_asked);
    // What a program answered: {"seed": …, "answers": [{"quiz", "question", "answer"}]}. An answer that cannot be read
    // is a usage Error before anything is remembered. Prints the one object.
    struct Served {
        app::SheetKind kind = app::SheetKind::quiz;
        std::string quiz{};  // all answers must be of it; empty: of any
    };
    [[nodiscard]] Result<Tally> take(const Served& served, const std::string& file);

    // "Remembered: …", or why not; on stderr.
    void remark_memory(const Tally& tally);

private:
    [[nodiscard]] Result<std::optional<std::string>> typed(const app::AskedQuestion& asked);
    [[nodiscard]] Result<app::Judged> judge(const app::AskedQuestion& asked, std::string_view answer);
    void remember(const app::AskedQuestion& asked, const app::Judged& judged, Tally& tally);
    void show(Page& page);

    Host& m_host;
    const app::Context& m_context;
    LineInput m_input{0};
    std::optional<JudgingSetup> m_setup{};
};

}  // namespace mlpath::cli
