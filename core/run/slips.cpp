#include "run/slips.hpp"

#include <algorithm>
#include <array>

#include "base/pattern.hpp"
#include "base/text.hpp"

namespace mlpath::run {

namespace {

// What an object of Python's own kinds is asked for and does not have.
struct Attribute {
    std::string_view type;  // empty: any of them
    std::string_view name;
    std::string_view cause;
};
constexpr std::array attributes{
    Attribute{"", "length", "Python has no `.length`: `len(x)` tells how long a list or a text is."},
    Attribute{"", "size", "Python's own collections have no `.size`: `len(x)` tells how many items there are."},
    Attribute{"set", "push", "A set takes another item by `.add(item)`; `.push` is JavaScript's."},
    Attribute{"", "push", "A list takes another item by `.append(item)`; `.push` is JavaScript's."},
    Attribute{"", "unshift", "A list takes an item at its front by `.insert(0, item)`; `.unshift` is JavaScript's."},
    Attribute{"", "shift", "A list gives its first item by `.pop(0)`; `.shift` is JavaScript's."},
    Attribute{"", "splice", "A part of a list is taken out by `del items[start:end]`; `.splice` is JavaScript's."},
    Attribute{"", "toLowerCase", "In Python a text in small letters is `text.lower()`."},
    Attribute{"", "toUpperCase", "In Python a text in capital letters is `text.upper()`."},
    Attribute{"", "trim", "In Python the blanks around a text are taken off by `text.strip()`."},
    Attribute{"", "trimStart", "In Python the blanks before a text are taken off by `text.lstrip()`."},
    Attribute{"", "trimEnd", "In Python the blanks behind a text are taken off by `text.rstrip()`."},
    Attribute{"", "includes", "In Python it is asked by `item in items`, for lists, texts and dictionaries alike."},
    Attribute{"", "contains", "In Python it is asked by `item in items`, for lists, texts and dictionaries alike."},
    Attribute{"", "has", "In Python it is asked by `item in items`, for sets and dictionaries alike."},
    Attribute{"", "hasOwnProperty", "In Python it is asked by `key in d`."},
    Attribute{"str", "indexOf",
              "In Python the place of a text in another is `text.find(part)`: -1 where it is not there."},
    Attribute{"", "indexOf",
              "In Python the place of an item is `items.index(item)`, which raises where it is not there."},
    Attribute{"", "lastIndexOf", "In Python the last place of a text in another is `text.rfind(part)`."},
    Attribute{"", "map", "Python's lists have no `.map`: write `[f(x) for x in items]`."},
    Attribute{"", "filter", "Python's lists have no `.filter`: write `[x for x in items if f(x)]`."},
    Attribute{"", "forEach", "Python's lists have no `.forEach`: write a loop, `for x in items:`."},
    Attribute{"", "reduce",
              "Python's lists have no `.reduce`: `sum(items)`, `max(items)` or a loop does it, or "
              "`functools.reduce(f, items, start)`."},
    Attribute{"list", "find",
              "Python's lists have no `.find`: `next((x for x in items if f(x)), None)` is the first that fits."},
    Attribute{"", "some", "Python's lists have no `.some`: write `any(f(x) for x in items)`."},
    Attribute{"", "every", "Python's lists have no `.every`: write `all(f(x) for x in items)`."},
    Attribute{"", "slice", "In Python a part of a list or a text is `items[start:end]`."},
    Attribute{"", "substring", "In Python a part of a text is `text[start:end]`."},
    Attribute{"", "substr", "In Python a part of a text is `text[start:start + length]`."},
    Attribute{"str", "concat", "In Python two texts are joined by `a + b`."},
    Attribute{"", "concat", "In Python two lists are joined by `a + b`."},
    Attribute{"list", "join", "In Python it is the text between the items that joins them: `\", \".join(items)`."},
    Attribute{"", "charAt", "In Python a letter of a text is `text[i]`."},
    Attribute{"", "charCodeAt", "In Python the number of a letter is `ord(text[i])`."},
    Attribute{"", "toString", "In Python anything becomes a text by `str(x)`."},
    Attribute{"", "toFixed",
              "In Python a number with two decimals is `f\"{x:.2f}\"` as a text, `round(x, 2)` as a number."},
    Attribute{"", "startsWith", "In Python it is spelled `text.startswith(part)`."},
    Attribute{"", "endsWith", "In Python it is spelled `text.endswith(part)`."},
    Attribute{"", "replaceAll", "In Python `text.replace(old, new)` replaces all of them."},
    Attribute{"", "padStart", "In Python it is `text.rjust(width)`, or `text.zfill(width)` for zeros."},
    Attribute{"", "padEnd", "In Python it is `text.ljust(width)`."},
    Attribute{"", "match", "Python's texts have no `.match`: it is `re.search(pattern, text)`, after `import re`."},
    Attribute{"", "localeCompare", "In Python texts are compared by `<`, and sorted by `sorted(texts)`."},
    Attribute{"str", "reverse", "In Python a text is turned around by `text[::-1]`."},
    Attribute{"dict", "entries", "In Python the pairs of a dictionary are `d.items()`."},
    Attribute{"dict", "sort",
              "A dictionary has no `.sort`: `sorted(d.items(), key=…)` gives its pairs as a sorted list."},
    Attribute{"dict", "set", "In Python a dictionary takes a value by `d[key] = value`."},
    Attribute{"dict", "delete", "In Python an entry is taken out by `del d[key]`."},
    Attribute{"set", "delete", "In Python an item is taken out of a set by `s.discard(item)`."},
};
constexpr std::array<std::string_view, 9> own_types{"list", "str",   "dict", "set",      "tuple",
                                                    "int",  "float", "bool", "frozenset"};

// Names that Python does not know.
struct Name {
    std::string_view name;
    std::string_view cause;
};
constexpr std::array names{
    Name{"null", "Python's word for it is `None`."},
    Name{"undefined", "Python has no `undefined`: what has no value is `None`, and is asked for by `x is None`."},
    Name{"true", "In Python it is spelled `True`."},
    Name{"false", "In Python it is spelled `False`."},
    Name{"NaN", "In Python it is `float(\"nan\")` or `math.nan`, and is asked for by `math.isnan(x)`."},
    Name{"isNaN", "In Python it is asked by `math.isnan(x)`, after `import math`."},
    Name{"Infinity", "In Python it is `float(\"inf\")` or `math.inf`."},
    Name{"console", "Python prints by `print(x)`; `console.log` is JavaScript's."},
    Name{"alert", "Python shows a value by `print(x)`; `alert` is the browser's."},
    Name{"document", "`document` is the browser's: there is none where Python runs."},
    Name{"Object", "Python's dictionaries tell it themselves: `d.keys()`, `d.values()`, `d.items()`."},
    Name{"Math",
         "Python has these as functions: `max(a, b)`, `min(a, b)`, `abs(x)`, `round(x)`; the others, such as "
         "`math.floor(x)` and `math.sqrt(x)`, after `import math`."},
    Name{"JSON", "Python reads JSON by `json.loads(text)` and writes it by `json.dumps(value)`, after `import json`."},
    Name{"parseInt", "In Python a text becomes a number by `int(text)`."},
    Name{"parseFloat", "In Python a text becomes a number by `float(text)`."},
    Name{"Number", "In Python a text becomes a number by `int(text)` or `float(text)`."},
    Name{"String", "In Python anything becomes a text by `str(x)`."},
    Name{"Array", "In Python a list is written `[1, 2]`, and one of `n` zeros is `[0] * n`."},
    Name{"Date", "In Python dates come from `import datetime`: `datetime.datetime.now()`."},
    Name{"Error", "In Python an exception has a kind that says more: `raise ValueError(\"…\")`."},
    Name{"typeof", "In Python the type is told by `type(x)`, and asked for by `isinstance(x, str)`."},
    Name{"require", "In Python another file or library is used by `import name` at the top."},
    Name{"this",
         "In Python an object has itself as the first parameter of its methods, `self`: `def f(self):` and then "
         "`self.x`."},
    Name{"self", "`self` is a parameter like others, and has to be the first of the method: `def f(self, …):`."},
};

// What stands in a line that is no Python. In the order of what weighs most: `if (a === b && !c) {` has all of it.
struct Line {
    std::string_view pattern;  // of the code without texts and comments
    std::string_view cause;
};
constexpr std::array syntax{
    Line{R"(^\s*//)", "In Python a comment begins with `#`."},
    Line{R"(/\*|\*/)", "In Python a comment begins with `#`, on each of its lines; `/* … */` is none."},
    Line{R"([\x{201C}\x{201D}\x{201E}\x{2018}\x{2019}\x{201A}\x{00AB}\x{00BB}])",
         "The quotes are curly ones, as a word processor or a web page sets them: type them anew in your editor, `\"` "
         "or "
         "`'`."},
    Line{"`",
         "Python has no backticks: a text with values in it is `f\"{name} has {count}\"`, with an `f` before the quote "
         "and no `$`."},
    Line{"===", "In Python two values are compared by `==`; there is no `===`."},
    Line{"!==", "In Python it is `!=`; there is no `!==`."},
    Line{R"(^\s*(export\s+)?(async\s+)?function\b)",
         "A function is defined by `def name(parameter):`, and what belongs to it is indented."},
    Line{R"(\bfunction\s*\()", "A function without a name is `lambda x: x + 1`; a longer one is defined by `def`."},
    Line{"=>", "A short function is `lambda x: x + 1`; a longer one is defined by `def`."},
    Line{R"(^\s*for\s*\(\s*(let|var|const)?\s*[^;()]*;)", "In Python one counts by `for i in range(n):`."},
    Line{R"(^\s*for\s*\(?\s*(let\s+|var\s+|const\s+)?\w+\s+of\b)", "In Python it is `for x in items:`."},
    Line{R"(^\s*for\s*\(\s*(let\s+|var\s+|const\s+)\w+\s+in\b)",
         "In Python it is `for key in d:`, without parentheses."},
    Line{R"(^\s*(let|const|var)\s)", "In Python a name gets a value without a word before it: `x = 1`."},
    Line{R"(\belse\s+if\b)", "In Python it is `elif condition:`."},
    Line{R"(^\s*\}?\s*elseif\b)", "In Python it is `elif condition:`."},
    Line{R"(^\s*switch\b)",
         "Python has no `switch`: write `if …:`, `elif …:`, `else:`, or look it up in a dictionary."},
    Line{R"(^\s*\}?\s*catch\b)", "In Python an exception is caught by `except ValueError:`."},
    Line{R"(^\s*throw\b)", "In Python an exception is raised by `raise ValueError(\"…\")`."},
    Line{R"(^\s*import\s.*\bfrom\b|^\s*import\s*\{)", "In Python it is `from module import name`, or `import module`."},
    Line{R"(^\s*export\b)", "Python needs no `export`: what a file defines, others can import."},
    Line{R"(\bnew\s+\w+)", "Python needs no `new`: an object is made by calling its class, `Counter()`."},
    Line{R"(\btypeof\b)", "In Python the type is told by `type(x)`, and asked for by `isinstance(x, str)`."},
    Line{R"(\binstanceof\b)", "In Python it is asked by `isinstance(x, str)`."},
    Line{"&&", "In Python it is `and`."},
    Line{R"(\|\|)", "In Python it is `or`."},
    Line{R"(\?\?)", "Python has no `??`: write `a if a is not None else b`."},
    Line{R"(\?\.)", "Python has no `?.`: write `a.b if a is not None else None`, or `d.get(key)` for a dictionary."},
    Line{R"(\?.*:)", "In Python it is `a if condition else b`."},
    Line{R"(![\w(])", "In Python it is `not x`."},
    Line{R"(\+\+)", "Python has no `++`: write `i += 1`."},
    Line{R"(--\s*($|[;)\]},]))", "Python has no `--`: write `i -= 1`."},
    Line{R"(//\s*\w+\s+\w+)", "In Python a comment begins with `#`; `//` divides."},
    Line{R"(^\s*do\s*\{)", "Python has no `do`: write `while True:` and leave the loop by `break`."},
    Line{R"(^\s*\}?\s*(if|for|while|else|elif|def|try|class|except|finally)\b.*\{\s*$)",
         "Python has no braces around blocks: the line ends with a colon, `if x:`, and what belongs to it is indented "
         "by "
         "four spaces."},
};
constexpr std::string_view braces =
    "Python has no braces around blocks: the line ends with a colon, `if x:`, and what "
    "belongs to it is indented by four spaces.";

// What a TypeError, a ValueError or an IndexError says.
struct Message {
    std::string_view type;
    std::string_view pattern;  // of the message
    std::string_view cause;
};
constexpr std::array messages{
    Message{"TypeError", R"(can only concatenate str \(not)",
            "Python does not make a text of a number by itself: write `str(number)`, or put it into the text, "
            "`f\"{number} words\"`."},
    Message{
        "TypeError", R"(unsupported operand type\(s\) for \+: '(int|float)' and 'str')",
        "Python does not add a number and a text: write `str(number)` to join texts, or `int(text)` to add numbers."},
    Message{"TypeError", R"(unsupported operand type\(s\) for (-|/|//|\*\*): ('str'|'\w+' and 'str'))",
            "Python does not calculate with a text: make a number of it first, by `int(text)` or `float(text)`."},
    Message{"TypeError", "can't multiply sequence by non-int of type 'str'",
            "Python does not calculate with a text: make a number of it first, by `int(text)` or `float(text)`."},
    Message{"TypeError",
            R"('(<|>|<=|>=)' not supported between instances of '(str' and '(int|float)|(int|float)' and 'str)')",
            "One of the two is a text, the other a number, and Python does not compare them: make a number of the text "
            "first, by `int(text)` or `float(text)`."},
    Message{"TypeError", R"((list|string|tuple|range object) ind(ices|ex) must be integers( or slices)?, not '?float)",
            "`/` gives a number with a decimal point in Python, even for 4 / 2: use `//` for a place in a list."},
    Message{
        "TypeError", "'float' object cannot be interpreted as an integer",
        "`/` gives a number with a decimal point in Python, even for 4 / 2: use `//` where a whole number is needed."},
    Message{"TypeError", "'dict_(keys|values|items)' object is not subscriptable",
            "What `.keys()`, `.values()` and `.items()` give is no list: wrap it, `list(d.keys())[0]`."},
    Message{"TypeError", "'(map|filter|zip)' object is not subscriptable",
            "What `map`, `filter` and `zip` give makes its items only when asked, and is no list: wrap it, `list(…)`."},
    Message{"TypeError", "'(dict_keys|dict_values|map|filter|zip|generator)' has no len",
            "It makes its items only when asked, and is no list: wrap it, `list(…)`."},
    Message{"TypeError", R"(object of type '(map|filter|zip|generator)' has no len)",
            "It makes its items only when asked, and is no list: wrap it, `list(…)`."},
    Message{"TypeError", "'builtin_function_or_method' object is not (iterable|subscriptable)",
            "A method is called by parentheses: `d.keys()`, `text.split()`."},
    Message{"TypeError", R"(sort\(\) takes no positional arguments)",
            "A list is sorted by what `key` says of each item: `items.sort(key=lambda x: x[1])`."},
    Message{"ValueError", "empty separator", "In Python the letters of a text are `list(text)`."},
    Message{"IndexError", "list assignment index out of range",
            "A list does not grow by giving a value to a place beyond its end: `.append(value)` adds one."},
};

// The modules of Python itself that a file of a learner's is most often named like.
constexpr std::array<std::string_view, 46> standard{
    "abc",        "array",   "ast",         "base64",   "calendar", "cmath",   "code",     "collections",
    "copy",       "csv",     "dataclasses", "datetime", "decimal",  "email",   "enum",     "fractions",
    "functools",  "glob",    "hashlib",     "heapq",    "html",     "http",    "inspect",  "io",
    "itertools",  "json",    "keyword",     "logging",  "math",     "numbers", "operator", "os",
    "parser",     "pathlib", "pickle",      "queue",    "random",   "re",      "secrets",  "shutil",
    "statistics", "string",  "token",       "tokenize", "types",    "typing"};

bool matches(std::string_view pattern, std::string_view text) {
    const auto compiled = Pattern::compile(pattern);
    return compiled && compiled->found_in(text);
}

std::vector<std::string> quoted_in(std::string_view text) {
    const auto compiled = Pattern::compile("'([^']*)'");
    return compiled ? compiled->all_in(text) : std::vector<std::string>();
}

std::vector<std::string_view> rows_of(const SlipScene& scene) {
    const auto own = std::ranges::find(scene.own, scene.file, &OwnFile::path);
    return own == scene.own.end() ? std::vector<std::string_view>() : lines(own->text);
}

std::string of_attribute(const SlipScene& scene) {
    const auto quoted = quoted_in(scene.message);  // "'list' object has no attribute 'push'"
    if (quoted.size() < 2 || scene.message.find("object has no attribute") == std::string_view::npos ||
        std::ranges::find(own_types, quoted[0]) == own_types.end()) {
        return {};
    }
    const auto* found = std::ranges::find_if(attributes, [&](const Attribute& each) {
        return each.name == quoted[1] && (each.type.empty() || each.type == quoted[0]);
    });
    if (found != attributes.end()) {
        return std::string(found->cause);
    }
    if (quoted[0] == "dict" && !quoted[1].starts_with('_')) {
        const bool is_called = code_of(line_of(scene)).find('.' + quoted[1] + '(') != std::string::npos;
        return is_called ? std::string()
                         : "A dictionary's values are read and set by their keys: `d[\"" + quoted[1] + "\"]`, not `d." +
                               quoted[1] + "`.";
    }
    return {};
}

std::string of_name(const SlipScene& scene) {
    const auto quoted = quoted_in(scene.message);
    if (quoted.empty()) {
        return {};
    }
    const auto& name = quoted[0];
    if (const auto* found = std::ranges::find(names, name, &Name::name); found != names.end()) {
        return std::string(found->cause);
    }
    const auto code = code_of(line_of(scene));
    if (matches("//.*\\b" + pattern_quote(name) + "\\b", code)) {
        return "In Python a comment begins with `#`; `//` divides.";
    }
    if (matches("[{,]\\s*" + pattern_quote(name) + "\\s*:", code)) {
        return "In Python the keys of a dictionary that are texts stand in quotes: `{\"" + name + "\": …}`.";
    }
    return {};
}

std::string of_syntax(const SlipScene& scene) {
    const auto code = code_of(line_of(scene));
    for (const auto& row : syntax) {
        // A comment of another language may hold an apostrophe, behind which nothing seems to be code.
        if (matches(row.pattern, code) ||
            (row.pattern.starts_with(R"(^\s*//)") && trim(line_of(scene)).starts_with("//"))) {
            return std::string(row.cause);
        }
    }
    if (trim(line_of(scene)).starts_with("/*") || trim(line_of(scene)).starts_with("* ")) {
        return std::string(syntax[1].cause);
    }
    // A block in braces is seen as a set or a dictionary, and goes wrong further down.
    const auto rows = rows_of(scene);
    constexpr std::size_t far = 12;
    const auto end = std::min(scene.line, rows.size());
    for (std::size_t i = end > far ? end - far : 0; i < end; ++i) {
        const auto line = code_of(rows[i]);
        if (matches(
                R"(^\s*\}?\s*(if|for|while|else|elif|def|try|class|except|finally|function|switch|do|catch)\b.*\{\s*$)",
                line)) {
            return matches(R"(\bfunction\b)", line) ? std::string(
                                                          "A function is defined by `def name(parameter):`, and what "
                                                          "belongs to it is indented.")
                                                    : std::string(braces);
        }
    }
    return trim(code) == "}" ? std::string(braces) : std::string();
}

// `counts[word] += 1` for a word that has no count yet.
std::string of_key(const SlipScene& scene) {
    return matches(R"(\w\[\w[^\]"']*\]\s*[-+*]=)", code_of(line_of(scene)))
               ? "`d[key] += 1` reads the old value first, and there is none yet: `d[key] = d.get(key, 0) + 1`, or a "
                 "`Counter`, which begins at 0."
               : std::string();
}

// The first parameter of a method that stands so in the source: "def f(x):", indented. nullopt: there is none, or it
// needs none.
bool lacks_self(std::string_view source, const std::string& method) {
    const auto compiled = Pattern::compile(R"(^[ \t]+def )" + pattern_quote(method) + R"(\(\s*(\w*))");
    const auto rows = lines(source);
    for (std::size_t i = 0; compiled && i < rows.size(); ++i) {
        const auto first = compiled->all_in(rows[i]);
        const bool is_free = i > 0 && trim(rows[i - 1]).starts_with("@");
        if (!first.empty() && !is_free && first[0] != "self" && first[0] != "cls" && first[0] != "_") {
            return true;
        }
    }
    return false;
}

// "A.f() takes 1 positional argument but 2 were given", of a method whose `def` names no `self`; or a `key` that
// compares two items.
std::string of_arguments(const SlipScene& scene) {
    if (matches(R"(<lambda>\(\) missing 1 required)", scene.message) &&
        matches(R"(\bkey\s*=)", code_of(line_of(scene)))) {
        return "A function that is given as `key` gets one item, and tells by what it is sorted: `key=lambda x: "
               "-x[1]`. "
               "One that compares two items is JavaScript's way.";
    }
    const auto compiled = Pattern::compile(R"((\w+)\(\) takes \d+ positional arguments? but \d+ w(?:as|ere) given)");
    const auto name = compiled ? compiled->all_in(scene.message) : std::vector<std::string>();
    const bool is_seen = !name.empty() && std::ranges::any_of(scene.own, [&](const OwnFile& file) {
        return lacks_self(file.text, name[0]);
    });
    return is_seen ? "A method has the object itself as its first parameter, which Python passes without being told: "
                     "`def " +
                         name[0] + "(self, …):`."
                   : std::string();
}

std::string of_hidden_module(const SlipScene& scene) {
    for (const auto& each : quoted_in(scene.message)) {
        const auto module = each.substr(0, each.find('.'));
        if (std::ranges::find(standard, module) != standard.end() &&
            std::ranges::find(scene.own, module + ".py", &OwnFile::path) != scene.own.end()) {
            return "Your file " + module +
                   ".py has the name of a part of Python's own library and hides it: rename it, " + "such as to my_" +
                   module + ".py, and change the `import` of it.";
        }
    }
    return {};
}

}  // namespace

std::string_view line_of(const SlipScene& scene) {
    const auto rows = rows_of(scene);
    return scene.line > 0 && scene.line <= rows.size() ? rows[scene.line - 1] : std::string_view();
}

std::string code_of(std::string_view line) {
    std::string code(line);
    char quote = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (quote == 0) {
            if (code[i] == '#') {
                std::fill(code.begin() + static_cast<std::ptrdiff_t>(i), code.end(), ' ');
                break;
            }
            quote = code[i] == '"' || code[i] == '\'' ? code[i] : '\0';
        } else if (code[i] == '\\' && i + 1 < code.size()) {
            code[i] = code[i + 1] = ' ';
            ++i;
        } else if (code[i] == quote) {
            quote = 0;
        } else {
            code[i] = ' ';
        }
    }
    return code;
}

std::string slip_in(const SlipScene& scene) {
    if (scene.type == "SyntaxError" || scene.type == "IndentationError") {
        return of_syntax(scene);
    }
    if (auto hidden = of_hidden_module(scene); !hidden.empty()) {
        return hidden;
    }
    if (scene.type == "AttributeError") {
        return of_attribute(scene);
    }
    if (scene.type == "NameError") {
        return of_name(scene);
    }
    if (scene.type == "KeyError") {
        return of_key(scene);
    }
    const auto* found = std::ranges::find_if(
        messages, [&](const Message& each) { return each.type == scene.type && matches(each.pattern, scene.message); });
    if (found != messages.end()) {
        return std::string(found->cause);
    }
    return scene.type == "TypeError" ? of_arguments(scene) : std::string();
}

}  // namespace mlpath::run
