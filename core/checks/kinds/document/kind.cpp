#include "base/files.hpp"
#include "checks/kind_parts.hpp"
#include "checks/kinds/document/links.hpp"

namespace mlpath::checks {

namespace {

void tell_document(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    tell_subject(told, lines);
    if (const auto headings = texts(fields, "headings"); !headings.empty()) {
        lines.push_back("it has the " + named("heading", headings));
    }
    if (const auto words = whole(fields, "min_words", 0); words > 0) {
        lines.push_back("it has at least " + count_of(static_cast<std::size_t>(words), "word") +
                        ", not counting code blocks, comments and addresses");
    }
    if (const auto links = fields.find("links"); links != fields.end()) {
        const auto least = whole(*links, "min", 0);
        lines.push_back((least > 0 ? "it has at least " + count_of(static_cast<std::size_t>(least), "link") + ", and "
                                   : std::string()) +
                        "every file that it links to is there");
    }
    const auto claims = fields.value("claims", Json::array());
    for (const auto& claim : claims) {
        lines.push_back("it has a line with `" + text_or(claim, "label") + "` and the figure, at most " +
                        value_words(claim.at("within")) + " from what " +
                        milestone_of(told.project, text_or(claim, "check")) + " measures");
    }
}

bool measures(const Check& check) {
    const auto* kind = kind_named(check.kind);
    return kind != nullptr && kind->figures != Figures::none;
}

void lint_document(CheckLint& lint) {
    lint.artifact("path");
    const auto claims = lint.fields().value("claims", Json::array());
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const auto at = json::pointer_to("/claims", i) + "/check";
        const auto id = text_or(claims[i], "check");
        const auto found = lint.checks().find(id);
        if (found == lint.checks().end()) {
            lint.other_check(at, "measuring check", id, measures);
        } else if (!measures(*found->second)) {
            lint.error(at, "`" + id + "` is a check of kind " + found->second->kind +
                               ", which measures nothing that a claim can be held against");
        } else if (kind_named(found->second->kind)->figures == Figures::facts && text_or(claims[i], "fact") == "mean") {
            lint.error(json::pointer_to("/claims", i) + "/fact",
                       "`" + id + "` is a check of kind " + found->second->kind + ", which may tell several facts",
                       "name the one that is claimed, as the script tells it by `check.fact`");
        }
    }
}

std::vector<std::string> claimed_by(const Check& check) {
    std::vector<std::string> ids;
    for (const auto& claim : check.fields.value("claims", Json::array())) {
        ids.push_back(claim.at("check").get<std::string>());
    }
    return ids;
}

// Where its links lead: a file that comes or goes changes what is found.
std::optional<Json> links_seen(const Check& check, const std::filesystem::path& sources,
                               const std::filesystem::path& linked) {
    auto links = Json::array();
    if (!check.fields.contains("links")) {
        return links;
    }
    if (!reads_a_source(check)) {
        return std::nullopt;
    }
    const auto document = fs::path(check.fields.at("path").get<std::string>());
    const auto text = read_file(sources / document);
    const auto read = text ? markdown::read(*text) : Result<markdown::Document>();
    for (const auto& link : read ? local_links(*read) : std::vector<LocalLink>()) {
        links.push_back(Json::array({link.path, leads_into(link, linked, document)}));
    }
    return links;
}

}  // namespace

Kind document_kind() {
    return {.told = {.tell = tell_document, .lint = lint_document, .reads = Reads::document},
            .company = Company::none,
            .draw = Draw::decides,  // of what it claims
            .needs = claimed_by,
            .surroundings = links_seen};
}

}  // namespace mlpath::checks
