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
  reactor,  // its input or output completed
  timer,    // its deadline passed
  yield,    // it gave way by itself; the worker that ran it enqueues it
  preempt,  // it was asked to give way (runtime/checkpoint.hpp); the worker that ran it enqueues it
};

// Why a worker stopped running a task.
enum class StopReason : std::uint8_t { yielded, preempted, suspended, finished, cancelled };

// What the author of a task knows about it, for policies that ask (attributes_of(), runtime/job.hpp). The task, or who
// spawned it, owns it and may change it while the task runs; policies read it while they hold the Runnable. Policies
// that look at `remaining` are clairvoyant: no real system knows it.
struct Attributes {
  Duration remaining{0};       // work that is left
  TimePoint deadline = never;  // when it should have ended
  std::uint32_t priority = 0;  // smaller is more urgent
  std::uint32_t weight = 1;    // of its share: twice the weight, twice the service; 0 counts as 1
  std::uint32_t group = 0;     // with whom it shares: a tenant, a user, a query
  NodeId home = anywhere;      // where the data lies that it works on
};

struct EnqueueInfo {
  Origin origin;
  // The task gave way, whether by itself or asked: the worker that enqueues it comes by next.
  [[nodiscard]] constexpr bool gave_way() const noexcept { return origin >= Origin::yield; }
};

// What after_run() may know of the task that just ran. An identity, not an access: the task may be gone.
struct TaskView {
  const void* identity;
};

// A set of workers that a policy made when it was constructed (WorkerSet, runtime/worker_set.hpp), by its index.
using SetId = std::uint32_t;

// Whom enqueue() wants awake. The policy says it, the runtime does it: it picks an idle worker and unparks it.
class [[nodiscard]] WakeHint {
 public:
  enum class Kind : std::uint8_t { none, any, near, exactly, among, preempt, all };

  static constexpr WakeHint none() { return {Kind::none, 0}; }            // nobody: the enqueuing worker will see it
  static constexpr WakeHint any() { return {Kind::any, 0}; }              // one idle worker, unless one is searching
  static constexpr WakeHint near(WorkerId w) { return {Kind::near, w}; }  // as any, the closest idle one to w first
  static constexpr WakeHint exactly(WorkerId w) { return {Kind::exactly, w}; }  // w, if it is idle: only w can run it
  // One idle worker of that set, whoever searches: only they can run it. The policy's wake_sets() has the sets.
  static constexpr WakeHint among(SetId set) { return {Kind::among, set}; }
  // As any; if nobody is idle and nobody searches, the task that runs on w is asked to give way.
  static constexpr WakeHint preempt(WorkerId w) { return {Kind::preempt, w}; }
  static constexpr WakeHint all() { return {Kind::all, 0}; }  // every idle worker

  [[nodiscard]] constexpr Kind kind() const { return kind_; }
  [[nodiscard]] constexpr WorkerId worker() const { return number_; }
  [[nodiscard]] constexpr SetId set() const { return number_; }
  friend constexpr bool operator==(WakeHint, WakeHint) = default;

 private:
  constexpr WakeHint(Kind kind, std::uint32_t number) : kind_(kind), number_(number) {}
  Kind kind_;
  std::uint32_t number_;  // of a worker or a set
};

}  // namespace rota
