#include "options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.hpp"
#include "logging/wish.hpp"

namespace mlpath::cli {

struct Options::State {
    std::string command{};
    CLI::App app{};
    std::vector<OptionInfo> own{};
    std::vector<OptionInfo> shared{};
    GlobalOptions* globals = nullptr;

    // Records what help and completion show, and gives CLI11's part of it back.
    template <typename Value>
    CLI::Option* add(OptionInfo info, Value& value) {
        auto* option = app.add_option(info.names, value);
        if (info.required) {
            option->required();
        }
        own.push_back(std::move(info));
        return option;
    }
    // Read by from_chars: CLI11 takes -1 for the largest unsigned number, and 1x for 1.
    template <typename Number>
    void add_number(OptionInfo info, std::optional<Number>& value) {
        const auto name = info.names;
        app.add_option_function<std::string>(name, [name, &value](const std::string& text) {
            Number number{};
            const auto* end = text.data() + text.size();
            const auto [rest, error] = std::from_chars(text.data(), end, number);
            if (error != std::errc() || rest != end) {
                throw CLI::ConversionError("Could not convert: " + name + " = " + text);
            }
            value = number;
        });
        own.push_back(std::move(info));
    }
    void add_count(OptionInfo info, std::optional<std::uint64_t>& value, std::uint64_t most) {
        const auto name = info.names;
        app.add_option_function<std::string>(name, [name, &value, most](const std::string& text) {
            std::uint64_t number = 0;
            const auto* end = text.data() + text.size();
            const auto [rest, error] = std::from_chars(text.data(), end, number);
            if (error != std::errc() || rest != end || number < 1 || number > most) {
                throw CLI::ConversionError("`" + name + "` is a whole number from 1 to " + std::to_string(most) +
                                           ", not `" + printable(text) + "`");
            }
            value = number;
        });
        own.push_back(std::move(info));
    }
    [[nodiscard]] Status check_flags(const std::vector<std::string>& words) const;
    [[nodiscard]] Status check_values() const;
    [[nodiscard]] Error unknown(const std::string& word) const;
};

namespace {

OptionInfo positional(std::string name, std::string help, Values values, bool required, bool repeated) {
    return {name, name, std::move(help), values, {}, true, required, repeated};
}

OptionInfo named(std::string names, std::string placeholder, std::string help, Values values, bool repeated) {
    return {std::move(names), std::move(placeholder), std::move(help), values, {}, false, false, repeated};
}

std::string ticked(std::string_view word) { return "`" + std::string(word) + "`"; }

bool is_flag(const OptionInfo& info) { return !info.positional && info.placeholder.empty(); }

bool is_name_of(std::string_view name, const OptionInfo& info) {
    const auto names = split(info.names, ',');
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string one_of(const std::vector<std::string>& choices) {
    std::string text;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + ticked(choices[i]);
    }
    return text;
}

// CLI11 speaks of "ArgumentMismatch: 1 required TEXT missing"; people are told in our words.
std::string sentence_for(const CLI::ParseError& error) {
    std::string text = error.what();
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        const auto end = text.find(" is required");
        return end == std::string::npos ? text : ticked(text.substr(0, end)) + " is missing";
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        const auto end = text.find(':');
        return end == std::string::npos ? text : ticked(text.substr(0, end)) + " needs a value";
    }
    if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
        // "Could not convert: --seed = many"; what add_count says is a sentence already.
        const auto name = text.find(": ");
        const auto value = text.find(" = ");
        if (!text.starts_with('`') && name != std::string::npos && value != std::string::npos && name < value) {
            return ticked(text.substr(name + 2, value - name - 2)) + " is a number, not " +
                   ticked(text.substr(value + 3));
        }
    }
    return text;
}

}  // namespace

Options::Options(std::string command) : m_state(std::make_unique<State>()) {
    m_state->command = std::move(command);
    m_state->app.set_help_flag();
    m_state->app.allow_extras();
}
Options::Options(Options&&) noexcept = default;
Options& Options::operator=(Options&&) noexcept = default;
Options::~Options() = default;

