// Hierarchical: work stealing that stays on its NUMA node while it can. A thief robs the workers of its own node first,
// and those of other nodes only if none of its own had anything and the victim holds at least `threshold` tasks: fewer
// are not worth the way, since their lines and their data would come from far (Min, Iancu and Yelick, "Hierarchical
// work stealing on manycore clusters", PGAS 2011; Olivier et al., "OpenMP task scheduling strategies for multicore NUMA
// systems", IJHPCA 2012).
//
// Queues    Those of WorkStealing, with its settings, its pick and what it says of overflow and waiting.
// Victims   On the own node, then elsewhere: in turn from a random one, or, with victim = nearest, the nearest first.
// Wakes     Somebody near the worker that got the task: one from far could not take it below the threshold.
// Promises  Waiting as with WorkStealing. Not work conserving with a threshold above 1: a far worker sleeps beside
//           fewer tasks, which their owner or its neighbours will run.
// has_work  True for what pick or steal would give: the shared queue, what workers of the own node hold, what far ones
//           hold from the threshold on. The shared queue first, for WorkStealing's reason.
// Cost      WorkStealing's; and two loads for each victim that is looked at.
#pragma once

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "schedulers/work_stealing.hpp"

namespace rota::schedulers {

template <Env E> class Hierarchical : public WorkStealing<E> {
  using Base = WorkStealing<E>;

 public:
  static constexpr std::string_view name = "hierarchical";
  static constexpr std::string_view summary =
      "work stealing within a NUMA node first, and from other nodes only if they hold enough";
  struct Config : Base::Config {
    std::uint32_t threshold = 4;
    static constexpr auto settings() {
      return std::tuple_cat(std::tuple{setting("threshold", &Config::threshold,
                                               "tasks that a victim on another node must hold", 1, 65536)},
                            settings_of<typename Base::Config>());
    }
  };

  static constexpr Guarantees guarantees(const Config& config) {
    return {.starvation_factor = Base::guarantees(config).starvation_factor};
  }

  Hierarchical(const Placement& placement, const Config& config)
      : Base(placement, config), threshold_(config.threshold), victims_(placement.workers()) {
    for (WorkerId worker = 0; worker < placement.workers(); ++worker) {
      for (const WorkerId other : placement.nearest(worker))
        (placement.node(other) == placement.node(worker) ? victims_[worker].near : victims_[worker].far)
            .push_back(other);
    }
  }

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const WakeHint hint = Base::enqueue(self, std::move(task), info);
    return self != nullptr && hint == WakeHint::any() ? WakeHint::near(self->id()) : hint;
  }

  Runnable<E> steal(Self& self) noexcept {
    const Victims& victims = victims_[self.id()];
    Task<E>* task = rob_one(victims.near, self, 1);
    if (task == nullptr) task = rob_one(victims.far, self, threshold_);
    return Runnable<E>::adopt(task);
  }

  bool has_work(const Self& self) const noexcept {
    if (this->shared_work() || this->held(self.id()) > 0) return true;
    const Victims& victims = victims_[self.id()];
    const auto holds = [this](std::size_t least) { return [=, this](WorkerId w) { return this->held(w) >= least; }; };
    return std::ranges::any_of(victims.near, holds(1)) || std::ranges::any_of(victims.far, holds(threshold_));
  }

 private:
  struct Victims {  // the nearest first
    std::vector<WorkerId> near, far;
  };

  Task<E>* rob_one(std::span<const WorkerId> victims, Self& self, std::size_t least) noexcept {
    if (victims.empty()) return nullptr;
    const std::size_t first =
        this->nearest_first() ? 0 : self.random().below(static_cast<std::uint32_t>(victims.size()));
    for (std::size_t i = 0; i < victims.size(); ++i) {
      const WorkerId victim = victims[(first + i) % victims.size()];
      if (this->held(victim) < least) continue;
      if (Task<E>* const task = this->rob(victim, self.id())) return task;
    }
    return nullptr;
  }

  const std::size_t threshold_;
  std::vector<Victims> victims_;
};

}  // namespace rota::schedulers
