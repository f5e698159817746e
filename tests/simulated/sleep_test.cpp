// Parking, unparking, deadlines, and what happens when nobody is left to wake anybody.
#include <stdexcept>

#include "tests/simulated/machines.hpp"

namespace rota::testing {
namespace {

simulated::Costs sleep_costs() {
  simulated::Costs costs;
  costs.park = 1'000'000, costs.unpark = 500'000, costs.wake_up = 2'000'000;
  return costs;
}

// A sleeper on unit 0 parks until `deadline`; a waker on unit 1 unparks it at `unpark_at` (ns; negative: never). What
// park_until() said, and when it returned.
Entries sleep(TimePoint deadline, std::int64_t unpark_at) {
  simulated::Machine machine(machine_of("core:4 pu:1", sleep_costs()));
  Log log;
  E::parker parker;
  machine.run([&] {
    E::thread sleeper(on(0), [&] {
      log(parker.park_until(deadline));
      log(time_now());
    });
    E::thread waker(on(1), [&] {
      if (unpark_at < 0) return;
      E::charge({nanoseconds(unpark_at)});
      (void)parker.unpark();
    });
    sleeper.join();
    waker.join();
  });
  return log.entries();
}

TEST(SimulatedSleep, EndsAWakeUpAfterTheUnpark) {
  EXPECT_EQ(sleep(never, 10'000), (Entries{1, 12'500}));
  EXPECT_EQ(sleep(at(50'000), 10'000), (Entries{1, 12'500}));
}

TEST(SimulatedSleep, IsNotEndedBeforeItHasBegun) { EXPECT_EQ(sleep(never, 200), (Entries{1, 2'700})); }

TEST(SimulatedSleep, EndsAtItsDeadline) {
  EXPECT_EQ(sleep(at(30'000), -1), (Entries{0, 32'000}));
  EXPECT_EQ(sleep(at(30'000), 90'000), (Entries{0, 32'000}));
}

TEST(SimulatedSleep, ThatItsDeadlineEndsIsNotPutOffByALateUnpark) {
  EXPECT_EQ(sleep(at(30'000), 31'000), (Entries{1, 32'000}));
  EXPECT_EQ(sleep(at(30'000), 29'500), (Entries{1, 32'000}));
  EXPECT_EQ(sleep(at(30'000), 29'000), (Entries{1, 31'500}));
}

TEST(SimulatedSleep, UntilAPastDeadlineCostsGoingThereAndBack) {
  EXPECT_EQ(sleep(at(0), -1), (Entries{0, 3'000}));
  EXPECT_EQ(sleep(TimePoint::min(), -1), (Entries{0, 3'000}));
}

// Later than picoseconds can say: for ever.
TEST(SimulatedSleep, UntilAFarDeadlineIsEndedByAnUnpark) {
  EXPECT_EQ(sleep(never - nanoseconds(1), 10'000), (Entries{1, 12'500}));
}

TEST(SimulatedSleep, DoesNotBeginWhenTheUnparkWasThereBefore) {
  simulated::Machine machine(machine_of("core:4 pu:1", sleep_costs()));
  Log log;
  machine.run([&] {
    E::parker parker;
    (void)parker.unpark();
    (void)parker.unpark();
    log(parker.park_until(never));
    log(time_now());
    log(parker.park_until(at(5'000)));  // two unparks are one token
    log(time_now());
  });
  EXPECT_EQ(log.entries(), (Entries{1, 0, 0, 7'000}));
}

TEST(SimulatedSleep, ElsewhereIsToldToWhoUnparks) {
  simulated::Machine machine(machine_of("core:4 pu:1"));
  Log log;
  machine.run([&] {
    E::parker parker;
    log(parker.unpark());
    log(parker.begin_wait_elsewhere());  // takes the token instead
    log(parker.begin_wait_elsewhere());
    log(parker.unpark());
    log(parker.unpark());  // the first has said it
    log(parker.end_wait_elsewhere());
    log(parker.end_wait_elsewhere());
  });
  EXPECT_EQ(log.entries(), (Entries{0, 0, 1, 1, 0, 1, 0}));
}

std::string error_of(const std::function<void()>& program) {
  simulated::Machine machine(machine_of("core:4 pu:1", sleep_costs()));
  try {
    machine.run(program);
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "none";
}

TEST(SimulatedDeadlock, IsAnErrorThatSaysWhoWaitsWhereForWhat) {
  E::parker parker;
  E::mutex mutex;
  const std::string error = error_of([&] {
    mutex.lock();
    E::thread sleeper(on(3), [&] { parker.park(); });
    E::thread locker(on(1), [&] { mutex.lock(); });
    sleeper.join();
  });
  EXPECT_NE(error.find("main (outside the machine) waits for the end of a thread"), std::string::npos) << error;
  EXPECT_NE(error.find("unit-3 (on unit 3) waits for an unpark"), std::string::npos) << error;
  EXPECT_NE(error.find("unit-1 (on unit 1) waits for a mutex"), std::string::npos) << error;
}

TEST(SimulatedDeadlock, IsFoundAlsoOfASpinnerThatCostsNothing) {
  E::atomic<bool> flag;
  const std::string error = error_of([&] {
    while (!flag.load(Order::acquire)) E::relax();
  });
  EXPECT_NE(error.find("main (outside the machine) waits for somebody, spinning"), std::string::npos) << error;
}

TEST(SimulatedDeadlock, IsNoneWhileADeadlineIsToCome) {
  E::parker parker;
  EXPECT_EQ(error_of([&] {
              E::thread sleeper(on(3), [&] { parker.park_until(at(1'000'000)); });
              sleeper.join();
            }),
            "none");
}

TEST(SimulatedDeadlock, DoesNotSpoilTheNextMachine) {
  EXPECT_NE(error_of([] { E::parker().park(); }), "none");
  EXPECT_EQ(sleep(never, 10'000), (Entries{1, 12'500}));
}

}  // namespace
}  // namespace rota::testing
