// InputError: what a person gave (a definition, a setting, a path) cannot be used; what() is one line for them.
#pragma once

#include <stdexcept>

namespace rota::record {

// The command prints "rota: <what()>" on stderr and ends with status 2. what() names the file, the line and the key
// where there are such, and says what was expected.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace rota::record
