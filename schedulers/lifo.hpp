// Lifo: last come, first served, and at once: a new task takes the worker, who was taken off goes on when it has ended.
// However sizes are distributed the mean time in the system is that of processor sharing (Kelly, Reversibility and
// Stochastic Networks, 1979). Work stealing's owners serve so, without preemption.
//
// Order     The newest arrival first: a spawn or a wake. Who is asked to give way keeps its place among them; who
//           yields by itself goes behind all, or nothing would come of it.
// Quantum   0 unless set: among arrivals the newest would be picked again.
// The rest  ranked.hpp.
#pragma once

#include "runtime/policy_word.hpp"
#include "schedulers/ranked.hpp"

namespace rota::schedulers {

template <Env E> class Lifo : public Ranked<E, 0, true> {
  using Base = Ranked<E, 0, true>;

 public:
  static constexpr std::string_view name = "lifo";
  static constexpr std::string_view summary = "the task that came last goes first, also before one that runs";
  using Config = Base::Config;
  static constexpr Guarantees guarantees = Base::promises(Ordering::lifo);

  Lifo(const Placement& placement, const Config& config) : Base(placement, config) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    auto& place = policy_word(*task.get());
    return this->keep(std::move(task), info, [&place, info](std::uint64_t arrival) {
      if (info.origin == Origin::yield) place.write(middle + arrival);
      if (!info.gave_way()) place.write(middle - 1 - arrival);
      return place.read();
    });
  }

 private:
  static constexpr std::uint64_t middle = std::uint64_t{1} << 62;  // arrivals below, yields above
};

}  // namespace rota::schedulers
