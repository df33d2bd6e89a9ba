#include "run/causes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <optional>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"
#include "run/keyboard.hpp"
#include "run/slips.hpp"
#include "run/traceback.hpp"
#include "run/unreadable_source.hpp"

namespace mlpath::run {

namespace {

struct Usual {
    std::string_view type;
    std::string_view part;  // of the message; empty: whatever it says
    std::string_view cause;
};
constexpr std::string_view unsaved_lambda =
    "What is saved holds a `lambda`, which has no name by which whoever loads it would find it: write a function with "
    "`def` at the top level of a file.";
// The first that fits.
constexpr std::array usual{
    Usual{"NotImplementedError", "",
          "This part is not written yet, or the file is not saved, or the line with `raise NotImplementedError` still "
          "stands there."},
    Usual{"IndentationError", "expected an indented block",
          "The line above ends with a colon, so what belongs to it has to be indented by four spaces."},
    Usual{"IndentationError", "unexpected indent",
          "The line is indented further than the one above it, and nothing above asks for that."},
    Usual{"IndentationError", "unindent",
          "The line is indented neither like the line above nor like an earlier one: count the spaces before each."},
    Usual{"IndentationError", "", "The spaces before the line do not match the lines above."},
    Usual{"TabError", "",
          "Tabs and spaces are mixed before the lines: use four spaces for each step, everywhere. Most editors have a "
          "command that turns tabs into spaces."},
    Usual{"SyntaxError", "from __future__",
          "`from __future__ import …` stands above all other code: move it to the top of the file."},
    Usual{"SyntaxError", "outside function",
          "The line is not indented as part of a function: what belongs to one stands four spaces to the right of its "
          "`def`."},
    Usual{"SyntaxError", "loop",
          "`break` and `continue` belong in a loop, and the line is not indented as part of one."},
    Usual{"SyntaxError", "cannot assign to",
          "One `=` gives a value to the name on its left; two values are compared by `==`."},
    Usual{"SyntaxError", "", "A missing bracket, quote or colon, in this line or in the one above."},
    Usual{"RecursionError", "",
          "The function calls itself and never stops: the case that ends it is missing or never reached."},
    Usual{"MemoryError", "",
          "It asks for more memory than there is: a list that never stops growing, or far more data than the task "
          "needs."},
    Usual{"SystemExit", "", "The function ends the program (`sys.exit`); it should return or raise."},
    Usual{"TclError", "display",
          "It opens a window, and during a check there is no screen: save a picture to a file instead, such as with "
          "`plt.savefig(\"figure.png\")`."},
    Usual{"IsADirectoryError", "", "The path is a folder's; the name of the file is missing from it."},
    Usual{"PermissionError", "", "Programs may write into the project folder and nowhere else."},
    Usual{"URLError", "", "During a check there is no network: work from the files of the project."},
    Usual{"gaierror", "", "During a check there is no network: work from the files of the project."},
    Usual{"UnicodeDecodeError", "",
          "The file that is read is not UTF-8, or no text at all. Text of this project is read with `open(path, "
          "encoding=\"utf-8\")`."},
    Usual{"UnicodeEncodeError", "surrogates", "A character came from text that was read with the wrong encoding."},
    Usual{"UnicodeEncodeError", "",
          "The encoding that the program asks for has no such character: use `utf-8`, or leave out `.encode(…)`."},
    Usual{"ImportError", "circular import",
          "Two files import each other, or a file of yours has the name of a library and hides it."},
    Usual{"ImportError", "cannot import name",
          "It is spelled differently, or a file of yours has the library's name and hides it."},
    Usual{"AttributeError", "circular import", "A file of yours has the name of a library and hides it."},
    Usual{"PicklingError", "<lambda>", unsaved_lambda},
    Usual{"AttributeError", "<lambda>", unsaved_lambda},
    Usual{
        "AttributeError", "pickle local object",
        "What is saved names a function or class that stands inside of another function, where whoever loads it would "
        "not find it: move it to the top level of the file."},
    Usual{"AttributeError", "'NoneType'",
          "The value is None: it came from a function without a `return`, or from a method that changes its object and "
          "returns nothing, such as `sort`."},
    Usual{"AttributeError", "",
          "It is spelled differently, or the value is of another type than you think: print `type(…)`."},
    Usual{"TypeError", "'NoneType'",
          "A value is None: it came from a function without a `return`, or from a method that changes its object and "
          "returns nothing, such as `sort`."},
    Usual{"UnboundLocalError", "",
          "The name gets its value only inside a loop or an `if` that was not entered this time."},
    Usual{"IndexError", "", "The index is past the end: indexes start at 0, and an empty list has none."},
    Usual{"ZeroDivisionError", "", "The divisor is 0 here: is a list or a text empty?"},
    Usual{"KeyError", "", "There is no such key or column: print the keys, or the table's `columns`."},
    Usual{"ValueError", "contains NaN",
          "Values are missing in the data (NaN), and the model takes none: fill them in first, with values that come "
          "from the training rows."},
    Usual{"ValueError", "could not convert string to float",
          "A column of words is given where numbers are needed: make numbers of it, or leave it out."},
    Usual{"ValueError", "1-dimensional",
          "Several columns are given where one is needed. `predict_proba` has a column for each class: `[:, 1]` takes "
          "one."},
    Usual{"ValueError", "Found unknown categories",
          "The encoder met a category that the training rows do not have, and stopped: `handle_unknown=\"ignore\"` of "
          "`OneHotEncoder` lets it go on."},
    Usual{"ValueError", "of the dataframe",
          "A `ColumnTransformer` names a column that is not in the table which it is given: print the table's "
          "`columns`."},
    Usual{"ValueError", "using all scalar values",
          "A dict of single values is no table yet: `pd.DataFrame([row])`, with brackets, makes a table of one row."},
};

// Names that a program uses and forgot to import.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> imports{{
    {"np", "import numpy as np"},
    {"pd", "import pandas as pd"},
    {"plt", "import matplotlib.pyplot as plt"},
    {"Counter", "from collections import Counter"},
    {"defaultdict", "from collections import defaultdict"},
    {"Path", "from pathlib import Path"},
    {"argparse", "import argparse"},
    {"collections", "import collections"},
    {"csv", "import csv"},
    {"json", "import json"},
    {"math", "import math"},
    {"os", "import os"},
    {"random", "import random"},
    {"re", "import re"},
    {"statistics", "import statistics"},
    {"string", "import string"},
    {"sys", "import sys"},
}};

