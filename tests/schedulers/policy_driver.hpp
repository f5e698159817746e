// Drives a policy object directly, without a runtime: one thread plays all workers and the outside.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "schedulers/describe.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/lifo_slot.hpp"
#include "tests/schedulers/driven.hpp"
#include "tests/schedulers/loose_tasks.hpp"

namespace rota {
namespace schedulers {

template <class P> class Driver final : public Driven {
 public:
  // On two nodes of four cores: "compact" fills one first, "scatter" takes them in turn.
  Driver(unsigned workers, std::uint64_t seed, const SettingValues& settings, std::size_t tasks,
         std::string_view placement = "compact")
      : tasks_(tasks),
        policy_(Placement(Topology::synthetic("numa:2 core:4 pu:1"), placement, workers), bound(settings)) {
    for (WorkerId id = 0; id < workers; ++id) workers_.emplace_back(id, seed);
  }

  // From the task's next enqueue on.
  void tell(Index task, const Attributes& urgency) { tasks_.tell(task, &urgency); }

  // As after a run of the task.
  void account(WorkerId worker, Index task, Duration used) { policy_.account(workers_[worker], *tasks_[task], used); }
  [[nodiscard]] const P& policy() const { return policy_; }

  [[nodiscard]] unsigned workers() const { return static_cast<unsigned>(workers_.size()); }

  WakeHint enqueue(std::optional<WorkerId> by, Index task, Origin origin) override {
    return policy_.enqueue(by ? &workers_[*by] : nullptr, Runnable<World>::adopt(tasks_[task]), {origin});
  }
  std::optional<Index> obtain(WorkerId worker) override {
    Runnable<World> task = policy_.pick(workers_[worker]);
    if constexpr (requires { policy_.steal(workers_[worker]); }) {
      if (!task) task = policy_.steal(workers_[worker]);
    }
    return index(std::move(task));
  }
  std::optional<Index> pick(WorkerId worker) override { return index(policy_.pick(workers_[worker])); }
  [[nodiscard]] bool has_work(WorkerId worker) const override { return policy_.has_work(workers_[worker]); }

 private:
  static typename P::Config bound(const SettingValues& settings) {
    typename P::Config config;
    SettingError error;
    if (!bind(config, settings, error)) contract_failure("usage", error.sentence().c_str());
    return config;
  }
  std::optional<Index> index(Runnable<World> task) {
    if (!task) return std::nullopt;
    return tasks_.index_of(task.release());
  }
  LooseTasks tasks_;
  std::vector<Self> workers_;
  P policy_;
};

template <class P>
std::unique_ptr<Driven> drive(unsigned workers, std::uint64_t seed, const SettingValues& settings, std::size_t tasks,
                              std::string_view placement) {
  return std::make_unique<Driver<P>>(workers, seed, settings, tasks, placement);
}

template <class P> [[nodiscard]] DrivenPolicy driven(std::string_view name) {
  return {name, &guarantees_with<P>, describe<typename P::Config>(), &drive<P>};
}

}  // namespace schedulers

template <> struct RowOf<schedulers::DrivenPolicy> {
  using E = env::Real;
  template <class P, Name name> static schedulers::DrivenPolicy make(const Worlds&) {
    return schedulers::driven<P>(name.view());
  }
};

}  // namespace rota
