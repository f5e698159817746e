// A task runs on at most one worker at a time (T2), however many wake it and whenever: also while its worker is still
// on its way out of the frame (W6).
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

// Notices a second worker inside.
class Exclusive {
 public:
  void visit() {
    if (inside_.exchange(true, Order::acq_rel)) intruders_.fetch_add(1, Order::relaxed);
    for (int i = 0; i < 20; ++i) E::relax();
    inside_.store(false, Order::release);
  }
  [[nodiscard]] int intruders() const { return intruders_.load(Order::relaxed); }

 private:
  Atomic<bool> inside_{false};
  Atomic<int> intruders_{0};
};

struct Subject {
  WakerBox box;
  Exclusive exclusive;
};

Job<E> run_and_wait(Subject& subject, int times) {
  for (int i = 0; i < times; ++i) {
    subject.exclusive.visit();
    co_await subject.box.wait();
    subject.exclusive.visit();
    co_await yield();
  }
}

template <template <Env> class Policy> struct Under {
  static auto runtime() { return rt<Policy>(4); }
};
template <class S> class OneTask : public ::testing::Test {};
using EitherPolicy = ::testing::Types<Under<OneQueue>, Under<ManyQueues>>;
TYPED_TEST_SUITE(OneTask, EitherPolicy);

TYPED_TEST(OneTask, RunsOnOneWorkerAtATimeHoweverManyWakeIt) {
  constexpr std::size_t tasks = 4;
  const int times = rounds(20'000);
  std::array<Subject, tasks> subjects;
  auto runtime = TypeParam::runtime();
  std::vector<JoinHandle<E>> handles;
  for (auto& subject : subjects) handles.push_back(runtime.spawn(run_and_wait(subject, times)));
  std::atomic<bool> over{false};
  std::array<std::thread, 2> wakers;
  for (auto& thread : wakers) {
    thread = std::thread([&] {
      while (!over) {
        for (auto& subject : subjects) {
          // Twice, and by two threads that may hold the same one: one wake is true, the others are not (W2).
          if (const auto waker = subject.box.try_take()) {
            waker->wake();
            EXPECT_FALSE(waker->wake());
          }
        }
      }
    });
  }
  for (auto& handle : handles) handle.join_blocking();
  over = true;
  for (auto& thread : wakers) thread.join();
  for (auto& subject : subjects) EXPECT_EQ(subject.exclusive.intruders(), 0);
}

}  // namespace
}  // namespace rota::testing
