// Tasks that never run, for tests of queues and policies: only their identity matters, and what is told of them.
#pragma once

#include <array>
#include <deque>
#include <new>

#include "runtime/job.hpp"
#include "worlds/real.hpp"

namespace rota::schedulers {

using World = env::Real;

class LooseTasks {
 public:
  explicit LooseTasks(std::size_t count) : slots_(count) {
    for (Slot& slot : slots_) {
      slot.task.set_resume_point(&slot.task);
      ::new (&promise_of(slot.task)) JobPromiseBase<World>();
    }
  }
  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] Task<World>* operator[](std::size_t index) { return &slots_[index].task; }
  [[nodiscard]] std::size_t index_of(const Task<World>* task) const {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (&slots_[i].task == task) return i;
    }
    return slots_.size();
  }
  // What a policy that asks hears of a task.
  void tell(std::size_t index, const Urgency* urgency) { promise_of(slots_[index].task).note.set_urgency(urgency); }

 private:
  // A frame as the compiler makes them begins with two pointers, then comes the promise.
  struct Slot {
    Task<World> task;
    alignas(16) std::array<std::byte, 2 * sizeof(void*) + sizeof(JobPromiseBase<World>)> frame{};
  };
  static JobPromiseBase<World>& promise_of(Task<World>& task) {
    return std::coroutine_handle<JobPromiseBase<World>>::from_address(task.body()).promise();
  }
  std::deque<Slot> slots_;
};

}  // namespace rota::schedulers
