# Writes the table of kinds, an entry for each folder beside this file, into the file that `table` names, and collects
# their tests in `kind_tests` (C++) and `kind_scripts` (Python). What a folder holds: core/checks/kind.hpp. The build
# includes this; `cmake -D table=FILE -P table.cmake` does the same alone, and prints the tests.
if(CMAKE_SCRIPT_MODE_FILE)
  cmake_minimum_required(VERSION 3.25)
endif()
file(GLOB folders LIST_DIRECTORIES true ${CMAKE_CURRENT_LIST_DIR}/*)
list(FILTER folders EXCLUDE REGEX "\\.cmake$")
set(declarations "")
set(pointers "")
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
  file(READ ${folder}/kind.cpp source)
  string(FIND "${source}" ".name = \"${kind}\"" named)
  if(named EQUAL -1)
    message(FATAL_ERROR "${where}/kind.cpp gives the kind another name: it has to say `.name = \"${kind}\"`")
  endif()
  string(MAKE_C_IDENTIFIER ${kind} name)
  string(APPEND declarations "extern const Kind ${name}_kind;\n")
  string(APPEND pointers "    &${name}_kind,\n")
  file(GLOB scripts ${folder}/*.py)
  list(FILTER scripts EXCLUDE REGEX "/test_[^/]*$")
  set(programs "")
  foreach(script IN LISTS scripts)
    get_filename_component(program ${script} NAME)
    file(READ ${script} text)
    string(APPEND programs "{\"${program}\", R\"python(${text})python\"},")
  endforeach()
  string(APPEND entries "    {&checks::${name}_kind.told, R\"schema(${schema})schema\", {${programs}}},\n")
endforeach()
list(LENGTH folders count)
file(CONFIGURE OUTPUT ${table} CONTENT [[
// Made from the folders of core/checks/kinds.
#include "checks/kind.hpp"

namespace mlpath::checks {
@declarations@
std::span<const Kind* const> all_kinds() {
    static constexpr std::array<const Kind*, @count@> table{{
@pointers@    }};
    return table;
}

}  // namespace mlpath::checks

namespace mlpath::library {

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
