// Each queue against a sequential model, step by step: the same results, the same emptiness, nothing lost or doubled
// (P1).
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"
#include "schedulers/queue/ordered_tasks.hpp"
#include "tests/schedulers/loose_tasks.hpp"

namespace rota::schedulers {
namespace {

using E = World;

using Model = std::deque<Task<E>*>;
using Steps = std::vector<std::uint8_t>;

Task<E>* take_front(Model& model) {
  if (model.empty()) return nullptr;
  Task<E>* const front = model.front();
  model.pop_front();
  return front;
}
Task<E>* take_back(Model& model) {
  if (model.empty()) return nullptr;
  Task<E>* const back = model.back();
  model.pop_back();
  return back;
}
std::vector<Task<E>*> drained(queue::IntrusiveList<E>& list) {
  std::vector<Task<E>*> result;
  while (Task<E>* task = list.pop()) result.push_back(task);
  return result;
}
std::vector<Task<E>*> take_many(Model& model, std::size_t count) {
  std::vector<Task<E>*> result;
  while (result.size() < count && !model.empty()) result.push_back(take_front(model));
  return result;
}

// An endless supply of tasks of which at most `size` are inside at once.
class Supply {
 public:
  explicit Supply(std::size_t size) : tasks_(size) {}
  Task<E>* next() { return tasks_[next_++ % tasks_.size()]; }

