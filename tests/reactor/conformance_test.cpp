// What every reactor promises of timers, tickets and interrupts, seen from one or two threads (R1 to R4).
#include "tests/reactor/conformance.hpp"

#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace rota {
namespace {

template <class Maker> using ReactorTimers = Conformance<Maker>;
TYPED_TEST_SUITE(ReactorTimers, AloneMakers);
template <class Maker> using ReactorTimersFromOutside = Conformance<Maker>;
TYPED_TEST_SUITE(ReactorTimersFromOutside, Makers);

TYPED_TEST(ReactorTimers, AnInterruptEndsTheNextPoll) {  // R2
  this->reactor_->interrupt();
  const TimePoint limit = far();
  EXPECT_TRUE(this->poll(limit).empty());
  EXPECT_LT(World::now(), limit);
}

TYPED_TEST(ReactorTimersFromOutside, AnInterruptEndsThePollThatIsUnderWay) {  // R2
  const TimePoint limit = far();
  World::thread other({}, [&] {
    World::charge({milliseconds(2)});
    this->reactor_->interrupt();
  });
  EXPECT_TRUE(this->poll(limit).empty());
  EXPECT_LT(World::now(), limit);
  other.join();
}

TYPED_TEST(ReactorTimers, SeveralInterruptsCountAsOne) {  // R2
  for (int i = 0; i < 3; ++i) this->reactor_->interrupt();
  EXPECT_TRUE(this->poll(far()).empty());
  const TimePoint until = soon();
  EXPECT_TRUE(this->poll(until).empty());
  EXPECT_GE(World::now(), until);
}

TYPED_TEST(ReactorTimers, APollEndsAtItsLimit) {
  for (const Duration wait : {Duration(0), Duration(1), Duration(microseconds(100)), Duration(milliseconds(3))}) {
    const TimePoint until = World::now() + wait;
    EXPECT_TRUE(this->poll(until).empty());
    EXPECT_GE(World::now(), until);
  }
}

TYPED_TEST(ReactorTimers, DueAtTheLastPollAreCompleteAtOnceAndNotReported) {  // R1
  const TimePoint due = World::now();
  EXPECT_TRUE(this->poll(only_look).empty());
  const Submitted submitted = this->reactor_->submit(Op::timer(due), token(1));
  EXPECT_TRUE(submitted.complete);
  EXPECT_FALSE(this->reactor_->cancel(submitted.ticket));
  EXPECT_TRUE(this->reactor_->idle());
  EXPECT_TRUE(this->poll(only_look).empty());
}

TYPED_TEST(ReactorTimers, ThatAreLateSinceTheLastPollEndWithTheNext) {  // R1, R3
  EXPECT_TRUE(this->poll(only_look).empty());
  const Submitted submitted = this->reactor_->submit(Op::timer(World::now()), token(1));
  const TimePoint limit = far();
  EXPECT_EQ(this->poll(submitted.complete ? only_look : limit).size(), submitted.complete ? 0U : 1U);
  EXPECT_LT(World::now(), limit);
  EXPECT_TRUE(this->reactor_->idle());
}

TYPED_TEST(ReactorTimers, FireInOrderOfDeadlineAndNeverEarly) {  // R1, R3
  std::vector<TimePoint> deadlines;
  const TimePoint base = soon();
  for (std::uint64_t i = 0; i < 60; ++i) {
    deadlines.push_back(base + microseconds(37 * (i * 7 % 60)) + Duration(i));
    (void)this->pending(Op::timer(deadlines.back()), i);
  }
  std::set<std::uint64_t> seen;
  TimePoint last = TimePoint::min();
  for (const TimePoint limit = far(); seen.size() < 60 && World::now() < limit;) {
    for (const Completion& completion : this->poll(limit)) {
      const TimePoint deadline = deadlines[completion.token.epoch];
      EXPECT_GE(World::now(), deadline);
      EXPECT_GE(deadline, last);
      last = deadline;
      EXPECT_TRUE(seen.insert(completion.token.epoch).second);
    }
  }
  EXPECT_EQ(seen.size(), 60U);
  EXPECT_TRUE(this->reactor_->idle());
}

TYPED_TEST(ReactorTimers, WithEqualDeadlinesFireInOrderOfSubmission) {  // R3
  const TimePoint deadline = soon();
  for (std::uint64_t i = 0; i < 50; ++i) (void)this->pending(Op::timer(deadline), i);
  const auto completions = this->poll(far());
  ASSERT_EQ(completions.size(), 50U);
  for (std::uint64_t i = 0; i < 50; ++i) EXPECT_EQ(completions[i].token, token(i));
}

TYPED_TEST(ReactorTimers, AreReportedInPortionsWithoutWaitingForTheRest) {  // R1
  const TimePoint deadline = soon();
  for (std::uint64_t i = 0; i < 10; ++i) (void)this->pending(Op::timer(deadline), i);
  std::array<Completion, 3> out;
  std::vector<std::uint64_t> seen;
  for (const std::size_t expected : {3U, 3U, 3U, 1U}) {
    EXPECT_FALSE(this->reactor_->idle());
    ASSERT_EQ(this->reactor_->poll(out, far()), expected);
    for (std::size_t i = 0; i < expected; ++i) seen.push_back(out[i].token.epoch);
  }
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_TRUE(this->reactor_->idle());
}

TYPED_TEST(ReactorTimersFromOutside, AnEarlierTimerShortensThePollThatIsUnderWay) {  // R4
  const TimePoint limit = far();
  (void)this->pending(Op::timer(never), 1);  // no other wake-up than the earlier timer's would help
  World::thread other({}, [&] {
    World::charge({milliseconds(2)});
    (void)this->reactor_->submit(Op::timer(soon()), token(2));
  });
  const auto completions = this->poll(limit);
  EXPECT_LT(World::now(), limit);
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0].token, token(2));
  other.join();
}

