// resume_accounted(policy, worker, task): runs a task until it stops, and tells a policy that wants to know (account())
// how long that took.
//
// When      While the task still stands here: once it is enqueued, suspended or ended it may be anywhere, or gone.
// Time      Of the world, with all that happens in the run: in the real one wall-clock time, in the simulated one that
//           of its machine, and where declared work takes no time what was declared. One nanosecond more, so that every
//           run counts.
// Cost      Without account(): nothing. With it: two readings of the clock.
#pragma once

#include <algorithm>

#include "runtime/body.hpp"
#include "runtime/policy_parts.hpp"

namespace rota {

template <Env E, class P>
[[gnu::always_inline]] inline void resume_accounted([[maybe_unused]] P& policy, [[maybe_unused]] Worker<E>& self,
                                                    Task<E>* task) noexcept {
  using Parts = PolicyParts<E, P>;
  if constexpr (Parts::accounts || Parts::has_quantum) self.worked = Duration(0);
  if constexpr (Parts::accounts) {
    const TimePoint began = E::now();
    resume_body(task);
    const Duration used = std::max(timeless<E> ? self.worked : E::now() - began, Duration(0)) + Duration(1);
    E::mark(Mark::used, task, static_cast<std::uint64_t>(used.count()));
    policy.account(self, *task, used);
  } else {
    resume_body(task);
  }
}

}  // namespace rota
