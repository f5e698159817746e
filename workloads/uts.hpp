// uts: Unbalanced Tree Search. A tree that nobody can foresee is counted; load balancing is all there is to it. Nodes,
// leaves and depth of its trees are known.
#pragma once

#include "runtime/executor.hpp"
#include "workloads/graph/computed.hpp"
#include "workloads/graph/uts_tree.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

struct UtsWork {
  graph::UtsTree tree;
  std::uint32_t chunk;
  Duration node_time;
};

// What a task has still to visit: depth first, at most one range for each level. The first range is the nearest to the
// root, and so has the largest trees below it.
class UtsStack {
 public:
  explicit UtsStack(const graph::UtsRange& range) { ranges_.push_back(range); }

  [[nodiscard]] bool empty() const noexcept { return ranges_.size() == first_; }

  // Counts the next node, and from then on its children are to be visited too.
  void visit_one(const graph::UtsTree& tree, graph::UtsCounts& counts) {
    graph::UtsRange& last = ranges_.back();
    const graph::UtsNode node = tree.child(last.parent, last.next);
    if (++last.next == last.end) ranges_.pop_back();
    const std::uint32_t children = tree.children_of(node);
    counts += {1, children == 0 ? 1U : 0U, node.depth};
    if (children > 0) ranges_.push_back({node, 0, children});
  }

  // Half of the first range, for another task; all of it, if it is one node and not the only one. Empty if there is no
  // more than one node.
  [[nodiscard]] graph::UtsRange give_half() noexcept {
    graph::UtsRange& first = ranges_[first_];
    const std::uint32_t left = first.end - first.next;
    if (left == 1 && ranges_.size() == first_ + 1) return {first.parent, 0, 0};
    const std::uint32_t middle = first.next + left / 2;
    const graph::UtsRange half{first.parent, middle, first.end};
    first.end = middle;
    if (first.next == first.end) ++first_;
    return half;
  }

 private:
  std::vector<graph::UtsRange> ranges_;
  std::size_t first_ = 0;  // those before it were given away
};

// Counts the trees below a range. After every `chunk` nodes it gives half of the range nearest to the root away.
template <Env E>
Job<E, graph::UtsCounts> search_trees(Executor<E>& executor, const UtsWork& work, graph::UtsRange range) {
  UtsStack stack(range);
  graph::UtsCounts counts;
  std::vector<JoinHandle<E, graph::UtsCounts>> given;
  while (!stack.empty()) {
    const std::uint64_t before = counts.nodes;
    while (!stack.empty() && counts.nodes - before < work.chunk) stack.visit_one(work.tree, counts);
    declare_computed<E>(static_cast<std::int64_t>(counts.nodes - before) * work.node_time);
    if (stack.empty()) break;
    const graph::UtsRange half = stack.give_half();
    if (half.next < half.end) given.push_back(executor.spawn(search_trees<E>(executor, work, half)));
  }
  for (auto& other : given) counts += co_await other;
  co_return counts;
}

// The same by fork and join: each child's tree is a part of its own.
template <Env E> graph::UtsCounts fork_tree(Forks<E>& here, const UtsWork& work, const graph::UtsNode& node);

// At least two children, a half of them in each part.
template <Env E>
graph::UtsCounts fork_children(Forks<E>& here, const UtsWork& work, const graph::UtsNode& parent, std::uint32_t first,
                               std::uint32_t end) {
  const auto part = [&](std::uint32_t from, std::uint32_t to) {
    return [&work, &parent, from, to](Forks<E>& on) {
      if (to - from == 1) return fork_tree(on, work, work.tree.child(parent, from));
      return fork_children(on, work, parent, from, to);
    };
  };
  const std::uint32_t middle = first + (end - first) / 2;
  auto [counts, others] = here.both(part(first, middle), part(middle, end));
  return counts += others;
}

template <Env E> graph::UtsCounts fork_tree(Forks<E>& here, const UtsWork& work, const graph::UtsNode& node) {
  declare_computed<E>(work.node_time);
  const std::uint32_t children = work.tree.children_of(node);
  graph::UtsCounts counts{1, children == 0 ? 1U : 0U, node.depth};
  if (children == 1) counts += fork_tree(here, work, work.tree.child(node, 0));
  if (children > 1) counts += fork_children(here, work, node, 0, children);
  return counts;
}

