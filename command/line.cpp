// Walks the description of the command line along the words that are there.
#include "command/line.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rota::command {
namespace {

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

}  // namespace

bool is_shown(const CLI::Option& option) { return !option.get_group().empty(); }

std::string long_name(const CLI::Option& option) {
  return option.get_lnames().empty() ? "" : "--" + option.get_lnames().front();
}

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

}  // namespace rota::command
