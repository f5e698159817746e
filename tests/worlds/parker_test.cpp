// The parker's token: kept, not counted, and carrying what was written before the unpark.
#include "worlds/parker.hpp"

#include <gtest/gtest.h>

#include "worlds/real.hpp"

namespace rota::env {
namespace {

using std::chrono::milliseconds;

TimePoint soon() { return Real::now() + milliseconds(2); }
// A deadline that no test waits for: reaching it means that a wake-up was lost.
TimePoint far() { return Real::now() + std::chrono::seconds(60); }

TEST(Parker, KeepsAnUnparkThatCameBeforeThePark) {
  FutexParker parker;
  EXPECT_FALSE(parker.unpark());
  EXPECT_TRUE(parker.park_until(far()));
}

TEST(Parker, DoesNotAddUpTokens) {
  FutexParker parker;
  (void)parker.unpark();
  (void)parker.unpark();
  EXPECT_TRUE(parker.park_until(far()));
  EXPECT_FALSE(parker.park_until(soon()));
}

TEST(Parker, ReturnsFalseAndNeverEarlyAtADeadline) {
  FutexParker parker;
  for (int i = 0; i < 20; ++i) {
    const TimePoint deadline = Real::now() + std::chrono::microseconds(50 * i);
    EXPECT_FALSE(parker.park_until(deadline));
    EXPECT_GE(Real::now(), deadline);
  }
}

TEST(Parker, ReturnsAtOnceWhenTheDeadlineHasPassed) {
  FutexParker parker;
  EXPECT_FALSE(parker.park_until(Real::now() - milliseconds(1)));
}

TEST(Parker, TakesATokenEvenWhenTheDeadlineHasPassed) {
  FutexParker parker;
  (void)parker.unpark();
  EXPECT_TRUE(parker.park_until(Real::now() - milliseconds(1)));
}

TEST(Parker, WakesAThreadThatIsParked) {
  FutexParker parker;
  bool woken = false;
  Real::thread sleeper({}, [&] { woken = parker.park_until(far()); });
  Real::charge({milliseconds(2)});
  EXPECT_FALSE(parker.unpark());  // it does not wait elsewhere, so nobody has to be interrupted
  sleeper.join();
  EXPECT_TRUE(woken);
}

TEST(Parker, SaysThatAnOwnerWhoWaitsElsewhereMustBeInterrupted) {
  FutexParker parker;
  ASSERT_TRUE(parker.begin_wait_elsewhere());
  EXPECT_TRUE(parker.unpark());
  EXPECT_FALSE(parker.unpark());  // the first unpark has seen to it
  EXPECT_TRUE(parker.end_wait_elsewhere());
  EXPECT_FALSE(parker.park_until(soon()));  // the token was consumed
}

TEST(Parker, RefusesToWaitElsewhereWhenATokenIsThere) {
  FutexParker parker;
  (void)parker.unpark();
  EXPECT_FALSE(parker.begin_wait_elsewhere());
  EXPECT_TRUE(parker.begin_wait_elsewhere());  // and that consumed it
  EXPECT_FALSE(parker.end_wait_elsewhere());
}

// Two threads hand a plain number to and fro; a lost token hangs, a missing order is a race that TSan reports.
TEST(Parker, PassesOnWhatWasWrittenBeforeTheUnpark) {
  FutexParker here;
  FutexParker there;
  int ball = 0;
  constexpr int rounds = 5'000;
  Real::thread other({}, [&] {
    for (int i = 0; i < rounds; ++i) {
      there.park();
      ++ball;
      (void)here.unpark();
    }
  });
  for (int i = 0; i < rounds; ++i) {
    ++ball;
    (void)there.unpark();
    here.park();
    ASSERT_EQ(ball, 2 * (i + 1));
  }
  other.join();
}

}  // namespace
}  // namespace rota::env
