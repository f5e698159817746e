// The peer oneTBB: tasks are fork–join, the thread that asks is the first worker of the arena.
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>
#include <array>
#include <latch>
#include <utility>

#include "peers/cpp/harness/cell.hpp"
#include "peers/cpp/harness/remote_spawn.hpp"
#include "peers/cpp/harness/roaming.hpp"
#include "peers/cpp/harness/tally.hpp"

namespace rota::peers {
namespace {

TreeSum fib_of(std::uint32_t n) {
  if (n < 2) return {n, 1};
  TreeSum left, right;
  tbb::parallel_invoke([&left, n] { left = fib_of(n - 1); }, [&right, n] { right = fib_of(n - 2); });
  return {left.value + right.value, left.calls + right.calls + 1};
}

TreeSum skynet_of(std::uint64_t first, std::uint64_t leaves) {
  if (leaves == 1) return {first, 1};
  const std::uint64_t share = leaves / 10;
  std::array<TreeSum, 10> sums;
  tbb::task_group group;
  for (std::uint64_t i = 0; i < 10; ++i)
    group.run([sum = &sums[i], begin = first + i * share, share] { *sum = skynet_of(begin, share); });
  group.wait();
  TreeSum result{0, 1};
  for (const auto& sum : sums) result += sum;
  return result;
}

MixCounts search(const MixNode& node);

// All children but the last become tasks.
template <class Counts> MixCounts search_children(const MixNode& node, std::uint32_t children, Counts& found) {
  tbb::task_group group;
  for (std::uint32_t i = 0; i + 1 < children; ++i)
    group.run([out = &found[i], child = node.child(i)] { *out = search(child); });
  MixCounts result = node.alone();
  result += search(node.child(children - 1));
  group.wait();
  for (std::uint32_t i = 0; i + 1 < children; ++i) result += found[i];
  return result;
}

MixCounts search(const MixNode& node) {
  const std::uint32_t children = node.children();
  if (children == 0) return node.alone();
  if (children > 8) {
    std::vector<MixCounts> found(children);
    return search_children(node, children, found);
  }
  std::array<MixCounts, 8> found;
  return search_children(node, children, found);
}

struct Link {
  tbb::task_group& group;
  std::uint64_t& links;
  std::uint64_t left;

  void operator()() const {
    ++links;
    if (left > 1) group.run(Link{group, links, left - 1});
  }
};

class TbbPeer final : public Peer {
  // Times body() from within the arena.
  template <class F> auto timed(F body) {
    return arena_.execute([&body] {
      const auto start = Clock::now();
      auto result = body();
      return TimedResult<decltype(result)>{result, Nanoseconds(since(start))};
    });
  }

 public:
  explicit TbbPeer(std::uint32_t workers)
      : parallelism_(tbb::global_control::max_allowed_parallelism, workers + 1),
        arena_(static_cast<int>(workers), 1),
        remote_arena_(static_cast<int>(workers), 0) {}

  // Only so do the library's threads end with the peer.
  ~TbbPeer() override {
    arena_.terminate();
    remote_arena_.terminate();
    tbb::finalize(library_, std::nothrow);
  }

  Clock::time_point run_one() override {
    Clock::time_point first;
    arena_.execute([&first] { tbb::task_group().run_and_wait([&first] { first = Clock::now(); }); });
    return first;
  }

  Timed spawn_join(std::uint64_t tasks) override {
    const std::uint64_t before = tally_.sum();
    const auto time = timed([this, tasks] {
                        tbb::task_group group;
                        for (std::uint64_t i = 0; i < tasks; ++i) group.run([this] { tally_.add(); });
                        group.wait();
                        return 0;
                      }).time;
    return {time, tally_.sum() - before};
  }

  Timed chained_spawn(std::uint64_t depth) override {
    std::uint64_t links = 0;
    const auto time = timed([&links, depth] {
                        tbb::task_group group;
                        group.run(Link{group, links, depth});
                        group.wait();
                        return 0;
                      }).time;
    return {time, links};
  }

  RemoteSpawned remote_spawn(std::uint64_t tasks, bool) override {
    go_outside();
    return spawn_from_outside(tasks, tally_, [this](auto task) { remote_arena_.enqueue(std::move(task)); });
  }

  TimedResult<TreeSum> fib(std::uint32_t n, bool) override {
    return timed([n] { return fib_of(n); });
  }
  TimedResult<TreeSum> skynet(std::uint64_t leaves) override {
    return timed([leaves] { return skynet_of(0, leaves); });
  }
  TimedResult<MixCounts> uts() override {
    return timed([] { return search(MixNode{}); });
  }

 private:
  // The library starts its threads when there is work for them, and they may run where the starting thread may: all of
  // them meet here before that one roams.
  void go_outside() {
    if (std::exchange(is_outside_, true)) return;
    const auto workers = static_cast<std::ptrdiff_t>(remote_arena_.max_concurrency());
    std::latch all_here(workers), all_left(workers);
    for (std::ptrdiff_t i = 0; i < workers; ++i) {
      remote_arena_.enqueue([&] {
        all_here.arrive_and_wait();
        all_left.count_down();
      });
    }
    all_left.wait();
    roam();
  }

  tbb::task_scheduler_handle library_{tbb::attach{}};
  // One more than take part, for where the thread that asks only waits.
  tbb::global_control parallelism_;
  tbb::task_arena arena_;         // the thread that asks is one of its workers
  tbb::task_arena remote_arena_;  // here it is none
  Tally tally_;
  bool is_outside_ = false;
};

}  // namespace
}  // namespace rota::peers

int main() {
  using namespace rota::peers;
  static constexpr std::array<std::string_view, 7> workloads{"spawn-join", "chained-spawn", "remote-spawn", "startup",
                                                             "fib",        "uts",           "skynet"};
  return run_peer(
      {.name = "onetbb",
       .runtime = "oneTBB " ROTA_PEER_VERSION,
       .workloads = workloads,
       .any_body = true,
       .can_be_busy = false,
       .start = [](std::uint32_t workers) -> std::unique_ptr<Peer> { return std::make_unique<TbbPeer>(workers); }});
}
