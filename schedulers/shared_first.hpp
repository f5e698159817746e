// SharedFirst: work stealing whose tasks all begin in the queue that all share, wherever they come from. Workers take
// batches into queues of their own, which thieves may halve: as async-executor does, on which smol and async-std run.
//
// Wakes     A task that gave way needs none: its worker looks at the shared queue, too.
// The rest  work_stealing.hpp.
// Cost      Enqueue: the mutex of the shared queue, two read-modify-writes of a line that all workers write. Pick: as
//           work stealing, and a batch from there when the own queue is empty.
#pragma once

#include "schedulers/work_stealing.hpp"

namespace rota::schedulers {

template <Env E> class SharedFirst : public WorkStealing<E> {
  using Base = WorkStealing<E>;

 public:
  static constexpr std::string_view name = "shared-first";
  static constexpr std::string_view summary = "work stealing whose tasks all begin in one shared queue";
  using Config = Base::Config;

  SharedFirst(const Placement& placement, const Config& config) : Base(placement, config) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    this->share(task.release());
    return info.gave_way() ? WakeHint::none() : WakeHint::any();
  }
};

}  // namespace rota::schedulers
