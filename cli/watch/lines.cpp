#include "base/text.hpp"
#include "render/advice.hpp"
#include "render/check_report.hpp"
#include "render/error.hpp"
#include "watch/clock_time.hpp"
#include "watch/teller.hpp"

namespace mlpath::cli {

namespace {

class LineTeller final : public Teller {
public:
    LineTeller(Host& host, Typing typing) : m_host(host), m_typing(typing) {}

    void watches(const library::Project& project, const fs::path& folder) override {
        m_host.remark("watching " + project.id + " in " + folder.string() +
                      (m_typing == Typing::heard ? "; the key ? lists the keys, q ends it" : "; Ctrl-C ends it"));
    }
    void looks(const std::string& note) override { m_host.remark(note); }
    void begins(const std::string& why) override {
        auto page = this->page();
        page.line(clock_time(m_host.clock().now()) + " " + why, Tone::strong);
        print(page);
    }
    void doing(const std::string&) override {}
    void ended(Ended run, std::optional<app::Next> next) override {
        auto page = this->page();
        if (m_host.json()) {
            m_host.print(run.report ? json_of(*run.report) : error_json(run.report.error()));
            m_host.out().flush();
            return;
        }
        if (!run.report) {
            Page errors(m_host.err_terminal());
            write_error(errors, run.report.error());
            m_host.err().write(errors.take());
            m_host.err().flush();
            return;
        }
        const auto& report = *run.report;
        write_milestones(page, report);
        if (first_failure(report) == nullptr) {
            page.line();
            write_complete(page, report, next);
        } else {
            write_summary(page, report);
        }
        page.line();
        print(page);
        if (!report.recorded.ok) {
            m_host.remark("note: the result could not be recorded (" + report.recorded.why_not + ")");
        }
        m_host.note("the run took " + human_duration(run.took));
    }
    void hint(app::Hint hint) override {
        auto page = this->page();
        if (!hint.finished) {
            page.line(hint.milestone_title, Tone::strong);
        }
        write_hint(page, hint, Asking::by_key);
        print(page.line());
    }
    void next(app::Next next) override {
        auto page = this->page();
        write_next(page, next);
        print(page.line());
    }
    void list(std::vector<ListedMilestone> list) override {
        auto page = this->page();
        write_list(page, list);
        print(page.line());
    }
    void help() override {
        auto page = this->page();
        write_keys(page);
        print(page.line());
    }
    void remark(const std::string& text) override { m_host.remark(text); }
    void move(Key) override {}
    void show() override { m_host.out().flush(); }
    void resized() override { m_host.look_around(); }
    void leave() override {}
    void enter() override {}

private:
    [[nodiscard]] Page page() const { return Page(m_host.out_terminal()); }
    void print(Page& page) {
        m_host.print(page);
        m_host.out().flush();
    }
    Host& m_host;
    Typing m_typing;
};

}  // namespace

std::unique_ptr<Teller> tell_in_lines(Host& host, Typing typing) { return std::make_unique<LineTeller>(host, typing); }

}  // namespace mlpath::cli
