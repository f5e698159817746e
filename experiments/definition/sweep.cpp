// Expands a definition into cells and shuffles them.
#include "experiments/definition/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "experiments/host/host_facts.hpp"
#include "worlds/random.hpp"

namespace rota::experiments {
namespace {

std::string key_of(const record::CellRequest& request, std::uint32_t block, bool several_worlds) {
  std::string key = fmt::format("{}/{}/w{}/{}/b{}", request.policy.label, request.workload.label, request.workers,
                                request.placement, block);
  if (several_worlds) key += is_simulated(request.world) ? "/sim:" + request.machine_name : "/real";
  return key;
}

SettingValues runtime_of(const Definition& definition, const Entry& policy) {
  SettingValues values = definition.runtime;
  for (const auto& [key, value] : policy.runtime) values[key] = value;
  return values;
}

record::PlannedCell cell_of(const Definition& definition, const Entry& policy, const Entry& workload,
                            std::uint32_t workers, const std::string& placement, const Site& site) {
  record::PlannedCell cell;
  cell.timeout_s = std::chrono::duration<double>(definition.limits.timeout).count();
  cell.allocator = policy.allocator;
  cell.request = {.experiment = definition.name,
                  .policy = policy.choice,
                  .workload = workload.choice,
                  .world = is_simulated(site.kind) ? site.kind : record::world_of(policy.choice.use),
                  .machine_name = site.machine,
                  .machine = {},  // the manifest has it
                  .workers = workers,
                  .placement = placement,
                  .min_time = definition.limits.min_time,
                  .max_iterations = definition.limits.max_iterations,
                  .runtime = runtime_of(definition, policy),
                  .expect = workload.expect};
  return cell;
}

bool can_do(const Entry& policy, const Entry& workload, std::uint32_t workers, const Site& site) {
  if (!workload.played_by(policy) || !workload.played_with(workers)) return false;
  if (policy.real_only() && is_simulated(site.kind)) return false;
  return policy.speaks(workload.choice.use) && policy.can_have(workers);
}

record::PlannedCell twin_of(record::PlannedCell cell) {
  cell.aa = true;
  cell.request.policy.label += record::aa_suffix;
  return cell;
}

void add_twins(const Definition& definition, std::vector<record::PlannedCell>& cells) {
  const auto real = std::ranges::find(definition.worlds, record::World::real, &Site::kind);
  if (real == definition.worlds.end()) return;
  const Entry& policy = definition.policies.front();
  for (const auto& workload : definition.workloads) {
    const auto workers = std::ranges::find_if(
        definition.workers, [&](std::uint32_t count) { return can_do(policy, workload, count, *real); });
    if (workers != definition.workers.end())
      cells.push_back(twin_of(cell_of(definition, policy, workload, *workers, definition.placements.front(), *real)));
  }
}

bool is_real(const record::PlannedCell& cell) { return !is_simulated(cell.request.world); }

Duration seconds(double number) { return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(number)); }

// Real cells take their turns, simulated ones share the processing units.
template <class Time> Duration total(std::span<const record::PlannedCell> cells, Time time_of) {
  Duration real{}, simulated{};
  for (const auto& cell : cells) (is_real(cell) ? real : simulated) += time_of(cell);
  return real + simulated / static_cast<std::int64_t>(usable_cpus());
}

void shuffle(std::vector<record::PlannedCell>& cells, Random random) {
  for (std::size_t left = cells.size(); left > 1; --left)
    std::swap(cells[left - 1], cells[random.below(static_cast<std::uint32_t>(left))]);
}

}  // namespace

std::vector<record::NotSpoken> not_spoken(const Definition& definition) {
  std::vector<record::NotSpoken> result;
  for (const auto& policy : definition.policies) {
    for (const auto& workload : definition.workloads) {
      if (!workload.played_by(policy)) continue;
      if (!policy.speaks(workload.choice.use)) {
        result.push_back({policy.choice.label, workload.choice.label, 0});
        continue;
      }
      for (const auto workers : definition.workers) {
        if (workload.played_with(workers) && !policy.can_have(workers))
          result.push_back({policy.choice.label, workload.choice.label, workers});
      }
    }
  }
  return result;
}

std::vector<record::PlannedCell> block_of(const Definition& definition, std::uint32_t block, std::uint64_t seed) {
  std::vector<record::PlannedCell> cells;
  for (const auto& policy : definition.policies) {
    for (const auto& workload : definition.workloads) {
      for (const auto workers : definition.workers) {
        for (const auto& placement : definition.placements) {
          for (const auto& world : definition.worlds) {
            if (can_do(policy, workload, workers, world))
              cells.push_back(cell_of(definition, policy, workload, workers, placement, world));
          }
        }
      }
    }
  }
  add_twins(definition, cells);
  const std::uint64_t block_seed = Random::stream(seed, 2 * std::uint64_t{block})() >> 11;
  for (auto& cell : cells) {
    cell.block = block;
    cell.request.repetition = block;
    cell.request.seed = block_seed;
    cell.request.runtime.try_emplace("seed", static_cast<std::int64_t>(block_seed));
    cell.key = key_of(cell.request, block, definition.worlds.size() > 1);
  }
  return cells;
}

std::vector<record::PlannedCell> plan_cells(const Definition& definition, std::uint64_t seed) {
  std::vector<record::PlannedCell> plan;
  for (std::uint32_t block = 0; block < definition.repetitions; ++block) {
    std::vector<record::PlannedCell> cells = block_of(definition, block, seed);
    shuffle(cells, Random::stream(seed, 2 * std::uint64_t{block} + 1));
    for (auto& cell : cells) {
      cell.id = fmt::format("c{:04}", plan.size() + 1);
      plan.push_back(std::move(cell));
    }
  }
  return plan;
}

Duration estimate(std::span<const record::PlannedCell> cells) {
  constexpr Duration start{std::chrono::milliseconds(30)};
  constexpr Duration simulated{std::chrono::seconds(1)};
  return total(cells, [=](const record::PlannedCell& cell) {
    return is_real(cell) ? 2 * cell.request.min_time + start : simulated;
  });
}

Duration longest(std::span<const record::PlannedCell> cells) {
  return total(cells, [](const record::PlannedCell& cell) { return seconds(cell.timeout_s); });
}

}  // namespace rota::experiments
