// The shipped queues, the idle set and the channel are linearizable under small budgets, and copies with a defect are
// not.
#include <gtest/gtest.h>

#include <mutex>

#include "checks/history/drivers.hpp"
#include "checks/history/queues.hpp"
#include "worlds/explored/world.hpp"

namespace rota::checks::history {
namespace {

using E = env::Explored;

explored::Options small(explored::Memory memory, explored::Method method) {
  explored::Options options;
  options.memory = memory;
  options.method = method;
  options.preemptions = 2;
  options.max_executions = method == explored::Method::dfs ? 4000 : 1500;
  options.budget = std::chrono::milliseconds(800);
  return options;
}

class Structures : public ::testing::TestWithParam<const char*> {
 protected:
  static void expect_sound(explored::Method method) {
    for (const auto memory : {explored::Memory::sc, explored::Memory::relaxed}) {
      const Report report = check_structure(structure_named(GetParam()), small(memory, method));
      ASSERT_TRUE(report.passed) << report.found->id << ": " << report.found->sentence << "\n"
                                 << report.found->program << "\n"
                                 << report.found->failure.schedule;
      EXPECT_GT(report.executions, report.programs);
      EXPECT_GT(report.classes.at("calls overlap"), 0.2) << "nothing to order";
    }
  }
};

TEST_P(Structures, AreLinearizableInRandomSchedules) { expect_sound(explored::Method::random); }
TEST_P(Structures, AreLinearizableInSchedulesByPriority) { expect_sound(explored::Method::pct); }
TEST_P(Structures, AreLinearizableInAllSchedulesOfFewPreemptions) { expect_sound(explored::Method::dfs); }

std::string name_of(const ::testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::erase(name, '-');
  return name;
}
INSTANTIATE_TEST_SUITE_P(All, Structures,
                         ::testing::Values("locked-fifo", "lockfree-fifo", "local-ring", "chase-lev", "idle-set",
                                           "channel"),
                         name_of);

// A ring with a defect: the owner and a thief settle nothing about the last task. Its pop moves the head by a store.
template <Env World> class CarelessRing {
 public:
  explicit CarelessRing(std::size_t capacity) : mask_(capacity - 1), slots_(std::make_unique<Slot[]>(capacity)) {}

  bool push(Task<World>* task) {
    const std::size_t tail = tail_.load(Order::relaxed);
    if (tail - head_.load(Order::acquire) > mask_) return false;
    slots_[tail & mask_].store(task, Order::relaxed);
    tail_.store(tail + 1, Order::release);
    return true;
  }
  Task<World>* pop() {
    const std::size_t head = head_.load(Order::acquire);
    if (head == tail_.load(Order::acquire)) return nullptr;
    Task<World>* const task = slots_[head & mask_].load(Order::relaxed);
    head_.store(head + 1, Order::release);  // the defect: others may have taken it meanwhile
    return task;
  }
  Task<World>* pop_oldest() {
    for (std::size_t head = head_.load(Order::acquire);;) {
      if (head >= tail_.load(Order::acquire)) return nullptr;
      Task<World>* const task = slots_[head & mask_].load(Order::relaxed);
      if (head_.compare_exchange(head, head + 1, Order::acq_rel, Order::acquire)) return task;
    }
  }
  std::uint32_t take_half(queue::IntrusiveList<World>&) { return 0; }
  Task<World>* steal_half(CarelessRing&) { return pop_oldest(); }
  [[nodiscard]] bool empty() const { return head_.load(Order::acquire) == tail_.load(Order::acquire); }

 private:
  using Slot = typename World::template atomic<Task<World>*>;
  std::size_t mask_;
  std::unique_ptr<Slot[]> slots_;
  typename World::template atomic<std::size_t> tail_{0}, head_{0};
};

Structure careless() {
  Structure structure = structure_named("local-ring");
  structure.name = "careless";
  structure.run = &perform<E, LocalDriver<E, CarelessRing<E>>>;
  return structure;
}

TEST(PlantedDefect, ATaskThatComesOutTwiceIsFoundAsP1) {
  for (const auto memory : {explored::Memory::sc, explored::Memory::relaxed}) {
    for (const auto method : {explored::Method::random, explored::Method::pct, explored::Method::dfs}) {
      const Report report = check_structure(careless(), small(memory, method));
      ASSERT_FALSE(report.passed);
      EXPECT_EQ(report.found->id, "P1") << report.found->sentence;
      EXPECT_NE(report.found->sentence.find("no order of these"), std::string::npos) << report.found->sentence;
    }
  }
}

TEST(PlantedDefect, IsSeenAgainByItsProgramAndSchedule) {
  const Report found = check_structure(careless(), small(explored::Memory::relaxed, explored::Method::random));
  ASSERT_FALSE(found.passed);
  explored::Options again = small(explored::Memory::relaxed, explored::Method::replay);
  again.schedule = found.found->failure.schedule;
  again.max_executions = 1;
  const Report replayed = check_script(careless(), found.found->program, again);
  ASSERT_FALSE(replayed.passed);
  EXPECT_EQ(replayed.found->id, found.found->id);
  EXPECT_EQ(replayed.found->failure.trace_hash, found.found->failure.trace_hash);
}

// A queue under a mutex whose length is written before the task is inside, and after it is gone.
template <Env World> class HastyFifo {
 public:
  void push(Task<World>* task) {
    const std::lock_guard lock(mutex_);
    list_.push(task);
    length_.store(length_.load(Order::relaxed) + 1, Order::relaxed);
  }
  Task<World>* pop() {
    if (empty()) return nullptr;
    length_.fetch_sub(1, Order::relaxed);  // the defect: this one may find the task of another
    const std::lock_guard lock(mutex_);
    return list_.pop();
  }
  [[nodiscard]] bool empty() const { return length_.load(Order::relaxed) == 0; }

 private:
  typename World::mutex mutex_;
  queue::IntrusiveList<World> list_;
  typename World::template atomic<std::uint64_t> length_{0};
};

TEST(PlantedDefect, AQueueThatLooksEmptyWithATaskInsideIsFound) {
  Structure structure = structure_named("lockfree-fifo");
  structure.run = &perform<E, FifoDriver<E, HastyFifo<E>>>;
  const Report report = check_structure(structure, small(explored::Memory::sc, explored::Method::random));
  ASSERT_FALSE(report.passed);
  EXPECT_TRUE(report.found->id == "P1" || report.found->id == "P2") << report.found->id << report.found->sentence;
}

}  // namespace
}  // namespace rota::checks::history
