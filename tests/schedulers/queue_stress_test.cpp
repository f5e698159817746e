// Each queue under real threads: every task that goes in comes out exactly once (P1), whatever thieves do meanwhile.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"
#include "tests/schedulers/loose_tasks.hpp"

// Boost's queue reads a node that another thread may already reuse and then discards what it read, by its
// compare-exchange; the payload is not atomic. That is a race by the letter, known and harmless on the machines we
// have.
extern "C" const char* __tsan_default_suppressions() { return "race:boost::lockfree\n"; }

namespace rota::schedulers {
namespace {

constexpr std::size_t thieves = 2;
constexpr std::size_t many = 40'000;

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

// The owner pushes in bursts, overflows when full and pops some; thieves steal halves into queues of their own.
template <class Queue> void stress(std::vector<std::unique_ptr<Queue>> queues) {
  Account account(many);
  auto drain = [&](Queue& own) {
    while (Task<E>* task = own.pop()) account.obtained(task);
  };
  std::atomic<bool> over{false};
  auto owner = [&](Queue& own) {
    for (std::size_t i = 0; i < many; ++i) {
      while (!own.push(account.tasks[i])) {
        queue::IntrusiveList<E> moved;
        own.take_half(moved);
        while (Task<E>* task = moved.pop()) account.obtained(task);
      }
      if (i % 7 < 2) {
        if (Task<E>* task = own.pop()) account.obtained(task);
      }
      if (i % 1024 == 0) std::this_thread::yield();
    }
    drain(own);
    over = true;
  };
  auto thief = [&](Queue& own) {
    while (!over || !queues[0]->empty()) {
      if (Task<E>* task = queues[0]->steal_half(own)) account.obtained(task);
      drain(own);
    }
  };
  in_threads(thieves + 1, [&](std::size_t i) { i == 0 ? owner(*queues[0]) : thief(*queues[i]); });
  account.expect_each_once();
}

template <class Queue, class... Args> std::vector<std::unique_ptr<Queue>> queues(Args... args) {
  std::vector<std::unique_ptr<Queue>> result;
  for (std::size_t i = 0; i <= thieves; ++i) result.push_back(std::make_unique<Queue>(args...));
  return result;
}

TEST(LocalRing, GivesEachTaskToOneTakerWhenItIsSmallAndItsCursorsWrap) {
  stress(queues<queue::LocalRing<E>>(4, std::uint32_t{0} - 1000));
}
TEST(LocalRing, GivesEachTaskToOneTaker) { stress(queues<queue::LocalRing<E>>(256)); }
TEST(ChaseLev, GivesEachTaskToOneTakerWhenItIsSmall) { stress(queues<queue::ChaseLev<E>>(4)); }
TEST(ChaseLev, GivesEachTaskToOneTaker) { stress(queues<queue::ChaseLev<E>>(256)); }

// Two producers and two consumers. What one producer pushed comes out in its order at each consumer (P5).
template <class Queue> void stress_shared() {
  constexpr std::size_t each = many / 2;
  Queue fifo;
  Account account(2 * each);
  std::vector<std::uint32_t> number(2 * each);
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

TEST(LockedFifo, GivesEachTaskToOneTaker) { stress_shared<queue::LockedFifo<E>>(); }
TEST(LockfreeFifo, GivesEachTaskToOneTaker) { stress_shared<queue::LockfreeFifo<E>>(); }

// The sleeper's side of P3: once a push has returned and a fence has passed, empty() stays false until it is popped.
TEST(LockfreeFifo, IsNeverEmptyWhileAPushedTaskIsInside) {
  queue::LockfreeFifo<E> fifo;
  LooseTasks tasks(1000);
  std::atomic<bool> over{false};
  fifo.push(tasks[0]);  // one task more than is ever taken: it is never empty
  std::thread other([&] {
    for (std::size_t i = 1; i < tasks.size(); ++i) {
      fifo.push(tasks[i]);
      (void)fifo.pop();
    }
    over = true;
  });
  bool was_empty = false;
  while (!over) was_empty = was_empty || fifo.empty();
  other.join();
  EXPECT_FALSE(was_empty);
}

}  // namespace
}  // namespace rota::schedulers
