// Slips of people who come from JavaScript: the source, what Python 3.9 to 3.13 say of it, and the Python that is told.
#include "run/slips.hpp"

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "run/causes.hpp"

using namespace mlpath;
using namespace mlpath::run;

namespace {

struct Slip {
    std::string source;
    std::vector<std::string> raised;  // by different versions of Python
    std::string says;
};

std::vector<Slip> slips() {
    return {
        {"words = [\"a\"]\nprint(words.length)\n",
         {"s.py:2: AttributeError: 'list' object has no attribute 'length'"},
         "`len(x)`"},
        {"print(\"a\".length)\n", {"s.py:1: AttributeError: 'str' object has no attribute 'length'"}, "`len(x)`"},
        {"words = []\nwords.push(\"a\")\n",
         {"s.py:2: AttributeError: 'list' object has no attribute 'push'"},
         "`.append(item)`"},
        {"seen = set()\nseen.push(\"a\")\n",
         {"s.py:2: AttributeError: 'set' object has no attribute 'push'"},
         "`.add(item)`"},
        {"print(\"A\".toLowerCase())\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'toLowerCase'"},
         "`text.lower()`"},
        {"print(\"a\".toUpperCase())\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'toUpperCase'"},
         "`text.upper()`"},
        {"print(\" a \".trim())\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'trim'",
          "s.py:1: AttributeError: 'str' object has no attribute 'trim'. Did you mean: 'strip'?"},
         "`text.strip()`"},
        {"print(\"ab\".includes(\"b\"))\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'includes'"},
         "`item in items`"},
        {"print([1].includes(1))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'includes'"},
         "`item in items`"},
        {"print(\"ab\".indexOf(\"b\"))\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'indexOf'",
          "s.py:1: AttributeError: 'str' object has no attribute 'indexOf'. Did you mean: 'index'?"},
         "`text.find(part)`"},
        {"print([1].indexOf(1))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'indexOf'",
          "s.py:1: AttributeError: 'list' object has no attribute 'indexOf'. Did you mean: 'index'?"},
         "`items.index(item)`"},
        {"print([1].map(str))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'map'"},
         "[f(x) for x in items]"},
        {"print([1].filter(bool))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'filter'"},
         "[x for x in items if f(x)]"},
        {"[1].forEach(print)\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'forEach'"},
         "`for x in items:`"},
        {"print([1].reduce(max))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'reduce'"},
         "`sum(items)`"},
        {"print([1].slice(0, 1))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'slice'"},
         "`items[start:end]`"},
        {"print([1].concat([2]))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'concat'"},
         "two lists are joined by `a + b`"},
        {"print(\"a\".concat(\"b\"))\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'concat'"},
         "two texts are joined by `a + b`"},
        {"print(\"abc\".substring(1))\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'substring'"},
         "`text[start:end]`"},
        {"print(\"abc\".charAt(1))\n", {"s.py:1: AttributeError: 'str' object has no attribute 'charAt'"}, "`text[i]`"},
        {"n = 5\nprint(n.toString())\n",
         {"s.py:2: AttributeError: 'int' object has no attribute 'toString'"},
         "`str(x)`"},
        {"print(\"ab\".startsWith(\"a\"))\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'startsWith'",
          "s.py:1: AttributeError: 'str' object has no attribute 'startsWith'. Did you mean: 'startswith'?"},
         "`text.startswith(part)`"},
        {"print(\"ab\".endsWith(\"b\"))\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'endsWith'",
          "s.py:1: AttributeError: 'str' object has no attribute 'endsWith'. Did you mean: 'endswith'?"},
         "`text.endswith(part)`"},
        {"print((1.5).toFixed(2))\n",
         {"s.py:1: AttributeError: 'float' object has no attribute 'toFixed'"},
         "round(x, 2)"},
        {"print([\"a\"].join(\",\"))\n",
         {"s.py:1: AttributeError: 'list' object has no attribute 'join'"},
         "joins them"},
        {"print(\"ab\".reverse())\n",
         {"s.py:1: AttributeError: 'str' object has no attribute 'reverse'"},
         "`text[::-1]`"},
        {"words = [1]\nprint(words.shift())\n",
         {"s.py:2: AttributeError: 'list' object has no attribute 'shift'"},
         "`.pop(0)`"},
        {"d = {\"a\": 1}\nprint(d.keys()[0])\n",
         {"s.py:2: TypeError: 'dict_keys' object is not subscriptable"},
         "list(d.keys())[0]"},
        {"d = {\"a\": 1}\nfor k in d.keys:\n    print(k)\n",
         {"s.py:2: TypeError: 'builtin_function_or_method' object is not iterable"},
         "called by parentheses"},
        {"d = {\"a\": 1}\nprint(d.hasOwnProperty(\"a\"))\n",
         {"s.py:2: AttributeError: 'dict' object has no attribute 'hasOwnProperty'"},
         "`key in d`"},
        {"d = {\"a\": 1}\nprint(d.entries())\n",
         {"s.py:2: AttributeError: 'dict' object has no attribute 'entries'"},
         "`d.items()`"},
        {"d = {\"count\": 1}\nprint(d.count)\n",
         {"s.py:2: AttributeError: 'dict' object has no attribute 'count'"},
         "`d[\"count\"]`, not `d.count`"},
        {"d = {}\nd.count = 1\n",
         {"s.py:2: AttributeError: 'dict' object has no attribute 'count'",
          "s.py:2: AttributeError: 'dict' object has no attribute 'count' and no __dict__ for setting new attributes"},
         "`d[\"count\"]`, not `d.count`"},
        {"print(\"abc\".split(\"\"))\n", {"s.py:1: ValueError: empty separator"}, "`list(text)`"},
        {"d = {\"a\": 1}\nprint(Object.keys(d))\n",
         {"s.py:2: NameError: name 'Object' is not defined",
          "s.py:2: NameError: name 'Object' is not defined. Did you mean: 'object'?"},
         "`d.keys()`"},
        {"print(Math.max(1, 2))\n", {"s.py:1: NameError: name 'Math' is not defined"}, "`max(a, b)`"},
        {"print(Math.floor(1.5))\n", {"s.py:1: NameError: name 'Math' is not defined"}, "`math.floor(x)`"},
        {"print(JSON.parse(\"1\"))\n", {"s.py:1: NameError: name 'JSON' is not defined"}, "`json.loads(text)`"},
        {"print(JSON.stringify(1))\n", {"s.py:1: NameError: name 'JSON' is not defined"}, "`json.dumps(value)`"},
        {"console.log(\"a\")\n", {"s.py:1: NameError: name 'console' is not defined"}, "`print(x)`"},
        {"print(parseInt(\"1\"))\n", {"s.py:1: NameError: name 'parseInt' is not defined"}, "`int(text)`"},
        {"print(parseFloat(\"1\"))\n", {"s.py:1: NameError: name 'parseFloat' is not defined"}, "`float(text)`"},
        {"print(typeof 5)\n",
         {"s.py:1: SyntaxError: invalid syntax", "s.py:1: SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
         "`type(x)`"},
        {"print(typeof(5))\n",
         {"s.py:1: NameError: name 'typeof' is not defined",
          "s.py:1: NameError: name 'typeof' is not defined. Did you mean: 'type'?"},
         "`type(x)`"},
        {"x = new Counter()\n", {"s.py:1: SyntaxError: invalid syntax"}, "needs no `new`"},
        {"function f(a) {\n  return a;\n}\n", {"s.py:1: SyntaxError: invalid syntax"}, "`def name(parameter):`"},
        {"f = function(a) { return a }\n", {"s.py:1: SyntaxError: invalid syntax"}, "`lambda x: x + 1`"},
        {"f = (x) => x + 1\n", {"s.py:1: SyntaxError: invalid syntax"}, "`lambda x: x + 1`"},
        {"print(sorted([1], x => x))\n", {"s.py:1: SyntaxError: invalid syntax"}, "`lambda x: x + 1`"},
        {"x = null\n", {"s.py:1: NameError: name 'null' is not defined"}, "`None`"},
        {"x = undefined\n", {"s.py:1: NameError: name 'undefined' is not defined"}, "`None`"},
        {"x = true\n",
         {"s.py:1: NameError: name 'true' is not defined",
          "s.py:1: NameError: name 'true' is not defined. Did you mean: 'True'?"},
         "`True`"},
        {"x = false\n",
         {"s.py:1: NameError: name 'false' is not defined",
          "s.py:1: NameError: name 'false' is not defined. Did you mean: 'False'?"},
         "`False`"},
        {"x = NaN\n", {"s.py:1: NameError: name 'NaN' is not defined"}, "`float(\"nan\")`"},
        {"x = 1\nif x === 1:\n    pass\n", {"s.py:2: SyntaxError: invalid syntax"}, "`==`"},
        {"x = 1\nif x !== 1:\n    pass\n", {"s.py:2: SyntaxError: invalid syntax"}, "`!=`"},
        {"x = 1\nif x && x:\n    pass\n", {"s.py:2: SyntaxError: invalid syntax"}, "`and`"},
        {"x = 1\nif x || x:\n    pass\n", {"s.py:2: SyntaxError: invalid syntax"}, "`or`"},
        {"x = 1\nif !x:\n    pass\n", {"s.py:2: SyntaxError: invalid syntax"}, "`not x`"},
        {"x = 1\nif x and !(x > 2):\n    pass\n", {"s.py:2: SyntaxError: invalid syntax"}, "`not x`"},
        {"i = 0\ni++\nprint(i)\n", {"s.py:2: SyntaxError: invalid syntax"}, "`i += 1`"},
        {"i = 0\ni--\nprint(i)\n", {"s.py:2: SyntaxError: invalid syntax"}, "`i -= 1`"},
        {"let x = 1\n", {"s.py:1: SyntaxError: invalid syntax"}, "without a word before it"},
        {"const x = 1\n", {"s.py:1: SyntaxError: invalid syntax"}, "without a word before it"},
        {"var x = 1\n", {"s.py:1: SyntaxError: invalid syntax"}, "without a word before it"},
        {"x = 1\nif (x) {\n  x = 2\n}\nprint(x)\n",
         {"s.py:2: SyntaxError: invalid syntax",
          "s.py:3: SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?"},
         "no braces around blocks"},
        {"def f(x) {\n  return x\n}\n",
         {"s.py:1: SyntaxError: invalid syntax", "s.py:1: SyntaxError: expected ':'"},
         "no braces around blocks"},
        {"while (True) {\n  print(1)\n}\n", {"s.py:1: SyntaxError: invalid syntax"}, "no braces around blocks"},
        {"x = 1\nif x:\n    pass\nelse if x == 2:\n    pass\n",
         {"s.py:4: SyntaxError: invalid syntax", "s.py:4: SyntaxError: expected ':'"},
         "`elif condition:`"},
        {"x = 1\nswitch (x) {\n  case 1:\n}\n", {"s.py:2: SyntaxError: invalid syntax"}, "no `switch`"},
        {"try:\n    x = 1\ncatch e:\n    pass\n",
         {"s.py:3: SyntaxError: invalid syntax", "s.py:3: SyntaxError: expected 'except' or 'finally' block"},
         "`except ValueError:`"},
        {"throw ValueError(\"x\")\n", {"s.py:1: SyntaxError: invalid syntax"}, "`raise ValueError"},
        {"raise Error(\"x\")\n",
         {"s.py:1: NameError: name 'Error' is not defined",
          "s.py:1: NameError: name 'Error' is not defined. Did you mean: 'OSError'?"},
         "`raise ValueError"},
        {"x = 1\ny = x ? 2 : 3\n", {"s.py:2: SyntaxError: invalid syntax"}, "`a if condition else b`"},
        {"n = 1\nx = `a ${n}`\n", {"s.py:2: SyntaxError: invalid syntax"}, "backticks"},
        {"// count the words\nx = 1\n", {"s.py:1: SyntaxError: invalid syntax"}, "begins with `#`"},
        {"// don't count\nx = 1\n",
         {"s.py:1: SyntaxError: invalid syntax",
          "s.py:1: SyntaxError: unterminated string literal (detected at line 1)"},
         "begins with `#`"},
        {"x = 1 // one\n",
         {"s.py:1: NameError: name 'one' is not defined",
          "s.py:1: NameError: name 'one' is not defined. Did you mean: 'None'?"},
         "begins with `#`"},
        {"x = 1 // the number one\n", {"s.py:1: SyntaxError: invalid syntax"}, "begins with `#`"},
        {"/* count the words */\nx = 1\n", {"s.py:1: SyntaxError: invalid syntax"}, "begins with `#`"},
        {"for (let i = 0; i < 3; i++) {\n  print(i)\n}\n",
         {"s.py:1: SyntaxError: invalid syntax", "s.py:1: SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
         "`for i in range(n):`"},
        {"for x of [1]:\n    pass\n", {"s.py:1: SyntaxError: invalid syntax"}, "`for x in items:`"},
        {"for (const x of [1]) {\n  print(x)\n}\n",
         {"s.py:1: SyntaxError: invalid syntax", "s.py:1: SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
         "`for x in items:`"},
        {"x = “a”\n", {"s.py:1: SyntaxError: invalid character '“' (U+201C)"}, "curly"},
        {"x = ‘a’\n", {"s.py:1: SyntaxError: invalid character '‘' (U+2018)"}, "curly"},
        {"if True:\n\tx = 1\n        y = 2\n",
         {"s.py:3: TabError: inconsistent use of tabs and spaces in indentation"},
         "Tabs and spaces are mixed"},
        {"class A:\n    def f(x):\n        return x\n\n\nA().f(1)\n",
         {"s.py:6: TypeError: f() takes 1 positional argument but 2 were given",
          "s.py:6: TypeError: A.f() takes 1 positional argument but 2 were given"},
         "`def f(self, …):`"},
        {"class A:\n    def f():\n        return 1\n\n\nA().f()\n",
         {"s.py:6: TypeError: f() takes 0 positional arguments but 1 was given",
          "s.py:6: TypeError: A.f() takes 0 positional arguments but 1 was given"},
         "`def f(self, …):`"},
        {"class A:\n    def f(this):\n        return self\n\n\nA().f()\n",
         {"s.py:3: NameError: name 'self' is not defined"},
         "`self` is a parameter"},
        {"this.x = 1\n",
         {"s.py:1: NameError: name 'this' is not defined",
          "s.py:1: NameError: name 'this' is not defined. Did you forget to import 'this'?"},
         "`self`"},
        {"print(\"a\" + 1)\n", {"s.py:1: TypeError: can only concatenate str (not \"int\") to str"}, "`str(number)`"},
        {"print(1 + \"a\")\n",
         {"s.py:1: TypeError: unsupported operand type(s) for +: 'int' and 'str'"},
         "`str(number)`"},
        {"print(\"3\" - 1)\n",
         {"s.py:1: TypeError: unsupported operand type(s) for -: 'str' and 'int'"},
         "`int(text)`"},
        {"print(\"1\" < 2)\n",
         {"s.py:1: TypeError: '<' not supported between instances of 'str' and 'int'"},
         "`int(text)`"},
        {"print(1 > \"2\")\n",
         {"s.py:1: TypeError: '>' not supported between instances of 'int' and 'str'"},
         "`int(text)`"},
        {"print([1, 2, 3][3 / 2])\n",
         {"s.py:1: TypeError: list indices must be integers or slices, not float"},
         "use `//`"},
        {"print(list(range(4 / 2)))\n",
         {"s.py:1: TypeError: 'float' object cannot be interpreted as an integer"},
         "use `//`"},
        {"def f(x):\n    x + 1\n\n\nprint(len(f(1)))\n",
         {"s.py:5: TypeError: object of type 'NoneType' has no len()"},
         "without a `return`"},
        {"def f(x):\n    x + 1\n\n\nfor y in f(1):\n    pass\n",
         {"s.py:5: TypeError: 'NoneType' object is not iterable"},
         "without a `return`"},
        {"counts = {}\nword = \"a\"\ncounts[word] += 1\n", {"s.py:3: KeyError: 'a'"}, "d.get(key, 0)"},
        {"d = {\"a\": 1}\nd.sort()\n",
         {"s.py:2: AttributeError: 'dict' object has no attribute 'sort'"},
         "`sorted(d.items(), key=…)`"},
        {"x = sorted([2, 1], key=lambda a, b: a - b)\n",
         {"s.py:1: TypeError: <lambda>() missing 1 required positional argument: 'b'"},
         "gets one item"},
        {"x = {a: 1}\n", {"s.py:1: NameError: name 'a' is not defined"}, "stand in quotes"},
        {"a = 1\nx = a ?? 2\n", {"s.py:2: SyntaxError: invalid syntax"}, "`??`"},
        {"import {x} from \"y\"\n", {"s.py:1: SyntaxError: invalid syntax"}, "`from module import name`"},
        {"x = require(\"fs\")\n", {"s.py:1: NameError: name 'require' is not defined"}, "`import name`"},
    };
}

std::string cause_in(const std::string& file, std::string_view source, std::string_view raised) {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    REQUIRE(write_file(folder.path() / file, source, Durability::cached));
    return cause_of_exception(raised, {.folder = folder.path()});
}

}  // namespace

