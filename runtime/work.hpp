// work: declared work that a policy may cut into pieces, so that long tasks let short ones pass.
//
//   co_await work(executor, {.work = 20us, .home = node}, &attributes);      of a coroutine
//   work(fiber, executor, {.work = 20us});                                   of a fiber
//
// A policy without a quantum that never preempts lets it be one E::charge(). Otherwise there is a checkpoint
// (runtime/checkpoint.hpp) before each piece: a quantum counts all work that a task declared since it was resumed, and
// RuntimeConfig::grain bounds how long a more urgent task waits until it is noticed. `attributes`, if they are given,
// are the task's own: their `remaining` follows the work.
#pragma once

#include <algorithm>

#include "runtime/checkpoint.hpp"
#include "runtime/executor.hpp"

namespace rota {

// One piece of `cost`, which is the less for it.
template <Env E> void work_piece(Worker<E>& worker, const Cut& cut, Cost& cost, Attributes* attributes) {
  Duration piece = cost.work;
  if (cut.grain > Duration(0)) piece = std::min(piece, cut.grain);
  if (cut.quantum > Duration(0)) piece = std::min(piece, cut.quantum - worker.worked);
  E::charge({piece, cost.home});
  cost.work -= piece;
  worker.worked += piece;
  if (attributes != nullptr) attributes->remaining -= std::min(attributes->remaining, piece);
  if (cut.quantum > Duration(0) && worker.worked >= cut.quantum) worker.give_way.ask();
}

template <Env E> Job<E> work(Executor<E>& executor, Cost cost, Attributes* attributes = nullptr) {
  const Cut cut = executor.cut();
  do {
    if (cut.any()) co_await Checkpoint{.needs_ticks = false};
    work_piece(*Worker<E>::current(), cut, cost, attributes);
  } while (cost.work > Duration(0));
}

template <Env E> void work(FiberContext<E>& fiber, Executor<E>& executor, Cost cost, Attributes* attributes = nullptr) {
  const Cut cut = executor.cut();
  do {
    if (cut.any()) fiber.look(false);
    work_piece(*Worker<E>::current(), cut, cost, attributes);
  } while (cost.work > Duration(0));
}

}  // namespace rota
