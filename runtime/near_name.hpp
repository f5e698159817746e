// What somebody who mistyped a name meant. Cold code, for error messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rota {

// The known name that is fewest letters away from the word (one left out, put in, changed, or swapped with its
// neighbour); the first of several. Empty if that is more than a third of the word, and more than one letter.
[[nodiscard]] std::string_view nearest_name(std::string_view word, const std::vector<std::string_view>& known);

// " (did you mean fifo?)", for the end of an error that says what there is; empty if nothing is near. `known` is a
// range of texts.
template <class Names> [[nodiscard]] std::string did_you_mean(std::string_view word, const Names& known) {
  const std::string_view meant = nearest_name(word, std::vector<std::string_view>(known.begin(), known.end()));
  return meant.empty() ? "" : " (did you mean " + std::string(meant) + "?)";
}

// The word in quotes, as an error shows what it got, and that question.
template <class Names> [[nodiscard]] std::string quoted_word(std::string_view word, const Names& known) {
  return "\"" + std::string(word) + "\"" + did_you_mean(word, known);
}

}  // namespace rota