TYPED_TEST(ReactorTimers, ThatAreCancelledAreNeverReported) {  // R1
  const TimePoint deadline = soon();
  const Ticket kept = this->pending(Op::timer(deadline), 1);
  const Ticket cancelled = this->pending(Op::timer(deadline), 2);
  const Ticket endless = this->pending(Op::timer(never), 3);
  EXPECT_TRUE(this->reactor_->cancel(cancelled));
  EXPECT_TRUE(this->reactor_->cancel(endless));
  EXPECT_FALSE(this->reactor_->cancel(cancelled));
  EXPECT_FALSE(this->reactor_->collect(cancelled).has_value());
  const auto completions = this->poll(far());
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0].ticket, kept);
  EXPECT_TRUE(this->reactor_->idle());
}

TYPED_TEST(ReactorTimers, AreOverWhenTheyAreReported) {  // R1
  const Ticket ticket = this->pending(Op::timer(soon()));
  ASSERT_EQ(this->poll(far()).size(), 1U);
  EXPECT_FALSE(this->reactor_->cancel(ticket));
  EXPECT_FALSE(this->reactor_->collect(ticket).has_value());
  const Ticket next = this->pending(Op::timer(never));
  EXPECT_EQ(next.slot, ticket.slot);  // nobody need collect it for its place to be free
  EXPECT_FALSE(this->reactor_->cancel(ticket));
  EXPECT_TRUE(this->reactor_->cancel(next));
}

TYPED_TEST(ReactorTimers, DueButUnreportedMayBeCancelled) {  // R1
  const TimePoint deadline = soon();
  std::vector<Ticket> tickets;
  for (std::uint64_t i = 0; i < 5; ++i) tickets.push_back(this->pending(Op::timer(deadline), i));
  std::array<Completion, 1> out;
  ASSERT_EQ(this->reactor_->poll(out, far()), 1U);  // the other four wait to be reported
  EXPECT_TRUE(this->reactor_->cancel(tickets[1]));
  EXPECT_TRUE(this->reactor_->cancel(tickets[3]));
  const auto rest = this->poll(only_look);
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(rest[0].ticket, tickets[2]);
  EXPECT_EQ(rest[1].ticket, tickets[4]);
  EXPECT_TRUE(this->reactor_->idle());
}

