// Each queue under real threads: every task that goes in comes out exactly once (P1), whatever thieves do meanwhile.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"
#include "schedulers/queue/ordered_tasks.hpp"
#include "tests/schedulers/loose_tasks.hpp"
#include "tests/support/test_policy.hpp"

namespace rota::schedulers {
namespace {

using E = World;

constexpr std::size_t many = 40'000;
constexpr std::size_t more = 10 * static_cast<std::size_t>(testing::rounds(40'000));  // races of a few instructions

// Counts how often each task came out.
class Account {
 public:
  explicit Account(std::size_t count) : tasks(count), seen_(count) {
    for (std::size_t i = 0; i < count; ++i) tasks[i]->set_resume_point(&seen_[i]);
  }
  void obtained(const Task<E>* task) {
    static_cast<std::atomic<int>*>(task->resume_point())->fetch_add(1, std::memory_order_relaxed);
    total_.fetch_add(1, std::memory_order_release);
  }
  [[nodiscard]] bool complete() const { return total_.load(std::memory_order_acquire) >= seen_.size(); }
  void expect_each_once() const {
    for (std::size_t i = 0; i < seen_.size(); ++i) ASSERT_EQ(seen_[i].load(), 1) << "task " << i;
  }

  LooseTasks tasks;

 private:
  std::vector<std::atomic<int>> seen_;
  std::atomic<std::size_t> total_{0};
};

void in_threads(std::size_t count, const std::function<void(std::size_t)>& body) {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back(body, i);
  for (std::thread& thread : threads) thread.join();
}

enum class Pattern : std::uint8_t {
  bursts,     // the owner pushes more than it pops and overflows when full
  last_task,  // the owner pops what it just pushed, so it and a thief are always after the same task
};

// An owner and thieves, who steal halves into queues of their own.
template <class Queue> class Stress {
 public:
  Stress(std::vector<std::unique_ptr<Queue>> queues, Pattern pattern, std::size_t count)
      : account_(count), queues_(std::move(queues)), pattern_(pattern) {
    in_threads(queues_.size(), [this](std::size_t i) { i == 0 ? own() : steal(*queues_[i]); });
    account_.expect_each_once();
  }

 private:
  void drain(Queue& queue) {
    while (Task<E>* task = queue.pop()) account_.obtained(task);
  }
  void push(Queue& queue, Task<E>* pushed) {
    while (!queue.push(pushed)) {
      queue::IntrusiveList<E> moved;
      queue.take_half(moved);
      while (Task<E>* task = moved.pop()) account_.obtained(task);
    }
  }
  void own() {
    Queue& queue = *queues_[0];
    for (std::size_t i = 0; i < account_.tasks.size(); ++i) {
      push(queue, account_.tasks[i]);
      if (pattern_ == Pattern::last_task || i % 7 < 2) {
        if (Task<E>* task = queue.pop()) account_.obtained(task);
      }
      if (i % 4096 == 0) std::this_thread::yield();
    }
    drain(queue);
    over_ = true;
  }
  void steal(Queue& queue) {
    while (!over_ || !queues_[0]->empty()) {
      if (Task<E>* task = queues_[0]->steal_half(queue)) account_.obtained(task);
      drain(queue);
    }
  }

  Account account_;
  std::vector<std::unique_ptr<Queue>> queues_;
  Pattern pattern_;
  std::atomic<bool> over_{false};
};

template <class Queue, class... Args> std::vector<std::unique_ptr<Queue>> queues(std::size_t thieves, Args... args) {
  std::vector<std::unique_ptr<Queue>> result;
  for (std::size_t i = 0; i <= thieves; ++i) result.push_back(std::make_unique<Queue>(args...));
  return result;
}

TEST(LocalRing, GivesEachTaskToOneTakerWhenItIsSmallAndItsCursorsWrap) {
  Stress(queues<queue::LocalRing<E>>(2, 4, std::uint32_t{0} - 1000), Pattern::bursts, many);
}
TEST(LocalRing, GivesEachTaskToOneTaker) { Stress(queues<queue::LocalRing<E>>(2, 256), Pattern::bursts, many); }
TEST(LocalRing, GivesItsLastTaskToOneTaker) { Stress(queues<queue::LocalRing<E>>(1, 4), Pattern::last_task, more); }
TEST(ChaseLev, GivesEachTaskToOneTakerWhenItIsSmall) {
  Stress(queues<queue::ChaseLev<E>>(2, 4), Pattern::bursts, many);
}
TEST(ChaseLev, GivesEachTaskToOneTaker) { Stress(queues<queue::ChaseLev<E>>(2, 256), Pattern::bursts, many); }
TEST(ChaseLev, GivesItsLastTaskToOneTaker) { Stress(queues<queue::ChaseLev<E>>(1, 4), Pattern::last_task, more); }

// Two producers and two consumers.
template <class Queue> void stress_shared() {
  constexpr std::size_t each = many / 2;
  Queue fifo;
  Account account(2 * each);
  in_threads(4, [&](std::size_t me) {
    if (me < 2) {
      for (std::size_t i = 0; i < each; ++i) fifo.push(account.tasks[me * each + i]);
      return;
    }
    while (!account.complete()) {
      if (Task<E>* task = fifo.pop()) {
        account.obtained(task);
      } else {
        std::this_thread::yield();
      }
    }
  });
  account.expect_each_once();
  EXPECT_TRUE(fifo.empty());
}

// Keys as they come: the newest goes first now, the oldest then.
struct Ordered : queue::OrderedTasks<E> {
  void push(Task<E>* task) {
    OrderedTasks::push(task, [task](std::uint64_t arrival) { return arrival % 3 == 0 ? 0 : task->epoch() + arrival; });
  }
};

TEST(OrderedTasks, GiveEachTaskToOneTaker) { stress_shared<Ordered>(); }
TEST(LockedFifo, GivesEachTaskToOneTaker) { stress_shared<queue::LockedFifo<E>>(); }
TEST(LockfreeFifo, GivesEachTaskToOneTaker) { stress_shared<queue::LockfreeFifo<E>>(); }

// The sleeper's side of P3: empty() stays false while a task is inside whose push has returned. The one consumer knows:
// if more pushes have returned than it popped, one of them is inside.
template <class Queue> void watch_emptiness() {
  constexpr std::size_t each = more / 2;
  Queue fifo;
  LooseTasks tasks(2 * each);
  std::atomic<std::size_t> returned{0};
  std::size_t wrong = 0;
  in_threads(3, [&](std::size_t me) {
    for (std::size_t i = 0; me < 2 && i < each; ++i) {
      fifo.push(tasks[me * each + i]);
      returned.fetch_add(1, std::memory_order_seq_cst);
    }
    for (std::size_t popped = 0; me == 2 && popped < 2 * each;) {
      if (returned.load(std::memory_order_seq_cst) > popped && fifo.empty()) ++wrong;
      if (fifo.pop() != nullptr) ++popped;
    }
  });
  EXPECT_EQ(wrong, 0U);
}

TEST(OrderedTasks, AreNeverEmptyWhileAPushedTaskIsInside) { watch_emptiness<Ordered>(); }
TEST(LockedFifo, IsNeverEmptyWhileAPushedTaskIsInside) { watch_emptiness<queue::LockedFifo<E>>(); }
TEST(LockfreeFifo, IsNeverEmptyWhileAPushedTaskIsInside) { watch_emptiness<queue::LockfreeFifo<E>>(); }

}  // namespace
}  // namespace rota::schedulers
