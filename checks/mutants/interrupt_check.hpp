// check_interrupt<E>: a mutated reactor's poll meets an interrupt (R2). Nothing is pending, so that only the interrupt
// can end the poll.
#pragma once

#include "checks/mutants/program_check.hpp"
#include "reactor/simulated_reactor.hpp"

namespace rota::checks {

template <Env E> void interrupt_meets_poll() {
  SimulatedReactor<E> reactor;
  typename E::thread poller(ThreadOptions{.name = "poller", .pu = std::nullopt}, [&reactor] {
    Completion none;
    (void)reactor.poll(std::span(&none, 1), never);
  });
  reactor.interrupt();
  poller.join();
}

// A poll that does not end is the only deadlock there can be.
template <Env E> Report check_interrupt(const explored::Options& options) {
  return report_of(explored::explore(options, &interrupt_meets_poll<E>), options, "R2");
}

}  // namespace rota::checks