 private:
  LooseTasks tasks_;
  std::size_t next_ = 0;
};

// Two local queues, an owner's and a thief's, and their models. Shared by both kinds of local queue.
template <class Queue> struct Pair {
  Queue own, other;
  Model own_model{}, other_model{};
  Supply supply{256};
  bool youngest_first = false;

  void step(std::uint8_t choice) {
    switch (choice % 8) {
      case 0:
      case 1:
      case 2:
        push(own, own_model);
        break;
      case 3:
        RC_ASSERT(own.pop() == (youngest_first ? take_back(own_model) : take_front(own_model)));
        break;
      case 4:
        push(other, other_model);
        break;
      case 5:
        steal();
        break;
      case 6:
        overflow();
        break;
      case 7:
        RC_ASSERT(other.pop_oldest() == take_front(other_model));
        break;
    }
    RC_ASSERT(own.size() == own_model.size());
    RC_ASSERT(own.empty() == own_model.empty());
    RC_ASSERT(other.empty() == other_model.empty());
    RC_ASSERT(own.room() == own.capacity() - own_model.size());
  }
  void push(Queue& queue, Model& model) {
    Task<E>* const task = supply.next();
    const bool fits = model.size() < queue.capacity();
    RC_ASSERT(queue.push(task) == fits);
    if (fits) model.push_back(task);
  }
  void steal() {
    const std::size_t half = own_model.size() - own_model.size() / 2;
    const std::size_t count = std::min(half, other.capacity() - other_model.size() + 1);
    Task<E>* const expected = own_model.empty() ? nullptr : own_model.front();
    RC_ASSERT(own.steal_half(other) == expected);
    const auto moved = take_many(own_model, count);
    if (!moved.empty()) other_model.insert(other_model.end(), moved.begin() + 1, moved.end());
  }
  void overflow() {
    queue::IntrusiveList<E> moved;
    const std::size_t count = own_model.size() / 2;
    RC_ASSERT(own.take_half(moved) == count);
    RC_ASSERT(drained(moved) == take_many(own_model, count));  // the older half, in order
  }
};

// Cursors that start shortly before 2^32 wrap around within a few steps.
RC_GTEST_PROP(LocalRing, BehavesAsTwoQueuesAlsoWhereItsCursorsWrap, (Steps steps)) {
  const std::size_t capacity = *rc::gen::element<std::size_t>(2, 4, 8);
  const std::uint32_t first = std::uint32_t{0} - *rc::gen::inRange<std::uint32_t>(0, 12);
  const std::uint32_t second = std::uint32_t{0} - *rc::gen::inRange<std::uint32_t>(0, 12);
  Pair<queue::LocalRing<E>> pair{.own = queue::LocalRing<E>(capacity, first),
                                 .other = queue::LocalRing<E>(capacity, second)};
  for (const std::uint8_t step : steps) pair.step(step);
}

RC_GTEST_PROP(ChaseLev, BehavesAsTwoDequesWithAYoungAndAnOldEnd, (Steps steps)) {
  const std::size_t capacity = *rc::gen::element<std::size_t>(2, 4, 8);
  Pair<queue::ChaseLev<E>> pair{.own = queue::ChaseLev<E>(capacity), .other = queue::ChaseLev<E>(capacity)};
  pair.youngest_first = true;
  for (const std::uint8_t step : steps) pair.step(step);
}

TEST(LocalRing, HoldsExactlyItsCapacityAcrossTheWrapAround) {
  for (std::uint32_t before = 0; before < 6; ++before) {
    queue::LocalRing<E> ring(4, std::uint32_t{0} - before);
    LooseTasks tasks(5);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(ring.push(tasks[i]));
    EXPECT_FALSE(ring.push(tasks[4])) << "full, but it looks empty";
    EXPECT_FALSE(ring.empty());
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(ring.pop(), tasks[i]);
    EXPECT_EQ(ring.pop(), nullptr);
  }
}

RC_GTEST_PROP(LockedFifo, BehavesAsAQueueForSinglesAndForBatches, (Steps steps)) {
  queue::LockedFifo<E> fifo;
  Model model;
  Supply supply(4096);
  for (const std::uint8_t step : steps) {
    const std::size_t count = step / 8 % 8;
    if (step % 8 < 2) {
      model.push_back(supply.next());
      fifo.push(model.back());
    } else if (step % 8 == 2) {
      queue::IntrusiveList<E> chain;
      for (std::size_t i = 0; i < count; ++i) chain.push(model.emplace_back(supply.next()));
      fifo.push_chain(chain, count);
    } else if (step % 8 < 5) {
      RC_ASSERT(fifo.pop() == take_front(model));
    } else if (step % 8 < 7) {
      std::vector<Task<E>*> taken;
      Task<E>* const first = fifo.pop_batch(count + 1, [&](Task<E>* task) { taken.push_back(task); });
      RC_ASSERT(first == take_front(model));
      RC_ASSERT(taken == take_many(model, count));
    } else {
      queue::IntrusiveList<E> all;
      fifo.take_all(all);
      RC_ASSERT(drained(all) == take_many(model, model.size()));
    }
    RC_ASSERT(fifo.size() == model.size());
    RC_ASSERT(fifo.empty() == model.empty());
  }
}

RC_GTEST_PROP(LockfreeFifo, BehavesAsAQueue, (Steps steps)) {
  queue::LockfreeFifo<E> fifo;
  Model model;
  Supply supply(4096);
  for (const std::uint8_t step : steps) {
    if (step % 2 == 0) {
      model.push_back(supply.next());
      fifo.push(model.back());
    } else {
      RC_ASSERT(fifo.pop() == take_front(model));
    }
    RC_ASSERT(fifo.empty() == model.empty());
  }
}

// Keys are small, so that many are equal; a model as slow as it is simple.
RC_GTEST_PROP(OrderedTasks, GiveTheLeastKeyFirstAndEqualOnesAsTheyCame, (Steps steps)) {
  queue::OrderedTasks<E> ordered;
  std::deque<std::pair<std::uint64_t, Task<E>*>> model;
  Supply supply{256};
  std::uint64_t pushed = 0;
  for (const std::uint8_t step : steps) {
    if (step % 3 != 0) {
      const std::uint64_t key = step % 8;
      Task<E>* const task = supply.next();
      ordered.push(task, [&](std::uint64_t arrival) {
        RC_ASSERT(arrival == pushed);
        return key;
      });
      ++pushed;
      model.insert(std::ranges::upper_bound(model, key, {}, &std::pair<std::uint64_t, Task<E>*>::first), {key, task});
    } else {
      Task<E>* const expected = model.empty() ? nullptr : model.front().second;
      RC_ASSERT(ordered.pop() == expected);
      if (expected != nullptr) model.pop_front();
    }
    RC_ASSERT(ordered.empty() == model.empty());
  }
}

TEST(OrderedTasks, GrowBeyondWhatTheyBeganWith) {
  constexpr std::size_t many = 5000;
  queue::OrderedTasks<E> ordered;
  LooseTasks tasks(many);
  for (std::size_t i = 0; i < many; ++i) ordered.push(tasks[i], [&](std::uint64_t) { return (i * 7919) % many; });
  for (std::size_t key = 0; key < many; ++key) {
    Task<E>* const task = ordered.pop();
    ASSERT_EQ((tasks.index_of(task) * 7919) % many, key);
  }
  EXPECT_EQ(ordered.pop(), nullptr);
}

RC_GTEST_PROP(IntrusiveList, KeepsTheOrderOfPushesAndOfAppendedLists, (Steps steps)) {
  queue::IntrusiveList<E> list;
  Model model;
  Supply supply(4096);
  for (const std::uint8_t step : steps) {
    if (step % 3 == 0) {
      model.push_back(supply.next());
      list.push(model.back());
    } else if (step % 3 == 1) {
      RC_ASSERT(list.pop() == take_front(model));
    } else {
      queue::IntrusiveList<E> more;
      for (int i = step / 3 % 4; i > 0; --i) more.push(model.emplace_back(supply.next()));
      list.append(more);
      RC_ASSERT(more.empty());
    }
    RC_ASSERT(list.empty() == model.empty());
  }
}

// P8: what the owner writes, what thieves write and what nobody writes stand on different line pairs.
TEST(LocalQueues, KeepTheFieldsOfOwnerAndThievesApart) {
  EXPECT_EQ(alignof(queue::LocalRing<E>), line_pair);
  EXPECT_EQ(sizeof(queue::LocalRing<E>), 3 * line_pair);
  EXPECT_EQ(alignof(queue::ChaseLev<E>), line_pair);
  EXPECT_EQ(sizeof(queue::ChaseLev<E>), 3 * line_pair);
  EXPECT_EQ(sizeof(queue::LockedFifo<E>) % line_pair, 0U);
}

}  // namespace
}  // namespace rota::schedulers
