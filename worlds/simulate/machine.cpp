// The simulated computer.
#include "worlds/simulate/machine.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <stdexcept>

#include "worlds/virtual/arena.hpp"

namespace rota::simulate {

namespace fcontext = boost::context::detail;
using explore::Arena;
using explore::OutsideArena;

namespace {

constexpr std::size_t stack_bytes = 64 * 1024;
constexpr std::size_t line_count = Arena::size / 64;
Machine* running = nullptr;

}  // namespace

Machine& machine() noexcept { return *running; }

struct Machine::Thread {
  fcontext::fcontext_t inside = nullptr;
  unsigned id = 0, unit = 0;
  Ps time = 0;
  std::uint64_t ticket = 0;  // of its turn in the queue; 0: it has none
  bool ended = false, timed_out = false;
  int joiner = -1;
  void* context = nullptr;
  void (*body)(void*) = nullptr;
  void* argument = nullptr;
  Spent spent;
  Stack stack;
};

Machine::Machine(const Topology& topology, const Costs& costs)
    : distances_(topology), costs_(costs), rules_(distances_, costs_) {
  Arena::reserve();
  void* const memory = mmap(nullptr, line_count * sizeof(Line), PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  lines_ = static_cast<Line*>(memory);  // zeroed pages are lines that nobody knows
}

Machine::~Machine() { munmap(lines_, line_count * sizeof(Line)); }

void Machine::run(const std::function<void()>& program) {
  Arena::reset();
  running = this;
  spawn("main", -1, [](void* p) { (*static_cast<const std::function<void()>*>(p))(); },
        const_cast<std::function<void()>*>(&program));
  const Turn first = turns_.top();
  turns_.pop();
  current_ = threads_[first.thread].get();
  current_->ticket = 0;
  Arena::inside = true;
  host_ = nullptr;
  const auto back = fcontext::jump_fcontext(current_->inside, nullptr);
  (void)back;
  Arena::inside = false;
  running = nullptr;
  if (stuck_) throw std::logic_error("the simulated program cannot go on: every thread waits");
}

unsigned Machine::spawn(const std::string&, int unit, void (*body)(void*), void* argument) {
  const OutsideArena outside;
  auto thread = std::make_unique<Thread>();
  thread->id = static_cast<unsigned>(threads_.size());
  thread->unit = unit < 0 ? distances_.nowhere() : static_cast<unsigned>(unit);
  thread->time = current_ != nullptr ? current_->time : 0;
  thread->body = body;
  thread->argument = argument;
  {
    Arena::inside = true;  // what lies on its stack lies on lines
    thread->stack = Stack(stack_bytes);
    Arena::inside = false;
  }
  thread->inside = fcontext::make_fcontext(thread->stack.high(), thread->stack.size(), &Machine::begin);
  queue(*thread, thread->time);
  threads_.push_back(std::move(thread));
  return static_cast<unsigned>(threads_.size() - 1);
}

void Machine::begin(fcontext::transfer_t from) {
  Machine& self = machine();
  if (from.data == nullptr) {
    self.host_ = from.fctx;
  } else {
    static_cast<Thread*>(from.data)->inside = from.fctx;
  }
  Thread& thread = *self.current_;
  thread.body(thread.argument);
  thread.ended = true;
  if (thread.joiner >= 0) {
    Thread& joiner = *self.threads_[static_cast<unsigned>(thread.joiner)];
    self.queue(joiner, std::max(joiner.time, thread.time));
  }
  if (thread.id == 0) fcontext::jump_fcontext(self.host_, nullptr);
  self.switch_to_next();
  __builtin_trap();
}

void Machine::queue(Thread& thread, Ps time) {
  const OutsideArena outside;
  thread.ticket = ++tickets_;
  turns_.push({time, thread.id, thread.ticket});
}

void Machine::let_earlier_run() {
  while (!turns_.empty()) {
    const Turn& first = turns_.top();
    if (threads_[first.thread]->ticket != first.ticket) {
      turns_.pop();
      continue;
    }
    if (Turn{current_->time, current_->id, 0} > first) {
      queue(*current_, current_->time);
      switch_to_next();
    }
    return;
  }
}

void Machine::switch_to_next() {
  for (;;) {
    if (turns_.empty()) {
      stuck_ = true;
      fcontext::jump_fcontext(host_, nullptr);
    }
    const Turn next = turns_.top();
    turns_.pop();
    Thread& thread = *threads_[next.thread];
    if (thread.ticket != next.ticket) continue;
    thread.ticket = 0;
    thread.time = std::max(thread.time, next.time);
    if (&thread != current_) jump(thread);
    return;
  }
}

void Machine::jump(Thread& to) {
  Thread* const from = current_;
  current_ = &to;
  const auto back = fcontext::jump_fcontext(to.inside, from);
  static_cast<Thread*>(back.data)->inside = back.fctx;
}

void Machine::block() { switch_to_next(); }

Line& Machine::line_of(const void* address) { return lines_[(Arena::offset(address) / 64) % line_count]; }

void Machine::access(const void* address, Access access) {
  let_earlier_run();
  ++accesses_;
  const Charge charge = rules_.access(line_of(address), access, current_->unit, current_->time);
  current_->time += charge.waited + charge.cost;
  current_->spent.waited += charge.waited;
  (charge.level == Level::self ? current_->spent.hits : current_->spent.transfers) += charge.cost;
}

void Machine::fence() {
  current_->time += costs_.fence;
  current_->spent.fences += costs_.fence;
}

// A mutex: an update of its line, and waiting in the order of arrival.
void Machine::lock(Lock& lock) {
  access(&lock, Access::update);
  while (lock.taken) {
    {
      const OutsideArena outside;
      lock.waiters.push_back(current_->id);
    }
    block();
    access(&lock, Access::update);
  }
  lock.taken = true;
}

bool Machine::try_lock(Lock& lock) {
  access(&lock, Access::update);
  return !std::exchange(lock.taken, true);
}

void Machine::unlock(Lock& lock) {
  access(&lock, Access::update);
  lock.taken = false;
  if (lock.waiters.empty()) return;
  Thread& next = *threads_[lock.waiters.front()];
  lock.waiters.erase(lock.waiters.begin());
  queue(next, std::max(next.time, current_->time));
}

bool Machine::park(Token& token, TimePoint deadline) {
  access(&token, Access::update);
  const Ps before = current_->time;
  if (!token.set) {
    current_->time += costs_.park;
    token.sleeper = static_cast<int>(current_->id);
    if (deadline != never) queue(*current_, std::max<Ps>(deadline.time_since_epoch().count() * 1000, current_->time));
    block();
    token.sleeper = -1;
  }
  current_->spent.parked += current_->time - before;
  return std::exchange(token.set, false);
}

bool Machine::unpark(Token& token) {
  access(&token, Access::update);
  token.set = true;
  if (token.sleeper >= 0) {
    current_->time += costs_.unpark;
    Thread& sleeper = *threads_[static_cast<unsigned>(token.sleeper)];
    token.sleeper = -1;
    queue(sleeper, std::max(sleeper.time, current_->time + costs_.wake_up));
  }
  return std::exchange(token.elsewhere, false);
}

bool Machine::begin_wait_elsewhere(Token& token) {
  access(&token, Access::update);
  token.elsewhere = !token.set;
  token.set = false;
  return token.elsewhere;
}

bool Machine::end_wait_elsewhere(Token& token) {
  access(&token, Access::update);
  token.elsewhere = false;
  return std::exchange(token.set, false);
}

void Machine::join(unsigned thread) {
  let_earlier_run();
  Thread& other = *threads_[thread];
  if (other.ended) return;
  other.joiner = static_cast<int>(current_->id);
  block();
}

void Machine::relax() {
  current_->time += costs_.pause;
  current_->spent.spinning += costs_.pause;
  let_earlier_run();
}

void Machine::charge(Duration work) {
  current_->time += work.count() * 1000;
  current_->spent.work += work.count() * 1000;
  let_earlier_run();
}

TimePoint Machine::now() const { return TimePoint(Duration(current_->time / 1000)); }

void Machine::mark(Mark mark, const void* subject, std::uint64_t value) {
  mix((static_cast<std::uint64_t>(mark) << 56) ^ (std::uint64_t{current_->id} << 40) ^
      static_cast<std::uint64_t>(current_->time));
  mix(value ^ (subject == nullptr ? 0 : Arena::offset(subject)));
}

void*& Machine::context() { return current_->context; }

void*& Machine::global(const void* kind) {
  const OutsideArena outside;
  for (auto& [known, object] : globals_) {
    if (known == kind) return object;
  }
  globals_.emplace_back(kind, nullptr);
  return globals_.back().second;
}

const Spent& Machine::spent(unsigned thread) const { return threads_[thread]->spent; }

}  // namespace rota::simulate
