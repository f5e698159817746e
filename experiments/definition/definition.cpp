// Who can play what.
#include "experiments/definition/definition.hpp"

#include <algorithm>

#include "record/world.hpp"
#include "workloads/workloads.hpp"

namespace rota::experiments {

bool Entry::real_only() const {
  return record::world_of(choice.use) != record::World::real || allocator != record::own_allocator;
}

bool Entry::speaks(std::string_view workload) const {
  if (peer) return peer->speaks(workload);
  return record::world_of(choice.use) != record::World::local || find(workloads::workloads(), workload)->worlds.local;
}

bool Entry::can_have(std::uint32_t count) const {
  return peer ? peer->can_have(count) : count == 1 || record::world_of(choice.use) != record::World::local;
}

bool Entry::played_by(const Entry& policy) const {
  return !policies || std::ranges::count(*policies, policy.choice.label) > 0 ||
         std::ranges::count(*policies, policy.family) > 0;
}

bool Entry::played_with(std::uint32_t count) const { return !workers || std::ranges::count(*workers, count) > 0; }

}  // namespace rota::experiments
