// The report as Markdown and as a page: text stays text.
#include "unit/report_support.hpp"

using namespace mlpath;
using namespace mlpath::test;

TEST_CASE("html: one page without script, in which text stays text") {
    for (const auto& report : {small_report(), hostile_report()}) {
        const auto html = to_html(report);
        CHECK_FALSE(steers_a_terminal(html));
        for (const auto* act :
             {"<script", "javascript:x\"", "src=", "http-equiv=\"refresh", "<a href=\"http", "onerror"}) {
            CAPTURE(act);
            CHECK(html.find(act) == std::string::npos);
        }
        const auto folder = TemporaryFolder::make("mlpath-test-");
        REQUIRE(write_file(folder->path() / "r.html", html, Durability::cached));
        // Every element is closed in its turn, and none is that we did not write.
        REQUIRE(write_file(folder->path() / "p.py", R"(
import sys
from html.parser import HTMLParser

OURS = set("html head meta title style body main section h1 h2 h3 h4 p table caption thead tbody tr th td a details "
           "summary div span dl dt dd pre code ul li".split())

class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.headings = [], []
    def handle_starttag(self, tag, attrs):
        assert tag in OURS, tag
        assert {name for name, _ in attrs} <= {"lang", "charset", "name", "content", "http-equiv", "class", "scope",
                                               "href", "id", "open", "tabindex"}, attrs
        if tag != "meta":
            self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

reader = Reader()
reader.feed(open(sys.argv[1], encoding="utf-8").read())
assert not reader.open, reader.open
assert reader.headings[0] == 1 and reader.headings.count(1) == 1
for before, after in zip(reader.headings, reader.headings[1:]):
    assert after <= before + 1, reader.headings
)",
                           Durability::cached));
        const auto command =
            "/usr/bin/python3 -I " + (folder->path() / "p.py").string() + ' ' + (folder->path() / "r.html").string();
        CHECK(std::system(command.c_str()) == 0);
    }
}

namespace {

// What CommonMark reads as text: without its spans of code, which end where as many backticks stand as they begin with.
std::string outside_code(std::string_view text) {
    std::string outside;
    while (!text.empty()) {
        const auto begin = text.find('`');
        outside += text.substr(0, begin);
        if (begin == std::string_view::npos) {
            break;
        }
        if (outside.ends_with('\\')) {
            outside += '`';
            text.remove_prefix(begin + 1);
            continue;
        }
        text.remove_prefix(begin);
        const auto fence = text.substr(0, text.find_first_not_of('`'));
        std::size_t end = fence.size();
        for (;;) {
            end = text.find(fence, end);
            REQUIRE(end != std::string_view::npos);
            const auto run = text.substr(end, text.find_first_not_of('`', end) - end);
            if (run.size() == fence.size()) {
                break;
            }
            end += run.size();
        }
        text.remove_prefix(end + fence.size());
    }
    return outside;
}

}  // namespace

TEST_CASE("markdown: a summary in which text stays text") {
    const auto text = to_markdown(small_report());
    CHECK(text.starts_with("# Portfolio report: fail \\(demanded: project:iris\\)\n\n## .\n\n"));
    CHECK(text.find("| iris | fail | 0 of 1 milestone | own work |\n") != std::string::npos);
    auto bad = to_markdown(hostile_report());
    CHECK_FALSE(steers_a_terminal(bad));
    // The command stands in a fence that nothing in it can close, for copying.
    CHECK(bad.find("- again: `` mlpath verify ") != std::string::npos);
    CHECK(bad.ends_with(" ``\n"));
    bad = outside_code(bad);
    for (const auto* act : {"<script", "](javascript", " @you", "https://evil", " *b*", "\n::error"}) {
        CAPTURE(act);
        CHECK(bad.find(act) == std::string::npos);
    }
    for (const auto line : lines(bad)) {
        if (line.starts_with("| ")) {  // every row of a table has the columns of its head, however its text is
            const auto plain = replace_all(std::string(line), "\\|", "");
            CHECK((std::ranges::count(plain, '|') == 5 || std::ranges::count(plain, '|') == 4));
        }
    }
}
