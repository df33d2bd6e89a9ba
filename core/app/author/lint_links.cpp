#include "app/author/lint_links.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "json/document.hpp"
#include "markdown/addresses.hpp"
#include "markdown/document.hpp"
#include "system/http.hpp"

namespace mlpath::app {

namespace {

bool is_address(std::string_view text) {
    const bool http = text.starts_with("http://") || text.starts_with("https://");
    return http && text.find_first_of(" \t\r\n") == std::string_view::npos;
}

// Whether an address in running text is one to be asked: examples, and what a program serves on the reader's own
// machine, are not.
bool leads_out(std::string_view url) {
    auto host = system::host_of(url);
    host.erase(std::min(host.find(':'), host.size()));
    const auto ends = [&](std::string_view name) { return host == name || host.ends_with("." + std::string(name)); };
    return !host.empty() && host.find('.') != std::string::npos && !host.starts_with("127.") &&
           !host.starts_with("0.0.0.0") &&
           !std::ranges::any_of(std::initializer_list<std::string_view>{"localhost", "example", "test", "invalid",
                                                                        "example.com", "example.org", "example.net"},
                                ends);
}

// Those in running text and in code.
std::vector<std::string> addresses_in(std::string_view text) {
    auto found = markdown::addresses_in(text);
    std::erase_if(found, [](const std::string& url) { return !is_address(url) || !leads_out(url); });
    return found;
}

class Collecting {
public:
    explicit Collecting(const LintTarget& target) : m_target(target) {}

    Result<std::vector<LinkPlace>> collect() {
        for (const std::string folder : {"curricula/", "templates/"}) {
            MLPATH_TRY(const auto paths, m_target.content().list(folder));
            for (const auto& path : paths) {
                const bool json = path.ends_with(".json") && !path.starts_with("curricula/schemas/");
                if (m_target.covers(path) && (json || path.ends_with(".md"))) {
                    MLPATH_TRY(const auto text, m_target.content().read(path));
                    json ? from_json(path, text) : from_markdown(path, text);
                }
            }
        }
        return std::move(m_found);
    }

private:
    void add(std::string url, Place place) {
        place.file = m_target.shown(place.file);
        m_found.push_back({std::move(url), std::move(place)});
    }

    // What a reader can follow or copy; what is in a comment is neither.
    void from_markdown(const std::string& path, std::string_view text) {
        const auto document = markdown::read(text);
        if (!document) {
            return;  // lint itself tells
        }
        const auto add_all = [&](std::string_view written, std::size_t line) {
            for (auto& url : addresses_in(written)) {
                add(std::move(url), {path, {}, line});
            }
        };
        for (const auto& link : document->links) {
            if (is_address(link.target) && leads_out(link.target)) {
                add(link.target, {path, {}, link.line});
            }
        }
        for (const auto& code : document->codes) {
            add_all(code.text, code.line);
        }
        for (const auto& block : document->blocks) {
            for (std::size_t i = 0; block.kind == markdown::BlockKind::code && i < block.lines.size(); ++i) {
                add_all(block.lines[i], block.line == 0 ? 0 : block.line + i);
            }
        }
    }

    void from_json(const std::string& path, std::string_view text) {
        if (text.find("://") == std::string_view::npos) {
            return;
        }
        const auto parsed = json::parse(text, path);  // its faults are told by lint itself
        from_value(parsed.document, parsed.value, {});
    }

    void from_value(const json::Document& document, const Json& value, const std::string& pointer) {
        if (value.is_string()) {
            const auto& text = value.get_ref<const std::string&>();
            for (auto& url : is_address(text) ? std::vector{text} : addresses_in(text)) {
                add(std::move(url), document.place_of(pointer));
            }
        } else if (value.is_array()) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                from_value(document, value[i], json::pointer_to(pointer, i));
            }
        } else if (value.is_object()) {
            for (const auto& [key, member] : value.items()) {
                if (key != "replaces" && key != "$schema" && key != "$id") {
                    from_value(document, member, json::pointer_to(pointer, key));
                }
            }
        }
    }

    const LintTarget& m_target;
    std::vector<LinkPlace> m_found{};
};

// The new address, with the part of the page that was named.
std::string moved_to(const std::string& url, const std::string& now) {
    const auto part = url.find('#');
    return part == std::string::npos ? now : now + url.substr(part);
}

}  // namespace

void LinkReport::add(LinkReport other) {
    faults.insert(faults.end(), other.faults.begin(), other.faults.end());
    unclear.insert(unclear.end(), other.unclear.begin(), other.unclear.end());
    links += other.links;
    requests += other.requests;
    no_network = no_network || other.no_network;
}

Result<std::vector<LinkPlace>> links_in(const LintTarget& target) { return Collecting(target).collect(); }

Result<LinkReport> lint_links(const LintTarget& target, const data::LinkOptions& options, const data::LinkTools& tools,
                              std::stop_token stop) {
    MLPATH_TRY(const auto places, links_in(target));
    std::vector<std::string> urls;
    for (const auto& [url, place] : places) {
        urls.push_back(url);
    }
    MLPATH_TRY(const auto asked, data::ask_links(urls, options, tools, std::move(stop)));
    LinkReport report{.links = asked.answers.size(), .requests = asked.requests, .no_network = asked.no_network};
    for (const auto& [url, place] : places) {
        const auto found = asked.answers.find(data::without_fragment(url));
        if (found == asked.answers.end()) {
            continue;
        }
        const auto& answer = found->second;
        switch (answer.kind) {
            case data::LinkAnswer::Kind::good: break;
            case data::LinkAnswer::Kind::moved:
                report.faults.push_back({Severity::warning, place, "the address " + url + " has moved permanently",
                                         "it is now " + moved_to(url, answer.now)});
                break;
            case data::LinkAnswer::Kind::gone:
                report.faults.push_back({Severity::error, place,
                                         "the address " + url + " leads nowhere: " + answer.words,
                                         "name another, or take it out"});
                break;
            case data::LinkAnswer::Kind::unclear:
                report.unclear.push_back({Severity::warning,
                                          place,
                                          "could not tell whether the address " + url + " still holds: " + answer.words,
                                          {}});
                break;
        }
    }
    return report;
}

}  // namespace mlpath::app
