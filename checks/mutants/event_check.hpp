// check_event<E>: a crowd waits, one of it leaves while the flag is raised. Who stays must be woken, the flag must be
// up, and nobody may touch the node of who left (W1). Drawn programs have no crowds that lose a member.
#pragma once

#include "checks/mutants/program_check.hpp"
#include "runtime/executor.hpp"
#include "runtime/sync/wait_stack.hpp"

namespace rota::checks {

// A task that is about to wait: whoever wakes it leaves a note in its word.
template <Env E> struct Waiting {
  Waiting() {
    task.begin_life();
    node.waker.write(Waker<E>(&task, task.prepare_suspend()));
  }
  Task<E> task;
  typename WaitStack<E>::Node node;
};

template <Env E> void a_raise_meets_a_crowd_that_one_leaves() {
  WaitStack<E> stack;
  Waiting<E> stays;
  const bool waits = stack.push(stays.node);
  typename E::thread raiser({.name = "raiser", .pu = std::nullopt}, [&stack] { stack.raise(); });
  {
    Waiting<E> leaves;
    if (stack.push(leaves.node)) (void)stack.withdraw(leaves.node);
    leaves.node.waker.write({});  // as the end of its wait does
  }
  raiser.join();
  if (!stack.is_raised()) explored::fail("W1", "a flag that was raised is down");
  if (waits && stays.task.phase() != Phase::notified) explored::fail("W1", "a flag was raised and a waiter not woken");
}

template <Env E> Report check_event(const explored::Options& options) {
  return report_of(explored::explore(options, &a_raise_meets_a_crowd_that_one_leaves<E>), options, "W1");
}

}  // namespace rota::checks