void Options::required(std::string name, std::string help, std::string& value, Values values) {
    m_state->add(positional(std::move(name), std::move(help), values, true, false), value);
}
void Options::optional(std::string name, std::string help, std::string& value, Values values) {
    m_state->add(positional(std::move(name), std::move(help), values, false, false), value);
}
void Options::optional(std::string name, std::string help, std::vector<std::string>& value, Values values) {
    m_state->add(positional(std::move(name), std::move(help), values, false, true), value);
}
void Options::required(std::string name, std::string help, std::vector<std::string>& value, Values values) {
    m_state->add(positional(std::move(name), std::move(help), values, true, true), value);
}
void Options::required_choice(std::string name, std::string help, std::string& value,
                              std::vector<std::string> choices) {
    auto info = positional(std::move(name), std::move(help), Values::choices, true, false);
    info.choices = std::move(choices);
    m_state->add(std::move(info), value);
}
void Options::optional_choice(std::string name, std::string help, std::string& value,
                              std::vector<std::string> choices) {
    auto info = positional(std::move(name), std::move(help), Values::choices, false, false);
    info.choices = std::move(choices);
    m_state->add(std::move(info), value);
}

void Options::flag(std::string names, std::string help, bool& value) {
    m_state->app.add_flag(names, value);
    m_state->own.push_back(named(std::move(names), {}, std::move(help), Values::nothing, false));
}
void Options::option(std::string names, std::string placeholder, std::string help, std::string& value, Values values) {
    m_state->add(named(std::move(names), std::move(placeholder), std::move(help), values, false), value);
}
void Options::option(std::string names, std::string placeholder, std::string help, std::optional<std::string>& value,
                     Values values) {
    m_state->add(named(std::move(names), std::move(placeholder), std::move(help), values, false), value);
}
void Options::option(std::string names, std::string placeholder, std::string help, std::vector<std::string>& value,
                     Each each, Values values) {
    // Dots say that more words may follow. Where they may not, those would be taken for something else.
    placeholder += each == Each::several ? "..." : "";
    auto info = named(std::move(names), std::move(placeholder), std::move(help), values, true);
    m_state->add(std::move(info), value)->allow_extra_args(each == Each::several);
}
void Options::option(std::string names, std::string placeholder, std::string help,
                     std::optional<std::uint64_t>& value) {
    m_state->add_number(named(std::move(names), std::move(placeholder), std::move(help), Values::nothing, false),
                        value);
}
void Options::count(std::string names, std::string placeholder, std::string help, std::optional<std::uint64_t>& value,
                    std::uint64_t most) {
    m_state->add_count(named(std::move(names), std::move(placeholder), std::move(help), Values::nothing, false), value,
                       most);
}
void Options::option(std::string names, std::string placeholder, std::string help, std::optional<double>& value) {
    m_state->add_number(named(std::move(names), std::move(placeholder), std::move(help), Values::nothing, false),
                        value);
}
void Options::choice(std::string names, std::string placeholder, std::string help, std::string& value,
                     std::vector<std::string> choices) {
    auto info = named(std::move(names), std::move(placeholder), std::move(help), Values::choices, false);
    info.choices = std::move(choices);
    m_state->add(std::move(info), value);
}

void Options::globals(GlobalOptions& value) {
    auto own = std::exchange(m_state->own, {});
    flag("--json", "one JSON object on stdout, also on failure", value.json);
    choice("--color", "WHEN", "auto, always or never", value.color, {"auto", "always", "never"});
    flag("--plain", "draw nothing over: for screen readers and logs", value.plain);
    option("--library", "DIR",
           "use the library in DIR: beside the built-in one where it has a library.json, else instead of it",
           value.libraries, Each::one, Values::folders);
    option("-C", "DIR", "run as if started in DIR", value.folder, Values::folders);
    flag("--verbose", "say more on stderr", value.verbose);
    const std::vector<std::string> levels(log_levels.begin(), log_levels.end());
    choice("--log-level", "LEVEL",
           "keep a log, on stderr where no file is named: debug, info, warning, error or off (MLPATH_LOG=LEVEL:FILE "
           "says both for every run)",
           value.log_level, levels);
    option("--log-file", "FILE", "append the log to FILE; from level info on where none is said", value.log_file,
           Values::files);
    flag("-h,--help", "show this help", value.help);
    m_state->globals = &value;
    m_state->shared = std::exchange(m_state->own, std::move(own));
}

