// Who can play what.
#include "experiments/definition/definition.hpp"

#include <algorithm>

#include "schedulers/local.hpp"
#include "workloads/workloads.hpp"

namespace rota::experiments {

bool Entry::real_only() const { return peer || schedulers::is_local(choice.use) || allocator != record::own_allocator; }

bool Entry::speaks(std::string_view workload) const {
  if (peer) return peer->speaks(workload);
  return !schedulers::is_local(choice.use) || find(workloads::workloads(), workload)->worlds.local;
}

bool Entry::can_have(std::uint32_t count) const {
  return peer ? peer->can_have(count) : count == 1 || !schedulers::is_local(choice.use);
}

bool Entry::played_by(const Entry& policy) const {
  return !policies || std::ranges::count(*policies, policy.choice.label) > 0 ||
         std::ranges::count(*policies, policy.family) > 0;
}

bool Entry::played_with(std::uint32_t count) const { return !workers || std::ranges::count(*workers, count) > 0; }

}  // namespace rota::experiments
