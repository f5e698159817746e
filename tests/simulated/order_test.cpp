// In which order the simulated world lets things happen.
#include "tests/simulated/machines.hpp"

namespace rota::testing {
namespace {

// Threads on units 0, 1, …, joined by main.
template <class Body> void run_threads(simulated::Machine& machine, unsigned count, Body body) {
  machine.run([&] {
    std::vector<E::thread> threads;
    for (unsigned i = 0; i < count; ++i) threads.emplace_back(on(i), [&body, i] { body(i); });
    for (auto& thread : threads) thread.join();
  });
}

TEST(SimulatedOrder, IsThatOfTime) {
  simulated::Machine machine(machine_of("core:4 pu:1"));
  E::atomic<int> word;
  Log log;
  run_threads(machine, 3, [&](unsigned i) {
    constexpr std::array<int, 3> delay{30, 10, 20};
    for (int round = 0; round < 2; ++round) {
      E::charge({nanoseconds(delay[i])});
      word.fetch_add(1, Order::relaxed);
      log(time_now());
    }
  });
  EXPECT_EQ(log.entries(), (Entries{10, 20, 20, 30, 40, 60}));
}

TEST(SimulatedOrder, OfEqualTimesIsThatOfQueueing) {
  simulated::Machine machine(machine_of("core:4 pu:1"));
  Log log;
  run_threads(machine, 3, [&](unsigned i) {
    for (int round = 0; round < 3; ++round) {
      log(i);
      E::relax();
    }
  });
  EXPECT_EQ(log.entries(), (Entries{0, 1, 2, 0, 1, 2, 0, 1, 2}));
}

// A cell is charged but lets nobody else go first; an atomic access does.
TEST(SimulatedOrder, IsKeptAtAtomicAccessesAndNotAtCells) {
  simulated::Costs costs;
  costs.memory = costs.load[0] = 50'000;
  simulated::Machine machine(machine_of("core:4 pu:1", costs));
  int others = 0;
  Log log;
  run_threads(machine, 2, [&](unsigned i) {
    if (i == 1) {
      ++others;
      return;
    }
    (new E::cell<int>())->write(1);
    log(others);
    (void)(new E::atomic<int>())->load(Order::relaxed);
    log(others);
    log(time_now());
  });
  EXPECT_EQ(log.entries(), (Entries{0, 1, 100}));
}

TEST(SimulatedSpinning, StarvesNobodyEvenWhereItCostsNothing) {
  for (const int delay : {0, 5000}) {  // who is waited for has the same time, or a later one
    simulated::Machine machine(machine_of("core:4 pu:1"));
    E::atomic<bool> flag;
    Log log;
    run_threads(machine, 2, [&](unsigned i) {
      if (i == 1) {
        E::charge({nanoseconds(delay)});
        flag.store(true, Order::release);
        return;
      }
      while (!flag.load(Order::acquire)) E::relax();
      log(time_now());
    });
    EXPECT_EQ(log.entries(), Entries{delay});
  }
}

TEST(SimulatedMutex, IsGivenInTheOrderOfArrivalAndToOneAtATime) {
  simulated::Machine machine(machine_of("core:8 pu:1", distinct_costs()));
  E::mutex mutex;
  Log log;
  int inside = 0;
  int most = 0;
  run_threads(machine, 6, [&](unsigned i) {
    E::charge({std::chrono::microseconds(1 + (i * 5) % 6)});  // arrival: 0 5 4 3 2 1
    mutex.lock();
    most = std::max(most, ++inside);
    E::charge({std::chrono::microseconds(100)});
    --inside;
    log(i);
    mutex.unlock();
  });
  EXPECT_EQ(log.entries(), (Entries{0, 5, 4, 3, 2, 1}));
  EXPECT_EQ(most, 1);
  EXPECT_GE(machine.spent().line_wait, Ps{(1 + 2 + 3 + 4 + 5) * 95} * 1'000'000) << "who waits, waits for a line";
}

TEST(SimulatedMutex, IsRefusedAtOnceByTryLock) {
  simulated::Machine machine(machine_of("core:2 pu:1"));
  Log log;
  machine.run([&] {
    E::mutex mutex;
    log(mutex.try_lock());
    log(mutex.try_lock());
    mutex.unlock();
    log(mutex.try_lock());
  });
  EXPECT_EQ(log.entries(), (Entries{1, 0, 1}));
}

// A thread may lose its turn in a catch; what another throws and catches meanwhile is its own affair.
TEST(SimulatedThreads, HaveExceptionsOfTheirOwn) {
  simulated::Machine machine(machine_of("core:4 pu:1"));
  E::atomic<int> word;
  Log log;
  run_threads(machine, 3, [&](unsigned i) {
    for (int round = 0; round < 3; ++round) {
      try {
        try {
          throw static_cast<int>(i * 10) + round;
        } catch (int) {
          E::charge({nanoseconds(10 + 7 * i)});
          word.fetch_add(1, Order::relaxed);
          throw;
        }
      } catch (int value) {
        log(value - static_cast<int>(i * 10) == round ? 1 : 0);
      }
    }
  });
  EXPECT_EQ(log.entries(), Entries(9, 1));
  EXPECT_EQ(std::uncaught_exceptions(), 0);
}

TEST(SimulatedThreads, AreJoinedAtTheTimeOfTheirEnd) {
  simulated::Machine machine(machine_of("core:4 pu:1"));
  Log log;
  machine.run([&] {
    E::thread thread(on(1), [] { E::charge({nanoseconds(700)}); });
    E::charge({nanoseconds(200)});
    thread.join();
    log(time_now());
    E::thread over(on(1), [] {});
    E::charge({nanoseconds(50)});
    over.join();
    log(time_now());
  });
  EXPECT_EQ(log.entries(), (Entries{700, 750}));
}

TEST(SimulatedThreads, FreeWhatTheirBodiesHeld) {
  simulated::Machine machine(machine_of("core:4 pu:1"));
  const auto held = std::make_shared<int>(1);
  machine.run([&] {
    E::thread thread(on(0), [held] { (void)held; });
    thread.join();
  });
  EXPECT_EQ(held.use_count(), 1);
}

TEST(SimulatedThreads, KnowTheirNodeAndTheOutsideHasNone) {
  simulated::Machine machine(machine_of("pack:2 numa:2 core:2 pu:1"));
  Log log;
  run_threads(machine, 8, [&](unsigned) { log(E::node()); });
  EXPECT_EQ(log.entries(), (Entries{0, 0, 1, 1, 2, 2, 3, 3}));
  simulated::Machine other(machine_of("core:2 pu:1"));
  bool outside = false;
  other.run([&] { outside = E::node() == anywhere; });
  EXPECT_TRUE(outside);
}

}  // namespace
}  // namespace rota::testing
