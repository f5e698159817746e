// Slots: type-stable memory for tasks.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <set>

#include "tests/support/test_policy.hpp"

namespace rota::testing {
namespace {

std::size_t carved_slots() {
  std::size_t count = 0;
  E::global<SlotDepot<E>>().for_each_slot([&](const Task<E>&) { ++count; });
  return count;
}

// How many slots are not in the depot: a cache has them, or they are lost.
std::size_t slots_away() {
  auto& depot = E::global<SlotDepot<E>>();
  std::array<std::set<const Task<E>*>, SlotClass::count> away;
  depot.for_each_slot([&](const Task<E>& task) { away[SlabHeader<E>::of(&task).slot_class].insert(&task); });
  std::size_t count = 0;
  for (unsigned c = 0; c < SlotClass::count; ++c) {
    if (away[c].empty()) continue;
    std::vector<SlotChain<E>> taken;
    for (bool fresh = false; !fresh;) {  // until the depot has to carve: then it was empty
      taken.push_back(depot.take(c));
      for (const Task<E>* task = taken.back().head; task != nullptr; task = task->next()) fresh = !away[c].erase(task);
    }
    for (const SlotChain<E>& chain : taken) depot.give(c, chain);
    count += away[c].size();
  }
  return count;
}

RC_GTEST_PROP(SlotClasses, AreTheSmallestThatHold, ()) {
  const std::size_t wanted = *rc::gen::inRange<std::size_t>(1, std::size_t{1} << 26) >> *rc::gen::inRange(0, 26);
  const std::size_t size = std::max<std::size_t>(wanted, 1);
  const unsigned slot_class = SlotClass::of(size);
  RC_ASSERT(slot_class < SlotClass::count);
  RC_ASSERT(SlotClass::size(slot_class) >= size);
  const bool smallest = slot_class == 0 || SlotClass::size(slot_class - 1) < size;
  RC_ASSERT(smallest);
}

TEST(SlotClasses, KeepTheAlignmentOfATaskAndItsBody) {
  for (unsigned c = 0; c < SlotClass::count; ++c) EXPECT_EQ(SlotClass::size(c) % alignof(Task<E>), 0U);
}
TEST(Slots, OfALineAreEachALine) {  // P8
  SlotCache<E> cache;
  for (int i = 0; i < 100; ++i) {
    auto* const task = cache.acquire(SlotClass::of(64));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(task) % 64, 0U);
  }
}

// What an owner of slots sees: nobody else's memory, and its own untouched.
struct Held {
  Task<E>* task;
  std::size_t bytes;
  unsigned char mark;
};

void fill(const Held& held) { std::memset(held.task->body(), held.mark, held.bytes); }
bool untouched(const Held& held) {
  const auto* bytes = static_cast<const unsigned char*>(held.task->body());
  return std::all_of(bytes, bytes + held.bytes, [&](unsigned char b) { return b == held.mark; });
}

RC_GTEST_PROP(Slots, HeldTogetherNeverOverlapWhateverTheirSizes, ()) {
  SlotCache<E> cache;
  std::vector<Held> held;
  for (const auto& [acquire, choice] : *rc::gen::container<std::vector<std::pair<bool, std::uint16_t>>>(
           200, rc::gen::arbitrary<std::pair<bool, std::uint16_t>>())) {
    if (acquire || held.empty()) {
      const std::size_t bytes = (std::size_t{choice} >> (choice % 12)) + 1;
      held.push_back(
          {cache.acquire(SlotClass::of(sizeof(Task<E>) + bytes)), bytes, static_cast<unsigned char>(choice)});
      RC_ASSERT(reinterpret_cast<std::uintptr_t>(held.back().task) % slot_granule == 0U);  // P8
      fill(held.back());
    } else {
      std::swap(held[choice % held.size()], held.back());
      const Held last = held.back();
      held.pop_back();
      RC_ASSERT(untouched(last));
      RC_ASSERT(SlabHeader<E>::of(last.task).slot_class == SlotClass::of(sizeof(Task<E>) + last.bytes));
      cache.release(SlabHeader<E>::of(last.task).slot_class, last.task);
    }
  }
  for (const Held& one : held) RC_ASSERT(untouched(one));
  for (const Held& one : held) cache.release(SlabHeader<E>::of(one.task).slot_class, one.task);
}

TEST(Slots, ComeBackWithTheEpochOfTheirFormerLife) {  // W3
  SlotCache<E> cache;
  std::set<Task<E>*> former;
  for (int i = 0; i < 500; ++i) {
    Task<E>* const task = cache.acquire(3);
    task->begin_life();
    const std::uint64_t epoch = task->prepare_suspend();
    task->retract_suspend();
    task->end_life();
    const std::uint64_t ended = task->epoch();
    EXPECT_GT(ended, epoch);
    EXPECT_EQ(task->wake(epoch), Wake::stale);
    former.insert(task);
    cache.release(3, task);
    Task<E>* const again = cache.acquire(3);
    EXPECT_EQ(again, task) << "the slot used last is the warmest";
    again->begin_life();
    EXPECT_EQ(again->epoch(), ended);
    again->end_life();
    cache.release(3, again);
  }
  EXPECT_EQ(former.size(), 1U);
}

TEST(Slots, GoRoundThroughBatchesWithoutLoss) {
  constexpr unsigned slot_class = 5;
  SlotCache<E> cache;
  std::vector<Task<E>*> held;
  std::size_t carved = 0;
  for (int turn = 0; turn < 5; ++turn) {
    for (int i = 0; i < 1000; ++i) held.push_back(cache.acquire(slot_class));
    EXPECT_EQ(std::set<Task<E>*>(held.begin(), held.end()).size(), 1000U) << "a slot was given out twice";
    if (turn == 0) carved = carved_slots();
    EXPECT_EQ(carved_slots(), carved);
    for (Task<E>* const task : held) cache.release(slot_class, task);
    held.clear();
  }
}

TEST(Slots, ReleasedElsewhereAreUsedAgain) {
  constexpr unsigned slot_class = 7;
  std::size_t carved = 0;
  for (int turn = 0; turn < 20; ++turn) {
    SlotCache<E> giver;
    SlotCache<E> taker;
    std::vector<Task<E>*> held;
    for (int i = 0; i < 500; ++i) held.push_back(giver.acquire(slot_class));
    for (Task<E>* const task : held) taker.release(slot_class, task);
    if (turn == 0) carved = carved_slots();
    EXPECT_EQ(carved_slots(), carved) << "a cache that ended kept its slots";
  }
}

TEST(Slots, HoldBodiesOfManyKilobytesAndRefuseOnesThatNoClassHolds) {
  for (const std::size_t bytes : {std::size_t{1000}, std::size_t{5000}, std::size_t{64 * 1024}, std::size_t{3 << 20}}) {
    Task<E>* const task = acquire_slot<E>(bytes);
    fill({task, bytes, 0x5a});
    EXPECT_TRUE(untouched({task, bytes, 0x5a}));
    release_slot(task);
    EXPECT_EQ(acquire_slot<E>(bytes), task);
    release_slot(task);
  }
  EXPECT_THROW((void)acquire_slot<E>(std::size_t{1} << 27), std::bad_alloc);
}

struct Big {
  std::array<std::uint32_t, 20'000> words{};
};
Job<E, std::uint32_t> with_a_big_local(std::uint32_t seed) {
  Big big;
  for (auto& word : big.words) word = seed++;
  co_await yield();
  std::uint32_t sum = 0;
  for (const auto word : big.words) sum += word;
  co_return sum;
}

TEST(Slots, HoldTheFrameOfATaskWithABigLocal) {
  auto runtime = rt(2);
  std::vector<JoinHandle<E, std::uint32_t>> joins;
  for (std::uint32_t seed = 0; seed < 20; ++seed) joins.push_back(runtime.spawn(with_a_big_local(seed)));
  for (std::uint32_t seed = 0; seed < 20; ++seed) EXPECT_EQ(joins[seed].join_blocking(), 199'990'000U + 20'000U * seed);
}

// 40 fibers, and two tasks that end while their handles are dropped: whether the worker frees these, and then keeps
// their slots for itself, or the handle, which gives them back at once, is decided by who is first.
void spawn_and_drop(Executor<E>& runtime) {
  std::vector<JoinHandle<E, int>> joins;
  for (int i = 0; i < 40; ++i) joins.push_back(runtime.spawn_fiber([i](FiberContext<E>&) { return i; }));
  for (int i = 0; i < 40; ++i) EXPECT_EQ(joins[static_cast<std::size_t>(i)].join_blocking(), i);
  runtime.spawn(with_a_big_local(1)).cancel();
  (void)runtime.spawn(with_a_big_local(1));  // detached
  wait_until([&] { return runtime.counters().spawned == runtime.counters().finished + runtime.counters().cancelled; });
}

TEST(Slots, OfFibersAndCoroutinesAreAllGivenBack) {
  const std::size_t away = slots_away();
  const std::size_t carved = carved_slots();
  {
    auto runtime = rt(1);
    for (int i = 0; i < 300; ++i) spawn_and_drop(runtime);
  }  // its worker gives the depot what it kept
  // Of each of the two classes: those that live at once, a batch begun, and two that the worker keeps.
  EXPECT_LT(carved_slots(), carved + 43 + 2 * 3 * SlotDepot<E>::batch) << "slots were not used again";
  EXPECT_EQ(slots_away(), away) << "slots were lost";
}

}  // namespace
}  // namespace rota::testing
