#include "app/score/score.hpp"

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "table/delimiter.hpp"

namespace mlpath::cli {

namespace {

struct Words {
    app::ScoreRequest request{};
    std::string truth{};
    std::string predictions{};
    std::optional<std::string> delimiter{};
    bool header = false;
    bool no_header = false;
    bool no_key = false;
    bool list = false;
};

bool is_whole(double value) {
    constexpr double exact = 9007199254740992.0;  // 2^53
    return value >= 0 && value < exact && value == std::floor(value);
}

// Six digits that count, as people compare metrics by four at most; --json has them all. No exponent where the number
// can be read without one, and 0.9999999 is not 1.
std::string in_words(double value) {
    constexpr double least_long = 1e6;
    constexpr double most_long = 1e15;
    if (std::abs(value) >= least_long && std::abs(value) < most_long) {
        return fmt::format("{:.0f}", value);
    }
    auto text = fmt::format("{:.6g}", value);
    const bool rounded_off = (text == "1" || text == "-1" || text == "0") && fmt::format("{}", value) != text;
    return rounded_off ? fmt::format("{}", value) : text;
}

std::string_view needs_name(metrics::Needs needs) {
    using enum metrics::Needs;
    switch (needs) {
        case labels: return "classes";
        case scores: return "scores";
        case probabilities: return "probabilities";
        case numbers: return "numbers";
        case ranking: return "ranking";
        case points: return "points";
    }
    return "";
}

// How a metric is asked for: `ndcg@K` for what the registry calls ndcg_at_k, `fB_macro` for fbeta_macro.
std::string asked_as(const metrics::MetricInfo& info) {
    const std::string name(info.name);
    if (info.takes_beta) {
        return "fB" + name.substr(std::string_view("fbeta").size());
    }
    return info.takes_k ? name.substr(0, name.size() - std::string_view("_at_k").size()) + "@K" : name;
}

std::string_view labels_name(metrics::Labels labels) {
    switch (labels) {
        case metrics::Labels::one: return "one";
        case metrics::Labels::one_or_several: return "one or several";
        case metrics::Labels::several: return "several";
    }
    return "";
}

Exit list_metrics(Host& host) {
    if (host.json()) {
        Json all = Json::array();
        for (const auto& info : metrics::all_metrics()) {
            all.push_back({{"name", asked_as(info)},
                           {"needs", needs_name(info.needs)},
                           {"better", info.better == metrics::Better::higher ? "higher" : "lower"},
                           {"labels", labels_name(info.labels)},
                           {"weights", info.takes_weights},
                           {"says", std::string(info.says)},
                           {"formula", std::string(info.formula)}});
        }
        host.print(Json{{"metrics", std::move(all)}});
        return Exit::done;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& info : metrics::all_metrics()) {
        rows.push_back({asked_as(info), std::string(needs_name(info.needs)),
                        info.better == metrics::Better::higher ? "higher" : "lower", std::string(info.says)});
    }
    Page page(host.out_terminal());
    page.line("Metric, what the predictions must hold, which values are better, and what it is:");
    page.table(rows, 2);
    host.print(page);
    return Exit::done;
}

// Whole counts as whole numbers; sums of weights as they are.
Json to_json(const metrics::ConfusionMatrix& matrix) {
    Json rows = Json::array();
    for (const auto& counts : matrix.counts) {
        Json& row = rows.emplace_back(Json::array());
        for (const double count : counts) {
            row.push_back(is_whole(count) ? Json(static_cast<std::uint64_t>(count)) : Json(count));
        }
    }
    return Json{{"labels", matrix.labels}, {"counts", std::move(rows)}};
}

Json to_json(const app::Scores& scores) {
    Json values = Json::object();
    for (const auto& entry : scores.values) {
        if (entry.confusion) {
            values[entry.metric.name()] = to_json(*entry.confusion);
        } else {
            values[entry.metric.name()] = entry.value;
        }
    }
    Json object{{"rows", scores.rows}, {"metrics", std::move(values)}};
    if (!scores.notes.empty()) {
        object["notes"] = scores.notes;
    }
    return object;
}

void write_confusion(Page& page, const metrics::ConfusionMatrix& matrix) {
    std::vector<std::vector<std::string>> rows;
    auto& header = rows.emplace_back(std::vector<std::string>{"true \\ predicted"});
    for (const auto& label : matrix.labels) {
        header.push_back(printable(label));
    }
    for (std::size_t i = 0; i < matrix.labels.size(); ++i) {
        auto& row = rows.emplace_back(std::vector<std::string>{printable(matrix.labels[i])});
        for (const double count : matrix.counts[i]) {
            row.push_back(in_words(count));
        }
    }
    page.table(rows, 2);
}

void write_scores(Page& page, const app::Scores& scores) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& entry : scores.values) {
        if (!entry.confusion) {
            rows.push_back({entry.metric.name(), in_words(entry.value)});
        }
    }
    page.table(rows);
    for (const auto& entry : scores.values) {
        if (entry.confusion) {
            page.line(entry.metric.name());
            write_confusion(page, *entry.confusion);
        }
    }
}

}  // namespace

