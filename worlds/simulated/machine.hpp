// Machine: a simulated computer. Simulated threads on fibers, each with a time of its own; whoever has the least time
// runs, and of equals who was queued first.
//
// Order    Atomic accesses, fences, locks, park and unpark take effect in the order of time: before one, everybody with
//          less time goes first. Plain cells are charged and no more: something else protects them, so their order
//          among threads is settled by that. Every value is the newest: weak memory is the explored world's business.
// Place    A thread stands on a processing unit of its own or, without ThreadOptions::place, outside of the machine,
//          far from everything (the main program, a generator of load).
// Stacks   What lies on a stack, or is static, is always a hit: where it lies is the compiler's choice. What threads
//          share belongs in memory, as tasks' frames and all that operator new gives are.
// Hash     Every mark goes into the trace hash with its thread, its time and the number of its task's life, and nothing
//          that an address or a compiler decides: one definition gives one hash (P7).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "worlds/continuation.hpp"
#include "worlds/simulated/lines.hpp"
#include "worlds/simulated/memory.hpp"
#include "worlds/simulated/turns.hpp"
#include "worlds/time.hpp"
#include "worlds/trace.hpp"

namespace rota::simulated {

// Where a thread's time went. Every picosecond is in one of them: together they are the time since it began.
struct Spent {
  Ps work = 0;       // declared work, as long as it is at home and at speed 1
  Ps away = 0;       // what declared work took longer, away from home or on a slower unit
  Ps runtime = 0;    // all other time in which it had something to do, line accesses up to its own node included
  Ps searching = 0;  // looking for a task that it did not get: from the look that failed to the pick, the steal or park
  Ps idle = 0;       // parked, and on the way there and back
  Ps line_wait = 0;  // waiting for a line that was on its way to another, or for a mutex
  Ps far_line = 0;   // fetching lines from other nodes
  Spent& operator+=(const Spent& other);
  Spent& operator-=(const Spent& other);
  [[nodiscard]] Ps total() const { return work + away + runtime + searching + idle + line_wait + far_line; }
};

struct Lock {
  bool taken = false;
  int first = -1, last = -1;  // of those who wait, in the order in which they came
};
struct Token {
  bool set = false, elsewhere = false;
  int sleeper = -1;
};

class Machine {
 public:
  explicit Machine(const Model& model);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Runs the program as a thread outside of the machine, until it ends. Once. No exception may leave the program.
  // Throws std::logic_error, which says who waits for what, if nobody can go on.
  void run(const std::function<void()>& program);

  // By the threads of the machine (world.hpp).
  void access(const void* address, Access access) {  // atomic
    let_earlier_run();
    touch(address, access);
  }
  void touch(const void* address, Access access);  // plain
  void fence();
  void lock(Lock& lock);
  bool try_lock(Lock& lock);
  void unlock(Lock& lock);
  bool park(Token& token, TimePoint deadline);
  bool unpark(Token& token);
  bool begin_wait_elsewhere(Token& token);
  bool end_wait_elsewhere(Token& token);
  unsigned spawn(const std::string& name, int unit, void (*body)(void*), void* argument);
  void join(unsigned thread);
  // Costs a little, and lets also those go first who have the same time. Where it costs nothing, a thread that has
  // relaxed many times at one moment is taken to wait for somebody later, and its time goes on to theirs.
  void relax();
  void charge(Cost cost);
  [[nodiscard]] NodeId node() const;
  [[nodiscard]] TimePoint now();
  void mark(Mark mark, const void* subject, std::uint64_t value);
  [[nodiscard]] void* pages(std::size_t bytes, std::size_t alignment);
  [[nodiscard]] void*& context();
  [[nodiscard]] void*& global(const void* kind);

  // By anybody.
  // Of the threads that stand on units, since the machine began: the caller takes differences. The sleep that a thread
  // is in is booked when it ends.
  [[nodiscard]] Spent spent() const;
  [[nodiscard]] Spent spent(unsigned thread) const;
  [[nodiscard]] Ps elapsed(unsigned thread) const;  // its time since it began
  // Tasks stolen: [thief's node * nodes + node of the worker that enqueued the task last]. Tasks that were enqueued
  // from outside are not counted.
  [[nodiscard]] const std::vector<std::uint64_t>& steals() const noexcept { return steals_; }
  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_; }
  [[nodiscard]] std::size_t threads() const { return threads_.size(); }
  [[nodiscard]] std::uint64_t accesses() const noexcept { return accesses_; }
  [[nodiscard]] std::uint64_t trace_hash() const noexcept { return hash_; }

 private:
  struct Thread;
  struct TaskNote {
    std::uint32_t number;           // of the life that the slot's task leads, from 1
    std::uint32_t enqueued_by = 0;  // node + 1; 0: outside, or never
  };

  void let_earlier_run() {
    if (turns_.first_time() < now_) [[unlikely]]
      give_way();
  }
  void give_way();
  void block(const char* on, Ps wake_at = Turns::nobody);      // until somebody queues this thread, or until then
  void sleep(const char* on, Ps Spent::* bucket, Ps wake_at);  // block(), and what it costs to go to sleep
  void run_first();
  Thread& next_turn();
  void jump(Thread& to);
  Continuation& make_current(Thread& to);
  static void begin(Continuation& from);
  [[noreturn]] void leave();

  void spend(Ps time);  // as whatever the thread does now
  void end_look(bool found);
  void note_task(Mark mark, TaskNote& note);
  [[nodiscard]] TaskNote& note_of(const void* task);
  [[nodiscard]] std::string who_waits() const;
  void mix(std::uint64_t word) noexcept {
    hash_ = (hash_ ^ word) * 0x9e3779b97f4a7c15U;
    hash_ ^= hash_ >> 32;
  }

  const Model model_;
  const Distances distances_;
  const Lines rules_;
  const std::size_t nodes_;
  std::vector<Ps> slowness_;       // of each unit: thousandths of the time that declared work takes at speed 1
  std::vector<unsigned> package_;  // of each node
  Ps away_package_, away_remote_;  // thousandths

  Line* lines_ = nullptr;      // of Memory, by offset / 64
  TaskNote* notes_ = nullptr;  // likewise
  std::vector<std::unique_ptr<Thread>> threads_;
  Turns turns_;
  Thread* current_ = nullptr;
  Ps now_ = 0;  // of the current thread
  Continuation host_;
  bool stuck_ = false;
  std::vector<std::uint64_t> steals_;
  std::uint64_t accesses_ = 0, hash_ = 1;
  std::uint32_t tasks_ = 0;
  std::vector<std::pair<const void*, void*>> globals_;
};

namespace current {
inline Machine* machine = nullptr;
}
// The machine whose program runs now. One thread of the operating system simulates at a time.
[[nodiscard]] inline Machine& machine() noexcept { return *current::machine; }

}  // namespace rota::simulated