// What stands between the last two quotes of the text.
std::string_view last_quoted(std::string_view text) {
    const auto end = text.find_last_of("'\"");
    if (end == std::string_view::npos || end == 0) {
        return {};
    }
    const auto begin = text.rfind(text[end], end - 1);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin + 1, end - begin - 1);
}

std::string_view first_quoted(std::string_view text) {
    const auto begin = text.find('\'');
    const auto end = begin == std::string_view::npos ? begin : text.find('\'', begin + 1);
    return end == std::string_view::npos ? std::string_view() : text.substr(begin + 1, end - begin - 1);
}

std::vector<std::string> python_files(const fs::path& folder) {
    auto files = files_below(folder).value_or(std::vector<std::string>());
    std::erase_if(files, [](const std::string& file) { return !file.ends_with(".py"); });
    return files;
}

std::string missing_file(std::string_view message, const Scene& scene) {
    const fs::path wanted(last_quoted(message));
    const auto same_name = std::ranges::find_if(
        scene.data, [&](const std::string& path) { return fs::path(path).filename() == wanted.filename(); });
    std::string cause = "Programs are run in the project folder";
    if (same_name != scene.data.end()) {
        return cause + ", where the file is `" + *same_name + "`.";
    }
    if (wanted.is_absolute() || wanted.string().starts_with("~") || wanted.string().starts_with("..")) {
        return cause + ", in a copy of it: name files from there, not from elsewhere on your machine.";
    }
    cause += ", and there is no such file in it";
    return scene.data.empty() ? cause + "." : cause + "; its data are " + list_of(scene.data) + ".";
}

