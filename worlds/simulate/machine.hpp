// Machine: a simulated computer. Virtual threads on fibers, each on a processing unit with a time of its own; whoever
// has the least time runs, and of equals the one with the lowest number.
//
// A shared access first lets everybody with less time go first, then takes effect on the newest value and is charged
// (lines.hpp). So accesses take effect in the order of time, and one definition gives one execution (P7).
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "worlds/simulate/lines.hpp"
#include "worlds/stack_context.hpp"
#include "worlds/time.hpp"
#include "worlds/trace.hpp"

namespace rota::simulate {

// Where a thread's time went.
struct Spent {
  Ps work = 0, hits = 0, transfers = 0, waited = 0, fences = 0, parked = 0, spinning = 0;
};

struct Lock {
  bool taken = false;
  std::vector<unsigned> waiters;
};
struct Token {
  bool set = false, elsewhere = false;
  int sleeper = -1;
};

class Machine {
 public:
  Machine(const Topology& topology, const Costs& costs);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Runs the program as a thread that stands nowhere, until it ends. Throws std::logic_error if nobody can go on.
  void run(const std::function<void()>& program);

  void access(const void* address, Access access);
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
  void relax();
  void charge(Duration work);
  [[nodiscard]] TimePoint now() const;
  void mark(Mark mark, const void* subject, std::uint64_t value);
  [[nodiscard]] void*& context();
  [[nodiscard]] void*& global(const void* kind);

  [[nodiscard]] const Spent& spent(unsigned thread) const;
  [[nodiscard]] std::size_t threads() const { return threads_.size(); }
  [[nodiscard]] std::uint64_t accesses() const noexcept { return accesses_; }
  [[nodiscard]] std::uint64_t trace_hash() const noexcept { return hash_; }

 private:
  struct Thread;
  struct Turn {
    Ps time;
    unsigned thread;
    std::uint64_t ticket;  // stale if the thread has another by now
    friend bool operator>(const Turn& a, const Turn& b) {
      return a.time != b.time ? a.time > b.time : a.thread > b.thread;
    }
  };

  void let_earlier_run();
  void queue(Thread& thread, Ps time);
  void block();  // until somebody queues this thread
  void switch_to_next();
  void jump(Thread& to);
  void mix(std::uint64_t word) noexcept { hash_ = (hash_ ^ word) * 0x9e3779b97f4a7c15U ^ (hash_ >> 29); }
  static void begin(boost::context::detail::transfer_t from);
  [[nodiscard]] Line& line_of(const void* address);

  const Distances distances_;
  const Costs costs_;
  const Lines rules_;
  Line* lines_ = nullptr;
  std::vector<std::unique_ptr<Thread>> threads_;
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
  Thread* current_ = nullptr;
  boost::context::detail::fcontext_t host_ = nullptr;
  bool stuck_ = false;
  std::uint64_t accesses_ = 0, tickets_ = 0, hash_ = 1;
  std::vector<std::pair<const void*, void*>> globals_;
};

// The machine that runs on this thread of the system.
[[nodiscard]] Machine& machine() noexcept;

}  // namespace rota::simulate
