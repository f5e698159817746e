// The shipped structures, and the programs that every strategy runs on them.
#include <fmt/format.h>

#include <stdexcept>

#include "checks/history/drivers.hpp"
#include "checks/history/queues.hpp"
#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"
#include "worlds/explored/world.hpp"

namespace rota::checks::history {
namespace {

using E = env::Explored;

Structure locked_fifo() {
  return {.name = "locked-fifo",
          .grammar = {.owner = {Call::push, Call::push_chain},
                      .anyone = {Call::pop, Call::pop_batch, Call::take_all, Call::length, Call::empty}},
          .programs = {"4 | push:0 | pop:0", "4 | push:0 | push:0 | pop:0 pop:0", "4 push:0 | pop:0 | pop:0",
                       "4 push:0 push:0 push:0 | pop_batch:0:2 | pop:0 length:0",
                       "4 push:0 | push_chain:0:2 | take_all:0 empty:0"},
          .run = &perform<E, FifoDriver<E, queue::LockedFifo<E>>>,
          .judge = &judge_fifo};
}

Structure lockfree_fifo() {
  return {.name = "lockfree-fifo",
          .grammar = {.owner = {Call::push}, .anyone = {Call::pop, Call::empty}},
          .programs = {"4 | push:0 | pop:0", "4 push:0 | pop:0 | pop:0", "4 | push:0 push:0 | pop:0 empty:0"},
          .run = &perform<E, FifoDriver<E, queue::LockfreeFifo<E>>>,
          .judge = &judge_fifo};
}

// Cursors that begin at -1 … -4 wrap around within the program.
Structure local_ring() {
  return {
      .name = "local-ring",
      .grammar = {.owner = {Call::push, Call::pop, Call::take_half},
                  .anyone = {Call::steal_half, Call::empty},
                  .owned = true},
      .programs = {"2@-1 push:0 | pop:0 | steal_half:0:1", "2@-1 | push:0 pop:0 | steal_half:0:1",
                   "4@-2 | push:0 push:0 take_half:0 | steal_half:0:1", "2@-4 push:0 | push:0 take_half:0 | empty:0",
                   "2@-2 push:0 push:0 | push:0 pop:0 | steal_half:0:1",
                   "4@-2 push:0 push:0 push:0 push:0 | push:0 take_half:0 | steal_half:0:1",
                   "4@-3 push:0 push:0 push:0 | pop:0 push:0 | steal_half:0:1 pop:1",
                   "2@-1 push:0 push:0 | pop:0 | steal_half:0:1 | steal_half:0:2",
                   "4@-4 push:0 push:0 push:0 | empty:0 | steal_half:0:1 | steal_half:1:2"},
      .run = &perform<E, LocalDriver<E, queue::LocalRing<E>>>,
      .judge = &judge_rings};
}

Structure chase_lev() {
  return {.name = "chase-lev",
          .grammar = {.owner = {Call::push, Call::pop, Call::take_half},
                      .anyone = {Call::pop_oldest, Call::steal_half},
                      .owned = true},
          .programs = {"2 push:0 | pop:0 | pop_oldest:0", "2 push:0 push:0 | pop:0 pop:0 | pop_oldest:0",
                       "2 push:0 push:0 | push:0 pop:0 | pop_oldest:0",
                       "2 push:0 push:0 | pop:0 | pop_oldest:0 | pop_oldest:0",
                       "4 push:0 push:0 push:0 | pop:0 take_half:0 | steal_half:0:1",
                       "2 | push:0 | pop_oldest:0 pop_oldest:0", "2 | push:0 push:0 pop:0 | pop_oldest:0"},
          .run = &perform<E, LocalDriver<E, queue::ChaseLev<E>>>,
          .judge = &judge_deques};
}

Structure idle_set() {
  return {.name = "idle-set",
          .grammar = {.owner = {Call::announce, Call::retract},
                      .anyone = {Call::claim, Call::claim_any, Call::none},
                      .owned = true},
          .programs = {"4 | announce:0 retract:0 | claim:0", "4 announce:0 | retract:0 | claim_any:0 none:0",
                       "4 announce:0 announce:1 | retract:0 | retract:1 | claim_any:0",
                       "4 announce:0 | claim:0 | claim_any:0 | none:0"},
          .run = &perform<E, IdleDriver<E, IdleSet<E>>>,
          .judge = &judge_idle};
}

}  // namespace

const std::vector<Structure>& structures() {
  static const std::vector<Structure> all{locked_fifo(), lockfree_fifo(), local_ring(),
                                          chase_lev(),   idle_set(),      channel_structure()};
  return all;
}

const Structure& structure_named(std::string_view name) {
  std::string known;
  for (const Structure& structure : structures()) {
    if (structure.name == name) return structure;
    known += fmt::format(" {}", structure.name);
  }
  throw std::invalid_argument(fmt::format("'{}' is not a structure; expected one of{}", name, known));
}

}  // namespace rota::checks::history
