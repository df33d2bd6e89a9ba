#include "data/links.hpp"

#include <deque>
#include <functional>

#include "unit/data_fetch_world.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace std::chrono_literals;
using data::LinkAnswer;
using system::HttpFailure;
using system::HttpMethod;

namespace {

using Kind = LinkAnswer::Kind;

struct Answer {
    int status = 200;
    std::string location{};
    std::string retry_after{};
    HttpFailure failure = HttpFailure::none;
};

// Answers as it is told to, one poll after it was asked, and watches how politely it is asked.
class FakeHttp final : public system::HttpClient {
public:
    struct World {
        std::function<Answer(const system::HttpRequest&)> answer{};
        std::vector<std::string> requests{};  // "HEAD http://…"
        std::map<std::string, std::size_t> open{};
        std::size_t most_at_a_host = 0;
        std::size_t most_in_all = 0;
    };
    explicit FakeHttp(World& world) : m_world(world) {}

    Result<std::uint64_t> start(const system::HttpRequest& request, system::BodySink& sink) override {
        CHECK(request.redirects == system::Redirects::told);
        CHECK((request.method == HttpMethod::head || request.length == 1));
        m_world.requests.push_back((request.method == HttpMethod::head ? "HEAD " : "GET ") + request.url);
        auto answer = m_world.answer(request);
        system::HttpOutcome outcome{.id = ++m_last, .failure = answer.failure};
        if (answer.failure == HttpFailure::none) {
            outcome.head.status = answer.status;
            outcome.head.url = request.url;
            outcome.head.location = answer.location;
            outcome.head.retry_after = answer.retry_after;
            if ((answer.status == 200 || answer.status == 206) && !sink.begin(outcome.head)) {
                outcome.failure = HttpFailure::sink;
            }
        }
        const auto host = system::host_of(request.url);
        m_world.most_at_a_host = std::max(m_world.most_at_a_host, ++m_world.open[host]);
        m_active.push_back({outcome, host});
        m_world.most_in_all = std::max(m_world.most_in_all, m_active.size());
        return m_last;
    }
    void cancel(std::uint64_t id) override {
        std::erase_if(m_active, [id](const auto& entry) { return entry.first.id == id; });
    }
    Result<std::vector<system::HttpOutcome>> poll(std::chrono::milliseconds) override {
        if (m_active.empty()) {
            return std::vector<system::HttpOutcome>();
        }
        auto [outcome, host] = m_active.front();
        m_active.pop_front();
        --m_world.open[host];
        return std::vector{outcome};
    }
    [[nodiscard]] std::size_t active() const override { return m_active.size(); }
    void wake() override {}

private:
    World& m_world;
    std::deque<std::pair<system::HttpOutcome, std::string>> m_active{};
    std::uint64_t m_last = 0;
};

struct Scene {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-links-");
    FakeHttp::World world{};
    tests::FastPacer pacer{};
    test::SetClock clock{test::minute(0)};
    data::LinkOptions options{};

    data::LinksAsked ask(const std::vector<std::string>& urls) {
        auto known = data::KnownLinks::load(folder.path() / "known", clock.now());
        auto asked = data::ask_links(urls, options,
                                     {.http = [this]() -> Result<std::unique_ptr<system::HttpClient>> {
                                          return std::make_unique<FakeHttp>(world);
                                      },
                                      .pacer = pacer,
                                      .clock = clock,
                                      .known = known});
        REQUIRE(asked.has_value());
        return std::move(*asked);
    }
    LinkAnswer ask_one(const std::string& url) { return ask({url}).answers.at(data::without_fragment(url)); }
};

}  // namespace

TEST_CASE_FIXTURE(Scene, "what answers to HEAD is asked once") {
    world.answer = [](const auto&) { return Answer{}; };
    CHECK(ask_one("http://a.test/page#part").kind == Kind::good);
    CHECK(world.requests == std::vector<std::string>{"HEAD http://a.test/page"});
}

TEST_CASE_FIXTURE(Scene, "where HEAD is refused, one byte is asked for") {
    for (const int refusal : {400, 403, 404, 405, 410, 501}) {
        CAPTURE(refusal);
        world = {};
        world.answer = [refusal](const system::HttpRequest& request) {
            return Answer{.status = request.method == HttpMethod::head ? refusal : 206};
        };
        CHECK(ask_one("http://" + std::to_string(refusal) + ".test/").kind == Kind::good);
        CHECK(world.requests.size() == 2);
    }
    world.answer = [](const system::HttpRequest& request) {
        return request.method == HttpMethod::head ? Answer{.failure = HttpFailure::dropped} : Answer{};
    };
    CHECK(ask_one("http://silent.test/").kind == Kind::good);
}

TEST_CASE_FIXTURE(Scene, "404 and 410 lead nowhere; what else is refused cannot be told") {
    for (const auto& [status, kind] : {std::pair{404, Kind::gone},
                                       {410, Kind::gone},
                                       {403, Kind::unclear},
                                       {401, Kind::unclear},
                                       {500, Kind::unclear}}) {
        CAPTURE(status);
        world.answer = [status = status](const auto&) { return Answer{.status = status}; };
        const auto answer = ask_one("http://a.test/");
        CHECK(answer.kind == kind);
        CHECK(answer.words.find("a.test answered " + std::to_string(status)) == 0);
    }
}