std::string missing_module(std::string_view message, const Scene& scene) {
    const std::string whole(first_quoted(message));
    const auto name = whole.substr(0, whole.find('.'));
    if (message.ends_with("is not a package")) {
        return "A file of yours is named " + name + ".py, like a library, and hides it: rename your file.";
    }
    if (std::ranges::find(scene.packages, name) != scene.packages.end()) {
        return whole == name ? "The project needs `" + name +
                                   "`, and this Python cannot find it: `mlpath doctor` says what is installed and how "
                                   "to get the rest."
                             : "`" + name + "` has no module `" + whole + "`: check the spelling.";
    }
    std::vector<std::string> modules;
    for (const auto& file : scene.folder.empty() ? std::vector<std::string>() : python_files(scene.folder)) {
        modules.push_back(file.substr(0, file.size() - std::string_view(".py").size()));
    }
    if (const auto near = nearest(name, modules)) {
        return "There is no " + name + ".py in the project folder; there is " + *near + ".py.";
    }
    return "`" + name + "` is not available in this project, which uses Python's own library" +
           (scene.packages.empty() ? std::string() : " and " + list_of(scene.packages)) +
           ". If it is a file of yours, " + name + ".py has to be in the project folder.";
}

std::string unknown_name(std::string_view message) {
    const auto name = first_quoted(message);
    const auto* known = std::ranges::find(imports, name, [](const auto& entry) { return entry.first; });
    return known != imports.end() ? "Put `" + std::string(known->second) + "` at the top of the file."
                                  : "The name has no value yet on this line: it is spelled differently, or an import "
                                    "or an assignment is missing.";
}

struct Exception {
    std::string_view type{};  // without its module
    std::string_view message{};
};

Exception parted(std::string_view raised) {
    const auto colon = raised.find(": ");
    auto type = raised.substr(0, colon);
    if (const auto dot = type.rfind('.'); dot != std::string_view::npos) {
        type = type.substr(dot + 1);
    }
    return {type, colon == std::string_view::npos ? std::string_view() : raised.substr(colon + 2)};
}

// "predict.py:12: KeyError: 'Agee'", or without the place.
struct Placed {
    std::string_view file{};
    std::size_t line = 0;
    std::string_view raised{};
};
Placed placed(std::string_view raised) {
    constexpr std::string_view ending = ".py:";
    const auto name = raised.find(ending);
    const auto digits = name == std::string_view::npos ? name : name + ending.size();
    const auto end = name == std::string_view::npos ? name : raised.find(": ", digits);
    std::size_t line = 0;
    if (end == std::string_view::npos || raised.substr(0, name).find(": ") != std::string_view::npos ||
        std::from_chars(raised.data() + digits, raised.data() + end, line).ptr != raised.data() + end) {
        return {.raised = raised};
    }
    return {raised.substr(0, digits - 1), line, raised.substr(end + 2)};
}

std::vector<OwnFile> own_files(const Scene& scene) {
    constexpr std::uintmax_t most_bytes = 1u << 20;
    std::vector<OwnFile> own;
    for (const auto& file : scene.folder.empty() ? std::vector<std::string>() : python_files(scene.folder)) {
        if (auto text = read_file(scene.folder / file, most_bytes)) {
            own.push_back({file, std::move(*text)});
        }
    }
    return own;
}

std::string slip_of(const Exception& exception, const Placed& where, const Scene& scene) {
    const SlipScene slip{.type = exception.type,
                         .message = exception.message,
                         .file = where.file,
                         .line = where.line,
                         .own = own_files(scene)};
    auto found = slip_in(slip);
    return found.empty() ? keyboard_cause(exception.type, exception.message, line_of(slip)) : found;
}

