// What a command is given: the real objects that main built, and the ways out for results, progress and errors.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "json/json.hpp"
#include "options.hpp"
#include "render/output.hpp"
#include "render/page.hpp"
#include "render/terminal.hpp"
#include "system/clock.hpp"
#include "system/environment.hpp"

namespace mlpath::cli {

class Host {
public:
    Host(const system::Environment& environment, const system::Clock& clock, system::Random& random,
         std::stop_token stop)
        : m_environment(environment), m_clock(clock), m_random(random), m_stop(std::move(stop)) {}
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    [[nodiscard]] const system::Environment& environment() const { return m_environment; }
    [[nodiscard]] const system::Clock& clock() const { return m_clock; }
    [[nodiscard]] system::Random& random() const { return m_random; }
    // Requested by Ctrl-C, for commands whose table entry says `Interrupt::gracefully`.
    [[nodiscard]] std::stop_token stop() const { return m_stop; }
    [[nodiscard]] GlobalOptions& options() { return m_options; }
    [[nodiscard]] const GlobalOptions& options() const { return m_options; }
    [[nodiscard]] bool json() const { return m_options.json; }

    // Looks at the two streams; called by main once the options are known.
    void look_around();
    [[nodiscard]] const Terminal& out_terminal() const { return m_out_terminal; }
    [[nodiscard]] const Terminal& err_terminal() const { return m_err_terminal; }
    [[nodiscard]] Output& out() { return m_out; }
    [[nodiscard]] Output& err() { return m_err; }

    // A result for people. With --json nothing is written: the command calls `print(Json)` instead.
    void print(Page& page);
    // The one object; "format" is put first where it is absent.
    void print(Json object);
    // A remark on stderr; not under --json, where stderr stays for faults.
    void remark(std::string_view text);
    // The same, only under --verbose.
    void note(std::string_view text);

private:
    const system::Environment& m_environment;
    const system::Clock& m_clock;
    system::Random& m_random;
    std::stop_token m_stop;
    GlobalOptions m_options{};
    Terminal m_out_terminal{};
    Terminal m_err_terminal{};
    Output m_out{1, "standard output"};
    Output m_err{2, "standard error"};
};

}  // namespace mlpath::cli
