// Rest<E>: how the main of an interpreted program lets it run until everything is at rest, and says so to the oracles.
//
// Where workers are threads, main waits for the explored world's quiescence. In a world of one thread main is the
// worker: it runs the loop, and is told from inside the loop when that finds nothing to do and no deadline to wait for.
#pragma once

#include "checks/conformance/scene.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

template <Env E> class Rest {
 public:
  explicit Rest(SimulatedReactor<E>&) noexcept {}

  void wait() {
    explored::await_quiescence();
    E::full_fence();  // pairs with the fences of those that went to sleep: what they left behind is seen from here on
    E::mark(Mark::note, nullptr, note_of_rest());
  }
};

template <Env E>
  requires one_thread<E>
class Rest<E> final : private E::Watch {
 public:
  explicit Rest(SimulatedReactor<E>& events) noexcept : events_(events) {}

  void wait() {
    E::set_watch(this);
    parker_.park();
    E::set_watch(nullptr);
  }

 private:
  void at_rest() override {
    E::mark(Mark::note, nullptr, note_of_rest());
    (void)parker_.unpark();
    if (!events_.idle()) events_.interrupt();  // the worker waits there, for ops that main will complete
  }

  SimulatedReactor<E>& events_;
  typename E::parker parker_;
};

}  // namespace rota::checks
