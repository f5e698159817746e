// View: what a trace has said so far about tasks, workers, threads and the reactor. The one place where marks are given
// a meaning; oracles only compare.
//
// Marks stand at a distance from some deeds. A task is queued from its `enqueue` on, since others may pick it before
// the policy's enqueue returns; it is surely inside only from `enqueued`, and surely inside no longer than until the
// `look` of the thread that picks it. `enqueued` belongs to its thread's last `enqueue`: the task may be far by then,
// and its slot another task's.
// An enqueue of a suspended task without a wake is a cancellation's: the task is picked to be ended.
#pragma once

#include <utility>
#include <vector>

#include "checks/oracle/oracle.hpp"
#include "runtime/told.hpp"
#include "runtime/vocabulary.hpp"

namespace rota::checks {

// A vector that grows at any index and is emptied without freeing.
template <class T> class Flat {
 public:
  T& operator[](std::size_t i) {
    if (i >= items_.size()) [[unlikely]]
      items_.resize(i + 1);
    return items_[i];
  }
  [[nodiscard]] const T& at(std::size_t i) const { return i < items_.size() ? items_[i] : none; }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  void clear() noexcept { items_.clear(); }
  [[nodiscard]] auto begin() const noexcept { return items_.begin(); }
  [[nodiscard]] auto end() const noexcept { return items_.end(); }

 private:
  static constexpr T none{};
  std::vector<T> items_;
};

enum class Stage : std::uint8_t {
  unknown,
  fresh,      // spawned, not yet enqueued
  queued,     // in the policy
  held,       // out of the policy, not yet resumed
  running,    // its body runs, or has stopped and its worker has not said so yet
  left,       // yielded, or found woken or cancelled: its worker must enqueue or end it
  suspended,  // nobody has it
  due,        // woken while suspended: the waker must enqueue it
  ended,      // finished or cancelled
};

struct Life {
  Stage stage = Stage::unknown;
  std::uint8_t thread = 0;    // that holds or runs it
  std::uint8_t producer = 0;  // that enqueued it last
  bool refused = false;       // the runtime did not take it and does not count it
  bool destroyed = false;
  bool inside = false;                          // queued, and the enqueue has returned
  bool open = false;                            // its last suspension was neither won, retracted nor resumed
  bool won = false;                             // its last suspension was won and not yet resumed or retracted
  std::uint64_t epoch = ~std::uint64_t{0};      // of its last suspension
  std::uint64_t won_epoch = ~std::uint64_t{0};  // of its last true wake
  std::uint64_t deadline = 0;                   // it said that it sleeps until then
  Index lost_waker = nowhere;                   // where a waker of the open suspension lost
  Index enqueue = 0;                            // where its last enqueue began
  std::uint32_t enqueue_step = 0;               // the same as a step of the execution, for people
  Index enqueued = nowhere;                     // and ended
  Told told{};                                  // what its author told, when it was enqueued last
  bool behind = false;                          // it yielded by itself, and has not been woken since
  Index arrived = 0, arrival_ended = nowhere;   // its last enqueue that was none of giving way
  std::uint64_t attained = 0;                   // ns that it has run for, where that is accounted

  // A waker may still win this suspension.
  [[nodiscard]] bool wakeable() const noexcept {
    return open && (stage == Stage::running || stage == Stage::suspended);
  }
};

struct Thread {
  std::uint32_t enqueuing = no_subject;  // between enqueue and enqueued
  Index enqueue = 0;                     // where that began
  std::uint32_t running = no_subject;
  std::uint32_t told_stale = no_subject;  // its last mark was `stale` of this task
  bool asking = false;                    // between a look and what came of it
  Index round = nowhere;                  // first look since it had anything to do
  Index empty_round = nowhere;            // where the round began after which it parked
  std::uint64_t deadline = 0;             // of the op that it submits next; 0: not a timer
};

struct Sleeper {  // a worker
  bool parked = false;
  bool left = false;
  std::uint8_t thread = 0;
};

struct OpState {
  enum class State : std::uint8_t { none, pending, complete, over } state = State::none;
  bool at_once = false;  // complete when submitted: never reported
  std::uint32_t generation = 0;
  Index submitted = 0;
  Index completed = 0;
  std::uint64_t deadline = 0;  // 0: not known to be a timer; note_payload: never
};

class View {
 public:
  void reset(const Facts& facts);
  void take_in(const TraceEvent& event);

  [[nodiscard]] const Facts& facts() const noexcept { return facts_; }
  [[nodiscard]] Index now() const noexcept { return now_; }  // of the next event
  [[nodiscard]] const Life& life(std::uint32_t task) const { return lives_.at(task); }
  [[nodiscard]] const Flat<Life>& lives() const noexcept { return lives_; }
  [[nodiscard]] const Thread& thread(std::uint8_t id) const { return threads_.at(id); }
  [[nodiscard]] std::size_t threads() const noexcept { return threads_.size(); }
  [[nodiscard]] const Flat<OpState>& ops() const noexcept { return ops_; }
  [[nodiscard]] const OpState& op(std::uint64_t ticket) const { return ops_.at(slot_of(ticket)); }

  // The task that is surely inside the policy once this `enqueued` is taken in; no_subject if it has gone on already.
  [[nodiscard]] std::uint32_t arriving(const TraceEvent& enqueued) const;
  // The first task that is surely inside; no_subject if none.
  [[nodiscard]] std::uint32_t resident() const;
  [[nodiscard]] unsigned parked() const noexcept { return parked_; }
  [[nodiscard]] bool all_left() const noexcept { return left_ == facts_.workers; }
  [[nodiscard]] const Sleeper& worker(std::size_t id) const { return workers_.at(id); }

  bool shutdown = false, ended = false;
  unsigned polling = 0;         // threads between poll and polled
  Index poll = nowhere;         // where the last poll began
  Index polled = nowhere;       // the last end of a poll
  Index reported = nowhere;     // the last end of a poll that reported anything
  Index interrupted = nowhere;  // the last interrupt
  std::uint64_t completions = 0, reports = 0;

  static constexpr std::size_t slot_of(std::uint64_t ticket) { return (ticket >> 32) & 0xffff; }
  static constexpr std::uint32_t generation_of(std::uint64_t ticket) { return static_cast<std::uint32_t>(ticket); }

 private:
  void by_group(const TraceEvent& event, Thread& thread);
  void of_task(const TraceEvent& event, Life& life, Thread& thread);
  void of_waker(const TraceEvent& event, Life& life, Thread& thread);
  void of_policy(const TraceEvent& event, Life& life, Thread& thread);
  void arrive(Life& life, Origin origin) const;
  void of_worker(const TraceEvent& event, Thread& thread);
  void of_reactor(const TraceEvent& event, Thread& thread);
  void of_program(const TraceEvent& event, Thread& thread);

  Facts facts_;
  Index now_ = 0;
  unsigned parked_ = 0, left_ = 0;
  Flat<Life> lives_;
  Flat<Thread> threads_;
  Flat<Sleeper> workers_;
  Flat<OpState> ops_;
};

}  // namespace rota::checks
