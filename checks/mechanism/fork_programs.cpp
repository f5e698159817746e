// Programs about forked parts: each runs exactly once, and what it wrote is visible to whoever joins it (F1).
#include <array>

#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"

namespace rota::checks::mechanism {
namespace {

// A part that must run once, and its result.
class Leaf {
 public:
  int run() {
    require(runs_.read() == 0, "F1", "a part ran twice");
    runs_.write(1);
    return 1;
  }
  void expect_run() const { require(runs_.read() == 1, "F1", "a part did not run, or its join did not see it"); }

 private:
  Cell<int> runs_{0};
};

// Takes parts away from `victim` and runs them, so long as it finds some, and a few times more.
void steal(Forks<E>& forks, Forks<E>& victim, int attempts) {
  while (attempts > 0) {
    if (Part<E>* const part = forks.steal_from(victim)) {
      saw("stolen");
      forks.run(*part);
    } else {
      --attempts;
    }
  }
}

}  // namespace

void a_fork_meets_a_thief() {
  Player owner, other;
  std::array<Leaf, 3> leaves;
  E::thread thief = start("thief", [&] { steal(other.worker().forks, owner.worker().forks, 2); });
  const auto leaf = [&leaves](std::size_t i) { return [&leaves, i](Forks<E>&) { return leaves[i].run(); }; };
  const auto [inner, last] = owner.worker().forks.both(
      [&](Forks<E>& on) {
        const auto [a, b] = on.both(leaf(0), leaf(1));
        return a + b;
      },
      leaf(2));
  for (const Leaf& each : leaves) each.expect_run();
  require(inner + last == 3, "F1", "a result is not what its part returned");
  saw("joined");
  thief.join();
}

void a_thief_forks_and_is_helped() {
  Player owner, other;
  std::array<Leaf, 3> leaves;
  E::thread thief = start("thief", [&] { steal(other.worker().forks, owner.worker().forks, 2); });
  const auto leaf = [&leaves](std::size_t i) { return [&leaves, i](Forks<E>&) { return leaves[i].run(); }; };
  const auto [first, rest] = owner.worker().forks.both(leaf(0), [&](Forks<E>& on) {
    if (&on != &owner.worker().forks) saw("forked by the thief");
    const auto [a, b] = on.both(leaf(1), leaf(2));
    return a + b;
  });
  for (const Leaf& each : leaves) each.expect_run();
  require(first + rest == 3, "F1", "a result is not what its part returned");
  thief.join();
}

}  // namespace rota::checks::mechanism
