#include "watch/runner.hpp"

#include <utility>

#include "base/text.hpp"

namespace mlpath::cli {

// Hands on what a run is doing.
class Runner::Reporter final : public checks::Observer, public data::FetchProgress {
public:
    explicit Reporter(Runner& runner) : m_runner(runner) {}

    void milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) override {
        m_where = "checking " + std::to_string(number) + " of " + std::to_string(of) + ": " + milestone.title;
        m_runner.tell({.doing = m_where});
    }
    void check_begins(const library::Check& check) override {
        m_runner.tell({.doing = m_where + " - " + (check.says.empty() ? check.id : check.says)});
    }
    void on(const data::FetchEvent& event) override {
        const auto name = std::string(event.dataset) + "/" + std::string(event.name);
        if (event.stage == data::FetchStage::connecting) {
            m_runner.tell({.fetching = name});
        } else if (event.stage == data::FetchStage::receiving && event.total > 0) {
            m_runner.tell(
                {.doing = "fetching " + name + ": " + human_bytes(event.done) + " of " + human_bytes(event.total)});
        }
    }

private:
    Runner& m_runner;
    std::string m_where{};
};

Runner::Runner(Host& host, const app::Context& context, app::CheckRequest words, run::SandboxWish sandbox,
               std::shared_ptr<const system::Wake> wake)
    : m_host(host),
      m_context(context),
      m_words(std::move(words)),
      m_sandbox(sandbox),
      m_wake(std::move(wake)),
      m_reporter(std::make_unique<Reporter>(*this)) {}

Runner::~Runner() = default;

Result<std::unique_ptr<Runner>> Runner::open(Host& host, const app::Context& context, const app::CheckRequest& words,
                                             run::SandboxWish sandbox, std::shared_ptr<const system::Wake> wake) {
    auto runner = std::unique_ptr<Runner>(new Runner(host, context, words, sandbox, std::move(wake)));
    MLPATH_CHECK(runner->set_up());
    runner->m_project = runner->m_room->desk->project();
    runner->m_here = runner->m_room->desk->here();
    return runner;
}

Status Runner::set_up() {
    m_room.reset();  // its interpreters end before others begin
    MLPATH_TRY(auto setup, JudgingSetup::open(m_host, m_context, m_sandbox, m_reporter.get()));
    MLPATH_TRY(auto desk, app::CheckDesk::open(m_context, setup.tools(), m_words));
    m_room = std::make_unique<Room>(Room{std::move(setup), std::move(desk)});
    return {};
}

Result<app::CheckReport> Runner::run(From from, const std::stop_token& stop) {
    if (from == From::nothing || m_room == nullptr || m_room->desk->is_dated()) {
        MLPATH_CHECK(set_up());
    }
    const auto freshness = from == From::nothing ? app::Freshness::fresh : app::Freshness::cached;
    return m_room->desk->run(m_room->setup.tools(), freshness, *m_reporter, stop);
}

void Runner::start(From from) {
    m_running = true;
    m_thread = std::jthread([this, from](const std::stop_token& stop) {
        const auto began = std::chrono::steady_clock::now();
        auto report = run(from, stop);
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
        tell({.ended = Ended{std::move(report), took}});
    });
}

void Runner::stop() { m_thread.request_stop(); }

void Runner::tell(News news) {
    {
        const std::scoped_lock lock(m_mutex);
        m_news.push_back(std::move(news));
    }
    m_wake->ring();
}

std::vector<News> Runner::take() {
    std::vector<News> news;
    {
        const std::scoped_lock lock(m_mutex);
        news = std::exchange(m_news, {});
    }
    if (!news.empty() && news.back().ended) {
        m_thread.join();
        m_running = false;
    }
    return news;
}

}  // namespace mlpath::cli
