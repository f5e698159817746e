// Looks names up where `rota list` does.
#include "command/known_words.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "command/key_values.hpp"
#include "command/names.hpp"
#include "experiments/definition/find.hpp"
#include "experiments/peers/catalogue.hpp"
#include "record/world.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;
Words experiment_names() { return names_of(ex::shipped_definitions()); }

Words checked() {
  Words words = joined({policy_names(), {"all", "mechanism", "queues", "litmus", "mutants"}});
  for (const auto& policy : schedulers::policies()) {
    if (policy.worlds.local) words.push_back(std::string(record::local_prefix).append(policy.name));
  }
  return words;
}

Words described() {
  return joined({policy_names(),
                 workload_names(),
                 experiment_names(),
                 machine_names(),
                 {"policy", "workload", "experiment", "machine"}});
}

Words described_of_kind(const Line& line) {
  const std::string kind = line.positionals.empty() ? "" : line.positionals.front();
  if (kind == "policy") return policy_names();
  if (kind == "workload") return workload_names();
  if (kind == "experiment") return experiment_names();
  return kind == "machine" ? machine_names() : Words{};
}

Words runs(const Line& line) {
  const auto out = line.given.find("--out");
  Words names{"latest"};
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(out == line.given.end() ? "runs" : out->second, none)) {
    if (exists(entry.path() / "manifest.json", none)) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

struct Place {
  std::string_view name;
  Words (*words)(const Line&);
};
constexpr std::array places{Place{"POLICY", [](const Line&) { return policy_names(); }},
                            Place{"DEFINITION", [](const Line&) { return experiment_names(); }},
                            Place{"MACHINE", [](const Line&) { return machine_names(); }},
                            Place{"PEER", [](const Line&) { return names_of(ex::catalogue()); }},
                            Place{"PLACEMENT", [](const Line&) { return placements(); }},
                            Place{"WHAT", [](const Line&) { return checked(); }},
                            Place{"NAME", [](const Line&) { return described(); }},
                            Place{"NAME2", described_of_kind},
                            Place{"RUN", runs},
                            Place{"LABEL", labels},
                            Place{"KEY=VALUE", key_values}};

}  // namespace

std::vector<std::string> known_words(const Line& line) {
  const std::string name = placeholder(*line.option);
  const auto* place = std::ranges::find(places, name, &Place::name);
  return place == places.end() ? Words{} : place->words(line);
}

}  // namespace rota::command
