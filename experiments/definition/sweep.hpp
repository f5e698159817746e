// Sweep: from a definition to its cells, in randomised complete blocks.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experiments/definition/definition.hpp"
#include "record/manifest.hpp"

namespace rota::experiments {

// One block: policies × workloads × workers × placements × worlds in the definition's order, and at the end, if there
// is the real world, the A/A twins: the first policy, worker count and placement once more for each workload, on real
// threads. Left out is what a workload's own `policies` and `workers` exclude, and what a peer cannot do: worlds that
// are not real, workloads that it does not speak, more workers than it can have. Ids are empty.
[[nodiscard]] std::vector<record::PlannedCell> block_of(const Definition& definition, std::uint32_t block,
                                                        std::uint64_t seed);

// What block_of() leaves out of the real world because a peer cannot do it.
[[nodiscard]] std::vector<record::NotSpoken> not_spoken(const Definition& definition);

// All blocks, one for each repetition, each shuffled by its own stream of the seed; ids c0001 … in that order. The same
// definition and seed give the same list.
[[nodiscard]] std::vector<record::PlannedCell> plan_cells(const Definition& definition, std::uint64_t seed);

// How long the cells will take. A real one: measuring for min_time, warming up for about as long, starting a program. A
// simulated one: nobody knows beforehand, so a second of one processing unit is taken.
[[nodiscard]] Duration estimate(std::span<const record::PlannedCell> cells);
// The same if all took as long as they may.
[[nodiscard]] Duration longest(std::span<const record::PlannedCell> cells);

}  // namespace rota::experiments
