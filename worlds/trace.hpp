// Marks: what the runtime says about itself while it works. A world that records them has a trace; the real one drops
// them, at no cost.
//
// E::mark(mark, subject, value) takes effect together with the shared access before it: no other thread comes between.
// Subjects are pointers in the code and small numbers in a trace: a task's number names one life, given by Mark::spawn.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace rota {

enum class Mark : std::uint8_t {
  // Tasks. Subject: the task.
  spawn,     // its life begins; the runtime has counted it
  refuse,    // the runtime is shutting down and does not take it: cancel and destroy follow
  told,      // what its author told, before it goes to the policy; value: as its runtime packs it. In traced worlds
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
  used,      // it stopped, after a run of so many nanoseconds; under a policy that accounts
  preempt,   // it was asked to give way and does; no subject
  yield,     // gives way; its worker enqueues it
  finish,    // its body returned or threw
  cancel,    // it will not go on: its body is about to be destroyed where it waits, or before it began
  destroy,   // its body was destroyed
  // Workers. Value: the worker; no subject.
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

// Of what a mark speaks.
enum class MarkGroup : std::uint8_t { task, worker, reactor, program };

struct MarkFacts {
  Mark mark;
  std::string_view name;
  MarkGroup group;
  // Stands for instructions beside the shared accesses: a simulated machine charges a cost of that name, and only for
  // these (simulated/costs.hpp).
  bool spends_time = false;
};

// In the order of Mark.
inline constexpr std::array all_marks{
    MarkFacts{Mark::spawn, "spawn", MarkGroup::task, true},
    MarkFacts{Mark::refuse, "refuse", MarkGroup::task},
    MarkFacts{Mark::told, "told", MarkGroup::task},
    MarkFacts{Mark::enqueue, "enqueue", MarkGroup::task},
    MarkFacts{Mark::enqueued, "enqueued", MarkGroup::task},
    MarkFacts{Mark::pick, "pick", MarkGroup::task},
    MarkFacts{Mark::steal, "steal", MarkGroup::task},
    MarkFacts{Mark::drain, "drain", MarkGroup::task},
    MarkFacts{Mark::resume, "resume", MarkGroup::task, true},
    MarkFacts{Mark::arm, "arm", MarkGroup::task},
    MarkFacts{Mark::retract, "retract", MarkGroup::task},
    MarkFacts{Mark::suspend, "suspend", MarkGroup::task},
    MarkFacts{Mark::notified, "notified", MarkGroup::task},
    MarkFacts{Mark::wake, "wake", MarkGroup::task},
    MarkFacts{Mark::stale, "stale", MarkGroup::task},
    MarkFacts{Mark::used, "used", MarkGroup::task},
    MarkFacts{Mark::preempt, "preempt", MarkGroup::task, true},
    MarkFacts{Mark::yield, "yield", MarkGroup::task},
    MarkFacts{Mark::finish, "finish", MarkGroup::task},
    MarkFacts{Mark::cancel, "cancel", MarkGroup::task},
    MarkFacts{Mark::destroy, "destroy", MarkGroup::task},
    MarkFacts{Mark::look, "look", MarkGroup::worker, true},
    MarkFacts{Mark::park, "park", MarkGroup::worker},
    MarkFacts{Mark::unparked, "unparked", MarkGroup::worker},
    MarkFacts{Mark::leave, "leave", MarkGroup::worker},
    MarkFacts{Mark::submit, "submit", MarkGroup::reactor},
    MarkFacts{Mark::complete, "complete", MarkGroup::reactor},
    MarkFacts{Mark::withdraw, "withdraw", MarkGroup::reactor},
    MarkFacts{Mark::collect, "collect", MarkGroup::reactor},
    MarkFacts{Mark::poll, "poll", MarkGroup::reactor},
    MarkFacts{Mark::polled, "polled", MarkGroup::reactor},
    MarkFacts{Mark::interrupt, "interrupt", MarkGroup::reactor},
    MarkFacts{Mark::note, "note", MarkGroup::program},
    MarkFacts{Mark::shutdown, "shutdown", MarkGroup::program},
    MarkFacts{Mark::ended, "ended", MarkGroup::program},
};
[[nodiscard]] constexpr const MarkFacts& facts_of(Mark mark) noexcept {
  return all_marks[static_cast<std::size_t>(mark)];
}
static_assert([] {
  for (std::size_t i = 0; i < all_marks.size(); ++i) {
    if (all_marks[i].mark != static_cast<Mark>(i)) return false;
  }
  return all_marks.back().mark == Mark::ended;
}());

[[nodiscard]] constexpr std::string_view to_string(Mark mark) noexcept { return facts_of(mark).name; }
[[nodiscard]] constexpr MarkGroup group_of(Mark mark) noexcept { return facts_of(mark).group; }

inline constexpr std::uint32_t no_subject = ~std::uint32_t{0};

struct TraceEvent {
  Mark mark;
  std::uint8_t thread;    // explored thread; 0 is the one that runs the program
  std::uint32_t subject;  // number of the task's life, in the order of spawns from 0; or no_subject
  std::uint64_t value;
  std::uint32_t step;  // how many shared accesses came before, in this execution
};
using Trace = std::span<const TraceEvent>;

}  // namespace rota
