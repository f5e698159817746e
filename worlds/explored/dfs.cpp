// Depth-first search over all schedules and all values that loads may return, without repeating equivalent ones.
//
// Reduction  Dynamic partial-order reduction: after an execution, for each step and each earlier step of another thread
//            that it depends on and does not follow from otherwise, the other order is noted where the earlier one was
//            chosen, by source sets (Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction", POPL
//            2014), with sleep sets. Flanagan's and Godefroid's rule (POPL 2005) loses executions beside sleep sets: it
//            wants a thread that is asleep where another one should begin. It serves under a bound, without them.
// Bound      With a bound on preemptions the conservative points of Coons, Musuvathi and McKinley, "Bounded
//            partial-order reduction" (OOPSLA 2013) are added: the other thread is also tried where the earlier one was
//            switched to.
// Values     Every option of every load and store is tried: they are data, not order.
// Depends    Two accesses to one object of which one writes. Full fences all depend on each other.
#include <algorithm>
#include <array>
#include <bit>

#include "worlds/explored/arena.hpp"
#include "worlds/explored/execution.hpp"
#include "worlds/explored/strategy.hpp"

namespace rota::explored {
namespace {

struct Node {
  bool is_value;
  std::uint16_t options;          // value: how many. Thread: mask of the ready ones
  std::uint16_t chosen;           // value: index. Thread: its number
  std::uint16_t wanted = 0;       // threads to try here
  std::uint16_t done = 0;         // threads tried here
  std::uint16_t asleep = 0;       // threads whose next step was tried already and commutes with all since
  std::uint16_t preemptions = 0;  // before this node
  std::uint16_t current = 0;
  bool current_ready = false;
};

// One step of the execution: its thread, its node, what it touched.
struct Transition {
  unsigned thread;
  std::size_t node;
  std::size_t first, last;  // in accesses
};

using Past = std::array<std::uint32_t, thread_slots>;  // how many transitions of each thread come before

constexpr std::uint16_t mask(unsigned thread) { return static_cast<std::uint16_t>(1U << thread); }

class Dfs final : public Strategy {
 public:
  explicit Dfs(unsigned preemptions) : bound_(preemptions) {}

  bool begin() override {
    if (begun_ && !backtrack()) return false;
    begun_ = true;
    place_ = 0;
    transitions_.clear();
    accesses_.clear();
    return true;
  }

  unsigned thread(const ThreadChoice& choice, const Access* pending) override {
    close_transition();
    if (place_ == path_.size() && !extend(choice, pending)) return prune;
    const Node& node = path_[place_];
    if (node.is_value || node.options != choice.ready) diverged_ = true;
    transitions_.push_back({node.chosen, place_, accesses_.size(), accesses_.size()});
    ++place_;
    return (choice.ready >> node.chosen & 1) != 0 ? node.chosen : thread_at(choice, 0);
  }

  unsigned value(unsigned options) override {
    if (place_ == path_.size())
      path_.push_back({.is_value = true, .options = static_cast<std::uint16_t>(options), .chosen = 0});
    const Node& node = path_[place_];
    if (!node.is_value || node.options != options) diverged_ = true;
    ++place_;
    return node.chosen < options ? node.chosen : 0;
  }

  void access(unsigned, const Access& access) override {
    if (!transitions_.empty()) accesses_.push_back(access);
  }

  void end() override {
    close_transition();
    find_reversals();
  }

  [[nodiscard]] bool complete() const override { return true; }
  [[nodiscard]] const char* diverged() const override {
    return diverged_ ? "the same choices led to other choices than before" : nullptr;
  }

 private:
  void close_transition() {
    if (!transitions_.empty()) transitions_.back().last = accesses_.size();
  }

  [[nodiscard]] bool bounded() const { return bound_ != Options::unlimited; }

  static std::uint16_t cost(const Node& node, unsigned thread) {
    return node.current_ready && thread != node.current ? 1 : 0;
  }

  // A new node: on with the current thread if it may, else the first that is not asleep.
  bool extend(const ThreadChoice& choice, const Access* pending) {
    Node node{.is_value = false, .options = static_cast<std::uint16_t>(choice.ready), .chosen = 0};
    node.current = static_cast<std::uint16_t>(choice.current);
    node.current_ready = choice.current_ready;
    if (!transitions_.empty()) {
      const Node& before = path_[transitions_.back().node];
      node.preemptions = before.preemptions + cost(before, before.chosen);
      if (!bounded()) node.asleep = still_asleep(before, pending);
    }
    const std::uint16_t awake = node.options & ~node.asleep;
    if (awake == 0) return false;
    node.chosen = static_cast<std::uint16_t>(
        choice.current_ready && (awake & mask(choice.current)) != 0 ? choice.current : std::countr_zero(awake));
    node.wanted = mask(node.chosen);
    path_.push_back(node);
    return true;
  }

  // Of those asleep or done at the node before, the ones whose next step commutes with the step just taken.
  std::uint16_t still_asleep(const Node& before, const Access* pending) const {
    const Transition& step = transitions_.back();
    std::uint16_t asleep = (before.asleep | before.done) & ~mask(before.chosen);
    for (unsigned t = 0; t < thread_slots; ++t) {
      if ((asleep & mask(t)) == 0) continue;
      for (std::size_t a = step.first; a < step.last; ++a) {
        if (depend(accesses_[a], pending[t])) asleep &= ~mask(t);
      }
    }
    return asleep;
  }

  static bool depend(const Access& a, const Access& b) {
    return a.object != nullptr && (a.object == b.object || a.object == b.also) && (a.writes || b.writes);
  }

