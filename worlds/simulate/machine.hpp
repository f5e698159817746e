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

// Where a thread's time went. Every picosecond is in one of them: together they are the time since it began.
struct Spent {
  Ps work = 0;       // declared work, as long as it is at home and at speed 1
  Ps away = 0;       // what declared work took longer, away from home or on a slower unit
  Ps runtime = 0;    // all other time in which it had something to do, line accesses up to its own node included
  Ps searching = 0;  // looking for a task that it did not get: from the look that failed to the pick, the steal or park
  Ps idle = 0;       // parked, and on the way there and back
  Ps line_wait = 0;  // waiting for a line that was on its way to another
  Ps far_line = 0;   // fetching lines from other nodes
  Spent& operator+=(const Spent& other);
  Spent& operator-=(const Spent& other);
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
  explicit Machine(const Model& model);
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
  void charge(Cost cost);
  [[nodiscard]] NodeId node() const;
  [[nodiscard]] TimePoint now() const;
  void mark(Mark mark, const void* subject, std::uint64_t value);
  [[nodiscard]] void*& context();
  [[nodiscard]] void*& global(const void* kind);

  // Of the threads that stand on units, since the machine began: the caller takes differences.
  [[nodiscard]] Spent spent() const;
  [[nodiscard]] Spent spent(unsigned thread) const;
  // Tasks stolen by a unit of one node from a worker of another: [from * nodes + to]. Whose queue it was is told by
  // where the task was enqueued last.
  [[nodiscard]] const std::vector<std::uint64_t>& steals() const noexcept { return steals_; }
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
  std::vector<std::uint64_t> steals_;
  std::uint64_t accesses_ = 0, tickets_ = 0, hash_ = 1;
  std::vector<std::pair<const void*, void*>> globals_;
};

// The machine that runs on this thread of the system.
[[nodiscard]] Machine& machine() noexcept;

}  // namespace rota::simulate
