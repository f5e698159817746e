// Walks the description of the command line along the words that are there.
#include "command/complete.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "command/known_words.hpp"
#include "command/one_of.hpp"

namespace rota::command {
namespace {

std::string long_name(const CLI::Option& option) {
  return option.get_lnames().empty() ? "" : "--" + option.get_lnames().front();
}

// The option that the next of so many positionals belongs to; one that takes any number keeps all that come.
CLI::Option* positional_after(CLI::App& app, std::size_t count) {
  CLI::Option* last = nullptr;
  for (CLI::Option* option : app.get_options([](const CLI::Option* one) { return one->get_positional(); })) {
    last = option;
    if (count < static_cast<std::size_t>(option->get_items_expected_max())) return option;
    count -= static_cast<std::size_t>(option->get_items_expected_max());
  }
  return last != nullptr && last->get_items_expected_max() > 1 ? last : nullptr;
}

// Whether the word is the value of this option, with the option in front of it.
void read_last(Line& line, CLI::Option* open, const std::string& word) {
  line.word = word;
  line.option = open;
  if (open != nullptr) return;
  if (!word.starts_with('-')) {
    line.option = positional_after(*line.app, line.positionals.size());
  } else if (const auto equal = word.find('='); equal != std::string::npos) {
    line.option = line.app->get_option_no_throw(word.substr(0, equal));
    line.head = word.substr(0, equal + 1);
    line.word = word.substr(equal + 1);
  }
}

// The option whose value the word after this one is.
CLI::Option* read_option(Line& line, const std::string& word) {
  const auto equal = word.find('=');
  CLI::Option* option = line.app->get_option_no_throw(word.substr(0, equal));
  if (option == nullptr || !takes_value(*option)) return nullptr;
  if (equal == std::string::npos) return option;
  line.given[long_name(*option)] = word.substr(equal + 1);
  return nullptr;
}

CLI::App* subcommand_of(CLI::App& app, const std::string& name) {
  const auto found = app.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

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

bool is_shown(const CLI::Option& option) { return !option.get_group().empty(); }

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

std::string placeholder(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

std::vector<CLI::App*> shown_subcommands(CLI::App& app) {
  return app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); });
}

Line read_line(CLI::App& root, std::span<const std::string> words) {
  Line line;
  line.app = &root;
  CLI::Option* open = nullptr;
  for (const std::string& word : words.first(words.size() - 1)) {
    if (open != nullptr) {
      line.given[long_name(*std::exchange(open, nullptr))] = word;
    } else if (word.starts_with('-')) {
      open = read_option(line, word);
    } else if (CLI::App* inner = subcommand_of(*line.app, word); inner != nullptr) {
      line.app = inner;
    } else {
      line.positionals.push_back(word);
    }
  }
  read_last(line, open, words.back());
  return line;
}

std::vector<std::string> completions(const Line& line) {
  std::vector<std::string> result;
  for (const std::string& word : all_words(line)) {
    // A word with a blank would have to be quoted as the shell wants it.
    if (word.starts_with(line.word) && word.find(' ') == std::string::npos) result.push_back(line.head + word);
  }
  return result;
}

}  // namespace rota::command
