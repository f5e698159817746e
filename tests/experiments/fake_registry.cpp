// Registries of the tests' own: two policies and three workloads that can be described and checked but not run. One of
// the workloads exists in the real world only.
#include <array>

#include "schedulers/registry.hpp"
#include "workloads/registry.hpp"

namespace rota {
namespace {

enum class Victim { random, nearest };

struct StealingConfig {
  std::uint32_t ring = 256;
  Victim victim = Victim::random;
  static constexpr auto settings() {
    return std::tuple{setting("ring", &StealingConfig::ring, "slots", 2, 65536),
                      choice("victim", &StealingConfig::victim, "whom to steal from",
                             std::array{named("random", Victim::random), named("nearest", Victim::nearest)})};
  }
};

struct NoConfig {};

struct SpawnConfig {
  std::uint32_t tasks = 1000;
  std::string body = "job";
  static constexpr auto settings() {
    return std::tuple{setting("tasks", &SpawnConfig::tasks, "tasks to spawn", 1, 10'000'000),
                      setting("body", &SpawnConfig::body, "job or fiber")};
  }
};

template <class Config> bool check(const SettingValues& values, SettingValues& all, SettingError& error) {
  Config config;
  if (!bind(config, values, error)) return false;
  all = unbind(config);
  return true;
}

}  // namespace

namespace schedulers {

std::span<const PolicyEntry> policies() {
  static const std::array<PolicyEntry, 2> all{
      {{"fifo", "a queue", {}, {}, check<NoConfig>, nullptr},
       {"stealing", "many queues", {}, describe<StealingConfig>(), check<StealingConfig>, nullptr}}};
  return all;
}

const PolicyEntry* find_policy(std::string_view name) {
  for (const auto& entry : policies()) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace schedulers

namespace workloads {

std::span<const WorkloadEntry> workloads() {
  static const std::array<WorkloadEntry, 3> all{
      {{"sockets", "sends", {}, {{"ns_per_message", "ns", "time"}}, false, check<NoConfig>, nullptr},
       {"spawn-join",
        "spawns",
        describe<SpawnConfig>(),
        {{"ns_per_task", "ns", "time"}},
        true,
        check<SpawnConfig>,
        nullptr},
       {"yield", "yields", {}, {{"ns_per_yield", "ns", "time"}}, true, check<NoConfig>, nullptr}}};
  return all;
}

const WorkloadEntry* find_workload(std::string_view name) {
  for (const auto& entry : workloads()) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace workloads
}  // namespace rota
