// What deeds cost, and where a thread's time goes.
#include "tests/simulated/machines.hpp"

namespace rota::testing {
namespace {

using simulated::Spent;

// The body on one unit. Where its time went.
template <class Body> Spent spent_by(const simulated::Model& model, unsigned unit, Body body) {
  simulated::Machine machine(model);
  machine.run([&] {
    E::thread thread(on(unit), body);
    thread.join();
  });
  EXPECT_EQ(machine.spent(1).total(), machine.elapsed(1));
  EXPECT_EQ(machine.spent(1).total(), machine.spent().total()) << "main stands outside and is not in the sum";
  return machine.spent(1);
}

TEST(SimulatedCosts, OfNamedDeedsAreThoseOfTheModel) {
  const auto costs = distinct_costs();
  const auto model = machine_of("core:4 pu:1", costs);
  const auto runtime_of = [&](auto body) { return spent_by(model, 0, body).runtime; };
  EXPECT_EQ(runtime_of([] { E::full_fence(); }), costs.fence);
  EXPECT_EQ(runtime_of([] { (void)E::now(); }), costs.clock);
  EXPECT_EQ(runtime_of([] { E::relax(); }), costs.relax);
  EXPECT_EQ(runtime_of([] { (void)E::pages(4096, 4096); }), costs.allocate);
  EXPECT_EQ(runtime_of([] { E::mark(Mark::spawn, nullptr, 0); }), costs.spawn);
  EXPECT_EQ(runtime_of([] { E::mark(Mark::resume, nullptr, 0); }), costs.resume);
  EXPECT_EQ(runtime_of([] { E::mark(Mark::preempt, nullptr, 0); }), costs.preempt);
  EXPECT_EQ(runtime_of([] { E::mark(Mark::arm, nullptr, 0); }), 0) << "only the named marks cost";
}

TEST(SimulatedCosts, OfAccessesAreThoseOfTheirKind) {
  const auto costs = distinct_costs();
  const auto time_of = [&](auto access) {
    return spent_by(machine_of("core:4 pu:1", costs), 0,
                    [&] {
                      auto* const word = new E::atomic<int>();
                      auto* const cell = new E::cell<int>();
                      access(*word, *cell);
                    })
               .total() -
           costs.memory;
  };
  using Word = E::atomic<int>;
  using Cell = E::cell<int>;
  EXPECT_EQ(time_of([](Word& w, Cell&) { w.store(1, Order::relaxed), (void)w.load(Order::relaxed); }), costs.load[0]);
  EXPECT_EQ(time_of([](Word& w, Cell&) { (void)w.load(Order::relaxed), w.store(1, Order::release); }), costs.store[0]);
  EXPECT_EQ(time_of([](Word& w, Cell&) { (void)w.load(Order::relaxed), w.fetch_add(1, Order::relaxed); }),
            costs.update[0]);
  EXPECT_EQ(time_of([](Word&, Cell& c) { c.write(1), (void)c.read(); }), costs.load[0]);
  EXPECT_EQ(time_of([](Word&, Cell& c) { (void)c.read(), c.write(1); }), costs.store[0]);
  int expected = 5;
  EXPECT_EQ(time_of([&](Word& w, Cell&) {
              (void)w.load(Order::relaxed);
              (void)w.compare_exchange(expected, 6, Order::acq_rel, Order::relaxed);
            }),
            costs.update[0])
      << "a failed exchange takes the line as well";
  EXPECT_EQ(expected, 0);
}

TEST(SimulatedWork, TakesLongerAwayFromHome) {
  const auto model = machine_of("pack:2 numa:2 core:2 pu:1", distinct_costs());
  const auto away_from = [&](NodeId home) {
    const Spent spent = spent_by(model, 2, [home] { E::charge({nanoseconds(1000), home}); });  // stands on node 1
    EXPECT_EQ(spent.work, 1'000'000);
    return spent.away;
  };
  EXPECT_EQ(away_from(1), 0);
  EXPECT_EQ(away_from(anywhere), 0);
  EXPECT_EQ(away_from(0), 125'000);
  EXPECT_EQ(away_from(2), 500'000);
  EXPECT_EQ(away_from(3), 500'000);
}

TEST(SimulatedWork, TakesAsLongAsItsUnitIsFast) {
  auto model = machine_of("pack:2 numa:1 core:2 pu:1", distinct_costs());
  model.speed = {1, 0.5, 2, 1};
  const auto time_on = [&](unsigned unit) {
    const Spent spent = spent_by(model, unit, [] { E::charge({nanoseconds(1000)}); });
    EXPECT_EQ(spent.work, 1'000'000);
    return spent.total();
  };
  EXPECT_EQ(time_on(0), 1'000'000);
  EXPECT_EQ(time_on(1), 2'000'000);
  EXPECT_EQ(time_on(2), 500'000);
  const Spent both = spent_by(model, 1, [] { E::charge({nanoseconds(1000), 1}); });
  EXPECT_EQ(both.total(), 3'000'000) << "slower, and away";
}

// Two threads far apart, each with a counter of its own. Bytes between the counters.
Ps time_of_counters(std::size_t apart) {
  simulated::Machine machine(machine_of(every_level, distinct_costs()));
  machine.run([&] {
    struct alignas(64) Room {
      std::byte bytes[512];
    };
    auto* const room = new Room();
    std::array<E::atomic<int>*, 2> counters{new (room->bytes) E::atomic<int>(),
                                            new (room->bytes + apart) E::atomic<int>()};
    std::vector<E::thread> threads;
    for (const unsigned i : {0U, 1U}) {
      threads.emplace_back(on(i * 32), [&, i] {
        for (int n = 0; n < 200; ++n) counters[i]->fetch_add(1, Order::relaxed);
      });
    }
    for (auto& thread : threads) thread.join();
  });
  return std::max(machine.elapsed(1), machine.elapsed(2));
}

TEST(SimulatedLines, ShowFalseSharing) {  // P8
  EXPECT_GT(time_of_counters(4), 20 * time_of_counters(64));
  EXPECT_EQ(time_of_counters(60), time_of_counters(8)) << "one line is one line";
  EXPECT_EQ(time_of_counters(128), time_of_counters(64));
}

TEST(SimulatedLines, AreLaidOutAsInTheRealWorld) {
  struct Words {
    E::atomic<std::uint8_t> byte;
    E::atomic<std::uint32_t> word;
    E::atomic<void*> pointer;
    E::cell<std::uint16_t> cell;
  };
  EXPECT_EQ(sizeof(Words), 24U);
  EXPECT_EQ(alignof(Words), alignof(void*));
}

TEST(SimulatedTime, OfALookIsSearchingUnlessItFindsATask) {
  const auto costs = distinct_costs();
  const auto spent = [&](std::initializer_list<Mark> marks) {
    const std::vector<Mark> all(marks);
    return spent_by(machine_of("core:2 pu:1", costs), 0, [&] {
      for (const Mark mark : all) {
        E::mark(mark, nullptr, 0);
        if (mark == Mark::look) E::full_fence();  // the policy looks around
      }
    });
  };
  const Ps look = costs.look + costs.fence;
  EXPECT_EQ(spent({Mark::look, Mark::pick}).runtime, look);
  EXPECT_EQ(spent({Mark::look, Mark::pick}).searching, 0);
  EXPECT_EQ(spent({Mark::look, Mark::look, Mark::steal}).searching, look);
  EXPECT_EQ(spent({Mark::look, Mark::look, Mark::steal}).runtime, look);
  EXPECT_EQ(spent({Mark::look, Mark::look, Mark::park, Mark::unparked}).searching, 2 * look);
  EXPECT_EQ(spent({Mark::look}).searching, look) << "also at the end of a thread";
}

TEST(SimulatedTime, BetweenParkAndUnparkedIsIdle) {
  const auto costs = distinct_costs();
  const Spent spent = spent_by(machine_of("core:2 pu:1", costs), 0, [] {
    E::mark(Mark::park, nullptr, 0);
    E::parker parker;
    (void)parker.park_until(at(100'000));
    E::full_fence();
    E::mark(Mark::unparked, nullptr, 0);
    E::full_fence();
  });
  EXPECT_EQ(spent.runtime, costs.fence);
  EXPECT_EQ(spent.idle, Ps{100'000'000} + costs.wake_up + costs.fence);
  EXPECT_EQ(spent.searching, 0);
}

TEST(SimulatedTime, OfFarLinesAndOfWaitingForThemIsToldApart) {
  const auto costs = distinct_costs();
  simulated::Machine machine(machine_of(every_level, costs));
  machine.run([&] {
    auto* const word = new E::atomic<int>();
    for (const unsigned unit : {8U, 16U, 0U}) {  // from memory, from another node, and at the same time as that
      if (unit != 0) {
        E::thread(on(unit), [word] { word->fetch_add(1, Order::relaxed); }).join();
        continue;
      }
      E::thread one(on(0), [word] { word->fetch_add(1, Order::relaxed); });
      E::thread two(on(32), [word] { word->fetch_add(1, Order::relaxed); });
      one.join(), two.join();
    }
  });
  EXPECT_EQ(machine.spent(1).runtime, costs.memory);
  EXPECT_EQ(machine.spent(2).far_line, costs.update[5]);
  EXPECT_EQ(machine.spent(3).far_line, costs.update[5]);
  EXPECT_EQ(machine.spent(4).line_wait, costs.update[5]);
  EXPECT_EQ(machine.spent(4).far_line, costs.update[6]);
}

}  // namespace
}  // namespace rota::testing
