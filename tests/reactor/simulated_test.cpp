// What the simulated reactor promises of input and output, which its caller makes up, on real threads (R1, R2).
#include "reactor/simulated_reactor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "worlds/random.hpp"
#include "worlds/real.hpp"

namespace rota {
namespace {

using World = env::Real;

TimePoint far() { return World::now() + std::chrono::seconds(20); }

class SimulatedDescriptors : public ::testing::Test {
 protected:
  SimulatedDescriptors() {
    reactor_.attach(3);
    reactor_.attach(4);
  }
  Ticket pending(const Op& op, std::uint64_t number = 0) {
    const Submitted submitted = reactor_.submit(op, Token{nullptr, number});
    EXPECT_FALSE(submitted.complete);
    return submitted.ticket;
  }
  // The result of an op that is refused at once.
  std::int64_t refused(const Op& op) {
    const Submitted submitted = reactor_.submit(op, Token{});
    EXPECT_TRUE(submitted.complete);
    return reactor_.collect(submitted.ticket).value_or(1);
  }
  std::vector<Completion> poll(TimePoint until) {
    std::array<Completion, 8> out;
    const std::size_t count = reactor_.poll(out, until);
    return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count)};
  }

  SimulatedReactor<World> reactor_;
  std::array<std::byte, 8> buffer_{};
};

TEST_F(SimulatedDescriptors, CompleteWhenTheOutsideSaysSoAndNotBefore) {  // R1
  const Ticket ticket = pending(Op::receive(3, buffer_), 9);
  EXPECT_FALSE(reactor_.idle());
  EXPECT_TRUE(poll(only_look).empty());
  EXPECT_FALSE(reactor_.collect(ticket).has_value());
  EXPECT_TRUE(reactor_.complete(ticket, 5));
  EXPECT_FALSE(reactor_.complete(ticket, 6));
  EXPECT_FALSE(reactor_.idle());
  const auto completions = poll(far());
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0].ticket, ticket);
  EXPECT_EQ(completions[0].token, (Token{nullptr, 9}));
  EXPECT_EQ(completions[0].source, Completion::Source::io);
  EXPECT_EQ(reactor_.collect(ticket), 5);
  EXPECT_FALSE(reactor_.collect(ticket).has_value());
  EXPECT_TRUE(reactor_.idle());
}

TEST_F(SimulatedDescriptors, OfferThePendingOpsOldestFirstAndNoTimers) {
  EXPECT_FALSE(reactor_.any_pending().has_value());
  const Ticket timer = pending(Op::timer(never));
  EXPECT_FALSE(reactor_.any_pending().has_value());
  EXPECT_FALSE(reactor_.complete(timer, 0));
  const Ticket first = pending(Op::receive(3, buffer_));
  const Ticket second = pending(Op::writable(3));
  const Ticket third = pending(Op::readable(4));
  EXPECT_EQ(reactor_.any_pending(), first);
  EXPECT_TRUE(reactor_.cancel(first));
  EXPECT_EQ(reactor_.any_pending(), second);
  EXPECT_TRUE(reactor_.complete(second, 0));
  EXPECT_EQ(reactor_.any_pending(), third);
}

TEST_F(SimulatedDescriptors, AreRefusedWhereTheKernelWouldRefuseThem) {  // R1
  EXPECT_EQ(refused(Op::receive(5, buffer_)), -EBADF);
  EXPECT_EQ(refused(Op::receive(-1, buffer_)), -EBADF);
  (void)pending(Op::receive(3, buffer_));
  (void)pending(Op::send(3, buffer_));
  EXPECT_EQ(refused(Op::accept(3)), -EBUSY);
  EXPECT_EQ(refused(Op::writable(3)), -EBUSY);
  (void)pending(Op::readable(4));
  EXPECT_THROW(reactor_.attach(3), std::system_error);
  EXPECT_THROW(reactor_.attach(-1), std::system_error);
}

