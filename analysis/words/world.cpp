// Words for measured and for simulated figures.
#include "analysis/words/world.hpp"

namespace rota::analysis {

std::string badge(record::World world, std::string_view machine) {
  return is_simulated(world) ? "sim: " + std::string(machine) : std::string();
}

std::string provenance(record::World world, std::string_view machine) {
  return is_simulated(world) ? "simulated on " + std::string(machine) : "measured on real threads";
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace rota::analysis