// With its place where that is the learner's.
std::string placed_exception(std::string_view printed) {
    auto with_place = raised_at(printed);
    return with_place.empty() ? last_raised(printed).line : with_place;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

Scene scene_of(const library::Project& project, const Workplace& place) {
    Scene scene{.folder = place.folder(), .in_the_way = place.folders()};
    for (const auto& package : project.python.packages) {
        scene.packages.push_back(package.import_name);
    }
    for (const auto& entry : project.data) {
        for (const auto& path : {entry.to, entry.train, entry.test}) {
            if (!path.empty()) {
                scene.data.push_back(path);
            }
        }
    }
    return scene;
}

std::string cause_of_exception(std::string_view raised, const Scene& scene) {
    const auto where = placed(raised);
    const auto exception = parted(where.raised);
    const auto [type, message] = exception;
    const bool zeros = (type == "SyntaxError" || type == "ValueError") && has(message, "null bytes");
    if (zeros || (type == "SyntaxError" && (has(message, "Non-UTF-8") || has(message, "(unicode error) 'utf-8'")))) {
        auto why = why_unreadable(scene.folder,
                                  scene.folder.empty() ? std::vector<std::string>() : python_files(scene.folder));
        return !why.empty() || type == "ValueError"
                   ? why
                   : "The file is not saved as UTF-8: save it as UTF-8 in your editor.";
    }
    if (auto slip = slip_of(exception, where, scene); !slip.empty()) {
        return slip;
    }
    if (type == "FileNotFoundError") {
        return missing_file(message, scene);
    }
    if (type == "ModuleNotFoundError") {
        return missing_module(message, scene);
    }
    if (type == "NameError") {
        return unknown_name(message);
    }
    const auto* found =
        std::ranges::find_if(usual, [&](const Usual& each) { return each.type == type && has(message, each.part); });
    return found == usual.end() ? std::string() : std::string(found->cause);
}

std::string cause_of_signal(int number) {
    switch (number) {
        case SIGSEGV:
        case SIGBUS:
        case SIGILL:
        case SIGFPE:
            return "A library written in C broke, by what it was given or by a recursion that went too deep; Python "
                   "itself raises exceptions instead.";
        case SIGABRT: return "A library stopped the program itself; what it printed says why.";
        case SIGKILL: return "It asked for more memory than the machine has, or somebody ended the program.";
        default: return {};
    }
}

std::string cause_of(const system::ProcessOutcome& outcome, const Scene& scene) {
    const auto printed = outcome.err.text();
    // Python's own words about the program that it was given.
    if (const auto at = printed.find(": can't open file '"); at != std::string::npos) {
        const auto name = fs::path(first_quoted(std::string_view(printed).substr(at + 17))).filename().string();
        if (std::ranges::find(scene.in_the_way, name) != scene.in_the_way.end()) {
            return name + " is a folder, where a file belongs: " + folder_advice(name);
        }
        return "There is no " + name + " in the project folder: it was moved or renamed. `mlpath reset " + name +
               "` brings back the one that you began with.";
    }
    if (has(printed, ": error: unrecognized arguments: ")) {
        return "The program does not know these arguments: `argparse` learns of each by `parser.add_argument(…)`.";
    }
    if (has(printed, ": expected one argument")) {
        return "The option wants a value behind it: `action=\"store_true\"` makes one that is either there or not.";
    }
    if (has(printed, ": error: the following arguments are required: ")) {
        return "The program requires an argument that was not given: does it have another name, or another position?";
    }
    // Qt ends the program with a signal, others with an exception.
    if (has(printed, "could not connect to display") || has(printed, "cannot open display")) {
        return cause_of_exception("TclError: no display", scene);
    }
    switch (outcome.ending) {
        case system::Ending::signalled: return cause_of_signal(outcome.signal);
        case system::Ending::out_of_cpu_time:
        case system::Ending::timed_out: {
            const auto own = own_files(scene);
            const bool asks = std::ranges::any_of(own, [](const OwnFile& file) { return asks_keyboard(file.text); });
            return cause_of_endless(asks ? Asks::keyboard : Asks::nothing);
        }
        case system::Ending::out_of_memory: return cause_of_exception("MemoryError", scene);
        case system::Ending::exited: return cause_of_exception(placed_exception(printed), scene);
        case system::Ending::too_much_output: return "It prints in a loop, perhaps one without an end.";
        case system::Ending::interrupted: break;
    }
    return {};
}

std::string folder_advice(const std::string& path) {
    return "`" + shell_line(std::vector{std::string("mv"), path, path + ".folder"}) +
           "` moves it out of the way; then `" +
           shell_line(std::vector{std::string("mlpath"), std::string("reset"), path}) + "` brings the file back.";
}

std::string raised(std::string_view printed) { return last_raised(printed).line; }

SourcePlace place_raised(std::string_view printed) { return checked(last_raised(printed).place); }

SourcePlace checked(SourcePlace told) {
    constexpr std::size_t longest_path = 4096;  // PATH_MAX of Linux
    constexpr std::size_t most = 100'000'000;   // lines and columns; others read them into 32 bits
    if (told.line == 0 || told.line > most || told.file.size() > longest_path || !stays_inside(told.file)) {
        return {};
    }
    told.column = told.column > most ? 0 : told.column;
    return told;
}

}  // namespace mlpath::run