struct TimedUts {
  graph::UtsCounts counts;
  Duration time;
};

enum class UtsSplit : std::uint8_t { chunk, fork };

template <Env E> Job<E, TimedUts> time_uts(Executor<E>& executor, const UtsWork& work, UtsSplit split) {
  const TimePoint start = E::now();
  const graph::UtsNode root = work.tree.root();
  if (split == UtsSplit::fork) {
    const graph::UtsCounts counts = fork_tree(Forks<E>::here(), work, root);
    co_return TimedUts{counts, E::now() - start};
  }
  const std::uint32_t children = work.tree.children_of(root);
  graph::UtsCounts counts{1, children == 0 ? 1U : 0U, 0};
  if (children > 0) counts += co_await search_trees<E>(executor, work, {root, 0, children});
  co_return TimedUts{counts, E::now() - start};
}

template <Env E> class Uts {
 public:
  enum class Tree : std::uint8_t { t1, t3, small, mix };

  static constexpr std::string_view name = "uts";
  static constexpr std::string_view summary = "Unbalanced Tree Search: counts a tree that nobody can foresee";
  struct Config {
    Tree tree = Tree::small;
    UtsSplit split = UtsSplit::chunk;
    std::uint32_t chunk = 20;
    Duration node_time{60};

    static constexpr auto settings() {
      return std::tuple{
          choice("tree", &Config::tree,
                 "T1: wide and 10 deep, 4 130 071 nodes; T3: narrow and 1572 deep, 4 112 897 nodes; small: 3503 nodes; "
                 "mix: "
                 "746 441 nodes with a cheap hash",
                 std::array{named("small", Tree::small), named("T1", Tree::t1), named("T3", Tree::t3),
                            named("mix", Tree::mix)}),
          choice("split", &Config::split,
                 "how work is shared: a task gives half of its tree away now and then, or every child is a forked part",
                 std::array{named("chunk", UtsSplit::chunk), named("fork", UtsSplit::fork)}),
          setting("chunk", &Config::chunk, "nodes that a task visits between two gifts of half of its tree", 1, 1e9),
          setting("node_time", &Config::node_time,
                  "time of a node's hash in a simulated world; the real one takes its own", 0, 1e9),
      };
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_node", "ns", "wall time over all nodes"},
      MetricInfo{"wall", "ns", "time of the whole search"},
  };

  // The trees T1 and T3 with their counts are those that the benchmark ships.
  struct Known {
    graph::UtsTree tree;
    graph::UtsCounts counts;
  };
  [[nodiscard]] static Known known(Tree tree) {
    using Kind = graph::UtsTree::Kind;
    switch (tree) {
      case Tree::t1:
        return {{Kind::geometric, 19, 4, 10}, {4'130'071, 3'305'118, 10}};
      case Tree::t3:
        return {{Kind::binomial, 42, 2000, 0, 8, 0.124875}, {4'112'897, 3'599'034, 1572}};
      case Tree::mix:
        return {{Kind::mix, 1, 2000, 0, 8, 0.1247}, {746'441, 653'385, 646}};
      default:
        return {{Kind::geometric, 19, 3, 6}, {3503, 2606, 6}};
    }
  }

  explicit Uts(const Config& config)
      : known_(known(config.tree)), split_(config.split), work_{known_.tree, config.chunk, config.node_time} {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const TimedUts got = executor.block_on(time_uts<E>(executor, work_, split_));
    sample.metric("ns_per_node", nanoseconds_per(got.time, known_.counts.nodes));
    sample.metric("wall", nanoseconds(got.time));
    sample.check("nodes", known_.counts.nodes, got.counts.nodes);
    sample.check("leaves", known_.counts.leaves, got.counts.leaves);
    sample.check("depth", known_.counts.depth, got.counts.depth);
  }

 private:
  const Known known_;
  const UtsSplit split_;
  const UtsWork work_;
};

}  // namespace rota::workloads