TEST_CASE("what JavaScript has and Python has not is named, with the Python for it") {
    for (const auto& slip : slips()) {
        CAPTURE(slip.source);
        for (const auto& raised : slip.raised) {
            CAPTURE(raised);
            const auto cause = cause_in("s.py", slip.source, raised);
            CHECK_MESSAGE(cause.find(slip.says) != std::string::npos, cause);
        }
    }
}

TEST_CASE("a file of the learner's that hides one of Python's is named") {
    struct Hidden {
        std::string file;
        std::string raised;
        bool is_named;
    };
    const std::vector<Hidden> all{
        {"random.py", "game.py:3: AttributeError: module 'random' has no attribute 'choice'", true},
        {"random.py",
         "game.py:3: AttributeError: module 'random' has no attribute 'choice' (consider renaming '/x/random.py' since "
         "it "
         "has the same name as the standard library module named 'random' and the import system gives it precedence)",
         true},
        {"string.py", "textstats.py:1: ImportError: cannot import name 'punctuation' from 'string' (/x/string.py)",
         true},
        {"statistics.py",
         "game.py:3: AttributeError: partially initialized module 'statistics' has no attribute 'mean' (most likely "
         "due to "
         "a circular import)",
         true},
        {"token.py", "AttributeError: module 'token' has no attribute 'EXACT_TOKEN_TYPES'", true},
        {"random.py", "ModuleNotFoundError: No module named 'random.x'; 'random' is not a package", true},
        {"textstats.py", "game.py:3: AttributeError: module 'textstats' has no attribute 'words'", false},
        {"game.py", "game.py:3: AttributeError: module 'random' has no attribute 'coice'", false},
    };
    for (const auto& each : all) {
        CAPTURE(each.raised);
        const auto cause = cause_in(each.file, "x = 1\n", each.raised);
        const auto named = "Your file " + each.file + " has the name of a part of Python's own library";
        CHECK_MESSAGE(cause.starts_with(named) == each.is_named, cause);
    }
}

