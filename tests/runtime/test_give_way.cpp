// How a running task is asked to give way: by a hint, by the ticker; and what a policy learns and remembers of tasks.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "runtime/policy_word.hpp"
#include "runtime/work.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/watchdog.hpp"

namespace rota::testing {
namespace {

using namespace std::chrono_literals;

// One queue whose arrivals ask worker 0 to give way; told of quanta by its settings.
template <Env World> class Asks : public OneQueue<World> {
 public:
  static constexpr std::string_view name = "asks";
  struct Config {
    Duration quantum{0};
    bool preempts = false;
    std::vector<Origin>* origins = nullptr;  // of all enqueues, where one worker makes them
  };
  Asks(const Placement& placement, const Config& config) : OneQueue<World>(placement, {}), config_(config) {}

  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    if (config_.origins != nullptr) config_.origins->push_back(info.origin);
    const WakeHint hint = OneQueue<World>::enqueue(self, std::move(task), info);
    return config_.preempts && !info.gave_way() ? WakeHint::preempt(0) : hint;
  }
  [[nodiscard]] Duration quantum() const noexcept { return config_.quantum; }
  [[nodiscard]] bool preempts() const noexcept { return config_.preempts; }

 private:
  const Config config_;
};
using Asked = Runtime<E, Asks<E>>;

// Looks until it was asked once, or for ever: a test that hangs here has found that nobody asks.
Job<E, int> look_until(const Atomic<bool>& over) {
  int looks = 0;
  for (; !over.load(Order::acquire); ++looks) co_await checkpoint();
  co_return looks;
}
Job<E> set(Atomic<bool>& flag) {
  flag.store(true, Order::release);
  co_return;
}

// The second task can only run if the first gives way; there is one worker.
TEST(Checkpoints, LetATaskThatCameTakeTheWorkerIfThePolicyAsksForIt) {
  for (const bool on_a_fiber : {false, true}) {
    Watchdog watchdog([] { return "a task that looks whether it must give way"; });
    Atomic<bool> over{false};
    std::vector<Origin> origins;
    Asked runtime(unpinned(1), {}, {.preempts = true, .origins = &origins}, reactors().front().make());
    const auto body = [&](FiberContext<E>& fiber) {
      runtime.spawn_detached(set(over));
      while (!over.load(Order::acquire)) fiber.checkpoint();
    };
    if (on_a_fiber) {
      runtime.spawn_fiber(body).join_blocking();
    } else {
      runtime.block_on([](Executor<E>& executor, Atomic<bool>& flag) -> Job<E> {
        executor.spawn_detached(set(flag));
        (void)co_await look_until(flag);
      }(runtime, over));
    }
    runtime.shutdown();
    EXPECT_EQ(origins, (std::vector<Origin>{Origin::spawn, Origin::spawn, Origin::preempt}));
  }
}

// Declared work looks by itself, after each grain.
TEST(Checkpoints, AreInDeclaredWork) {
  Watchdog watchdog([] { return "a task that works"; });
  Atomic<bool> over{false};
  Asked runtime(unpinned(1), {}, {.preempts = true}, reactors().front().make());
  const bool seen = runtime.block_on([](Executor<E>& executor, Atomic<bool>& flag) -> Job<E, bool> {
    executor.spawn_detached(set(flag));
    co_await work(executor, {.work = 1ms});
    co_return flag.load(Order::acquire);
  }(runtime, over));
  EXPECT_TRUE(seen);
}

TEST(Checkpoints, GoOnWhereNobodyAsks) {
  auto runtime = rt(1);
  EXPECT_EQ(runtime.block_on([]() -> Job<E, int> {
    for (int i = 0; i < 1000; ++i) co_await checkpoint();
    co_return 7;
  }()),
            7);
  EXPECT_EQ(runtime.counters().yielded, 0U);
}

// Nothing declares work here and nobody enqueues: only the ticker can ask.
TEST(Ticker, AsksATaskThatComputesForLongerThanAQuantum) {
  for (const bool on_a_fiber : {false, true}) {
    Watchdog watchdog([] { return "a task that computes while another waits"; });
    Atomic<bool> over{false};
    Asked runtime(unpinned(1), {}, {.quantum = 50us}, reactors().front().make());
    auto first = on_a_fiber ? runtime.spawn_fiber([&over](FiberContext<E>& fiber) {
      int looks = 0;
      for (; !over.load(Order::acquire); ++looks) fiber.checkpoint();
      return looks;
    })
                            : runtime.spawn(look_until(over));
    auto second = runtime.spawn(set(over));
    second.join_blocking();
    EXPECT_GT(first.join_blocking(), 0);
    EXPECT_GE(runtime.counters().yielded, 1U);
  }
}

TEST(Ticker, IsNoThreadUntilATaskLooks) {
  Asked runtime(unpinned(1), {}, {.quantum = 50us}, reactors().front().make());
  runtime.block_on([](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 300us}); }(runtime));
  const auto threads = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
  };
  const auto before = threads();
  runtime.block_on([]() -> Job<E> { co_await checkpoint(); }());
  EXPECT_EQ(threads(), before + 1);
}

