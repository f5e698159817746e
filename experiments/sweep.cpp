// Expands a definition into cells and shuffles them.
#include "experiments/sweep.hpp"

#include <fmt/format.h>

#include <utility>

#include "worlds/random.hpp"

namespace rota::experiments {
namespace {

std::string key_of(const CellRequest& request, std::uint32_t block) {
  return fmt::format("{}/{}/w{}/{}/b{}", request.policy.label, request.workload.label, request.workers,
                     request.placement, block);
}

PlannedCell cell_of(const Definition& definition, const Entry& policy, const Entry& workload, std::uint32_t workers,
                    const std::string& placement) {
  PlannedCell cell;
  cell.timeout_s = std::chrono::duration<double>(definition.limits.timeout).count();
  cell.request = {.experiment = definition.name,
                  .policy = policy.choice,
                  .workload = workload.choice,
                  .world = definition.world,
                  .workers = workers,
                  .placement = placement,
                  .min_time = definition.limits.min_time,
                  .max_iterations = definition.limits.max_iterations,
                  .runtime = definition.runtime,
                  .expect = workload.expect};
  return cell;
}

PlannedCell twin_of(PlannedCell cell) {
  cell.aa = true;
  cell.request.policy.label += aa_suffix;
  return cell;
}

void shuffle(std::vector<PlannedCell>& cells, Random random) {
  for (std::size_t left = cells.size(); left > 1; --left)
    std::swap(cells[left - 1], cells[random.below(static_cast<std::uint32_t>(left))]);
}

}  // namespace

std::vector<PlannedCell> block_of(const Definition& definition, std::uint32_t block, std::uint64_t seed) {
  std::vector<PlannedCell> cells;
  for (const auto& policy : definition.policies) {
    for (const auto& workload : definition.workloads) {
      for (const auto workers : definition.workers) {
        for (const auto& placement : definition.placements)
          cells.push_back(cell_of(definition, policy, workload, workers, placement));
      }
    }
  }
  for (const auto& workload : definition.workloads)
    cells.push_back(twin_of(cell_of(definition, definition.policies.front(), workload, definition.workers.front(),
                                    definition.placements.front())));
  const std::uint64_t block_seed = Random::stream(seed, 2 * std::uint64_t{block})() >> 11;
  for (auto& cell : cells) {
    cell.block = block;
    cell.request.repetition = block;
    cell.request.seed = block_seed;
    cell.request.runtime.try_emplace("seed", static_cast<std::int64_t>(block_seed));
    cell.key = key_of(cell.request, block);
  }
  return cells;
}

std::vector<PlannedCell> plan_cells(const Definition& definition, std::uint64_t seed) {
  std::vector<PlannedCell> plan;
  for (std::uint32_t block = 0; block < definition.repetitions; ++block) {
    std::vector<PlannedCell> cells = block_of(definition, block, seed);
    shuffle(cells, Random::stream(seed, 2 * std::uint64_t{block} + 1));
    for (auto& cell : cells) {
      cell.id = fmt::format("c{:04}", plan.size() + 1);
      plan.push_back(std::move(cell));
    }
  }
  return plan;
}

Duration estimate(const Definition& definition, std::size_t cells) {
  constexpr Duration start{std::chrono::milliseconds(30)};
  return static_cast<std::int64_t>(cells) * (2 * definition.limits.min_time + start);
}

}  // namespace rota::experiments