TEST_CASE("nothing is said of a slip that was not seen") {
    const std::vector<std::pair<std::string, std::string>> honest{
        {"print('a // b && c')\nx = (1\n", "s.py:2: SyntaxError: '(' was never closed"},
        {"x = 7 // 2\nprint(y)\n", "s.py:2: NameError: name 'y' is not defined"},
        {"class Words:\n    pass\n\n\nWords().length\n",
         "s.py:5: AttributeError: 'Words' object has no attribute 'length'"},
        {"d = {}\nd.lenght()\n", "s.py:2: AttributeError: 'dict' object has no attribute 'lenght'"},
        {"def f(x):\n    return x\n\n\nf(1, 2)\n",
         "s.py:5: TypeError: f() takes 1 positional argument but 2 were given"},
        {"class A:\n    @staticmethod\n    def f(x):\n        return x\n\n\nA.f(1, 2)\n",
         "s.py:7: TypeError: A.f() takes 1 positional argument but 2 were given"},
        {"f = lambda a, b: a\nf(1)\n", "s.py:2: TypeError: <lambda>() missing 1 required positional argument: 'b'"},
        {"d = {}\nx = 2\nprint(d[x])\n", "s.py:3: KeyError: 2"},
        {"t = {}\nt['price'] += 1\n", "s.py:2: KeyError: 'price'"},
        {"x = {'a': 1\ny = 2\n", "s.py:1: SyntaxError: '{' was never closed"},
        {"x = (1 if True else\n", "s.py:1: SyntaxError: '(' was never closed"},
    };
    for (const auto& [source, raised] : honest) {
        CAPTURE(source);
        SlipScene scene{.file = "s.py", .own = {{"s.py", source}}};
        const auto rest = std::string_view(raised).substr(5);
        scene.line = static_cast<std::size_t>(rest[0] - '0');
        const auto type = rest.substr(3, rest.find(": ", 3) - 3);
        scene.type = type;
        scene.message = rest.substr(3 + type.size() + 2);
        CHECK(slip_in(scene) == "");
    }
    // Where the source is not there, its line says nothing, and the message alone may.
    CHECK(cause_of_exception("NameError: name 'null' is not defined", {}) == "Python's word for it is `None`.");
    CHECK(cause_of_exception("SyntaxError: invalid syntax", {}).starts_with("A missing bracket"));
}

TEST_CASE("code without texts and comments") {
    CHECK(code_of("x = 'a // b'  # c") == "x = '      '     ");
    CHECK(code_of(R"(x = "it's \" &&" + 'b')") == R"(x = "          " + ' ')");
    CHECK(code_of("") == "");
}
