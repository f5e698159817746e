// Program: what a runtime is made to do in one conformance check, small enough to explore. Tasks are lists of steps;
// one thread that is not a worker has steps too; main starts all of it and brings it to an end (interpreter.hpp).
//
// Text form, one word that a shell leaves alone:   w2:t0=s1,u,y:t1=k0,z3:out=k1
//   program  "w" workers, then ":" and a part, again and again
//   parts    "early"      the runtime is shut down while all of it is still going on
//            "r7"         seed of the workers' random streams, and of the policy's choices among its variants
//                         (interpreter.hpp); 1, without variants, if it is not there
//            "t0=…"       the steps of task 0, with commas between; t1, t2 … follow in order, each may be empty
//            "t0@r5p1=…"  the same of a task whose author told: r remaining us, d deadline us, p priority, w weight,
//                         g group, n home node; "t0f=…", "t0f@r5=…" is a fiber
//            "out=…"      the steps of the outside thread; not there if it has none
//   steps    s1  spawn task 1                        u   suspend until woken
//            q2  work for 2 us, as the policy cuts it  p   checkpoint
//            k1  wake task 1                         y   yield
//            kk1 wake it twice, by the same waker    z3  sleep 3 us
//            ko1 wake it by an older, stale waker    i   await an op of the reactor
//            x1  cancel task 1                       c   complete the op that has been pending longest
//            h1  keep the worker until task 1 has ended
//
// Rules, so that a program cannot go wrong by itself (problem() checks them)
//   A task is spawned by at most one step, of an earlier task or the outside; main spawns all others, in order.
//   Waking a task that does not wait, or cancelling one that was not spawned, does nothing.
//   h1 follows s1 in the same task. Task 1 then has no u, i and h (it may sleep), and at most
//   workers - 1 steps of the program keep one: so there is always a worker for it if the policy is work conserving.
//   The outside has only s, k, kk, ko, x and c.
//   What still waits when everything has come to rest is woken, one by one, by main.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rota::checks {

enum class Do : std::uint8_t {
  spawn,
  suspend,
  wake,
  wake_twice,
  wake_older,
  yield,
  sleep,
  cancel,
  hold,
  io,
  complete,
  work,
  checkpoint,
};

struct Step {
  Do what;
  std::uint8_t operand = 0;  // a task, or microseconds; 0 where the step has none
  friend bool operator==(const Step&, const Step&) = default;
};
using Steps = std::vector<Step>;

// What the author of a task tells, small: as runtime/vocabulary.hpp has it, times in microseconds.
struct Telling {
  std::uint8_t remaining = 0, deadline = never, priority = 0, weight = 1, group = 0, home = anywhere;
  static constexpr std::uint8_t never = 0xff, anywhere = 0xff;
  friend bool operator==(const Telling&, const Telling&) = default;
};

// Of a task beside its steps.
struct Kind {
  bool fiber = false;
  std::optional<Telling> told;
  friend bool operator==(const Kind&, const Kind&) = default;
};

struct Program {
  static constexpr unsigned most_workers = 3;
  static constexpr std::size_t most_tasks = 8;
  static constexpr std::size_t most_steps = 12;  // of one task, or the outside

  unsigned workers = 2;
  std::vector<Steps> tasks;
  std::vector<Kind> kinds{};  // of the first tasks; the others are coroutines of which nothing was told
  Steps outside{};
  bool early_shutdown = false;
  std::uint64_t seed = 1;
  friend bool operator==(const Program&, const Program&) = default;

  [[nodiscard]] Kind kind(std::size_t task) const { return task < kinds.size() ? kinds[task] : Kind{}; }
  // No kinds at the end that say nothing, so that equal programs are equal.
  void set_kind(std::size_t task, const Kind& kind);
};

[[nodiscard]] std::string to_text(const Program& program);

// What a text says, or one sentence that tells where it goes wrong.
struct ParsedProgram {
  Program program;
  std::string error;  // empty: good
};
[[nodiscard]] ParsedProgram parse_program(std::string_view text);

// Which rule the program breaks, as one sentence; empty if none.
[[nodiscard]] std::string problem(const Program& program);

// Which rule of the world of one thread it breaks, where the worker is main: one worker, and no outside; empty if none.
[[nodiscard]] std::string problem_in_one_thread(const Program& program);

// Is the step's operand a task?
[[nodiscard]] bool names_task(Do what) noexcept;
// Does any step of the program do this?
[[nodiscard]] bool any_step(const Program& program, Do what) noexcept;
// Does main spawn this task?
[[nodiscard]] bool is_root(const Program& program, std::size_t task) noexcept;
// In words, for people: "wakes task 1".
[[nodiscard]] std::string in_words(Step step);

}  // namespace rota::checks
