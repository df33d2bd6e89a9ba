#include "render/words.hpp"
#include "watch/clock_time.hpp"
#include "watch/teller.hpp"

namespace mlpath::cli {

namespace {

constexpr std::string_view other_screen = "\x1b[?1049h\x1b[?25l\x1b[2J";  // and no cursor
constexpr std::string_view usual_screen = "\x1b[?25h\x1b[?1049l";

class ScreenTeller final : public Teller {
public:
    explicit ScreenTeller(Host& host) : m_host(host) { enter(); }
    ScreenTeller(const ScreenTeller&) = delete;
    ScreenTeller& operator=(const ScreenTeller&) = delete;
    ~ScreenTeller() override {
        leave();
        if (m_screen.report) {
            const auto& report = *m_screen.report;
            Page page(m_host.out_terminal());
            page.line("`" + report.project + "`: " + words_for(progress::Count{report.done, report.of}) +
                      " milestones done.");
            m_host.print(page);
        }
    }

    void watches(const library::Project& project, const fs::path&) override {
        m_screen.project = project.id;
        m_screen.title = project.title;
        m_stale = true;
    }
    void looks(const std::string& note) override {
        m_screen.looking = note;
        m_stale = true;
    }
    void begins(const std::string& why) override { doing(why); }
    void doing(const std::string& what) override {
        m_screen.doing = what;
        m_stale = true;
    }
    void ended(Ended run, std::optional<app::Next> next) override {
        m_screen.doing.clear();
        m_screen.remark.clear();
        m_screen.last = clock_time(m_host.clock().now()) + ", " + human_duration(run.took);
        m_screen.next = std::move(next);
        m_screen.error.reset();
        const auto failed = failing();
        if (run.report) {
            m_screen.report = std::move(*run.report);
            if (!m_screen.report->recorded.ok) {
                m_screen.remark = "The result could not be recorded: " + m_screen.report->recorded.why_not + ".";
            }
        } else {
            m_screen.report.reset();
            m_screen.error = std::move(run.report.error());
        }
        if (failing() != failed) {
            m_screen.hint.reset();
        }
        turn_to(View::verdict);
    }
    void hint(app::Hint hint) override {
        if (hint.finished) {
            remark("Every milestone passes: no hint is needed.");
            return;
        }
        m_screen.remark = hint.recorded.ok ? "" : "This hint could not be remembered: " + hint.recorded.why_not + ".";
        m_screen.hint = std::move(hint);
        turn_to(View::verdict);
        m_to_end = true;
    }
    void next(app::Next next) override {
        m_screen.remark.clear();
        m_screen.next = std::move(next);
        turn_to(View::next);
    }
    void list(std::vector<ListedMilestone> list) override {
        m_screen.remark.clear();
        m_screen.list = std::move(list);
        turn_to(View::list);
    }
    void help() override {
        m_screen.remark.clear();
        turn_to(View::help);
    }
    void remark(const std::string& text) override {
        m_screen.remark = text;
        m_stale = m_to_end = true;
    }
    void move(Key key) override {
        const auto page = std::max<std::size_t>(m_room, 2) - 1;
        switch (key) {
            case Key::back: turn_to(View::verdict); break;
            case Key::up: m_screen.scrolled -= std::min<std::size_t>(m_screen.scrolled, 1); break;
            case Key::page_up: m_screen.scrolled -= std::min(m_screen.scrolled, page); break;
            case Key::down: ++m_screen.scrolled; break;
            case Key::page_down: m_screen.scrolled += page; break;
            default: return;
        }
        m_stale = true;
    }
    void show() override {
        if (!m_stale || m_left) {
            return;
        }
        m_stale = false;
        if (std::exchange(m_to_end, false)) {
            m_screen.scrolled = static_cast<std::size_t>(-1);
        }
        const auto frame = compose(m_screen, m_host.out_terminal());
        m_screen.scrolled = frame.scrolled;
        m_room = frame.room;
        // One write that covers the old text before it erases the rest, so that nothing flickers.
        std::string bytes = "\x1b[H";
        for (std::size_t i = 0; i < frame.rows.size(); ++i) {
            bytes += (i == 0 ? "" : "\r\n") + frame.rows[i] + "\x1b[K";
        }
        m_host.out().write(bytes + "\x1b[J");
        m_host.out().flush();
    }
    void resized() override {
        m_host.look_around();
        m_stale = true;
    }
    void leave() override {
        if (!std::exchange(m_left, true)) {
            m_host.out().write(usual_screen);
            m_host.out().flush();
        }
    }
    void enter() override {
        m_left = false;
        m_host.out().write(other_screen);
        resized();
    }

private:
    void turn_to(View view) {
        m_screen.view = view;
        m_screen.scrolled = 0;
        m_stale = true;
    }
    [[nodiscard]] std::string failing() const {
        const auto* const milestone = m_screen.report ? first_failure(*m_screen.report) : nullptr;
        return milestone == nullptr ? std::string() : milestone->id;
    }

    Host& m_host;
    Screen m_screen{};
    std::size_t m_room = 0;
    bool m_stale = true;
    bool m_to_end = false;
    bool m_left = true;
};

}  // namespace

std::unique_ptr<Teller> tell_on_screen(Host& host) { return std::make_unique<ScreenTeller>(host); }

}  // namespace mlpath::cli
