// Oracle: a rule of docs/invariants.md as a pure, incremental judge of traces. One for each id that a trace can decide.
//
//   static constexpr std::string_view id;          "W2"
//   static constexpr Marks watches;                which marks it wants to see
//   void reset(const Facts&)                       before an execution, without freeing memory; only if it has state
//   Judgement see(const View&, const TraceEvent&)           an event that is about to happen to the view
//   Judgement at_rest(const View&)                     nobody can go on: told by quiescent_note, or by a deadlock
//   Judgement end(const View&, Ending)                 the execution is over
//
// The view (view.hpp) is what the trace has said so far: it interprets marks in one place, and an oracle adds its rule.
// An execution is stopped at the first violation, so T1, T2, T3, W4 and P1 speak before the wrong thing is done: the
// mark stands before the deed, and nothing undefined has happened yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schedulers/policy.hpp"
#include "worlds/time.hpp"
#include "worlds/trace.hpp"

namespace rota::checks {

using Index = std::uint32_t;  // of an event in its trace
inline constexpr Index nowhere = ~Index{0};

struct Violation {
  std::string_view id;
  std::string sentence;  // what the id states, then what happened
  Index event = 0;       // where it was seen
};
using Judgement = std::optional<Violation>;

// How an execution ended: its program returned, nobody can go on, or it took more steps than it may.
enum class Ending : std::uint8_t { returned, deadlock, endless };

// What an oracle must know besides the trace.
struct Facts {
  unsigned workers = 1;
  Guarantees guarantees{};   // what the policy promises: P2, P4 and P5 are judged by it
  bool stale_reads = false;  // relaxed memory: a load may miss a store that nothing orders before it
};

// What the program under test says by Mark::note. The highest byte says which; its own notes leave that 0.
inline constexpr unsigned note_shift = 56;
inline constexpr std::uint64_t note_payload = (std::uint64_t{1} << note_shift) - 1;

// Nobody else can go on now. By the thread that waited for it.
inline constexpr std::uint64_t quiescent_note = std::uint64_t{1} << note_shift;
// By a task: the next op that it submits is a timer with this deadline (R3, R4).
[[nodiscard]] constexpr std::uint64_t deadline_note(TimePoint deadline) noexcept {
  const auto count = static_cast<std::uint64_t>(deadline.time_since_epoch().count());
  return (std::uint64_t{2} << note_shift) | (deadline == never || count > note_payload ? note_payload : count);
}
// By a task that has slept: what the clock shows now.
[[nodiscard]] constexpr std::uint64_t awake_note(TimePoint now) noexcept {
  return (std::uint64_t{3} << note_shift) | (static_cast<std::uint64_t>(now.time_since_epoch().count()) & note_payload);
}

// A set of marks.
struct Marks {
  std::uint64_t bits = 0;
  template <class... M> static constexpr Marks of(M... marks) {
    return {((std::uint64_t{1} << static_cast<unsigned>(marks)) | ... | 0)};
  }
  [[nodiscard]] constexpr bool contains(Mark mark) const { return (bits >> static_cast<unsigned>(mark) & 1) != 0; }
};

// The first violation of a trace, if any. Of several at one event the most telling id speaks, in the order of
// oracles.cpp. The trace of an execution that did not return needs its ending: only then what never came is missed.
[[nodiscard]] Judgement judge(Trace trace, const Facts& facts, Ending ending = Ending::returned);

}  // namespace rota::checks
