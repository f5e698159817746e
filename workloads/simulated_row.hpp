// How a cell of a workload is measured on a simulated machine.
#pragma once

#include "workloads/measure_row.hpp"
#include "workloads/observation.hpp"

namespace rota {
namespace workloads {

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

}  // namespace workloads

template <> struct RowOf<workloads::WorkloadIn<env::Simulated>> {
  using E = env::Simulated;
  template <class W, Name> static workloads::WorkloadIn<E> make(const Worlds&) {
    static_assert(workloads::real_only_of<W>().empty(),
                  "the line rota_workload() says `simulated`, but its class says real_only");
    return {W::name, &workloads::measure_simulated<W>};
  }
};

}  // namespace rota
