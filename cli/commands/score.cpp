#include "app/score.hpp"

#include <fmt/format.h>

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"

namespace mlpath::cli {

namespace {

struct Words {
    app::ScoreRequest request{};
    std::string truth{};
    std::string predictions{};
    bool no_header = false;
    bool list = false;
};

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

// How a metric is asked for: `ndcg@K` for what the registry calls ndcg_at_k.
std::string asked_as(const metrics::MetricInfo& info) {
    const std::string name(info.name);
    return info.takes_k ? name.substr(0, name.size() - std::string_view("_at_k").size()) + "@K" : name;
}

Exit list_metrics(Host& host) {
    if (host.json()) {
        Json all = Json::array();
        for (const auto& info : metrics::all_metrics()) {
            all.push_back({{"name", asked_as(info)},
                           {"needs", needs_name(info.needs)},
                           {"better", info.better == metrics::Better::higher ? "higher" : "lower"},
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

Json to_json(const app::Scores& scores) {
    Json values = Json::object();
    for (const auto& entry : scores.values) {
        if (entry.confusion) {
            values[entry.metric.name()] =
                Json{{"labels", entry.confusion->labels}, {"counts", entry.confusion->counts}};
        } else {
            values[entry.metric.name()] = entry.value;
        }
    }
    return Json{{"rows", scores.rows}, {"metrics", std::move(values)}};
}

void write_confusion(Page& page, const metrics::ConfusionMatrix& matrix) {
    std::vector<std::vector<std::string>> rows;
    auto& header = rows.emplace_back(std::vector<std::string>{"true \\ predicted"});
    header.insert(header.end(), matrix.labels.begin(), matrix.labels.end());
    for (std::size_t i = 0; i < matrix.labels.size(); ++i) {
        auto& row = rows.emplace_back(std::vector<std::string>{matrix.labels[i]});
        for (const auto count : matrix.counts[i]) {
            row.push_back(std::to_string(count));
        }
    }
    page.table(rows, 2);
}

void write_scores(Page& page, const app::Scores& scores) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& entry : scores.values) {
        if (!entry.confusion) {
            rows.push_back({entry.metric.name(), fmt::format("{:.6g}", entry.value)});
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
    options.optional("TRUTH", "the file of true values: CSV or TSV, also gzip", words->truth, Values::files);
    options.optional("PREDICTIONS", "the file of predictions, in the same order or with --key", words->predictions,
                     Values::files);
    options.option("-m,--metric", "NAME", "the metric, or several: accuracy f1 ndcg@10", request.metrics,
                   Options::Each::several);
    options.flag("--list", "show all metrics", words->list);
    options.option("--column", "NAME", "the column of true values", request.column);
    options.option("--label", "NAME", "the column of predicted classes or numbers", request.label);
    options.option("--score", "NAME", "the column of scores or probabilities; else proba_<class>", request.score);
    options.option("--group", "NAME", "the column of what is ranked together, in TRUTH", request.group);
    options.option("--key", "NAME", "join the rows of both files by this column", request.key);
    options.option("--pos-label", "LABEL", "the class that counts as positive", request.positive);
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
        words->request.header = words->no_header ? metrics::Header::absent : metrics::Header::detect;
        MLPATH_TRY(const auto scores, app::score(words->request, host.stop()));
        if (host.json()) {
            host.print(to_json(scores));
        } else {
            Page page(host.out_terminal());
            write_scores(page, scores);
            host.print(page);
        }
        return Exit::done;
    };
}

}  // namespace mlpath::cli