TYPED_TEST(ReactorTimers, LeaveTicketsStaleThoughTheirSlotsAreUsedAgain) {  // R1
  const Ticket old = this->pending(Op::timer(never));
  ASSERT_TRUE(this->reactor_->cancel(old));
  for (int i = 0; i < 10; ++i) {
    const Ticket young = this->pending(Op::timer(never));
    EXPECT_NE(young, old);
    EXPECT_FALSE(this->reactor_->cancel(old));
    EXPECT_FALSE(this->reactor_->collect(young).has_value());
    EXPECT_TRUE(this->reactor_->cancel(young));
  }
  EXPECT_FALSE(this->reactor_->cancel(Ticket{}));
  EXPECT_FALSE(this->reactor_->collect(Ticket{12345, 1}).has_value());
}

// R1 as a sequential model: whatever the order of submits, cancels, polls and collects, each ticket has one end.
struct Fates {
  std::unique_ptr<Reactor> reactor;
  std::map<std::uint64_t, Ticket> open;  // neither reported nor cancelled
  std::vector<Ticket> over;
  std::uint64_t next = 0;

  void submit() {
    const Duration delay = microseconds(*rc::gen::inRange(-5, 60));
    const auto [ticket, complete] = reactor->submit(Op::timer(World::now() + delay), token(next));
    if (complete)
      over.push_back(ticket);
    else
      open[next] = ticket;
    ++next;
  }
  void poll(TimePoint until) {
    std::array<Completion, 4> out;
    const std::size_t count = reactor->poll(out, until);
    for (std::size_t i = 0; i < count; ++i) {
      const auto found = open.find(out[i].token.epoch);
      RC_ASSERT(found != open.end());
      RC_ASSERT(found->second == out[i].ticket);
      over.push_back(found->second);
      open.erase(found);
    }
  }
  void cancel_one() {
    if (open.empty()) return;
    const auto chosen = std::next(open.begin(), *rc::gen::inRange<long>(0, std::ssize(open)));
    RC_ASSERT(reactor->cancel(chosen->second));
    over.push_back(chosen->second);
    open.erase(chosen);
  }
  void check_all() {
    for (const Ticket ticket : over) {
      RC_ASSERT(!reactor->cancel(ticket));
      RC_ASSERT(!reactor->collect(ticket));
    }
    for (const auto& [number, ticket] : open) RC_ASSERT(!reactor->collect(ticket));
  }
};

void each_ticket_has_one_end(std::unique_ptr<Reactor> reactor) {
  Fates fates{.reactor = std::move(reactor), .open = {}, .over = {}};
  const int steps = *rc::gen::inRange(1, 100);
  for (int i = 0; i < steps; ++i) {
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        fates.cancel_one();
        break;
      case 1:
        fates.check_all();
        break;
      case 2:
        fates.poll(only_look);
        break;
      default:
        fates.submit();
        break;
    }
    RC_ASSERT(fates.reactor->idle() == fates.open.empty());
  }
  for (const TimePoint limit = far(); !fates.open.empty() && World::now() < limit;) fates.poll(limit);
  fates.check_all();
  RC_ASSERT(fates.open.empty());
}

RC_GTEST_PROP(ReactorTickets, EachHasExactlyOneEnd, ()) { each_ticket_has_one_end(Epoll::make()); }
RC_GTEST_PROP(ReactorTicketsOfOneThread, EachHasExactlyOneEnd, ()) {
  each_ticket_has_one_end(EpollOfOneThread::make());
}
RC_GTEST_PROP(SimulatedReactorTickets, EachHasExactlyOneEnd, ()) { each_ticket_has_one_end(Simulated::make()); }

}  // namespace
}  // namespace rota
