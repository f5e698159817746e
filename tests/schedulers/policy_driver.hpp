// Drives a policy object directly, without a runtime: one thread plays all workers and the outside.
#pragma once

#include <array>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "schedulers/all_policies.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/lifo_slot.hpp"
#include "tests/schedulers/loose_tasks.hpp"

namespace rota::schedulers {

// Letters, digits and underscores, as GoogleTest wants them in a name.
inline std::string test_name(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return result;
}

using Index = std::size_t;
constexpr std::optional<WorkerId> outside = std::nullopt;

template <class P> class Driver {
 public:
  // On two nodes of four cores: "compact" fills one first, "scatter" takes them in turn.
  Driver(unsigned workers, std::uint64_t seed, const SettingValues& settings, std::size_t tasks,
         std::string_view placement = "compact")
      : tasks_(tasks),
        policy_(Placement(Topology::synthetic("numa:2 core:4 pu:1"), placement, workers), bound(settings)) {
    for (WorkerId id = 0; id < workers; ++id) workers_.push_back(std::make_unique<Worker<E>>(id, no_runtime(), seed));
  }

  // From the task's next enqueue on.
  void tell(Index task, const Urgency& urgency) { tasks_.tell(task, &urgency); }

  [[nodiscard]] unsigned workers() const { return static_cast<unsigned>(workers_.size()); }

  WakeHint enqueue(std::optional<WorkerId> by, Index task, Origin origin) {
    return policy_.enqueue(by ? workers_[*by].get() : nullptr, Runnable<E>::adopt(tasks_[task]), {origin});
  }
  // What the worker would run next: picked, or stolen if there is nothing to pick.
  std::optional<Index> obtain(WorkerId worker) {
    Runnable<E> task = policy_.pick(*workers_[worker]);
    if constexpr (requires { policy_.steal(*workers_[worker]); }) {
      if (!task) task = policy_.steal(*workers_[worker]);
    }
    return index(std::move(task));
  }
  std::optional<Index> pick(WorkerId worker) { return index(policy_.pick(*workers_[worker])); }
  [[nodiscard]] bool has_work(WorkerId worker) const { return policy_.has_work(*workers_[worker]); }

 private:
  static typename P::Config bound(const SettingValues& settings) {
    typename P::Config config;
    SettingError error;
    if (!bind(config, settings, error)) contract_failure("usage", error.sentence().c_str());
    return config;
  }
  std::optional<Index> index(Runnable<E> task) {
    if (!task) return std::nullopt;
    return tasks_.index_of(task.release());
  }
  // A policy has no business with the runtime behind a worker: here is none.
  Executor<E>& no_runtime() { return reinterpret_cast<Executor<E>&>(nothing_); }

  alignas(64) std::array<std::byte, 256> nothing_{};
  LooseTasks tasks_;
  std::vector<std::unique_ptr<Worker<E>>> workers_;
  P policy_;
};

// The default settings, and those that differ from them by one choice: promises hold for each.
template <class P> std::vector<SettingValues> variants() {
  std::vector<SettingValues> result{{}};
  for (const SettingInfo& info : describe<typename P::Config>()) {
    for (const std::string& option : info.choices) {
      if (option != info.default_value) result.push_back({{info.name, option}});
    }
  }
  return result;
}

}  // namespace rota::schedulers
