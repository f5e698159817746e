// Marks: what the runtime says about itself while it works. A world that records them has a trace; the real one drops
// them, at no cost.
//
// E::mark(mark, subject, value) takes effect together with the shared access before it: no other thread comes between.
// Subjects are pointers in the code and small numbers in a trace: a task's number names one life, given by Mark::spawn.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace rota {

enum class Mark : std::uint8_t {
  // Tasks. Subject: the task.
  spawn,     // its life begins; the runtime has counted it
  refuse,    // the runtime is shutting down and does not take it: cancel and destroy follow
  enqueue,   // about to go to the policy; value: Origin
  enqueued,  // the policy has what this thread enqueued last; no subject, for the task may be gone
  pick,      // out of the policy by pick(); value: the worker
  steal,     // out of the policy by steal(); value: the worker
  drain,     // out of the policy at shutdown
  resume,    // about to run; value: the worker
  arm,       // opens a suspension; value: its epoch
  retract,   // that suspension is not needed; value: its epoch
  suspend,   // its worker has left it and nobody had woken it; value: the epoch
  notified,  // its worker has left it and found it woken or cancelled already; value: the epoch
  wake,      // a waker was used and won; value: the epoch
  stale,     // a waker was used and lost; value: the epoch
  preempt,   // its quantum is over: it gives way; no subject
  yield,     // gives way; its worker enqueues it
  finish,    // its body returned or threw
  cancel,    // it will not go on: its body is about to be destroyed where it waits, or before it began
  destroy,   // its body was destroyed
  // Workers. Subject: the worker's number as value, none as subject.
  look,      // about to ask the policy: pick or steal
  park,      // about to sleep; value: the worker
  unparked,  // out of its sleep; value: the worker
  leave,     // its thread has ended; value: the worker
  // The reactor. Value: the ticket (slot << 32 | generation).
  submit,    // an op is pending
  complete,  // an op is complete; at once, or by an event
  withdraw,  // an op was cancelled
  collect,   // its result was taken, or it was a timer, reported or complete at once
  poll,      // about to wait for completions
  polled,    // value: how many were reported
  interrupt,
  // The program under test.
  note,      // value: its own
  shutdown,  // about to shut the runtime down
  ended,     // the runtime has shut down
};

inline constexpr std::uint32_t no_subject = ~std::uint32_t{0};

struct TraceEvent {
  Mark mark;
  std::uint8_t thread;    // explored thread; 0 is the one that runs the program
  std::uint32_t subject;  // number of the task's life, in the order of spawns from 0; or no_subject
  std::uint64_t value;
  std::uint32_t step;  // how many shared accesses came before, in this execution
};
using Trace = std::span<const TraceEvent>;

[[nodiscard]] std::string_view to_string(Mark mark) noexcept;

}  // namespace rota
