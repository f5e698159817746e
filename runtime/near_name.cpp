// Distances between words, and the nearest.
#include "runtime/near_name.hpp"

#include <algorithm>
#include <cstddef>

namespace rota {
namespace {

// Letters left out, put in, changed or swapped with their neighbour, none of them twice: Damerau and Levenshtein's, in
// the form called optimal string alignment.
std::size_t distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return table[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        at(i, j) = i + j;
        continue;
      }
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] != b[j - 1] ? 1 : 0)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return table.back();
}

}  // namespace

std::string_view nearest_name(std::string_view word, const std::vector<std::string_view>& known) {
  const std::size_t most = std::max<std::size_t>(1, word.size() / 3);
  std::string_view nearest;
  std::size_t least = most + 1;
  for (const std::string_view name : known) {
    if (const std::size_t away = distance(word, name); away < least && away < name.size()) {
      nearest = name;
      least = away;
    }
  }
  return nearest;
}

}  // namespace rota
