// ForkHelp: how a worker with nothing else to do finds a part of a task that forks elsewhere (runtime/forks.hpp).
//
// Threads   Any worker's.
// Cost      One load of a line that is written once, as long as no task has forked.
#pragma once

#include <algorithm>
#include <memory>
#include <span>

#include "runtime/worker.hpp"

namespace rota {

template <Env E> class ForkHelp {
 public:
  explicit ForkHelp(std::span<const std::unique_ptr<Worker<E>>> workers) noexcept : workers_(workers) {}

  // Some task forks. False if that was known.
  [[nodiscard]] bool begin() noexcept {
    if (forking_.load(Order::relaxed)) return false;
    forking_.store(true, Order::relaxed);
    return true;
  }

  // A part that somebody shares; else nullptr, and all who fork know now that one is wished for.
  [[nodiscard]] Part<E>* find(Worker<E>& self) noexcept {
    if (!forking_.load(Order::relaxed)) return nullptr;
    Part<E>* part = nullptr;
    for (std::size_t i = 1; i < workers_.size() && part == nullptr; ++i)
      part = self.forks.steal_from(workers_[(self.id() + i) % workers_.size()]->forks);
    return part;
  }

  [[nodiscard]] bool any_shared() const noexcept {
    return forking_.load(Order::relaxed) &&
           std::any_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->forks.sharing(); });
  }

 private:
  std::span<const std::unique_ptr<Worker<E>>> workers_;
  typename E::template atomic<bool> forking_{};  // from then on
};

}  // namespace rota
