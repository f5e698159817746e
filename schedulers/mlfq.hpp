// Mlfq: multi-level feedback queues. A task begins in the first level and moves down as it uses up service, so that
// what is short goes first without anybody having told (Corbató et al., "An experimental time-sharing system", 1962;
// Arpaci-Dusseau and Arpaci-Dusseau, Operating Systems: Three Easy Pieces, ch. 8).
//
// Levels    `quantum` of service in the first, twice as much in each further one; the last keeps its tasks. A task that
//           waits takes its account along, so that waiting often does not keep it up.
// Turns     Within a level in order of arrival, a quantum each.
// Boost     After each `boost` of service a worker, what waits goes before all that comes later, and all accounts are
//           clear: nobody starves. 0: never.
// Preempts  A task of an earlier level takes the worker at once, unless `preemptive` is off.
// The rest  ranked.hpp.
#pragma once

#include <algorithm>
#include <bit>

#include "runtime/policy_word.hpp"
#include "schedulers/ranked.hpp"

namespace rota::schedulers {

template <Env E> class Mlfq : public Ranked<E, 10, true> {
  using Base = Ranked<E, 10, true>;

 public:
  static constexpr std::string_view name = "mlfq";
  static constexpr std::string_view summary = "levels of feedback: who used more service waits for who used less";
  static constexpr Guarantees guarantees = Base::promises(Ordering::none);

  struct Config : Base::Config {
    std::uint32_t levels = 8;
    Duration boost = std::chrono::milliseconds(10);
    static constexpr auto settings() {
      return std::tuple_cat(
          std::tuple{
              setting("levels", &Config::levels, "levels, each with twice the service of the one before", 1, 48),
              setting("boost", &Config::boost,
                      "service of a worker after which all tasks begin anew in the first level, 0 for never", 0, 1e12)},
          settings_of<typename Base::Config>());
    }
  };

  Mlfq(const Placement& placement, const Config& config)
      : Base(placement, config),
        levels_(config.levels),
        boost_(static_cast<std::uint64_t>(config.boost.count()) * placement.workers()) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    auto& word = policy_word(*task.get());
    const std::uint64_t epoch = boost_ == 0 ? 0 : served_.load(Order::relaxed) / boost_;
    if (info.origin == Origin::spawn || word.read() >> epoch_shift != (epoch & epoch_mask))
      word.write((epoch & epoch_mask) << epoch_shift);
    const std::uint64_t rank = epoch * levels_ + level_of(word.read() & service_mask);
    return this->keep(std::move(task), info, [rank](std::uint64_t) { return rank; });
  }

  void account(Self&, Task<E>& task, Duration used) noexcept {
    policy_word(task).write() += static_cast<std::uint64_t>(used.count());
    if (boost_ != 0) served_.fetch_add(static_cast<std::uint64_t>(used.count()), Order::relaxed);
  }

 private:
  // A task's word: in which epoch its account began, and its service since.
  static constexpr unsigned epoch_shift = 48;
  static constexpr std::uint64_t epoch_mask = 0xffff, service_mask = (std::uint64_t{1} << epoch_shift) - 1;

  [[nodiscard]] std::uint64_t level_of(std::uint64_t service) const noexcept {
    const auto first = static_cast<std::uint64_t>(this->quantum().count());
    if (first == 0) return 0;
    return std::min<std::uint64_t>(std::bit_width(service / first + 1) - 1, levels_ - 1);
  }

  const std::uint64_t levels_, boost_;
  alignas(line_pair) typename E::template atomic<std::uint64_t> served_{std::uint64_t{0}};
};

}  // namespace rota::schedulers
