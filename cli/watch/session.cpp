#include "watch/session.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/text.hpp"
#include "watch/teller.hpp"
#include "watch/tty.hpp"

namespace mlpath::cli {

namespace {

using Moment = app::ProjectWatch::Moment;

std::string since(const std::vector<std::string>& changed) {
    constexpr std::size_t named = 3;
    auto text = printable(join(std::span(changed).first(std::min(changed.size(), named)), ", "));
    if (changed.size() > named) {
        text += " and " + std::to_string(changed.size() - named) + " more";
    }
    return "checking, since " + text + " changed";
}

class Session {
public:
    Session(Host& host, const app::Context& context, app::ProjectWatch watch, std::unique_ptr<Runner> runner,
            std::shared_ptr<const system::Wake> wake)
        : m_host(host),
          m_context(context),
          m_watch(std::move(watch)),
          m_runner(std::move(runner)),
          m_wake(std::move(wake)),
          m_signals(m_wake),
          m_project(m_runner->project()),
          m_here(m_runner->here()) {
        if (terminal_is_ours() && !host.json()) {
            m_keys.emplace();
        }
        m_teller = m_keys && host.out_terminal().live ? tell_on_screen(host)
                                                      : tell_in_lines(host, m_keys ? Typing::heard : Typing::not_heard);
    }

    Result<Exit> run() {
        const std::stop_callback on_stop(m_host.stop(), [this] { m_wake->ring(); });
        m_teller->watches(m_project, m_here.folder);
        say_how_changes_are_found();
        begin("checking", From::what_is_known);
        while (true) {
            m_teller->show();
            MLPATH_CHECK(m_host.out().status());
            if (m_host.out().reader_left()) {
                return Exit::done;
            }
            wait();
            m_wake->quieten();
            if (m_host.stop().stop_requested()) {
                return Exit::interrupted;
            }
            heed_signals();
            if (heed_keys() == Goes::away) {
                return Exit::done;
            }
            MLPATH_CHECK(heed_news());
            MLPATH_CHECK(heed_files());
        }
    }

private:
    enum class Goes { on, away };

    void wait() const {
        std::array<pollfd, 3> waiting{pollfd{m_wake->descriptor(), POLLIN, 0}, pollfd{m_watch.descriptor(), POLLIN, 0},
                                      pollfd{m_keys ? STDIN_FILENO : -1, POLLIN, 0}};
        int milliseconds = -1;
        if (const auto due = m_watch.due()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - std::chrono::steady_clock::now());
            milliseconds = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
        }
        ::poll(waiting.data(), waiting.size(), milliseconds);
    }

    void begin(const std::string& why, From from) {
        m_teller->begins(why);
        m_runner->start(from);
    }

    // What runs is of no worth any more: it ends, and another begins.
    void begin_anew(std::string why, From from) {
        if (!m_runner->is_running()) {
            begin(why, from);
            return;
        }
        m_runner->stop();
        const bool from_nothing = m_pending && m_pending->from == From::nothing;
        m_pending = Pending{std::move(why), from_nothing ? From::nothing : from};
    }

    void heed_signals() {
        const auto seen = m_signals.take();
        if (seen.pause) {
            give_terminal_back();
            TerminalSignals::pause();
        }
        if (seen.pause || seen.resumed) {
            if (m_keys) {
                m_keys->take();
            }
            m_teller->enter();
        } else if (seen.resized) {
            m_teller->resized();
        }
    }

    void give_terminal_back() {
        m_teller->leave();
        if (m_keys) {
            m_keys->give_back();
        }
    }

    Goes heed_keys() {
        pollfd typed{m_keys ? STDIN_FILENO : -1, POLLIN, 0};
        if (::poll(&typed, 1, 0) <= 0) {
            return Goes::on;
        }
        std::array<char, 256> bytes{};
        const auto got = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (got <= 0) {
            m_keys.reset();  // the terminal is gone: its signal, if there is one, says what that means
            return Goes::on;
        }
        for (const auto key : m_reader.read({bytes.data(), static_cast<std::size_t>(got)})) {
            if (key == Key::quit) {
                return Goes::away;
            }
            press(key);
        }
        return Goes::on;
    }

