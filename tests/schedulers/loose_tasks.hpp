// Tasks without a body, for tests of queues and policies: only their identity matters.
#pragma once

#include <deque>

#include "runtime/task.hpp"
#include "worlds/real.hpp"

namespace rota::schedulers {

using E = env::Real;

class LooseTasks {
 public:
  explicit LooseTasks(std::size_t count) : tasks_(count) {
    for (Task<E>& task : tasks_) task.set_resume_point(&task);
  }
  [[nodiscard]] std::size_t size() const { return tasks_.size(); }
  [[nodiscard]] Task<E>* operator[](std::size_t index) { return &tasks_[index]; }
  [[nodiscard]] std::size_t index_of(const Task<E>* task) const {
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      if (&tasks_[i] == task) return i;
    }
    return tasks_.size();
  }

 private:
  std::deque<Task<E>> tasks_;
};

}  // namespace rota::schedulers
