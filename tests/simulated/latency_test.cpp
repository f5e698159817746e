// Made-up devices: their latencies, and that ops on them complete by themselves.
#include "reactor/latency.hpp"

#include <cerrno>
#include <cmath>

#include "reactor/simulated_reactor.hpp"
#include "tests/simulated/machines.hpp"

namespace rota::testing {
namespace {

TEST(Latency, OfTheIntegerLogarithmIsTheLogarithm) {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t word = (random() >> random.below(64)) | 1;
    EXPECT_NEAR(static_cast<double>(minus_ln(word)) / 4294967296.0,
                64 * std::log(2.0) - std::log(static_cast<double>(word)), 2e-8);
  }
  static_assert(minus_ln(std::uint64_t{1} << 63) == 2'977'044'472, "ln 2");
}

// The first draws: the same on every host.
TEST(Latency, IsTheSameForTheSameSeedEverywhere) {
  const auto draws = [](LatencyModel model) {
    Latency latency(model);
    Entries result;
    for (int i = 0; i < 3; ++i) result.push_back(latency.draw().count());
    return result;
  };
  using std::chrono::microseconds;
  EXPECT_EQ(draws(LatencyModel::constant(microseconds(7))), (Entries{7000, 7000, 7000}));
  const auto exponential = LatencyModel::exponential(microseconds(10), microseconds(110), 42);
  EXPECT_EQ(draws(exponential), draws(exponential));
  EXPECT_NE(draws(exponential), draws(LatencyModel::exponential(microseconds(10), microseconds(110), 43)));
  EXPECT_EQ(draws(exponential), (Entries{257'857, 107'027, 48'559}));
  EXPECT_EQ(draws(LatencyModel::uniform(microseconds(10), microseconds(20), 42)), (Entries{10'838, 13'790, 16'801}));
}

TEST(Latency, HasTheMeanAndTheBoundsOfItsModel) {
  using std::chrono::microseconds;
  const auto mean = [](LatencyModel model, Duration least, Duration most) {
    Latency latency(model);
    double sum = 0;
    for (int i = 0; i < 20'000; ++i) {
      const Duration drawn = latency.draw();
      EXPECT_GE(drawn, least);
      EXPECT_LE(drawn, most);
      sum += static_cast<double>(drawn.count());
    }
    return sum / 20'000;
  };
  EXPECT_NEAR(mean(LatencyModel::uniform(microseconds(10), microseconds(20), 1), microseconds(10), microseconds(20)),
              15'000, 100);
  EXPECT_NEAR(
      mean(LatencyModel::exponential(microseconds(10), microseconds(110), 1), microseconds(10), Duration::max()),
      110'000, 3'000);
}

class Devices : public ::testing::Test {
 protected:
  // One program, polling by itself.
  template <class Body> Entries run(Body body) {
    simulated::Machine machine(machine_of("core:2 pu:1"));
    Log log;
    machine.run([&] {
      SimulatedReactor<E> reactor;
      reactor.attach_device(5, LatencyModel::constant(std::chrono::microseconds(30)));
      reactor.attach_device(6, LatencyModel::constant(std::chrono::microseconds(20)));
      reactor.attach(7);
      body(reactor, log);
    });
    return log.entries();
  }
  static Ticket submit(SimulatedReactor<E>& reactor, const Op& op, std::uint64_t number = 0) {
    return reactor.submit(op, Token{nullptr, number}).ticket;
  }
  // Polls, and writes down when it returned and what it reported.
  static void poll(SimulatedReactor<E>& reactor, Log& log, TimePoint until = never) {
    std::array<Completion, 8> out;
    const std::size_t count = reactor.poll(out, until);
    log(time_now());
    for (std::size_t i = 0; i < count; ++i) log(static_cast<std::int64_t>(out[i].token.epoch));
  }
  std::array<std::byte, 8> buffer_{};
};

TEST_F(Devices, CompleteTheirOpsAfterTheirLatencyInOrderOfTime) {  // R1
  EXPECT_EQ(run([&](auto& reactor, Log& log) {
              const Ticket slow = submit(reactor, Op::receive(5, buffer_), 1);
              const Ticket fast = submit(reactor, Op::writable(6), 2);
              poll(reactor, log);
              log(reactor.collect(fast).value_or(-1));
              poll(reactor, log);
              log(reactor.collect(slow).value_or(-1));
              log(reactor.idle());
            }),
            (Entries{20'000, 2, 0, 30'000, 1, 8, 1}));
}

TEST_F(Devices, DoNotReportWhatWasCancelled) {
  EXPECT_EQ(run([&](auto& reactor, Log& log) {
              const Ticket ticket = submit(reactor, Op::send(5, buffer_), 1);
              log(reactor.cancel(ticket));
              log(reactor.idle());
              (void)submit(reactor, Op::send(5, buffer_), 2);  // the place is free again
              poll(reactor, log, at(25'000));
              poll(reactor, log);
            }),
            (Entries{1, 1, 25'000, 30'000, 2}));
}

TEST_F(Devices, FailTheirOpsWhenTheyAreDetached) {
  EXPECT_EQ(run([&](auto& reactor, Log& log) {
              const Ticket ticket = submit(reactor, Op::receive(5, buffer_), 1);
              reactor.detach(5);
              poll(reactor, log);
              log(reactor.collect(ticket).value_or(0));
              poll(reactor, log, at(90'000));  // and nothing comes afterwards
            }),
            (Entries{0, 1, -ECANCELED, 90'000}));
}

TEST_F(Devices, RefuseAcceptsAndSecondOps) {
  EXPECT_EQ(run([&](auto& reactor, Log& log) {
              log(reactor.collect(submit(reactor, Op::accept(5))).value_or(0));
              (void)submit(reactor, Op::receive(5, buffer_));
              log(reactor.collect(submit(reactor, Op::readable(5))).value_or(0));
            }),
            (Entries{-EINVAL, -EBUSY}));
}

TEST_F(Devices, LeaveOtherDescriptorsToTheOutside) {
  EXPECT_EQ(run([&](auto& reactor, Log& log) {
              const Ticket ticket = submit(reactor, Op::receive(7, buffer_), 1);
              poll(reactor, log, at(500'000));
              log(reactor.complete(ticket, 3));
              poll(reactor, log);
              log(reactor.collect(ticket).value_or(-1));
            }),
            (Entries{500'000, 1, 500'000, 1, 3}));
}

TEST_F(Devices, ShortenAPollThatIsUnderWay) {  // R4
  EXPECT_EQ(run([&](auto& reactor, Log& log) {
              E::thread outside(on(0), [&] {
                E::charge({nanoseconds(100'000)});
                (void)submit(reactor, Op::receive(6, buffer_), 4);
              });
              poll(reactor, log, at(900'000));
              outside.join();
            }),
            (Entries{120'000, 4}));
}

}  // namespace
}  // namespace rota::testing
