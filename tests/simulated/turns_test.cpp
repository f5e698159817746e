// Whose turn it is, against a sequential model.
#include "worlds/simulated/turns.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace rota::testing {
namespace {

using simulated::Ps;
using simulated::Turns;

struct Model {
  struct Entry {
    Ps time;
    unsigned thread;
  };
  std::vector<Entry> queue;  // in the order of queueing

  void add(unsigned thread, Ps time) {
    std::erase_if(queue, [&](const Entry& e) { return e.thread == thread; });
    queue.push_back({time, thread});
  }
  Entry pop() {
    const auto first =
        std::min_element(queue.begin(), queue.end(), [](const Entry& a, const Entry& b) { return a.time < b.time; });
    const Entry result = *first;
    queue.erase(first);
    return result;
  }
  [[nodiscard]] bool has(unsigned thread) const {
    return std::any_of(queue.begin(), queue.end(), [&](const Entry& e) { return e.thread == thread; });
  }
};

// Least time first, and of equal times who was queued first, whatever is queued, moved and exchanged.
RC_GTEST_PROP(Turns, GoByTimeAndThenByWhoCameFirst, ()) {
  constexpr unsigned threads = 20;
  Turns turns;
  Model model;
  for (unsigned i = 0; i < threads; ++i) turns.make_room(i);
  for (int step = 0; step < 200; ++step) {
    const auto thread = *rc::gen::inRange(0U, threads);
    const Ps time = *rc::gen::inRange(0, 6);
    const int what = *rc::gen::inRange(0, 3);
    if (what == 0 || model.queue.empty()) {
      turns.queue(thread, time);
      model.add(thread, time);
    } else if (what == 1 || model.has(thread)) {
      const auto expected = model.pop();
      const auto got = turns.pop();
      RC_ASSERT(got.thread == expected.thread);
      RC_ASSERT(got.time == expected.time);
    } else if (model.queue.size() > 0) {
      const auto expected = model.pop();
      model.add(thread, std::max(time, expected.time));
      const auto got = turns.exchange(thread, std::max(time, expected.time));
      RC_ASSERT(got.thread == expected.thread);
    }
    RC_ASSERT(turns.empty() == model.queue.empty());
  }
}

TEST(Turns, SayThatNobodyIsFirstWhenNobodyIsQueued) {
  Turns turns;
  EXPECT_EQ(turns.first_time(), Turns::nobody);
  turns.make_room(0);
  turns.queue(0, 7);
  EXPECT_EQ(turns.first_time(), 7);
  (void)turns.pop();
  EXPECT_TRUE(turns.empty());
}

}  // namespace
}  // namespace rota::testing
