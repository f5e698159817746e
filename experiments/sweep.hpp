// Sweep: from a definition to its cells, in randomised complete blocks.
#pragma once

#include <cstdint>
#include <vector>

#include "experiments/definition.hpp"
#include "experiments/manifest.hpp"

namespace rota::experiments {

// One block: policies × workloads × workers × placements in the definition's order, and at the end the A/A twins: the
// first policy, worker count and placement once more for each workload. Ids are empty.
[[nodiscard]] std::vector<PlannedCell> block_of(const Definition& definition, std::uint32_t block, std::uint64_t seed);

// All blocks, one for each repetition, each shuffled by its own stream of the seed; ids c0001 … in that order. The same
// definition and seed give the same list.
[[nodiscard]] std::vector<PlannedCell> plan_cells(const Definition& definition, std::uint64_t seed);

// How long the cells will take: measuring for min_time, warming up for about as long, starting a program each.
[[nodiscard]] Duration estimate(const Definition& definition, std::size_t cells);

}  // namespace rota::experiments