TEST_F(SimulatedDescriptors, FailTheirPendingOpsWhenTheyAreDetached) {  // R1
  const Ticket receive = pending(Op::receive(3, buffer_), 1);
  const Ticket send = pending(Op::send(3, buffer_), 2);
  const Ticket other = pending(Op::receive(4, buffer_), 3);
  reactor_.detach(3);
  EXPECT_EQ(poll(far()).size(), 2U);
  EXPECT_EQ(reactor_.collect(receive), -ECANCELED);
  EXPECT_EQ(reactor_.collect(send), -ECANCELED);
  EXPECT_EQ(reactor_.any_pending(), other);
  EXPECT_EQ(refused(Op::receive(3, buffer_)), -EBADF);
  reactor_.detach(3);  // no effect
  reactor_.attach(3);
  (void)pending(Op::receive(3, buffer_));
}

TEST_F(SimulatedDescriptors, ThatAreCancelledAreNeverReported) {  // R1
  const Ticket before = pending(Op::receive(3, buffer_));
  EXPECT_TRUE(reactor_.cancel(before));
  EXPECT_FALSE(reactor_.complete(before, 1));
  const Ticket after = pending(Op::receive(3, buffer_));
  EXPECT_TRUE(reactor_.complete(after, 1));
  EXPECT_TRUE(reactor_.cancel(after));
  EXPECT_TRUE(poll(only_look).empty());
  EXPECT_TRUE(reactor_.idle());
}

// The number that a made-up accept gives is nobody's descriptor here, so a cancel must not close it.
TEST_F(SimulatedDescriptors, AreNotClosedWhenTheAcceptThatGaveThemIsCancelled) {
  const int standard_error = 2;
  const Ticket accept = pending(Op::accept(3));
  EXPECT_TRUE(reactor_.complete(accept, standard_error));
  EXPECT_TRUE(reactor_.cancel(accept));
  EXPECT_NE(fcntl(standard_error, F_GETFD), -1);
}

TEST_F(SimulatedDescriptors, EndAPollUnderWayWhenTheyCompleteOrAreDetached) {  // R1
  for (const bool detach : {false, true}) {
    const Ticket ticket = pending(Op::receive(3, buffer_));
    const TimePoint limit = far();
    World::thread outside({}, [&] {
      World::charge({std::chrono::milliseconds(2)});
      detach ? reactor_.detach(3) : void(reactor_.complete(ticket, 1));
    });
    EXPECT_EQ(poll(limit).size(), 1U);
    EXPECT_LT(World::now(), limit);
    EXPECT_EQ(reactor_.collect(ticket), detach ? -ECANCELED : 1);
    outside.join();
  }
}

// R1: the outside completes what the inside cancels; exactly one of them has each ticket, and no poll is left asleep.
TEST_F(SimulatedDescriptors, EndOnceWhenACancelMeetsTheCompletion) {
  constexpr int rounds = 3'000;
  World::atomic<bool> stop{false};
  World::thread outside({}, [&] {
    while (!stop.load(Order::acquire)) {
      if (const auto ticket = reactor_.any_pending()) (void)reactor_.complete(*ticket, 1);
    }
  });
  Random random(3);
  int cancelled = 0;
  int completed = 0;
  const TimePoint limit = far();
  for (int i = 0; i < rounds; ++i) {
    const Ticket ticket = pending(Op::receive(3, buffer_));
    if (random.below(2) == 0) {
      World::charge({Duration(random.below(600))});
      EXPECT_TRUE(reactor_.cancel(ticket));  // pending, or complete and not collected
      ++cancelled;
    } else {
      while (poll(limit).empty() && World::now() < limit) {
      }
      completed += reactor_.collect(ticket) == 1 ? 1 : 0;
    }
  }
  stop.store(true, Order::release);
  outside.join();
  EXPECT_EQ(cancelled + completed, rounds);
  EXPECT_TRUE(reactor_.idle());
}

TEST_F(SimulatedDescriptors, SayThatTheyAreSimulated) {
  EXPECT_NE(reactor_.note().find("simulated"), std::string::npos);
}

}  // namespace
}  // namespace rota
