// Ticker: a thread that asks tasks to give way when they have run for a quantum without stopping. For the real world,
// where a task may compute without declaring it.
//
// Period    The quantum, and 100 us at least: a thread of the system sleeps no finer. A task that ran over two ticks
//           without a break is asked, so after one to two periods.
// Threads   start: a worker; more than once does nothing. stop: one thread, when no worker runs any more.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "runtime/worker.hpp"

namespace rota {

template <Env E> class Ticker {
 public:
  // `expected`: quanta are to be kept, once a task looks whether its own is over.
  Ticker(std::span<const std::unique_ptr<Worker<E>>> workers, bool expected) noexcept : workers_(workers) {
    for (const auto& worker : workers_) {
      if (expected) worker->give_way.expect_ticker();
    }
  }

  void start(Duration quantum) {
    bool going = false;
    if (!going_.compare_exchange(going, true, Order::acq_rel, Order::acquire)) return;
    period_ = std::max<Duration>(quantum, std::chrono::microseconds(100));
    try {
      thread_ = typename E::thread({.name = "rota-ticker", .pu = std::nullopt}, [this] { tick(); });
    } catch (...) {
      going_.store(false, Order::release);
      throw;
    }
  }
  void stop() noexcept {
    if (!going_.load(Order::acquire)) return;
    stopping_.store(true, Order::release);
    (void)parker_.unpark();
    thread_.join();
    going_.store(false, Order::release);
  }

 private:
  void tick() {
    std::vector<std::uint64_t> runs(workers_.size());
    while (!stopping_.load(Order::acquire)) {
      (void)parker_.park_until(later(E::now(), period_));
      for (std::size_t i = 0; i < workers_.size(); ++i) {
        const Counters now = workers_[i]->counters();
        // It picked nothing since, and so still runs the same: or it rests, and will forget that it was asked.
        if (std::exchange(runs[i], now.picked + now.stolen) == now.picked + now.stolen) workers_[i]->give_way.ask();
      }
    }
  }

  std::span<const std::unique_ptr<Worker<E>>> workers_;
  Duration period_{0};
  typename E::template atomic<bool> going_{}, stopping_{};
  typename E::thread thread_;
  typename E::parker parker_;
};

}  // namespace rota
