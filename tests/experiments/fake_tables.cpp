// Tables of the tests' own: two policies and three workloads that can be described and checked but not run. One of
// the workloads exists in the real world only.
#include <array>

#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

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

Guarantees nothing(const SettingValues&) { return {}; }

}  // namespace

const Worlds both{.real = true, .simulated = true};

template <> std::span<const schedulers::PolicyInfo> rows<schedulers::PolicyInfo>() {
  static const std::array<schedulers::PolicyInfo, 2> all{
      {{"fifo", "a queue", {}, {}, both, check<NoConfig>, nothing, "fifo"},
       {"stealing", "many queues", {}, describe<StealingConfig>(), both, check<StealingConfig>, nothing, "stealing"}}};
  return all;
}

template <> std::span<const workloads::WorkloadInfo> rows<workloads::WorkloadInfo>() {
  static const std::array<workloads::WorkloadInfo, 3> all{
      {{"sockets", "sends", {}, {{"ns_per_message", "ns", "time"}}, {.real = true}, "sockets", check<NoConfig>},
       {"spawn-join", "spawns", describe<SpawnConfig>(), {{"ns_per_task", "ns", "time"}}, both, "", check<SpawnConfig>},
       {"yield", "yields", {}, {{"ns_per_yield", "ns", "time"}}, both, "", check<NoConfig>}}};
  return all;
}

}  // namespace rota
