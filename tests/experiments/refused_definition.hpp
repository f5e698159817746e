// What a definition is refused with.
#pragma once

#include <string>

#include "experiments/definition/read.hpp"
#include "record/input_error.hpp"

namespace rota::experiments {

// Of a definition with this text, in a file x.toml.
inline std::string error_of(const std::string& text) {
  try {
    (void)parse_definition(text, "x.toml");
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace rota::experiments
