// The table of ids. A lint compares it with docs/invariants.md, word by word.
#include "checks/oracle/ids.hpp"

#include <algorithm>
#include <array>

namespace rota::checks {

namespace {
constexpr std::array table{
    Invariant{"T1", "a Runnable exists iff its task is scheduled, at most one", ""},
    Invariant{"T2", "a task runs on at most one worker at a time", ""},
    Invariant{"T3", "spawned = finished + cancelled + live, at all times; a body is destroyed exactly once", ""},
    Invariant{"W1", "each true wake is followed by exactly one resume of that epoch, unless the task is cancelled", ""},
    Invariant{"W2", "per epoch at most one true wake, however many are called", ""},
    Invariant{"W3",
              "stale and repeated wakes return false and cause no event, also after completion, cancellation and "
              "shutdown",
              ""},
    Invariant{"W4", "a suspended task resumes only after a true wake of its epoch", ""},
    Invariant{"W5", "what was written before a true wake is visible after the resume",
              "what a program's tasks read after a resume, and races on their cells"},
    Invariant{"W6", "a task woken while it still runs is not enqueued before its worker commits", ""},
    Invariant{"F1", "a forked part runs exactly once before its join returns, which sees what it wrote",
              "what a program's parts count, and races on their cells"},
    Invariant{"P1",
              "enqueued = picked + stolen + drained + resident: stealing, overflow and shutdown neither lose nor "
              "double",
              ""},
    Invariant{"P2", "work conservation, if declared: no worker sleeps while it could obtain a task", ""},
    Invariant{"P3", "no lost wake-up: a live runnable task implies a worker that is not parked", ""},
    Invariant{"P4", "starvation bound, if declared", ""},
    Invariant{"P5", "order, if declared", ""},
    Invariant{"P6", "shutdown ends, from any state, with remote spawns and wakes still arriving", ""},
    Invariant{"P7", "determinism, if declared: the same inputs give the same picks",
              "running the same schedule twice and comparing the traces"},
    Invariant{"P8", "no false sharing between objects not declared shared", "tests of memory layout"},
    Invariant{
        "P9",
        "shares, if declared: groups that wait without a break are served by their weights, but for a lag of a few "
        "runs",
        ""},
    Invariant{"P10", "workers kept for a class, if declared, run no task outside it", ""},
    Invariant{"R1", "each accepted submit completes or is cancelled exactly once", ""},
    Invariant{"R2", "interrupt ends the current or the next poll", ""},
    Invariant{"R3", "timers never early, never lost, equal deadlines in order of submission, whatever the distance",
              ""},
    Invariant{"R4",
              "while anyone is parked and events are pending, somebody owns the reactor; an earlier timer shortens its "
              "sleep",
              ""},
};
}  // namespace

std::span<const Invariant> invariants() noexcept { return table; }

const Invariant* find_invariant(std::string_view id) noexcept {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [id](const Invariant& invariant) { return invariant.id == id; });
  return found == table.end() ? nullptr : found;
}

}  // namespace rota::checks
