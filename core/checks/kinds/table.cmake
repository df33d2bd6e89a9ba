# Writes the table of kinds, an entry for each folder beside this file, into the file that `table` names, and collects
# their tests in `kind_tests` (C++) and `kind_scripts` (Python). What a folder holds: core/checks/kind.hpp. The build
# includes this; `cmake -D table=FILE -P table.cmake` does the same alone, and prints the tests.
if(CMAKE_SCRIPT_MODE_FILE)
  cmake_minimum_required(VERSION 3.25)
endif()
file(GLOB folders LIST_DIRECTORIES true ${CMAKE_CURRENT_LIST_DIR}/*)
list(FILTER folders EXCLUDE REGEX "\\.cmake$")
set(declarations "")
set(kinds "")
set(entries "")
set(kind_tests "")
set(kind_scripts "")
foreach(folder IN LISTS folders)
  get_filename_component(kind ${folder} NAME)
  set(where "core/checks/kinds/${kind}")
  if(NOT kind MATCHES "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
    message(FATAL_ERROR "${where}: a kind's name has small letters, digits, and hyphens between them")
  endif()
  foreach(part IN ITEMS schema.json kind.cpp README.md)
    if(NOT EXISTS ${folder}/${part})
      message(FATAL_ERROR "${where} has no ${part}: a kind is told by schema.json, kind.cpp and README.md")
    endif()
  endforeach()
  file(GLOB tests ${folder}/test.cpp)
  file(GLOB scripts ${folder}/test_*.py)
  if(NOT tests AND NOT scripts)
    message(FATAL_ERROR "${where} has no test.cpp and no test_*.py: the tests of a kind lie in its folder")
  endif()
  list(APPEND kind_tests ${tests})
  list(APPEND kind_scripts ${scripts})
  file(READ ${folder}/schema.json schema)
  foreach(part IN ITEMS description properties)
    string(JSON ignored ERROR_VARIABLE fault GET "${schema}" ${part})
    if(fault)
      message(FATAL_ERROR "${where}/schema.json has no `${part}`, or is not JSON: ${fault}")
    endif()
  endforeach()
  string(MAKE_C_IDENTIFIER ${kind} name)
  string(APPEND declarations "Kind ${name}_kind();\n")
  set(judge nullptr)  # that of judge.py
  if(EXISTS ${folder}/judge.cpp)
    set(judge judge_${name})
    string(APPEND declarations
      "Result<Finding> ${judge}(const library::Check& check, Evaluation& evaluation, const Findings& found);\n")
  elseif(NOT EXISTS ${folder}/judge.py)
    message(FATAL_ERROR "${where} has no judge.cpp and no judge.py, so nothing judges what it asks")
  endif()
  string(APPEND kinds "        kind_of_folder(\"${kind}\", ${name}_kind(), ${judge}),\n")
  file(GLOB scripts ${folder}/*.py)
  list(FILTER scripts EXCLUDE REGEX "/test_[^/]*$")
  set(programs "")
  foreach(script IN LISTS scripts)
    get_filename_component(program ${script} NAME)
    file(READ ${script} text)
    string(APPEND programs "{\"${program}\", R\"python(${text})python\"},")
  endforeach()
  string(APPEND entries "        {told_of(\"${kind}\"), R\"schema(${schema})schema\", {${programs}}},\n")
endforeach()
list(LENGTH folders count)
file(CONFIGURE OUTPUT ${table} CONTENT [[
// Made from the folders of core/checks/kinds.
#include <algorithm>

#include "checks/kind.hpp"

namespace mlpath::checks {

@declarations@
namespace {

Kind kind_of_folder(std::string_view name, Kind kind, decltype(Kind::judge) judge) {
    kind.told.name = name;
    kind.judge = judge;
    return kind;
}

}  // namespace

std::span<const Kind* const> all_kinds() {
    static const std::array<Kind, @count@> kinds{{
@kinds@    }};
    static const auto table = [] {
        std::array<const Kind*, @count@> made{};
        std::ranges::transform(kinds, made.begin(), [](const Kind& kind) { return &kind; });
        return made;
    }();
    return table;
}

}  // namespace mlpath::checks

namespace mlpath::library {

namespace {

const Kind* told_of(std::string_view name) {
    return &(*std::ranges::find(checks::all_kinds(), name, [](const checks::Kind* kind) { return kind->told.name; }))->told;
}

}  // namespace

std::span<const KindEntry> all_kinds() {
    static const std::array<KindEntry, @count@> table{{
@entries@    }};
    return table;
}

}  // namespace mlpath::library
]] @ONLY)
if(CMAKE_SCRIPT_MODE_FILE)
  message(STATUS "tests: ${kind_tests};${kind_scripts}")
endif()
