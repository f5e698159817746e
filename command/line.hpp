// A command line of `rota` that is being written, read by the same CLI::App objects that print the help.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace rota::command {

// A command line up to the cursor, whose last word is still being written.
struct Line {
  CLI::App* app = nullptr;                   // the subcommand that it is of
  CLI::Option* option = nullptr;             // whose value the last word is; null: none is known
  std::vector<std::string> positionals;      // the words before that are no options of the subcommand
  std::map<std::string, std::string> given;  // what options have been given, by their long names
  std::string word;                          // the last word, of "--option=value" the value
  std::string head;                          // what stands before it in the same word: "--option="
};

[[nodiscard]] Line read_line(CLI::App& root, std::span<const std::string> words);

// What a place on the command line is called: "POLICY", "KEY=VALUE".
[[nodiscard]] std::string placeholder(const CLI::Option& option);
// "--output", the first of them; empty if it has none.
[[nodiscard]] std::string long_name(const CLI::Option& option);
// Shown by the help.
[[nodiscard]] bool is_shown(const CLI::Option& option);
[[nodiscard]] bool takes_value(const CLI::Option& option);
[[nodiscard]] std::vector<CLI::App*> shown_subcommands(CLI::App& app);

}  // namespace rota::command
