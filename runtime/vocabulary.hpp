// The words that a policy and the runtime exchange. schedulers/policy.hpp, the page to read first, explains their use.
#pragma once

#include <cstdint>

#include "worlds/time.hpp"

namespace rota {

using WorkerId = std::uint32_t;

// Why a task became runnable.
enum class Origin : std::uint8_t {
  spawn,    // it is new
  wake,     // a waker ended its suspension
  yield,    // it gave way; the worker that ran it enqueues it
  reactor,  // its input or output completed
  timer,    // its deadline passed
};

// Why a worker stopped running a task.
enum class StopReason : std::uint8_t { yielded, suspended, finished, cancelled };

// What the author of a task knows about it, for policies that ask (Runnable::urgency()). The task, or who spawned it,
// owns it and may change it while the task runs; policies read it while they hold the Runnable. Policies that look at
// `remaining` are clairvoyant: no real system knows it.
struct Urgency {
  Duration remaining{0};       // work that is left
  TimePoint deadline = never;  // when it should have ended
  std::uint32_t priority = 0;  // smaller is more urgent
};

struct EnqueueInfo {
  Origin origin;
};

// What after_run() may know of the task that just ran. An identity, not an access: the task may be gone.
struct TaskView {
  const void* identity;
};

// Whom enqueue() wants awake. The policy says it, the runtime does it: it picks an idle worker and unparks it.
class [[nodiscard]] WakeHint {
 public:
  enum class Kind : std::uint8_t { none, any, near, exactly, all };

  static constexpr WakeHint none() { return {Kind::none, 0}; }            // nobody: the enqueuing worker will see it
  static constexpr WakeHint any() { return {Kind::any, 0}; }              // one idle worker, unless one is searching
  static constexpr WakeHint near(WorkerId w) { return {Kind::near, w}; }  // as any, the closest idle one to w first
  static constexpr WakeHint exactly(WorkerId w) { return {Kind::exactly, w}; }  // w, if it is idle: only w can run it
  static constexpr WakeHint all() { return {Kind::all, 0}; }                    // every idle worker

  [[nodiscard]] constexpr Kind kind() const { return kind_; }
  [[nodiscard]] constexpr WorkerId worker() const { return worker_; }
  friend constexpr bool operator==(WakeHint, WakeHint) = default;

 private:
  constexpr WakeHint(Kind kind, WorkerId worker) : kind_(kind), worker_(worker) {}
  Kind kind_;
  WorkerId worker_;
};

}  // namespace rota
