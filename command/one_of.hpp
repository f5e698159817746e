// A word of the command line that is one of a few: refused with the nearest one, and told to who completes words.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "runtime/near_name.hpp"

namespace rota::command {

// As CLI::IsMember, which names no near word. No word has a comma.
class OneOf : public CLI::Validator {
 public:
  explicit OneOf(std::vector<std::string> words) {
    name(own_name);
    description(fmt::format("{{{}}}", fmt::join(words, ",")));
    func_ = [known = std::move(words)](const std::string& word) {
      if (std::ranges::find(known, word) != known.end()) return std::string();
      return fmt::format("expected one of {}, got {}", fmt::join(known, ", "), quoted_word(word, known));
    };
  }

  // The words that an option takes; none if it takes others too.
  [[nodiscard]] static std::vector<std::string> words_of(CLI::Option& option) try {
    const std::string text = option.get_validator(own_name)->get_description();
    return CLI::detail::split(text.substr(1, text.size() - 2), ',');
  } catch (const CLI::OptionNotFound&) {
    return {};
  }

 private:
  static constexpr auto own_name = "one of";
};

}  // namespace rota::command
