// Speed of the simulated machine: charged accesses a second (items), for programs from a single word to work stealing.
#include <benchmark/benchmark.h>

#include "reactor/simulated_reactor.hpp"
#include "runtime/runtime.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/work_stealing.hpp"
#include "worlds/simulated/world.hpp"

namespace rota {
namespace {

using E = env::Simulated;
using std::chrono::nanoseconds;

simulated::Model machine_of_256() {
  simulated::Costs costs;
  costs.load = {1'000, 3'000, 5'000, 20'000, 30'000, 60'000, 120'000};
  costs.store = costs.load;
  costs.update = {5'000, 8'000, 10'000, 25'000, 40'000, 80'000, 150'000};
  costs.fence = 5'000, costs.memory = 80'000, costs.relax = 20'000;
  costs.park = 1'000'000, costs.unpark = 500'000, costs.wake_up = 2'000'000, costs.clock = 20'000;
  costs.spawn = costs.look = costs.resume = 9'000;
  return {"bench", Topology::synthetic("pack:4 numa:2 l3:4 core:8 pu:1"), costs, {}};
}

template <class Program> void measure(benchmark::State& state, Program program) {
  const simulated::Model model = machine_of_256();
  std::uint64_t accesses = 0;
  for (auto _ : state) {
    simulated::Machine machine(model);
    program(machine, model, static_cast<unsigned>(state.range(0)));
    accesses += machine.accesses();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(accesses));
}

// Hits of one thread: nobody else has less time.
void hits(benchmark::State& state) {
  measure(state, [](simulated::Machine& machine, const simulated::Model&, unsigned) {
    machine.run([] {
      auto* const word = new E::atomic<std::uint64_t>();
      for (int i = 0; i < 1'000'000; ++i) word->fetch_add(1, Order::relaxed);
    });
  });
}
BENCHMARK(hits)->Name("simulated/hits")->Arg(1)->Unit(benchmark::kMillisecond);

// Every thread updates one word: a switch and a transfer each time.
void contended(benchmark::State& state) {
  measure(state, [](simulated::Machine& machine, const simulated::Model&, unsigned threads) {
    machine.run([threads] {
      auto* const word = new E::atomic<std::uint64_t>();
      std::vector<E::thread> all;
      for (unsigned i = 0; i < threads; ++i)
        all.emplace_back(ThreadOptions{.name = "t", .pu = std::nullopt, .place = i}, [word, threads] {
          for (unsigned n = 0; n < 500'000 / threads; ++n) word->fetch_add(1, Order::relaxed);
        });
      for (auto& thread : all) thread.join();
    });
  });
}
BENCHMARK(contended)->Name("simulated/contended")->Arg(2)->Arg(64)->Arg(256)->Unit(benchmark::kMillisecond);

Job<E> leaf() {
  E::charge({nanoseconds(2000)});
  co_return;
}
Job<E> spawner(Executor<E>& executor, unsigned count) {
  std::vector<JoinHandle<E>> joins;
  for (unsigned i = 0; i < count; ++i) joins.push_back(executor.spawn(leaf()));
  for (auto& join : joins) co_await join;
}
Job<E> root(Executor<E>& executor, unsigned spawners, unsigned leaves) {
  std::vector<JoinHandle<E>> joins;
  for (unsigned i = 0; i < spawners; ++i) joins.push_back(executor.spawn(spawner(executor, leaves)));
  for (auto& join : joins) co_await join;
}

template <class Policy> void tasks(benchmark::State& state, unsigned spawners, unsigned leaves) {
  measure(state, [&](simulated::Machine& machine, const simulated::Model& model, unsigned workers) {
    const Placement placement(model.topology, "compact", workers);
    machine.run([&] {
      Runtime<E, Policy> runtime(placement, {}, {}, std::make_unique<SimulatedReactor<E>>());
      runtime.block_on(root(runtime, spawners, leaves));
    });
  });
}
void work_stealing(benchmark::State& state) { tasks<schedulers::WorkStealing<E>>(state, 64, 500); }
void fifo(benchmark::State& state) { tasks<schedulers::Fifo<E>>(state, 64, 500); }
// A million tasks that are alive at once. Its peak of memory is the process's: run it alone.
void million(benchmark::State& state) { tasks<schedulers::WorkStealing<E>>(state, 256, 4000); }

BENCHMARK(work_stealing)->Name("simulated/work-stealing")->Arg(1)->Arg(64)->Arg(256)->Unit(benchmark::kMillisecond);
BENCHMARK(fifo)->Name("simulated/fifo")->Arg(1)->Arg(64)->Unit(benchmark::kMillisecond);
BENCHMARK(million)->Name("simulated/million-tasks")->Arg(256)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rota