    void press(Key key) {
        switch (key) {
            case Key::hint: show_hint(); break;
            case Key::next: show_next(); break;
            case Key::list: show_list(); break;
            case Key::help: m_teller->help(); break;
            case Key::rerun: begin_anew("checking again, from nothing", From::nothing); break;
            case Key::quit: break;
            case Key::back:
            case Key::up:
            case Key::down:
            case Key::page_up:
            case Key::page_down: m_teller->move(key); break;
        }
    }

    void show_hint() {
        auto hint = app::hint(m_context, {.project = m_here.folder.string()});
        if (hint) {
            m_teller->hint(std::move(*hint));
        } else {
            m_teller->remark(hint.error().message);
        }
    }

    void show_next() {
        auto next = app::next(m_context);
        if (next) {
            m_teller->next(std::move(*next));
        } else {
            const auto& error = next.error();
            m_teller->remark(error.kind == ErrorKind::not_found
                                 ? "What comes after this project is known in a workspace: " + error.hint + "."
                                 : error.message);
        }
    }

    void show_list() {
        const auto history = progress::Journal(m_here.home).load(m_context.index.renamed);
        m_teller->list(
            list_milestones(m_project, m_report ? &*m_report : nullptr, history ? history->state : progress::State()));
    }

    Status heed_news() {
        for (auto& news : m_runner->take()) {
            if (!news.fetching.empty()) {
                m_teller->remark("fetching " + news.fetching);
            } else if (!news.ended) {
                m_teller->doing(news.doing);
            } else if (m_pending) {
                const auto pending = *std::exchange(m_pending, std::nullopt);
                begin(pending.why, pending.from);
            } else {
                MLPATH_CHECK(end_run(std::move(*news.ended)));
            }
        }
        return {};
    }

    Status end_run(Ended run) {
        if (!run.report && !m_ran) {
            return fail(std::move(run).report.error());
        }
        m_ran = true;
        std::optional<app::Next> next;
        m_report = run.report ? std::optional(*run.report) : std::nullopt;
        if (m_report && first_failure(*m_report) == nullptr) {
            if (auto found = app::next(m_context)) {
                next = std::move(*found);
            }
        }
        m_teller->ended(std::move(run), std::move(next));
        return {};
    }

    void say_how_changes_are_found() {
        if (m_watch.note() != m_said) {
            m_said = m_watch.note();
            m_teller->looks(m_said);
        }
    }

    Status heed_files() {
        MLPATH_TRY(const auto changed, m_watch.look(std::chrono::steady_clock::now()));
        say_how_changes_are_found();
        if (!changed.empty()) {
            begin_anew(since(changed), From::what_is_known);
        }
        return {};
    }

    struct Pending {
        std::string why{};
        From from = From::what_is_known;
    };

    Host& m_host;
    const app::Context& m_context;
    app::ProjectWatch m_watch;
    std::unique_ptr<Runner> m_runner;
    std::shared_ptr<const system::Wake> m_wake;
    TerminalSignals m_signals;
    library::Project m_project;
    app::ProjectHere m_here;
    KeyReader m_reader{};
    std::optional<app::CheckReport> m_report{};  // of the last run
    std::optional<Pending> m_pending{};          // to begin when what runs has ended
    bool m_ran = false;
    std::string m_said{};  // of how changes are found
    // The last are the first to go: the terminal is given back before we wait for what runs.
    std::optional<KeyInput> m_keys{};
    std::unique_ptr<Teller> m_teller{};
};

}  // namespace

Result<Exit> watch(Host& host, const WatchRequest& request) {
    MLPATH_TRY(const auto context, host.context());
    MLPATH_TRY(auto made, system::Wake::make());
    const auto wake = std::make_shared<const system::Wake>(std::move(made));
    MLPATH_TRY(auto runner, Runner::open(host, context, request.words, request.sandbox, wake));
    const auto& folder = runner->here().folder;
    MLPATH_TRY(auto changes,
               app::ProjectWatch::open(runner->project(), folder,
                                       app::choose_way(folder, system::file_system_at(folder), request.looking)));
    Session session(host, context, std::move(changes), std::move(runner), wake);
    return session.run();
}

}  // namespace mlpath::cli
