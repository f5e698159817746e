// Random pick: one global bag, out of which a die chooses. Every `oldest_every`-th pick takes the oldest task instead.
#pragma once

#include <mutex>
#include <tuple>
#include <vector>

#include "schedulers/policy.hpp"

namespace rota::schedulers {

template <Env E> class RandomPick {
 public:
  static constexpr std::string_view name = "random-pick";
  static constexpr std::string_view summary = "one global bag; every pick is a throw of a die";
  static constexpr Guarantees guarantees{.order = Ordering::none, .work_conserving = true};

  struct Config {
    std::uint32_t oldest_every = 16;
    static constexpr auto settings() {
      return std::tuple{
          setting("oldest_every", &Config::oldest_every, "every so many picks take the oldest task", 1, 1'000'000)};
    }
  };

  RandomPick(const Placement&, const Config& config) : oldest_every_(config.oldest_every) {}

  // Any thread. Any worker can run any task, so any idle one will do.
  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo) noexcept {
    const std::scoped_lock lock(mutex_);
    ready_.push_back(task.release());
    length_.store(ready_.size(), Order::release);
    return WakeHint::any();
  }

  Runnable<E> pick(Self& self) noexcept {
    if (length_.load(Order::acquire) == 0) return {};
    const std::scoped_lock lock(mutex_);
    if (ready_.empty()) return {};
    const bool oldest = ++picks_ % oldest_every_ == 0;
    const auto chosen = ready_.begin() + (oldest ? 0 : self.random().below(static_cast<std::uint32_t>(ready_.size())));
    Task<E>* const task = *chosen;
    ready_.erase(chosen);  // and leaves the others in the order in which they came
    length_.store(ready_.size(), Order::release);
    return Runnable<E>::adopt(task);
  }

  // Every task is in the one bag, so what it holds is what any worker could obtain.
  bool has_work(const Self&) const noexcept { return length_.load(Order::acquire) != 0; }

 private:
  const std::uint32_t oldest_every_;
  typename E::mutex mutex_;
  std::vector<Task<E>*> ready_;
  std::uint64_t picks_ = 0;
  typename E::template atomic<std::size_t> length_{0};
};

}  // namespace rota::schedulers
