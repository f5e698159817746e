// Puts together what may stand where the last word is.
#include "command/complete.hpp"

#include <algorithm>
#include <iterator>

#include "command/known_words.hpp"
#include "command/one_of.hpp"

namespace rota::command {
namespace {

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (is_shown(*option) && !long_name(*option).empty()) names.push_back(long_name(*option));
  }
  return names;
}

std::vector<std::string> all_words(const Line& line) {
  if (line.head.empty() && line.word.starts_with('-')) return option_names(*line.app);
  std::vector<std::string> words;
  if (line.positionals.empty() && line.head.empty()) {
    for (const CLI::App* subcommand : shown_subcommands(*line.app)) words.push_back(subcommand->get_name());
  }
  if (line.option == nullptr) return words;
  const auto few = OneOf::words_of(*line.option);
  std::ranges::copy(few.empty() ? known_words(line) : few, std::back_inserter(words));
  return words;
}

}  // namespace

std::vector<std::string> completions(const Line& line) {
  std::vector<std::string> result;
  for (const std::string& word : all_words(line)) {
    // A word with a blank would have to be quoted as the shell wants it.
    if (word.starts_with(line.word) && word.find(' ') == std::string::npos) result.push_back(line.head + word);
  }
  return result;
}

}  // namespace rota::command
