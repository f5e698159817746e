// simulated_entry_of<W<env::Simulated>>(): how a cell of a workload is measured on a simulated machine.
#pragma once

#include "workloads/entry.hpp"
#include "workloads/simulated.hpp"

namespace rota::workloads {

template <class W>
Result measure_simulated(simulated::Machine& machine, const Start<env::Simulated>& start, const SettingValues& values) {
  Result result;
  Observation observation(machine);
  std::size_t workers = 0;
  std::exception_ptr error;
  machine.run([&]() noexcept {
    try {
      const auto prepared = prepare<W, env::Simulated>(values);
      W& workload = *prepared.workload;
      Plan plan = prepared.plan();
      plan.rounds = 1;
      plan.on_measure = [&] { observation.begin(); };
      plan.on_end = [&] { observation.end(); };
      if constexpr (SharesExecutor<W, env::Simulated>) {
        const auto executor = start();
        workers = executor->workers();
        result = run_iterations(plan, {}, [&](Sample& sample) { iterate_and_count(workload, *executor, sample); });
      } else {
        result = run_iterations(plan, {}, [&](Sample& sample) { workload.iterate(start, sample); });
      }
    } catch (...) {
      error = std::current_exception();  // no exception leaves the machine by itself
    }
  });
  if (error) std::rethrow_exception(error);
  Result kept = result;  // a copy outside of the machine's memory, which the next machine takes
  observation.report(workers, kept);
  return kept;
}

template <class W> [[nodiscard]] SimulatedWorkload simulated_entry_of() {
  if constexpr (needs_the_real_world<W>) {
    return {W::name, nullptr};
  } else {
    return {W::name, &measure_simulated<W>};
  }
}

}  // namespace rota::workloads
