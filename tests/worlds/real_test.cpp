// env::Real: memory, threads, time.
#include "worlds/real.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sched.h>

#include <cstring>

#include "worlds/topology.hpp"

namespace rota::env {
namespace {

RC_GTEST_PROP(Pages, AreAlignedZeroedAndWritable, ()) {
  const std::size_t alignment = std::size_t{4096} << *rc::gen::inRange(0, 10);
  const std::size_t bytes = std::size_t{4096} * *rc::gen::inRange<std::size_t>(1, 64);
  auto* memory = static_cast<unsigned char*>(Real::pages(bytes, alignment));
  RC_ASSERT(reinterpret_cast<std::uintptr_t>(memory) % alignment == 0U);
  for (std::size_t i = 0; i < bytes; ++i) RC_ASSERT(memory[i] == 0);
  std::memset(memory, 0xab, bytes);
  Real::release_pages(memory, bytes);
}

TEST(Pages, ThatAreHeldTogetherDoNotOverlap) {
  constexpr std::size_t bytes = 8192;
  auto* first = static_cast<char*>(Real::pages(bytes, 65536));
  auto* second = static_cast<char*>(Real::pages(bytes, 65536));
  EXPECT_TRUE(first + bytes <= second || second + bytes <= first);
  Real::release_pages(first, bytes);
  Real::release_pages(second, bytes);
}

TEST(Context, BelongsToOneThreadAndIsNullAtItsStart) {
  int mine = 0;
  Real::set_context(&mine);
  void* seen_first = &mine;
  int other = 0;
  Real::thread thread({}, [&] {
    seen_first = Real::context();
    Real::set_context(&other);
  });
  thread.join();
  EXPECT_EQ(seen_first, nullptr);
  EXPECT_EQ(Real::context(), &mine);
  Real::set_context(nullptr);
}

TEST(Thread, RunsOnTheProcessingUnitItIsPinnedTo) {
  const Topology host = Topology::host();
  if (!host.why_not_bindable().empty()) GTEST_SKIP() << host.why_not_bindable();
  for (const Pu& pu : host.pus()) {
    int ran_on = -1;
    Real::thread thread({.name = "pinned-for-a-test", .pu = pu.os_index}, [&] { ran_on = sched_getcpu(); });
    thread.join();
    EXPECT_EQ(ran_on, static_cast<int>(pu.os_index));
  }
}

TEST(Time, NeverGoesBackwards) {
  TimePoint before = Real::now();
  for (int i = 0; i < 10'000; ++i) {
    const TimePoint after = Real::now();
    ASSERT_GE(after, before);
    before = after;
  }
}

TEST(Time, AdvancesByAtLeastTheWorkThatIsCharged) {
  const TimePoint before = Real::now();
  Real::charge({std::chrono::microseconds(300)});
  EXPECT_GE(Real::now() - before, std::chrono::microseconds(300));
}

RC_GTEST_PROP(Time, LaterIsTheSumOrNever, (std::int64_t delay)) {
  const TimePoint now = TimePoint(Duration(*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 60)));
  const Duration wanted(delay < 0 ? -(delay / 2) : delay);
  const TimePoint result = later(now, wanted);
  RC_ASSERT(result >= now);
  RC_ASSERT(result == never || result - now == wanted);
  RC_ASSERT((result == never) == (wanted >= never - now));
}

TEST(Global, IsOneObjectForEachType) {
  struct First {
    int value = 1;
  };
  struct Second {
    int value = 2;
  };
  Real::global<First>().value = 7;
  EXPECT_EQ(Real::global<First>().value, 7);
  EXPECT_EQ(Real::global<Second>().value, 2);
}

TEST(Atomic, LeavesTheDifferingValueInExpectedWhenACompareExchangeFails) {
  Real::atomic<std::uint64_t> word(5);
  std::uint64_t expected = 4;
  EXPECT_FALSE(word.compare_exchange(expected, 9, Order::acq_rel, Order::acquire));
  EXPECT_EQ(expected, 5U);
  EXPECT_TRUE(word.compare_exchange(expected, 9, Order::acq_rel, Order::acquire));
  EXPECT_EQ(word.load(Order::relaxed), 9U);
}

}  // namespace
}  // namespace rota::env
