// Priorities: eight classes. The most urgent class that has a task goes first, and within a class whoever came first
// (Cobham, "Priority assignment in waiting line problems", Operations Research 1954).
//
// Order     Attributes::priority, the smallest first; above 7 counts as 7.
// Aging     With `aging` = a > 0 a class is worth `a` arrivals: a task of class c goes before those of class 0 that
//           come more than c × a arrivals later. So at most 7 × a later ones pass a task, and nobody starves. 0:
//           strict.
// Quantum   0 unless set: a task that runs is not interrupted. With a quantum it goes behind its equals each time.
// The rest  ranked.hpp.
#pragma once

#include <algorithm>

#include "schedulers/ranked.hpp"

namespace rota::schedulers {

template <Env E> class Priorities : public Ranked<E, 0> {
  using Base = Ranked<E, 0>;

 public:
  static constexpr std::string_view name = "priorities";
  static constexpr std::string_view summary = "eight classes of urgency, the most urgent first, in order within each";
  static constexpr std::uint32_t classes = 8;

  struct Config : Base::Config {
    std::uint32_t aging = 0;
    static constexpr auto settings() {
      return std::tuple_cat(
          std::tuple{setting("aging", &Config::aging,
                             "arrivals that one class of urgency is worth, 0 for strict classes", 0, 1'000'000)},
          settings_of<typename Base::Config>());
    }
  };
  // Aged, a class is no longer what decides.
  static constexpr Guarantees guarantees(const Config& config) {
    return Base::promises(config.aging == 0 ? Ordering::by_priority : Ordering::none);
  }

  Priorities(const Placement& placement, const Config& config) : Base(placement, config), aging_(config.aging) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    const Attributes* const told = attributes_of(*task.get());
    const std::uint64_t level = told == nullptr ? 0 : std::min(told->priority, classes - 1);
    return this->keep(std::move(task), info,
                      [&](std::uint64_t arrival) { return aging_ == 0 ? level : arrival + level * aging_; });
  }

 private:
  const std::uint64_t aging_;
};

}  // namespace rota::schedulers