TEST_CASE_FIXTURE(Scene, "redirects are followed, and one that is for good names the new address") {
    std::map<std::string, Answer> pages{{"http://a.test/old", {301, "http://b.test/new"}},
                                        {"http://a.test/now", {302, "http://b.test/new"}},
                                        {"http://a.test/both", {308, "http://a.test/now"}},
                                        {"http://a.test/dead", {301, "http://b.test/none"}},
                                        {"http://a.test/round", {301, "http://a.test/round"}},
                                        {"http://b.test/new", {}},
                                        {"http://b.test/none", {404}}};
    world.answer = [&](const system::HttpRequest& request) { return pages.at(request.url); };
    const auto answers = ask({"http://a.test/old", "http://a.test/now", "http://a.test/both", "http://a.test/dead",
                              "http://a.test/round"})
                             .answers;
    CHECK(answers.at("http://a.test/old") == LinkAnswer{.kind = Kind::moved, .now = "http://b.test/new"});
    CHECK(answers.at("http://a.test/now").kind == Kind::good);
    CHECK(answers.at("http://a.test/both").kind == Kind::good);
    CHECK(answers.at("http://a.test/dead").kind == Kind::gone);
    CHECK(answers.at("http://a.test/dead").words == "b.test answered 404 (not found)");
    CHECK(answers.at("http://a.test/round").kind == Kind::gone);
    CHECK(answers.at("http://a.test/round").words.find("circle") != std::string::npos);
}

TEST_CASE_FIXTURE(Scene, "passing trouble is waited out, as long as the server asks, within reason") {
    int asked = 0;
    world.answer = [&](const auto&) { return ++asked == 1 ? Answer{.status = 503, .retry_after = "7"} : Answer{}; };
    CHECK(ask_one("http://a.test/").kind == Kind::good);
    CHECK(pacer.skipped >= 7s);
    CHECK(pacer.skipped < 8s);
    asked = 0;
    world.answer = [&](const auto&) { return ++asked == 1 ? Answer{.status = 429, .retry_after = "3600"} : Answer{}; };
    CHECK(ask_one("http://b.test/").kind == Kind::unclear);
    CHECK(asked == 1);
    asked = 0;
    world.answer = [&](const auto&) { return ++asked, Answer{.failure = HttpFailure::stalled}; };
    CHECK(ask_one("http://c.test/").kind == Kind::unclear);
    CHECK(asked == 2);
}

TEST_CASE_FIXTURE(Scene, "a host is asked one thing at a time, with a pause, whoever leads to it; others beside") {
    std::vector<std::string> urls;
    for (int i = 0; i < 6; ++i) {
        for (const std::string host : {"a", "b", "c", "d", "e"}) {
            urls.push_back("http://" + host + ".test/" + std::to_string(i));
        }
    }
    world.answer = [](const system::HttpRequest& request) {
        // Half of them lead to one host.
        return request.url.ends_with("/1") ? Answer{302, "http://a.test/from-" + system::host_of(request.url)}
                                           : Answer{};
    };
    options.at_once = 3;
    const auto asked = ask(urls);
    CHECK(asked.answers.size() == urls.size());
    CHECK(asked.requests == world.requests.size());
    CHECK(asked.requests == urls.size() + 5);
    CHECK(world.most_at_a_host == 1);
    CHECK(world.most_in_all == 3);
    CHECK(pacer.skipped >= 10 * options.pause);  // a.test was asked eleven times
}

TEST_CASE_FIXTURE(Scene, "what is good is known for a week, and nothing else is") {
    world.answer = [](const system::HttpRequest& request) {
        return request.url.ends_with("old")    ? Answer{301, "http://a.test/good"}
               : request.url.ends_with("gone") ? Answer{.status = 404}
                                               : Answer{};
    };
    const std::vector<std::string> urls{"http://a.test/good", "http://a.test/old", "http://a.test/gone"};
    const auto first = ask(urls);
    CHECK(first.requests == 5);
    world.requests.clear();
    const auto second = ask(urls);
    CHECK(second.answers == first.answers);
    CHECK(world.requests == std::vector<std::string>{"HEAD http://a.test/gone", "GET http://a.test/gone"});
    clock.set(test::minute(7 * 24 * 60));
    CHECK(ask(urls).requests == 5);
    clock.set(test::minute(6 * 24 * 60));  // a clock that was set back: the future is not believed
    CHECK(ask(urls).requests == 5);
}

TEST_CASE_FIXTURE(Scene, "no network is found out soon, and is not a dead host beside a living one") {
    std::vector<std::string> urls;
    for (int i = 0; i < 40; ++i) {
        urls.push_back("http://h" + std::to_string(i) + ".test/");
        urls.push_back("http://h" + std::to_string(i) + ".test/more");
    }
    world.answer = [](const auto&) { return Answer{.failure = HttpFailure::resolve}; };
    const auto none = ask(urls);
    CHECK(none.no_network);
    CHECK(none.answers.size() == urls.size());
    CHECK(none.requests < 20);
    for (const auto& [url, answer] : none.answers) {
        CHECK(answer.kind == Kind::unclear);
    }
    world.answer = [](const system::HttpRequest& request) {
        return request.url.find("h0.") != std::string::npos ? Answer{} : Answer{.failure = HttpFailure::resolve};
    };
    const auto some = ask(urls);
    CHECK_FALSE(some.no_network);
    CHECK(some.answers.at("http://h0.test/more").kind == Kind::good);
    CHECK(some.answers.at("http://h39.test/more").words == "there is no host h39.test, or no network");
}
