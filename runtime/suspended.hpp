// The tasks of a runtime that are suspended when it ends: nobody holds them but whoever would have woken them.
#pragma once

#include <vector>

#include "runtime/executor.hpp"

namespace rota {

// Claims every suspended task of `executor`, for cancellation: the caller owns them and ends them. By the thread that
// shuts down, after the workers are gone. They are ended outside the depot's lock, which the release of slots takes.
template <class E> [[nodiscard]] std::vector<Task<E>*> claim_suspended_of(const Executor<E>& executor) {
  std::vector<Task<E>*> claimed;
  E::template global<SlotDepot<E>>().for_each_slot([&](Task<E>& task) {
    if (task.cancel_if_suspended_in(&executor)) claimed.push_back(&task);
  });
  return claimed;
}

}  // namespace rota
