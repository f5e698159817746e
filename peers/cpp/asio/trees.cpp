// Asio: fork and join. Calls are posted functions; whoever ends the last child of a call goes on in the call's place.
//
// With coroutines instead (co_spawn for each child, and an operation that ends when all have ended) the same takes four
// to twenty times as long, most of it for memory: what ends is queued behind everything that was begun.
#include <array>
#include <memory>

#include "peers/cpp/asio/peer.hpp"

namespace rota::peers {
namespace {

// A call whose children have not all ended. Few results lie in it, those of the root of uts elsewhere.
template <class T, std::uint32_t few> struct Call {
  Call(Call* from, std::uint32_t place, const T& own, std::uint32_t count)
      : parent(from), number(place), children(count), left(count), sum(own), many(count > few ? count : 0) {}

  // Returns whether that was the last one; the sum is then complete.
  [[nodiscard]] bool end_child(std::uint32_t child, const T& result) {
    T* const results = children > few ? many.data() : some.data();
    results[child] = result;
    if (left.fetch_sub(1, std::memory_order_acq_rel) != 1) return false;
    for (std::uint32_t i = 0; i < children; ++i) sum += results[i];
    return true;
  }

  Call* const parent;          // null: whoever asked
  const std::uint32_t number;  // among the parent's children
  const std::uint32_t children;
  std::atomic<std::uint32_t> left;
  T sum;
  std::array<T, few> some;
  std::vector<T> many;
};

template <class T, std::uint32_t few> struct Tree {
  using Node = Call<T, few>;
  explicit Tree(Executor on) : executor(on), done(on) {}

  template <class F> void fork(F call) { asio::post(executor, std::move(call)); }

  // The child `number` of `call` has ended.
  void end(Node* call, std::uint32_t number, T sum) {
    while (call != nullptr) {
      if (!call->end_child(number, sum)) return;
      const std::unique_ptr<Node> ended(call);
      sum = ended->sum;
      number = ended->number;
      call = ended->parent;
    }
    result = sum;
    done.give();
  }

  Executor executor;
  Turn done;
  T result{};
};

using FibTree = Tree<TreeSum, 2>;
using SkynetTree = Tree<TreeSum, 10>;
using UtsTree = Tree<MixCounts, 8>;

void fib_of(FibTree& tree, FibTree::Node* parent, std::uint32_t number, std::uint32_t n, bool both) {
  for (; n >= 2; n -= 2, number = 1) {
    parent = new FibTree::Node(parent, number, {0, 1}, 2);
    tree.fork([&tree, parent, n, both] { fib_of(tree, parent, 0, n - 1, both); });
    if (both) return tree.fork([&tree, parent, n] { fib_of(tree, parent, 1, n - 2, true); });
  }
  tree.end(parent, number, {n, 1});
}

void skynet_of(SkynetTree& tree, SkynetTree::Node* parent, std::uint32_t number, std::uint64_t first,
               std::uint64_t leaves) {
  if (leaves == 1) return tree.end(parent, number, {first, 1});
  const std::uint64_t share = leaves / 10;
  auto* const call = new SkynetTree::Node(parent, number, {0, 1}, 10);
  for (std::uint32_t i = 0; i < 10; ++i)
    tree.fork([&tree, call, i, begin = first + i * share, share] { skynet_of(tree, call, i, begin, share); });
}

// All children but the last become tasks.
void search(UtsTree& tree, UtsTree::Node* parent, std::uint32_t number, MixNode node) {
  for (std::uint32_t children = 0; (children = node.children()) > 0;) {
    parent = new UtsTree::Node(parent, number, node.alone(), children);
    number = children - 1;
    for (std::uint32_t i = 0; i < number; ++i)
      tree.fork([&tree, parent, i, child = node.child(i)] { search(tree, parent, i, child); });
    node = node.child(number);
  }
  tree.end(parent, number, node.alone());
}

// Times what root(tree) begins, from within a worker.
template <class T, class Root> Task<TimedResult<decltype(T::result)>> timed(Root root) {
  T tree(co_await asio::this_coro::executor);
  const auto start = Clock::now();
  root(tree);
  co_await tree.done.take();
  co_return TimedResult<decltype(T::result)>{tree.result, Nanoseconds(since(start))};
}

}  // namespace

TimedResult<TreeSum> AsioPeer::fib(std::uint32_t n, bool both) {
  return run(timed<FibTree>([n, both](FibTree& tree) { fib_of(tree, nullptr, 0, n, both); }));
}

TimedResult<TreeSum> AsioPeer::skynet(std::uint64_t leaves) {
  return run(timed<SkynetTree>([leaves](SkynetTree& tree) { skynet_of(tree, nullptr, 0, 0, leaves); }));
}

TimedResult<MixCounts> AsioPeer::uts() {
  return run(timed<UtsTree>([](UtsTree& tree) { search(tree, nullptr, 0, MixNode{}); }));
}

}  // namespace rota::peers