  bool backtrack() {
    while (!path_.empty()) {
      Node& node = path_.back();
      if (node.is_value) {
        if (++node.chosen < node.options) return true;
      } else {
        node.done |= mask(node.chosen);
        for (std::uint16_t open = node.wanted & ~node.done & ~node.asleep; open != 0; open &= open - 1) {
          const auto next = static_cast<unsigned>(std::countr_zero(open));
          if (bounded() && node.preemptions + cost(node, next) > bound_) continue;
          node.chosen = static_cast<std::uint16_t>(next);
          return true;
        }
      }
      path_.pop_back();
    }
    return false;
  }

  // What came before an access to an object: for order, all of it; for reversals, the last write and the reads since.
  struct Object {
    const void* address;
    Past writes{};
    Past reads{};
    std::int64_t write = -1;  // a transition, or none
    std::array<std::int64_t, thread_slots> read{};
  };

  Object& object(const void* address) {
    for (Object& o : objects_) {
      if (o.address == address) return o;
    }
    objects_.push_back({.address = address});
    objects_.back().read.fill(-1);
    return objects_.back();
  }

  static void join(Past& past, const Past& other) {
    for (unsigned t = 0; t < thread_slots; ++t) past[t] = std::max(past[t], other[t]);
  }

  void find_reversals() {
    objects_.clear();
    counts_.clear();
    pasts_.clear();
    Past count{};
    std::array<Past, thread_slots> past{};
    for (std::size_t i = 0; i < transitions_.size(); ++i) {
      const Transition& step = transitions_[i];
      const Past before = past[step.thread];
      Past& now = past[step.thread];
      ++count[step.thread];
      counts_.push_back(count);
      races_.clear();
      for (std::size_t a = step.first; a < step.last; ++a) {
        const Object& o = object(accesses_[a].object);
        if (!accesses_[a].orders_only) collect_races(o, accesses_[a], i, before);
        join(now, o.writes);
        if (accesses_[a].writes) join(now, o.reads);
      }
      now[step.thread] = count[step.thread];
      pasts_.push_back(now);
      for (const std::size_t j : races_) reverse(j, i);
      for (std::size_t a = step.first; a < step.last; ++a) remember(object(accesses_[a].object), accesses_[a], i, now);
    }
  }

  void collect_races(const Object& o, const Access& access, std::size_t i, const Past& before) {
    add_race(o.write, i, before);
    if (!access.writes) return;
    for (const std::int64_t read : o.read) add_race(read, i, before);
  }
  // i depends on j. If it does not follow from it otherwise, the other order exists.
  void add_race(std::int64_t j, std::size_t i, const Past& before) {
    if (j < 0) return;
    const unsigned other = transitions_[static_cast<std::size_t>(j)].thread;
    if (other == transitions_[i].thread || before[other] >= counts_[static_cast<std::size_t>(j)][other]) return;
    races_.push_back(static_cast<std::size_t>(j));
  }

  void remember(Object& o, const Access& access, std::size_t i, const Past& now) {
    if (access.writes) {
      o.writes = now;
      o.reads = {};
      if (access.orders_only) return;
      o.write = static_cast<std::int64_t>(i);
      o.read.fill(-1);
    } else {
      join(o.reads, now);
      if (!access.orders_only) o.read[transitions_[i].thread] = static_cast<std::int64_t>(i);
    }
  }

  [[nodiscard]] bool follows(std::size_t later, std::size_t earlier) const {
    const unsigned t = transitions_[earlier].thread;
    return pasts_[later][t] >= counts_[earlier][t];
  }

  void reverse(std::size_t j, std::size_t i) {
    if (!bounded()) return want_source(j, i);
    const unsigned self = transitions_[i].thread;
    want(path_[transitions_[j].node], self);
    std::size_t block = j;
    while (block > 0 && transitions_[block - 1].thread == transitions_[j].thread) --block;
    want(path_[transitions_[block].node], self);
  }

  // Source sets (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014): of what lies between and does not follow from j, and
  // then i, somebody must be tried at j's node who can begin it.
  void want_source(std::size_t j, std::size_t i) {
    Node& node = path_[transitions_[j].node];
    std::uint16_t begun = 0, initials = 0;
    between_.clear();
    for (std::size_t k = j + 1; k <= i; ++k) {
      if (k != i && follows(k, j)) continue;
      const unsigned t = transitions_[k].thread;
      if ((begun & mask(t)) == 0) {
        begun |= mask(t);
        bool initial = true;
        for (const std::size_t earlier : between_) initial = initial && !follows(k, earlier);
        if (initial) initials |= mask(t);
      }
      between_.push_back(k);
    }
    if ((initials & (node.wanted | node.done)) != 0) return;
    const std::uint16_t ready = initials & node.options;
    node.wanted |= ready != 0 ? static_cast<std::uint16_t>(ready & -ready) : node.options;
  }

  void want(Node& node, unsigned self) {
    if ((node.options & mask(self)) != 0) {
      node.wanted |= mask(self);
      return;
    }
    node.wanted |= node.options;  // it cannot go on there: let everybody try
  }

  const unsigned bound_;
  bool begun_ = false, diverged_ = false;
  HostVector<Node> path_;
  std::size_t place_ = 0;
  HostVector<Transition> transitions_;
  HostVector<Access> accesses_;
  HostVector<Object> objects_;
  HostVector<Past> counts_;  // for each transition: how many each thread had taken, with this one
  HostVector<Past> pasts_;   // for each transition: how many of each thread it follows from, with itself
  HostVector<std::size_t> races_;
  HostVector<std::size_t> between_;
};

}  // namespace

std::unique_ptr<Strategy> make_dfs(unsigned preemptions) { return std::make_unique<Dfs>(preemptions); }

}  // namespace rota::explored