Error Options::State::unknown(const std::string& word) const {
    Error error{ErrorKind::usage, {}, {}, "see `mlpath help" + (command.empty() ? "" : " " + command) + "`"};
    if (!word.starts_with('-') || word == "-") {
        error.message = "unexpected word " + ticked(word);
        return error;
    }
    const auto name = word.substr(0, word.find('='));
    std::vector<std::string> known;
    for (const auto* list : {&own, &shared}) {
        for (const auto& info : *list) {
            if (!info.positional) {
                for (const auto part : split(info.names, ',')) {
                    known.emplace_back(part);
                }
            }
        }
    }
    error.message = "unknown option " + ticked(name);
    if (const auto near = nearest(name, known)) {
        error.hint = "did you mean " + ticked(*near) + "?";
        return error;
    }
    // An abbreviation is not taken silently, but it is understood.
    const auto longer = std::find_if(known.begin(), known.end(), [&](const std::string& option) {
        return name.size() > 3 && option.starts_with(name);
    });
    if (longer != known.end()) {
        error.hint = "did you mean " + ticked(*longer) + "?";
    }
    return error;
}

// CLI11 takes `--json=no` for a flag that is off, and speaks of numbers where it does not understand.
Status Options::State::check_flags(const std::vector<std::string>& words) const {
    for (const auto& word : words) {
        if (word == "--") {
            break;
        }
        const auto name = word.substr(0, word.find('='));
        for (const auto* list : {&own, &shared}) {
            for (const auto& info : *list) {
                if (name.size() < word.size() && is_flag(info) && is_name_of(name, info)) {
                    return fail(ErrorKind::usage, ticked(name) + " takes no value",
                                "write " + ticked(name) + " alone, or leave it out");
                }
            }
        }
    }
    return {};
}

Status Options::State::check_values() const {
    for (const auto* list : {&own, &shared}) {
        for (const auto& info : *list) {
            if (is_flag(info)) {
                continue;
            }
            const auto parts = split(info.names, ',');
            const auto* option = app.get_option(std::string(parts.back()));
            for (const auto& value : option->results()) {
                // A column may have no name; a file, a folder or an id has one.
                if (value.empty() && info.choices.empty() && (info.positional || info.values != Values::nothing)) {
                    return fail(ErrorKind::usage, ticked(parts.back()) + " is empty",
                                "leave it out or say what you mean; a shell makes an empty word of a variable that "
                                "is not set");
                }
                if (!info.choices.empty() &&
                    std::find(info.choices.begin(), info.choices.end(), value) == info.choices.end()) {
                    const auto near = nearest(value, info.choices);
                    return fail(ErrorKind::usage,
                                ticked(info.positional ? info.placeholder : info.names) + " is " +
                                    one_of(info.choices) + ", not " + ticked(value),
                                near ? "did you mean " + ticked(*near) + "?" : std::string());
                }
            }
        }
    }
    return {};
}

Status Options::parse(const std::vector<std::string>& words) {
    MLPATH_CHECK(m_state->check_flags(words));
    auto reversed = words;
    std::reverse(reversed.begin(), reversed.end());
    try {
        m_state->app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        if (m_state->globals != nullptr && std::any_of(words.begin(), words.end(), [](const std::string& word) {
                return word == "--help" || word == "-h";
            })) {
            m_state->globals->help = true;
            return {};
        }
        // A word that is not known explains a value that is missing, not the other way round.
        for (const auto& word : m_state->app.remaining()) {
            if (word.starts_with('-') && word != "--") {
                return fail(m_state->unknown(word));
            }
        }
        return fail(ErrorKind::usage, sentence_for(error), "usage: " + usage());
    }
    if (m_state->globals != nullptr && m_state->globals->help) {
        return {};
    }
    for (const auto& word : m_state->app.remaining()) {
        if (word != "--") {
            return fail(m_state->unknown(word));
        }
    }
    return m_state->check_values();
}

const std::string& Options::command() const { return m_state->command; }
const std::vector<OptionInfo>& Options::own() const { return m_state->own; }
const std::vector<OptionInfo>& Options::shared() const { return m_state->shared; }

std::string Options::usage() const {
    std::string text = "mlpath " + m_state->command;
    for (const auto& info : m_state->own) {
        if (info.positional) {
            const auto name = info.names + (info.repeated ? "..." : "");
            text += info.required ? " " + name : " [" + name + "]";
        }
    }
    const bool has_options =
        std::any_of(m_state->own.begin(), m_state->own.end(), [](const OptionInfo& info) { return !info.positional; });
    return text + (has_options ? " [OPTIONS]" : "");
}

}  // namespace mlpath::cli
