// Boost.Fiber: workloads that spawn, and wait for what they spawned.
#include <latch>

#include "peers/cpp/boost_fiber/peer.hpp"
#include "peers/cpp/harness/remote_spawn.hpp"
#include "peers/cpp/harness/roaming.hpp"

namespace rota::peers {
namespace {

TreeSum fib_of(std::uint32_t n, bool both) {
  if (n < 2) return {n, 1};
  TreeSum left, right;
  auto first = spawn_first([&left, n, both] { left = fib_of(n - 1, both); });
  if (both) {
    spawn_first([&right, n] { right = fib_of(n - 2, true); }).join();
  } else {
    right = fib_of(n - 2, false);
  }
  first.join();
  return {left.value + right.value, left.calls + right.calls + 1};
}

TreeSum skynet_of(std::uint64_t first, std::uint64_t leaves) {
  if (leaves == 1) return {first, 1};
  const std::uint64_t share = leaves / 10;
  std::array<TreeSum, 10> sums;
  std::array<fibers::fiber, 10> children;
  for (std::uint64_t i = 0; i < 10; ++i)
    children[i] = spawn_first([sum = &sums[i], begin = first + i * share, share] { *sum = skynet_of(begin, share); });
  TreeSum result{0, 1};
  for (std::uint64_t i = 0; i < 10; ++i) {
    children[i].join();
    result += sums[i];
  }
  return result;
}

MixCounts search(const MixNode& node);

// All children but the last become fibers. The root has so many that they are better kept on the heap.
template <class Fibers, class Counts>
MixCounts search_children(const MixNode& node, std::uint32_t children, Fibers& others, Counts& found) {
  for (std::uint32_t i = 0; i + 1 < children; ++i)
    others[i] = spawn_first([out = &found[i], child = node.child(i)] { *out = search(child); });
  MixCounts result = node.alone();
  result += search(node.child(children - 1));
  for (std::uint32_t i = 0; i + 1 < children; ++i) {
    others[i].join();
    result += found[i];
  }
  return result;
}

MixCounts search(const MixNode& node) {
  const std::uint32_t children = node.children();
  if (children == 0) return node.alone();
  if (children > 8) {
    std::vector<fibers::fiber> others(children);
    std::vector<MixCounts> found(children);
    return search_children(node, children, others, found);
  }
  std::array<fibers::fiber, 8> others;
  std::array<MixCounts, 8> found;
  return search_children(node, children, others, found);
}

struct Chain {
  Turn ended;
  std::uint64_t links = 0;
};

void spawn_next(std::uint64_t left, std::shared_ptr<Chain> chain) {
  spawn([left, chain = std::move(chain)]() mutable {
    ++chain->links;
    if (left == 1) {
      chain->ended.give();
    } else {
      spawn_next(left - 1, std::move(chain));
    }
  }).detach();
}

}  // namespace

Timed FiberPeer::spawn_join(std::uint64_t tasks) {
  const std::uint64_t before = tally_.sum();
  joins_.clear();
  joins_.reserve(tasks);
  const auto time = run([this, tasks] {
    const auto start = Clock::now();
    for (std::uint64_t i = 0; i < tasks; ++i) joins_.push_back(spawn([this] { tally_.add(); }));
    for (auto& join : joins_) join.join();
    return Nanoseconds(since(start));
  });
  return {time, tally_.sum() - before};
}

Timed FiberPeer::chained_spawn(std::uint64_t depth) {
  const auto chain = std::make_shared<Chain>();
  const auto time = run([depth, chain] {
    const auto start = Clock::now();
    spawn_next(depth, chain);
    chain->ended.take();
    return Nanoseconds(since(start));
  });
  return {time, chain->links};
}

RemoteSpawned FiberPeer::remote_spawn(std::uint64_t tasks, bool busy) {
  roam_once();
  std::atomic<bool> stop{false};
  std::latch busy_ones(busy ? workers_ : 0);
  for (std::uint32_t i = 0; busy && i < workers_; ++i) {
    inbox_.push([&] {
      for (std::uint64_t n = 0; n < 1'000'000 && !stop.load(std::memory_order_relaxed); ++n) boost::this_fiber::yield();
      busy_ones.count_down();
    });
  }
  const auto result = spawn_from_outside(tasks, tally_, [this](auto task) { inbox_.push(std::move(task)); });
  stop.store(true, std::memory_order_relaxed);
  busy_ones.wait();
  return result;
}

TimedResult<TreeSum> FiberPeer::fib(std::uint32_t n, bool both) {
  return timed([n, both] { return fib_of(n, both); });
}

TimedResult<TreeSum> FiberPeer::skynet(std::uint64_t leaves) {
  return timed([leaves] { return skynet_of(0, leaves); });
}

TimedResult<MixCounts> FiberPeer::uts() {
  return timed([] { return search(MixNode{}); });
}

}  // namespace rota::peers
