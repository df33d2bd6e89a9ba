// What a command is given: the real objects that main built, and the ways out for results, progress and errors.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.hpp"
#include "app/libraries/guests.hpp"
#include "base/log.hpp"
#include "json/json.hpp"
#include "library/content.hpp"
#include "library/index.hpp"
#include "options.hpp"
#include "render/output.hpp"
#include "render/page.hpp"
#include "render/terminal.hpp"
#include "system/clock.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::cli {

class Host {
public:
    Host(const system::Environment& environment, const system::Clock& clock, system::Random& random,
         system::Processes& processes, std::stop_token stop)
        : m_environment(environment),
          m_clock(clock),
          m_random(random),
          m_processes(&processes),
          m_stop(std::move(stop)) {}
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    [[nodiscard]] const system::Environment& environment() const { return m_environment; }
    [[nodiscard]] const system::Clock& clock() const { return m_clock; }
    [[nodiscard]] system::Random& random() const { return m_random; }
    [[nodiscard]] system::Processes& processes() const { return *m_processes; }
    // Requested by Ctrl-C, for commands whose table entry says `Interrupt::gracefully`.
    [[nodiscard]] std::stop_token stop() const { return m_stop; }
    [[nodiscard]] GlobalOptions& options() { return m_options; }
    [[nodiscard]] const GlobalOptions& options() const { return m_options; }
    [[nodiscard]] bool json() const { return m_options.json; }

    // Which libraries count beside the one in use.
    enum class Guests {
        all,        // that the command line names, and those of the workspace
        named,      // on the command line alone: nothing in the workspace has a say
        that_open,  // all but those with faults, which `guest_troubles` has then
    };
    // The library in use: --library, else MLPATH_LIBRARY, else what the build embedded, and its guests. Opened when
    // first asked for, by whoever asks first; one from a folder is validated whole, and its faults are the error.
    [[nodiscard]] Result<const library::Content*> content(Guests guests = Guests::all);
    [[nodiscard]] Result<const library::Index*> index(Guests guests = Guests::all);
    // What use cases need, with the folder we stand in. Valid as long as the host.
    [[nodiscard]] Result<app::Context> context(Guests guests = Guests::all);
    // The library in use by itself, found sound or not.
    [[nodiscard]] Result<const library::Content*> library_alone();
    // What guests join: the same, found sound.
    [[nodiscard]] Result<app::GuestHost> guest_host();
    // Where guests lie, whether they can be opened or not; their names are those of the list, where it has them.
    [[nodiscard]] Result<std::vector<app::GuestPlace>> guest_places(Guests guests);
    [[nodiscard]] const std::vector<Error>& guest_troubles() const { return m_guest_troubles; }

    // From now on `log` hears what is done, and `processes` are used, which tell it of theirs. `place`: where it goes,
    // for people; empty where nobody hears.
    void listen(Log log, std::string place, system::Processes& processes);
    [[nodiscard]] Log log() const { return m_log; }
    [[nodiscard]] const std::string& log_place() const { return m_log_place; }

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
    // The one with --json, and what is written on a page without.
    template <typename MakeJson, typename Write>
    void answer(MakeJson make_json, Write write) {
        if (json()) {
            print(make_json());
            return;
        }
        Page page(m_out_terminal);
        write(page);
        print(page);
    }
    // A remark on stderr; not under --json, where stderr stays for faults.
    void remark(std::string_view text);
    void remark(const std::vector<std::string>& texts);
    // The same, only under --verbose.
    void note(std::string_view text);

private:
    [[nodiscard]] Status open_library();
    [[nodiscard]] Result<const library::Index*> base_index();
    [[nodiscard]] Status open_guests(Guests guests);

    const system::Environment& m_environment;
    const system::Clock& m_clock;
    system::Random& m_random;
    system::Processes* m_processes;  // never null
    std::stop_token m_stop;
    GlobalOptions m_options{};
    Log m_log{};
    std::string m_log_place{};
    std::shared_ptr<const library::Content> m_base{};  // the library in use, by itself
    std::optional<library::Index> m_base_index{};
    std::vector<app::GuestPlace> m_named{};   // by --library
    std::vector<app::GuestPlace> m_guests{};  // those that were opened
    std::vector<Error> m_guest_troubles{};
    std::unique_ptr<library::Content> m_joined{};  // null where there are no guests
    std::optional<library::Index> m_joined_index{};
    bool m_guests_open = false;
    Terminal m_out_terminal{};
    Terminal m_err_terminal{};
    Output m_out{1, "standard output"};
    Output m_err{2, "standard error"};
};

}  // namespace mlpath::cli