Action make_score(Options& options) {
    auto words = std::make_shared<Words>();
    auto& request = words->request;
    options.optional("TRUTH", "the file of true values: CSV or TSV, also gzip; `-` is standard input", words->truth,
                     Values::files);
    options.optional("PREDICTIONS", "the file of predictions, in the same order or with --key; `-` likewise",
                     words->predictions, Values::files);
    options.option("-m,--metric", "NAME", "the metric, or several: accuracy f1 f0.5 ndcg@10", request.metrics,
                   Options::Each::several);
    options.option("--beta", "B", "of the metric fbeta: 2 counts recall twice as much; `f2` says the same",
                   request.beta);
    options.flag("--list", "show all metrics", words->list);
    options.option("--column", "NAME", "the column of true values", request.column);
    options.option("--label", "NAME", "the column of predicted classes or numbers", request.label);
    options.option("--score", "NAME", "the column of scores or probabilities; else proba_<class>", request.score);
    options.option("--group", "NAME", "the column of what is ranked together, in TRUTH", request.group);
    options.option("--key", "NAME", "join the rows of both files by this column; 1 and 1.0 are one key", request.key);
    options.flag("--no-key", "take the rows as they stand, even where a column such as `id` says otherwise",
                 words->no_key);
    options.option("--weight", "NAME", "the column of how much each row counts, in TRUTH", request.weight);
    options.option("--multilabel", "NAME", "the columns of 0 and 1, one a label, where a row may have several labels",
                   request.multilabel, Options::Each::several);
    options.option("--pos-label", "LABEL", "the class that counts as positive", request.positive);
    options.option("--delimiter", "CHAR", "what separates the columns: ',' ';' '|' tab; else found by itself",
                   words->delimiter);
    options.flag("--header", "the first line names the columns", words->header);
    options.flag("--no-header", "the first line is a row; columns are c0, c1 and so on", words->no_header);
    return [words](Host& host) -> Result<Exit> {
        if (words->list) {
            return list_metrics(host);
        }
        if (words->truth.empty() || words->predictions.empty()) {
            return fail(ErrorKind::usage, "two files are needed: the truth and the predictions",
                        "`mlpath score truth.csv predictions.csv --key id --column label --metric f1`");
        }
        words->request.truth = words->truth;
        words->request.predictions = words->predictions;
        if (words->header && words->no_header) {
            return fail(ErrorKind::usage, "--header and --no-header say the opposite of each other", "leave one out");
        }
        if (words->no_key && !words->request.key.empty()) {
            return fail(ErrorKind::usage, "--key and --no-key say the opposite of each other", "leave one out");
        }
        using metrics::Header;
        words->request.header = words->header ? Header::present : (words->no_header ? Header::absent : Header::detect);
        words->request.order = words->no_key ? app::Order::as_it_stands : app::Order::checked;
        if (words->delimiter) {
            MLPATH_TRY(words->request.separator, table::parse_delimiter(*words->delimiter));
        }
        MLPATH_TRY(const auto scores, app::score(words->request, host.stop()));
        for (const auto& note : scores.notes) {
            host.remark("note: " + note);
        }
        host.answer([&] { return to_json(scores); }, [&](Page& page) { write_scores(page, scores); });
        return Exit::done;
    };
}

}  // namespace mlpath::cli