// Keeps a word for each task: how often it was enqueued; and writes down what account() was told.
template <Env World> class Remembers : public OneQueue<World> {
 public:
  static constexpr std::string_view name = "remembers";
  struct Config {
    std::vector<std::uint64_t>* words = nullptr;
    std::vector<Duration>* used = nullptr;
  };
  Remembers(const Placement& placement, const Config& config) : OneQueue<World>(placement, {}), config_(config) {}

  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    auto& word = policy_word(*task.get());
    word.write(info.origin == Origin::spawn ? 1 : word.read() + 1);
    return OneQueue<World>::enqueue(self, std::move(task), info);
  }
  void account(Self&, Task<World>& task, Duration used) noexcept {
    config_.words->push_back(policy_word(task).read());
    config_.used->push_back(used);
  }

 private:
  const Config config_;
};

TEST(PolicyWords, AreATasksOwnFromItsSpawnToItsEnd) {
  std::vector<std::uint64_t> words;
  std::vector<Duration> used;
  Runtime<E, Remembers<E>> runtime(unpinned(1), {}, {.words = &words, .used = &used}, reactors().front().make());
  const auto yields = [](int times) -> Job<E> {
    while (times-- > 0) co_await yield();
  };
  for (int round = 0; round < 3; ++round) {  // slots are used again: a new task begins anew
    auto one = runtime.spawn(yields(2));
    auto other = runtime.spawn_fiber([](FiberContext<E>& fiber) { fiber.yield(); });
    one.join_blocking();
    other.join_blocking();
  }
  runtime.shutdown();
  std::multiset<std::uint64_t> counted(words.begin(), words.end());
  EXPECT_EQ(counted.count(1), 6U);
  EXPECT_EQ(counted.count(2), 6U);
  EXPECT_EQ(counted.count(3), 3U);
  EXPECT_EQ(counted.size(), 15U);
}

TEST(PolicyWords, OfManyTasksAreManyWords) {
  std::set<const void*> places;
  std::vector<Task<E>*> tasks;
  for (const std::size_t bytes : {std::size_t{16}, std::size_t{400}, std::size_t{3000}, std::size_t{100'000}}) {
    for (int i = 0; i < 200; ++i) {
      tasks.push_back(acquire_slot<E>(bytes));
      auto& word = policy_word(*tasks.back());
      word.write(tasks.size());
      places.insert(&word);
    }
  }
  EXPECT_EQ(places.size(), tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) EXPECT_EQ(policy_word(*tasks[i]).read(), i + 1);
  for (Task<E>* const task : tasks) release_slot(task);
}

TEST(Accounts, SayWhatEachRunTook) {
  std::vector<std::uint64_t> words;
  std::vector<Duration> used;
  Runtime<E, Remembers<E>> runtime(unpinned(1), {}, {.words = &words, .used = &used}, reactors().front().make());
  runtime.block_on([](Executor<E>& executor) -> Job<E> {
    co_await work(executor, {.work = 300us});
    co_await yield();
  }(runtime));
  runtime.shutdown();
  ASSERT_EQ(used.size(), 2U);
  EXPECT_GE(used[0], 300us);
  EXPECT_GT(used[1], 0us);
}

// Every task may run on workers 2 and 3 alone.
template <Env World> class Among : public OneQueue<World> {
 public:
  static constexpr std::string_view name = "among";
  Among(const Placement& placement, const OneQueue<World>::Config&) : OneQueue<World>(placement, {}) {}
  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    (void)OneQueue<World>::enqueue(self, std::move(task), info);
    return WakeHint::among(0);
  }
  Runnable<World> pick(Self& self) noexcept {
    return sets_[0].contains(self.id()) ? OneQueue<World>::pick(self) : Runnable<World>();
  }
  bool has_work(const Self& self) const noexcept {
    return sets_[0].contains(self.id()) && OneQueue<World>::has_work(self);
  }
  [[nodiscard]] std::span<const WorkerSet> wake_sets() const noexcept { return sets_; }

 private:
  const std::array<WorkerSet, 1> sets_{WorkerSet::from(2, 4)};
};

TEST(WakeSets, WakeWhoMayRunTheTaskWhoeverElseIsIdle) {
  Watchdog watchdog([] { return "tasks that two of four workers may run"; });
  auto runtime = rt<Among>(4);
  for (int i = 0; i < rounds(2000); ++i) {
    const WorkerId ran = runtime.block_on([]() -> Job<E, WorkerId> { co_return Worker<E>::current()->id(); }());
    ASSERT_GE(ran, 2U);
  }
}

TEST(WorkerSets, HoldWhomTheyWereGiven) {
  WorkerSet set = WorkerSet::from(60, 70);
  set.add(130);
  for (WorkerId id = 0; id < 200; ++id) EXPECT_EQ(set.contains(id), (id >= 60 && id < 70) || id == 130) << id;
  EXPECT_EQ(set.word(5), 0U);
}

}  // namespace
}  // namespace rota::testing
