// What tests of the runtime need and schedulers/ must not give them: two tiny policies, and a runtime in one call.
//
//   auto runtime = rt(2);                       // two workers, one queue
//   EXPECT_EQ(runtime.block_on(answer()), 42);
#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sleep.hpp"
#include "worlds/real.hpp"

namespace rota::testing {

using E = env::Real;
template <class T> using Atomic = E::atomic<T>;

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

// How often to repeat a race: sanitizers make each round dearer and see more in it.
[[nodiscard]] constexpr int rounds(int plain) { return sanitized ? plain / 10 + 1 : plain; }

// One queue under a mutex.
template <Env World> class OneQueue {
 public:
  static constexpr std::string_view name = "one-queue";
  static constexpr std::string_view summary = "one queue under a mutex";
  static constexpr Guarantees guarantees{};
  struct Config {};
  OneQueue(const Placement&, const Config&) {}

  WakeHint enqueue(Self*, Runnable<World> task, EnqueueInfo) noexcept {
    const std::scoped_lock lock(mutex_);
    tasks_.push_back(task.release());
    return WakeHint::any();
  }
  Runnable<World> pick(Self&) noexcept {
    const std::scoped_lock lock(mutex_);
    if (tasks_.empty()) return {};
    Task<World>* const first = tasks_.front();
    tasks_.pop_front();
    return Runnable<World>::adopt(first);
  }
  bool has_work(const Self&) const noexcept {
    const std::scoped_lock lock(mutex_);
    return !tasks_.empty();
  }

 private:
  mutable typename World::mutex mutex_;
  std::deque<Task<World>*> tasks_;
};

// One queue for each worker and one for the outside; whoever has nothing steals. Makes workers search.
template <Env World> class ManyQueues {
 public:
  static constexpr std::string_view name = "many-queues";
  static constexpr std::string_view summary = "a queue for each worker, and stealing";
  static constexpr Guarantees guarantees{};
  struct Config {};
  ManyQueues(const Placement& placement, const Config&) : queues_(placement.workers() + 1) {}

  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    Queue& queue = self == nullptr ? queues_.back() : queues_[self->id()];
    const std::scoped_lock lock(queue.mutex);
    queue.tasks.push_back(task.release());
    return info.origin == Origin::yield ? WakeHint::none() : WakeHint::any();
  }
  Runnable<World> pick(Self& self) noexcept {
    auto own = take(queues_[self.id()]);
    return own ? std::move(own) : take(queues_.back());
  }
  Runnable<World> steal(Self& self) noexcept {
    for (std::size_t i = 1; i < queues_.size(); ++i) {
      if (auto task = take(queues_[(self.id() + i) % (queues_.size() - 1)])) return task;
    }
    return {};
  }
  bool has_work(const Self&) const noexcept {
    for (const Queue& queue : queues_) {
      const std::scoped_lock lock(queue.mutex);
      if (!queue.tasks.empty()) return true;
    }
    return false;
  }

 private:
  struct Queue {
    mutable typename World::mutex mutex;
    std::deque<Task<World>*> tasks;
  };
  static Runnable<World> take(Queue& queue) noexcept {
    const std::scoped_lock lock(queue.mutex);
    if (queue.tasks.empty()) return {};
    Task<World>* const first = queue.tasks.front();
    queue.tasks.pop_front();
    return Runnable<World>::adopt(first);
  }
  std::vector<Queue> queues_;
};

[[nodiscard]] inline Placement unpinned(unsigned workers) {
  static const Topology host = Topology::host();
  return {host, "none", workers};
}

template <template <Env> class Policy = OneQueue>
[[nodiscard]] Runtime<E, Policy<E>> rt(unsigned workers, const RuntimeConfig& config = {}) {
  return {unpinned(workers), config, {}, reactors().front().make()};
}

// Waits, without blocking a lock, for what another thread will bring about. ctest's time-out ends a vain wait.
template <class Condition> void wait_until(Condition holds) {
  while (!holds()) std::this_thread::yield();
}

}  // namespace rota::testing
