#include "checks/kinds/leakage/audit.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "json/document.hpp"

namespace mlpath::checks {

namespace {

using Does = AuditEvent::Does;

// Rows of which fewer are concerned could be the same by chance.
constexpr std::size_t fewest_rows = 3;
constexpr std::size_t deepest = 8;  // preparations one behind the other

// Preparation that is the same whatever it is fitted on.
constexpr std::array learns_nothing{"FunctionTransformer", "Normalizer",        "Binarizer",
                                    "PolynomialFeatures",  "HashingVectorizer", "FeatureHasher"};

bool is_one_of(std::string_view name, const auto& names) { return std::ranges::find(names, name) != names.end(); }

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> from_hex(const Json& value) {
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto& text = value.get_ref<const std::string&>();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<Does> does_of(std::string_view name) {
    return name == "fit"         ? std::optional(Does::fit)
           : name == "transform" ? std::optional(Does::transform)
           : name == "predict"   ? std::optional(Does::predict)
           : name == "score"     ? std::optional(Does::score)
                                 : std::nullopt;
}

// What reading of the lines has to remember.
struct Reading {
    std::unordered_map<std::string, std::shared_ptr<const RowHashes>> lists{};
    std::unordered_map<std::uint64_t, std::size_t> fits{};
};

bool has(const RowHashes& sorted, std::uint64_t row) { return std::ranges::binary_search(sorted, row); }

}  // namespace

void Audit::add(std::string_view text) {
    Reading reading;
    const auto list_at = [&](const Json& object, const char* key) {
        const auto found = reading.lists.find(text_at(object, key));
        return found == reading.lists.end() ? nullptr : found->second;
    };
    const auto read_list = [&](const Json& record) {
        const auto rows = record.find("rows");
        if (rows == record.end() || !rows->is_array()) {
            return false;
        }
        auto hashes = std::make_shared<RowHashes>();
        for (const auto& row : *rows) {
            const auto hash = from_hex(row);
            if (!hash) {
                return false;
            }
            hashes->push_back(*hash);
        }
        reading.lists.emplace(text_at(record, "list"), std::move(hashes));
        return true;
    };
    const auto read_event = [&](const Json& record) {
        const auto name = text_at(record, "does");
        if (name == "began") {
            return true;
        }
        if (name == "unseen" || name == "stopped" || name == "lost") {
            ++unseen;
            return true;
        }
        const auto does = does_of(name);
        AuditEvent event{
            .does = does.value_or(Does::fit), .who = text_at(record, "who"), .rows = list_at(record, "rows")};
        if (!does || event.who.empty() || !event.rows) {
            return false;
        }
        event.out = list_at(record, "out");
        if (event.out && event.out->size() != event.rows->size()) {
            return false;
        }
        if (const auto inside = record.find("inside"); inside != record.end() && inside->is_array()) {
            for (const auto& who : *inside) {
                event.inside.push_back(who.is_string() ? who.get<std::string>() : std::string());
            }
        }
        event.worker = record.contains("worker");
        if (const auto number = record.find("fit"); number != record.end() && number->is_number_unsigned()) {
            const auto key = number->get<std::uint64_t>();
            if (event.does == Does::fit) {
                const auto [place, is_new] = reading.fits.emplace(key, fits.size());
                if (is_new) {
                    fits.emplace_back();
                }
                auto& rows = fits[place->second];
                rows.insert(rows.end(), event.rows->begin(), event.rows->end());
                std::ranges::sort(rows);
            }
            if (const auto known = reading.fits.find(key); known != reading.fits.end()) {
                event.fit = known->second;
            }
        }
        events.push_back(std::move(event));
        return true;
    };
    for (const auto line : split(text, '\n')) {
        if (trim(line).empty()) {
            continue;
        }
        const auto parsed = json::parse(line, "what reached fit", {.bytes = 64u << 20, .depth = 4});
        const auto& record = parsed.value;
        const bool sound =
            parsed.ok() && record.is_object() && (record.contains("list") ? read_list(record) : read_event(record));
        readable = readable && sound;
    }
}

namespace {

// Which preparation made a row, of which row.
struct Origin {
    std::size_t fit = 0;
    std::uint64_t row = 0;
    const std::string* who = nullptr;
    bool learned = true;
};
using Origins = std::unordered_map<std::uint64_t, std::vector<Origin>>;

Origins origins_of(const Audit& audit) {
    Origins origins;
    std::set<std::tuple<const RowHashes*, const RowHashes*, std::size_t>> seen;
    for (const auto& event : audit.events) {
        if (event.does != Does::transform || !event.out || !event.fit ||
            !seen.emplace(event.rows.get(), event.out.get(), *event.fit).second) {
            continue;
        }
        const bool learned = !is_one_of(event.who, learns_nothing);
        for (std::size_t i = 0; i < event.rows->size(); ++i) {
            origins[(*event.out)[i]].push_back({*event.fit, (*event.rows)[i], &event.who, learned});
        }
    }
    return origins;
}

// The preparation that had seen the row when it was fitted, if whatever made this row had; else of the row that it was
// made of, and so on. Where something made the same row that had not seen it, that is believed.
const std::string* seen_by(std::uint64_t row, const Audit& audit, const Origins& origins, std::size_t depth = 0) {
    const auto made = origins.find(row);
    if (made == origins.end() || depth == deepest) {
        return nullptr;
    }
    std::optional<std::uint64_t> before;
    for (const auto& origin : made->second) {
        if (!origin.learned || !has(audit.fits[origin.fit], origin.row)) {
            before = origin.row;
        }
    }
    if (before) {
        return *before == row ? nullptr : seen_by(*before, audit, origins, depth + 1);
    }
    return made->second.front().who;
}

// Whether it tries a model on rows that are to say how good it is.
bool is_trial(const AuditEvent& event, bool holds_out_inside) {
    if ((event.does != Does::predict && event.does != Does::score) || !event.fit) {
        return false;
    }
    if (event.worker && holds_out_inside) {
        return false;  // whose trial it is cannot be told
    }
    return event.inside.empty() || std::ranges::any_of(event.inside, [](const std::string& who) {
               return who.find("SearchCV") != std::string::npos;
           });
}

// Whether an estimator is there that tries others within its own fit.
bool holds_out_inside(const Audit& audit) {
    return std::ranges::any_of(audit.events, [](const AuditEvent& event) {
        return event.does == Does::fit &&
               (event.who.starts_with("Stacking") || event.who.starts_with("Calibrated") ||
                event.who.starts_with("RFE") || event.who.find("Selector") != std::string::npos);
    });
}

}  // namespace

std::optional<Leak> fitted_before_validation(const Audit& audit) {
    const auto origins = origins_of(audit);
    const bool hidden = holds_out_inside(audit);
    std::map<std::string, std::unordered_set<std::uint64_t>> leaked;  // by the preparation
    std::string model;
    for (const auto& event : audit.events) {
        if (!is_trial(event, hidden)) {
            continue;
        }
        std::map<std::string, std::unordered_set<std::uint64_t>> here;
        std::size_t fresh = 0;
        for (const auto row : *event.rows) {
            if (has(audit.fits[*event.fit], row)) {
                continue;
            }
            ++fresh;
            if (const auto* who = seen_by(row, audit, origins)) {
                here[*who].insert(row);
            }
        }
        for (const auto& [who, rows] : here) {
            // Rows that are alike make a few look so; a leak concerns them all.
            if (rows.size() >= fewest_rows && 2 * rows.size() > fresh) {
                leaked[who].insert(rows.begin(), rows.end());
                model = model.empty() ? event.who : model;
            }
        }
    }
    if (leaked.empty()) {
        return std::nullopt;
    }
    std::vector<std::string> names;
    std::size_t most = 0;
    for (const auto& [who, rows] : leaked) {
        names.push_back(who);
        most = std::max(most, rows.size());
    }
    return Leak{
        .what = list_of(names) + (names.size() == 1 ? " was" : " were") + " fitted on " + count_of(most, "row") +
                " on which `" + model + "` was tried afterwards, as if it had never met them",
        .because =
            "rows that were to be new had helped to set the scale, fill the gaps or choose the columns: "
            "the preparation was fitted on all rows before they were parted for the trial, or `fit_transform` was "
            "called on the held-out rows too, where `transform` belongs",
        .look =
            "put the preparation and the model into one `Pipeline`, and hand the raw rows to "
            "`cross_val_score` or `GridSearchCV`: each fold then fits both on its own training rows",
        .rows = most};
}

std::optional<Leak> fitted_on_test_rows(const Audit& usual, const Audit& with_strangers) {
    const auto most_rows = [](const Audit& audit) {
        std::map<std::string, std::size_t> most;
        for (const auto& event : audit.events) {
            if (event.does == Does::fit) {
                auto& rows = most[event.who];
                rows = std::max(rows, event.rows->size());
            }
        }
        return most;
    };
    const auto before = most_rows(usual);
    for (const auto& [who, rows] : most_rows(with_strangers)) {
        const auto known = before.find(who);
        if (known != before.end() && rows > known->second) {
            return Leak{.what = "`" + who + "` was fitted on " + count_of(known->second, "row") + ", and on " +
                                std::to_string(rows) + " when " + count_of(rows - known->second, "row") +
                                " joined the test file: it is fitted on rows that are to be predicted",
                        .because =
                            "the training and the test table were joined before something was fitted, or `fit` was "
                            "called on the test table too",
                        .look =
                            "search for `fit` and `fit_transform`: only training rows may go in; the test rows are "
                            "prepared by `transform`",
                        .rows = rows - known->second};
        }
    }
    return std::nullopt;
}

std::optional<Leak> scored_on_fitted_rows(const Audit& audit, std::size_t train_rows, std::size_t test_rows) {
    const bool hidden = holds_out_inside(audit);
    std::optional<Leak> own;
    bool fair_trial = false;
    for (const auto& event : audit.events) {
        if (!is_trial(event, hidden) || event.rows->empty()) {
            continue;
        }
        const auto& fitted = audit.fits[*event.fit];
        const auto count = event.rows->size();
        const auto shared = static_cast<std::size_t>(
            std::ranges::count_if(*event.rows, [&](std::uint64_t row) { return has(fitted, row); }));
        if (2 * shared < count) {
            fair_trial = fair_trial || event.does == Does::score || count != test_rows;
        }
        // Two disjoint parts cannot be more than the whole, and where many rows are alike, sharing some tells nothing.
        std::unordered_set<std::uint64_t> different(event.rows->begin(), event.rows->end());
        different.insert(fitted.begin(), fitted.end());
        if (event.does != Does::score || shared < fewest_rows || 5 * shared < count ||
            fitted.size() + count <= train_rows || 10 * different.size() < 9 * train_rows) {
            continue;
        }
        if (shared < count) {
            return Leak{.what = std::to_string(shared) + " of " + count_of(count, "row") + " on which `" + event.who +
                                "` was scored had also been given to its `fit`",
                        .because =
                            "rows were copied (to balance the classes, or by joining tables) before they were "
                            "parted, so that copies lie on both sides",
                        .look = "part the rows first, and copy or balance only the part that is fitted on",
                        .rows = shared};
        }
        own = Leak{.what = "the only score that the program takes, of `" + event.who + "`, is of the " +
                           count_of(count, "row") + " that it was fitted on",
                   .because =
                       "such a score says how well a model remembers, not how well it will do on rows that it "
                       "has never met",
                   .look = "hold some rows out before `fit` (`train_test_split`), or use `cross_val_score`",
                   .rows = shared};
    }
    return fair_trial ? std::nullopt : own;
}

}  // namespace mlpath::checks
