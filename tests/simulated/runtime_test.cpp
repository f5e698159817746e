// Whole runtimes on simulated machines.
#include "runtime/runtime.hpp"
#include "reactor/simulated_reactor.hpp"
#include "runtime/fiber.hpp"
#include "runtime/sleep.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/work_stealing.hpp"
#include "tests/simulated/machines.hpp"

namespace rota::testing {
namespace {

using Fifo = schedulers::Fifo<E>;
using WorkStealing = schedulers::WorkStealing<E>;
constexpr const char* four_nodes = "pack:2 numa:2 l3:1 core:4 pu:1";

template <class Policy, class Body>
void run_on(simulated::Machine& machine, const simulated::Model& model, unsigned workers, std::uint64_t seed, Body body,
            const char* words = "compact") {
  const Placement placement(model.topology, words, workers);
  machine.run([&] {
    Runtime<E, Policy> runtime(placement, RuntimeConfig{.seed = seed}, {}, std::make_unique<SimulatedReactor<E>>());
    body(runtime);
  });
}

Job<E, int> tree(Executor<E>& executor, int depth) {
  E::charge({nanoseconds(500 + 37 * depth), 0});
  if (depth == 0) co_return 1;
  auto left = executor.spawn(tree(executor, depth - 1));
  auto right = executor.spawn(tree(executor, depth - 1));
  if (depth == 4) co_await sleep_for<E>(std::chrono::microseconds(3));
  co_return co_await left + co_await right;
}

struct Outcome {
  std::uint64_t hash = 0, accesses = 0;
  int leaves = 0;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

template <class Policy> Outcome run_tree(unsigned workers, std::uint64_t seed) {
  const auto model = machine_of(four_nodes, distinct_costs());
  simulated::Machine machine(model);
  Outcome outcome;
  run_on<Policy>(machine, model, workers, seed,
                 [&](auto& runtime) { outcome.leaves = runtime.block_on(tree(runtime, 8)); });
  for (unsigned i = 0; i < machine.threads(); ++i)
    EXPECT_EQ(machine.spent(i).total(), machine.elapsed(i)) << "thread " << i;
  outcome.hash = machine.trace_hash();
  outcome.accesses = machine.accesses();
  return outcome;
}

// Here too: every picosecond of every thread is in one bucket, whatever it did (run_tree).
TEST(SimulatedRuntime, IsTheSameForTheSameSeed) {  // P7
  for (const unsigned workers : {1U, 7U, 16U}) {
    const Outcome first = run_tree<WorkStealing>(workers, 3);
    EXPECT_EQ(first.leaves, 256);
    EXPECT_EQ(run_tree<WorkStealing>(workers, 3), first);
    const Outcome fifo = run_tree<Fifo>(workers, 3);
    EXPECT_EQ(fifo.leaves, 256);
    EXPECT_EQ(run_tree<Fifo>(workers, 3), fifo);
    EXPECT_NE(fifo.hash, first.hash);
  }
}

TEST(SimulatedRuntime, IsAnotherForAnotherSeed) {
  EXPECT_NE(run_tree<WorkStealing>(16, 3).hash, run_tree<WorkStealing>(16, 4).hash);
}

TEST(SimulatedRuntime, IsFasterWithMoreUnits) {
  const auto time_with = [](unsigned workers) {
    const auto model = machine_of("core:8 pu:1", distinct_costs());
    simulated::Machine machine(model);
    std::int64_t time = 0;
    run_on<WorkStealing>(machine, model, workers, 1, [&](auto& runtime) {
      const TimePoint start = E::now();
      (void)runtime.block_on(tree(runtime, 9));
      time = (E::now() - start).count();
    });
    return time;
  };
  EXPECT_LT(4 * time_with(8), time_with(1));
}

std::uint64_t sum(const std::vector<std::uint64_t>& values) {
  std::uint64_t total = 0;
  for (const std::uint64_t value : values) total += value;
  return total;
}

// One worker on each of two nodes. All tasks are made on one of them, so the other's worker steals there.
TEST(SimulatedSteals, AreCountedByTheNodeOfTheThiefAndOfWhoEnqueued) {
  const auto model = machine_of("pack:1 numa:2 core:2 pu:1", distinct_costs());
  simulated::Machine machine(model);
  std::uint64_t stolen = 0;
  NodeId made_on = anywhere;
  run_on<WorkStealing>(
      machine, model, 2, 1,
      [&](auto& runtime) {
        runtime.block_on([](Executor<E>& executor, NodeId& node) -> Job<E> {
          node = E::node();
          std::vector<JoinHandle<E>> joins;
          for (int i = 0; i < 100; ++i)
            joins.push_back(executor.spawn([]() -> Job<E> {
              E::charge({std::chrono::microseconds(20)});
              co_return;
            }()));
          E::charge({std::chrono::milliseconds(5)});
          for (auto& join : joins) co_await join;
        }(runtime, made_on));
        stolen = runtime.counters().stolen;
      },
      "per-node");
  ASSERT_NE(made_on, anywhere);
  const auto& steals = machine.steals();
  EXPECT_EQ(machine.nodes(), 2U);
  const std::size_t thief = 1 - made_on;
  EXPECT_GT(steals[thief * 2 + made_on], 0U);
  EXPECT_EQ(steals[made_on * 2 + thief], 0U);
  EXPECT_LE(sum(steals), stolen);
  EXPECT_GE(sum(steals) + 1, stolen) << "all but the first task came from a worker";
}

TEST(SimulatedSteals, OfTasksThatCameFromOutsideAreInNoRow) {
  const auto model = machine_of("core:4 pu:1", distinct_costs());
  simulated::Machine machine(model);
  machine.run([&] {
    E::thread thief(on(2), [] {
      void* const slot = E::pages(64, 64);
      E::mark(Mark::steal, slot, 0);
      E::mark(Mark::enqueue, slot, 0);
      E::mark(Mark::steal, slot, 0);
    });
    thief.join();
    void* const slot = E::pages(64, 64);
    E::mark(Mark::enqueue, slot, 0);
    E::thread other(on(1), [slot] { E::mark(Mark::steal, slot, 0); });
    other.join();
  });
  EXPECT_EQ(machine.steals(), (std::vector<std::uint64_t>{1}));
}

TEST(SimulatedFibers, AreTasksLikeOthers) {
  const auto run = [] {
    const auto model = machine_of(four_nodes, distinct_costs());
    simulated::Machine machine(model);
    int total = 0;
    run_on<WorkStealing>(machine, model, 8, 1, [&](auto& runtime) {
      total = runtime
                  .spawn_fiber([&runtime](FiberContext<E>& fiber) {
                    std::vector<JoinHandle<E, int>> joins;
                    for (int i = 0; i < 20; ++i)
                      joins.push_back(runtime.spawn_fiber([i](FiberContext<E>& self) {
                        E::charge({nanoseconds(900)});
                        self.yield();
                        E::charge({nanoseconds(900)});
                        return i;
                      }));
                    int result = 0;
                    for (auto& join : joins) result += fiber.await(join.join());
                    return result;
                  })
                  .join_blocking();
    });
    EXPECT_EQ(total, 190);
    EXPECT_EQ(machine.spent().work, Ps{40 * 900'000});
    for (unsigned i = 0; i < machine.threads(); ++i) EXPECT_EQ(machine.spent(i).total(), machine.elapsed(i));
    return machine.trace_hash();
  };
  EXPECT_EQ(run(), run());
}

TEST(SimulatedRuntime, SleepsUntilItsTimersAndNotBefore) {
  const auto model = machine_of("core:4 pu:1");  // costs nothing
  simulated::Machine machine(model);
  Log log;
  run_on<Fifo>(machine, model, 3, 1, [&](auto& runtime) {
    std::vector<JoinHandle<E>> joins;
    for (const int delay : {300, 100, 200})
      joins.push_back(runtime.spawn([](Log& times, int us) -> Job<E> {
        co_await sleep_for<E>(std::chrono::microseconds(us));
        times(time_now());
      }(log, delay)));
    for (auto& join : joins) join.join_blocking();
  });
  EXPECT_EQ(log.entries(), (Entries{100'000, 200'000, 300'000}));
}

}  // namespace
}  // namespace rota::testing
