// What is said of a command line that has a word too many: which, and what may have been meant.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "runtime/near_name.hpp"

namespace rota::command {

// The sentence of an error that app.parse() threw. CLI11 names no near option, and of an unknown subcommand it says
// that one is required.
[[nodiscard]] inline std::string sentence_of(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> rest = app.remaining(true);
  const bool too_many = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  const bool too_few = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  if (rest.empty() || (!too_many && !too_few)) return error.what();
  const CLI::App* called = &app;
  while (!called->get_subcommands().empty()) called = called->get_subcommands().front();

  std::vector<std::string> known;
  const std::string word = rest.front().substr(0, rest.front().find('='));
  if (word.starts_with('-')) {
    for (const CLI::Option* option : called->get_options()) {
      for (const auto& name : option->get_lnames()) known.push_back("--" + name);
    }
    return fmt::format("there is no option {}", quoted_word(word, known));
  }
  for (const CLI::App* subcommand : called->get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(subcommand->get_name());
  if (known.empty()) return error.what();
  return fmt::format("there is no subcommand {}", quoted_word(word, known));
}

}  // namespace rota::command
