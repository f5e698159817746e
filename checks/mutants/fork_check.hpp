// check_forks<E>: a task forks on one worker while another has nothing to do. Each part must run once, and its join see
// what it did (F1). Drawn programs have no forks.
#pragma once

#include <array>

#include "checks/conformance/interpreter.hpp"
#include "checks/mutants/program_check.hpp"

namespace rota::checks {

template <Env E> struct CountedParts {
  // Relaxed: only the joins order them, and it is the joins that are checked.
  std::array<typename E::template atomic<int>, 3> runs;

  auto part(std::size_t i) {
    return [this, i](Forks<E>&) { (void)runs[i].fetch_add(1, Order::relaxed); };
  }
};

template <Env E> Job<E> fork_three(CountedParts<E>& parts) {
  Forks<E>::here().both([&parts](Forks<E>& on) { on.both(parts.part(0), parts.part(1)); }, parts.part(2));
  for (const auto& runs : parts.runs) {
    if (runs.load(Order::relaxed) != 1)
      contract_failure("F1", "a forked part did not run once before its join returned");
  }
  co_return;
}

template <Env E, class Policy> void fork_beside_an_idle_worker() {
  Runtime<E, Policy> runtime(placement_of(2), {}, typename Policy::Config{}, std::make_unique<SimulatedReactor<E>>());
  CountedParts<E> parts;
  auto join = runtime.spawn(fork_three<E>(parts));
  join.join_blocking();
}

template <Env E, class Policy> Report check_forks(const explored::Options& options) {
  prepare_placements();
  return report_of(explored::explore(options, &fork_beside_an_idle_worker<E, Policy>), options, "F1");
}

}  // namespace rota::checks
