// Words for measured and for simulated figures.
#include "analysis/words/world.hpp"

#include <algorithm>
#include <array>

namespace rota::analysis {

bool is_simulated(std::string_view world) { return world != measured_world; }

bool is_account(std::string_view metric) {
  constexpr std::array<std::string_view, 4> others{"steals_near", "steals_far", "accesses", identity_metric};
  return metric.starts_with("sim_") || std::ranges::find(others, metric) != others.end();
}

std::string badge(std::string_view world, std::string_view machine) {
  return is_simulated(world) ? "sim: " + std::string(machine) : std::string();
}

std::string provenance(std::string_view world, std::string_view machine) {
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
