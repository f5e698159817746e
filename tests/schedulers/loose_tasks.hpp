// Tasks that never run, for tests of queues and policies: only their identity matters, and what is told of them.
#pragma once

#include <algorithm>
#include <new>
#include <vector>

#include "runtime/job.hpp"
#include "worlds/real.hpp"

namespace rota::schedulers {

using World = env::Real;

class LooseTasks {
 public:
  explicit LooseTasks(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Task<World>* const task = tasks_.emplace_back(acquire_slot<World>(frame_bytes));
      task->set_resume_point(task->body());
      ::new (&promise_of(*task)) JobPromiseBase<World>();
    }
  }
  LooseTasks(const LooseTasks&) = delete;
  LooseTasks& operator=(const LooseTasks&) = delete;
  ~LooseTasks() {
    for (Task<World>* const task : tasks_) release_slot(task);
  }

  [[nodiscard]] std::size_t size() const { return tasks_.size(); }
  [[nodiscard]] Task<World>* operator[](std::size_t index) { return tasks_[index]; }
  [[nodiscard]] std::size_t index_of(const Task<World>* task) const {
    return static_cast<std::size_t>(std::ranges::find(tasks_, task) - tasks_.begin());
  }
  // What a policy that asks hears of a task.
  void tell(std::size_t index, const Attributes* attributes) {
    promise_of(*tasks_[index]).note.set_attributes(attributes);
  }

 private:
  // A frame as the compiler makes them begins with two pointers, then comes the promise.
  static constexpr std::size_t frame_bytes = 2 * sizeof(void*) + sizeof(JobPromiseBase<World>);

  static JobPromiseBase<World>& promise_of(Task<World>& task) {
    return std::coroutine_handle<JobPromiseBase<World>>::from_address(task.body()).promise();
  }
  std::vector<Task<World>*> tasks_;
};

}  // namespace rota::schedulers
