// Machine: explored threads on fibers, one after the other on one thread of the operating system, switched before every
// shared access.
//
// A shared access is: before() it a switch point, where the strategy says who goes on; then its effect, which nobody
// interrupts. A blocked thread is not ready until what it waits for has come. Nobody ready: an end, and if threads are
// still blocked, a deadlock.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "worlds/continuation.hpp"
#include "worlds/exception_state.hpp"
#include "worlds/explored/execution.hpp"
#include "worlds/explored/memory.hpp"
#include "worlds/explored/site.hpp"
#include "worlds/explored/strategy.hpp"
#include "worlds/time.hpp"

namespace rota::explored {

// What blocks, or is woken. Each lies in an object of the world.
struct Lock {
  static constexpr ThreadId nobody = 0xff;
  ThreadId owner = nobody;
  Views views;
};
struct Token {
  bool set = false;
  bool elsewhere = false;
  Views views;
};
struct Plain {  // the accesses to a cell, for races
  std::uint32_t written = 0;
  ThreadId writer = 0;
  Clock reads;
};

class Machine {
 public:
  Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  struct Run {
    bool failed = false, pruned = false;
    std::string id, sentence;
  };
  // One execution. Returns when the program has ended or the execution was abandoned.
  Run execute(const std::function<void()>& program, Strategy& strategy, Observer* observer, const Options& options);

  // The world's operations; called on an explored thread.
  std::uint64_t load(const Location& location, Order order, Site site);
  void store(Location& location, std::uint64_t value, Order order, Site site);
  template <class F> std::uint64_t update(Location& location, Order order, Site site, AccessKind kind, F change) {
    Record& from = begin_update(location, nullptr, site);
    const std::uint64_t before = from.value;
    end_update(from, location, change(before), order_at(site, kind, order), kind);
    return before;
  }
  bool compare_exchange(Location& location, std::uint64_t& expected, std::uint64_t desired, Order success,
                        Order failure, Site site);
  void full_fence(Site site);
  void read(Plain& plain);
  void write(Plain& plain);
  void lock(Lock& lock, Site site);
  bool try_lock(Lock& lock, Site site);
  void unlock(Lock& lock);
  bool park(Token& token, TimePoint deadline, Site site);
  bool unpark(Token& token, Site site);
  bool begin_wait_elsewhere(Token& token, Site site);
  bool end_wait_elsewhere(Token& token, Site site);
  ThreadId spawn(const std::string& name, void (*body)(void*), void* argument);
  void join(ThreadId thread, Site site);
  TimePoint now(Site site);
  void relax(Site site);
  void quiesce();
  void mark(Mark mark, const void* subject, std::uint64_t value);
  [[noreturn]] void fail(std::string id, std::string sentence);
  // The same by the observer, once the program has ended. Returns; the first failure counts.
  void fail_at_end(const std::string& id, const std::string& sentence);

  [[nodiscard]] void* context() const noexcept { return current_->context; }
  void set_context(void* pointer) noexcept { current_->context = pointer; }
  // One object of a kind for each execution; null if it was not made yet.
  void*& global(const void* kind);

  [[nodiscard]] bool active() const noexcept { return current_ != nullptr; }
  [[nodiscard]] const HostVector<TraceEvent>& trace() const noexcept { return trace_; }
  [[nodiscard]] const HostVector<Step>& steps() const noexcept { return steps_; }
  [[nodiscard]] std::vector<std::string> thread_names() const;
  [[nodiscard]] const ScheduleText& schedule() const noexcept { return schedule_; }
  [[nodiscard]] const HostVector<AccessSite>& sites() const noexcept { return sites_; }
  void forget_sites() noexcept { sites_.clear(); }
  [[nodiscard]] std::uint64_t hash() const noexcept { return hash_; }
  [[nodiscard]] std::uint32_t step_count() const noexcept { return step_; }

 private:
  enum class Wait : std::uint8_t { none, lock, token, thread, change, quiescence, done };
  struct Thread {
    ThreadId id = 0;
    Wait wait = Wait::none;
    bool timed_out = false;
    const void* waits_for = nullptr;
    TimePoint deadline = never;
    Knowledge knowledge;
    void* context = nullptr;
    void (*body)(void*) = nullptr;
    void* argument = nullptr;
    ExceptionState exceptions;  // while it does not run
    Site site{};
    char name[24] = {};
    Stack stack;
    Continuation code;
  };

  void before(const void* object, bool writes, Site site);  // the switch point
  void pass(Site site);
  void after(bool writes);
  // A switch point that passes only once it is ready: now, or when wake() says so.
  void before_wait(Wait wait, const void* what, bool ready, Site site, const void* also = nullptr);
  void wake(Wait wait, const void* what);
  unsigned choose_thread();
  void switch_to(unsigned thread);
  Continuation& make_current(unsigned thread);
  void advance_clock();
  void arm_clock();
  [[nodiscard]] TimePoint next_deadline() const;
  void stuck();
  [[noreturn]] void leave();
  static void begin_thread(Continuation& from);
  unsigned choose_value(unsigned options);
  Record& begin_update(Location& location, const std::uint64_t* expected, Site site);
  void end_update(Record& from, Location& location, std::uint64_t value, Order order, AccessKind kind);
  // The order that takes effect there: as written, or weakened; and notes the place, if asked for.
  Order order_at(Site site, AccessKind kind, Order order);
  void show(AccessKind kind, Order order, std::uint64_t value, bool stale);
  [[nodiscard]] std::string where_everybody_waits() const;
  std::uint32_t number_of(const void* subject, bool new_life);
  void mix(std::uint64_t word) noexcept { hash_ = (hash_ ^ word) * 0x9e3779b97f4a7c15U ^ (hash_ >> 29); }
  [[nodiscard]] static unsigned bit(unsigned thread) noexcept { return 1U << thread; }

  std::array<Thread, max_threads> threads_;
  Continuation host_;
  Thread* current_ = nullptr;
  unsigned count_ = 0;
  unsigned ready_ = 0;
  unsigned spinning_ = 0;   // wait for a change
  unsigned refreshed_ = 0;  // spun with the newest values since the last change
  std::array<Access, thread_slots> pending_{};
  WeakMemory memory_;
  Options options_;
  Strategy* strategy_ = nullptr;
  Observer* observer_ = nullptr;
  const std::function<void()>* program_ = nullptr;
  Run run_;
  bool ending_ = false;
  TimePoint time_{};
  std::uint32_t step_ = 0;
  std::uint64_t hash_ = 0;
  unsigned last_ = 0;  // who took the last step
  ScheduleText schedule_;
  HostVector<TraceEvent> trace_;
  HostVector<Step> steps_;
  HostVector<AccessSite> sites_;
  struct Life {
    const void* subject;
    std::uint32_t number;
  };
  HostVector<Life> lives_;
  std::uint32_t next_life_ = 0;
  struct Global {
    const void* kind;
    void* object;
  };
  std::array<Global, 8> globals_{};
  unsigned global_count_ = 0;
  ExceptionState* exceptions_ = nullptr;  // of this thread of the system
};

// The machine whose explored threads this thread of the operating system runs.
[[nodiscard]] Machine& machine() noexcept;

}  // namespace rota::explored
