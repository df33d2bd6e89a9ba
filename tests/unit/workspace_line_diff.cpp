#include <doctest/doctest.h>

#include <random>

#include "base/text.hpp"
#include "workspace/line_diff.hpp"

using namespace mlpath;
using namespace mlpath::workspace;

namespace {

// What `patch` would make of it.
std::string patched(const std::string& before, const std::string& diff) {
    const std::string marker = "\\ No newline at end of file\n";
    std::vector<std::string> old_lines;
    for (std::size_t at = 0; at < before.size();) {
        const auto end = std::min(before.find('\n', at), before.size() - 1);
        old_lines.push_back(before.substr(at, end + 1 - at));
        at = end + 1;
    }
    std::string after;
    std::size_t next = 0;
    std::size_t at = diff.find("@@");
    while (at < diff.size()) {
        const auto end = diff.find('\n', at);
        auto line = diff.substr(at, end + 1 - at);
        at = end + 1;
        if (line.starts_with("@@ -")) {
            const auto first = static_cast<std::size_t>(std::stoul(line.substr(4)));
            const bool none = line.substr(0, line.find(" +")).ends_with(",0");
            for (; next < (none ? first : first - 1); ++next) {
                after += old_lines.at(next);
            }
            continue;
        }
        auto text = line.substr(1);
        if (diff.compare(at, marker.size(), marker) == 0) {
            text.pop_back();
            at += marker.size();
        }
        if (line[0] != '+') {
            REQUIRE(old_lines.at(next) == text);
            ++next;
        }
        if (line[0] != '-') {
            after += text;
        }
    }
    for (; next < old_lines.size(); ++next) {
        after += old_lines[next];
    }
    return after;
}

}  // namespace

TEST_CASE("differences read as git writes them") {
    struct Case {
        const char* before;
        const char* after;
        const char* diff;  // without the two lines of names
    };
    for (const auto& [before, after, diff] : std::vector<Case>{
             {"a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\n", "@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e\n"},
             {"", "a\n", "@@ -0,0 +1 @@\n+a\n"},
             {"a\n", "", "@@ -1 +0,0 @@\n-a\n"},
             {"a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"},
             {"a", "a\nb", "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n"},
             {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n9\n",
              "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n"},
             // Six unchanged lines between two changes join them, seven part them.
             {"a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
              "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
             {"a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
              "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
         }) {
        CAPTURE(before);
        CHECK(unified_diff(before, after, "x", "y") == std::string("--- x\n+++ y\n") + diff);
    }
    CHECK(unified_diff("same\n", "same\n", "x", "y").empty());
}

TEST_CASE("a difference leads from one text to the other") {
    std::mt19937 random(11);
    for (int round = 0; round < 400; ++round) {
        const auto text = [&](unsigned most, unsigned kinds) {
            std::string made;
            for (auto lines = random() % most; lines > 0; --lines) {
                made += std::to_string(random() % kinds) + "\n";
            }
            if (!made.empty() && random() % 3 == 0) {
                made.pop_back();
            }
            return made;
        };
        const auto before = text(30, 6);
        const auto after = text(30, 6);
        CAPTURE(before);
        CAPTURE(after);
        CHECK(patched(before, unified_diff(before, after, "x", "y")) == after);
    }
    // Too different to be compared line by line: one after the other, and at once.
    std::string before;
    std::string after;
    for (int i = 0; i < 20'000; ++i) {
        before += std::to_string(i * 7919 % 9973) + " before\n";
        after += std::to_string(i * 104'729 % 9973) + " after\n";
    }
    CHECK(patched(before, unified_diff(before, after, "x", "y")) == after);
}

TEST_CASE("what is no text") {
    CHECK_FALSE(is_binary(""));
    CHECK_FALSE(is_binary("Grüße\n"));
    CHECK(is_binary(std::string("a\0b", 3)));
    CHECK(is_binary("\xff\xfe"));
}
