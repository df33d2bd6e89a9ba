// What a kind.cpp is written with: the traits of a kind, the fields of a check, the words of a brief, the rules of
// lint.
#pragma once

#include <string>
#include <vector>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

// A kind speaks of what the library has at every turn, and of nothing else that could be meant by these names.
using namespace library;

using Lines = std::vector<std::string>;

}  // namespace mlpath::checks
