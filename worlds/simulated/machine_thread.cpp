// The simulated computer: its threads, and whose turn it is.
#include "worlds/simulated/machine_thread.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace rota::simulated {

namespace {

constexpr std::size_t stack_bytes = 256 * 1024;
constexpr std::size_t line_bytes = 64;

// One entry for each line of Memory; zeroed pages appear as they are touched.
template <class T> T* reserve_table() {
  void* const memory = mmap(nullptr, Memory::size / line_bytes * sizeof(T), PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return static_cast<T*>(memory);
}

Ps thousandths(double factor) { return static_cast<Ps>(std::llround(factor * 1000)); }

}  // namespace

Machine::Machine(const Model& model)
    : model_(model),
      distances_(model.topology),
      rules_(distances_, model.costs),
      nodes_(model.topology.node_count()),
      slowness_(model.topology.pu_count() + 1, 1000),
      away_package_(thousandths(model.costs.away_package)),
      away_remote_(thousandths(model.costs.away_remote)),
      steals_(nodes_ * nodes_) {
  if (distances_.outside() >= most_units)
    throw std::invalid_argument(fmt::format("a simulated machine has at most {} units", most_units - 1));
  package_.resize(nodes_);
  for (const Pu& pu : model.topology.pus()) package_[pu.node] = pu.package;
  for (std::size_t unit = 0; unit < model.speed.size(); ++unit) slowness_[unit] = thousandths(1 / model.speed[unit]);
  lines_ = reserve_table<Line>();
  notes_ = reserve_table<TaskNote>();
}

Machine::~Machine() {
  munmap(lines_, Memory::size / line_bytes * sizeof(Line));
  munmap(notes_, Memory::size / line_bytes * sizeof(TaskNote));
}

void Machine::run(const std::function<void()>& program) {
  Memory::begin();
  current::machine = this;
  spawn(
      "main", -1, [](void* p) { (*static_cast<const std::function<void()>*>(p))(); },
      const_cast<std::function<void()>*>(&program));
  Thread& main = *threads_.front();
  (void)turns_.pop();
  current_ = &main;
  Memory::inside = true;
  const ExceptionState before = std::exchange(ExceptionState::now(), {});
  host_.switch_to(main.code);
  ExceptionState::now() = before;
  Memory::inside = false;
  current::machine = nullptr;
  if (stuck_) throw std::logic_error("the simulated program cannot go on: " + who_waits());
}

unsigned Machine::spawn(const std::string& name, int unit, void (*body)(void*), void* argument) {
  const OutsideMemory outside;
  auto thread = std::make_unique<Thread>();
  thread->name = std::string(name.data(), name.size());
  thread->id = static_cast<unsigned>(threads_.size());
  thread->on_unit = unit >= 0;
  thread->unit = thread->on_unit ? static_cast<unsigned>(unit) : distances_.outside();
  thread->began = thread->time = now_;
  thread->body = body;
  thread->argument = argument;
  thread->stack = Stack(stack_bytes);
  thread->code.prepare<&Machine::begin>(thread->stack.low(), thread->stack.high());
  turns_.make_room(thread->id);
  turns_.queue(thread->id, now_);
  threads_.push_back(std::move(thread));
  return static_cast<unsigned>(threads_.size() - 1);
}

void Machine::begin(Continuation&) {
  Machine& self = machine();
  self.current_->body(self.current_->argument);
  self.leave();
}

void Machine::leave() {
  let_earlier_run();
  Thread& thread = *current_;
  thread.ended = true;
  thread.time = now_;
  end_look(false);
  if (thread.joiner >= 0) {
    const Thread& joiner = *threads_[static_cast<unsigned>(thread.joiner)];
    turns_.queue(joiner.id, std::max(joiner.time, now_ + model_.costs.wake_up));
  }
  if (thread.id == 0) thread.code.finish_to(host_);
  thread.code.finish_to(make_current(next_turn()));
}

void Machine::give_way() {
  Thread& self = *current_;
  const Turns::Turn next = turns_.exchange(self.id, now_);
  self.time = now_;
  now_ = next.time;
  jump(*threads_[next.thread]);
}

void Machine::block(const char* on, Ps wake_at) {
  Thread& self = *current_;
  self.time = now_;
  self.waits_for = on;
  if (wake_at != Turns::nobody) turns_.queue(self.id, wake_at);
  run_first();
  self.waits_for = nullptr;
}

// Lets the first of all have its turn; that may be this very thread.
void Machine::run_first() {
  Thread& next = next_turn();
  if (&next != current_) jump(next);
}

Machine::Thread& Machine::next_turn() {
  if (turns_.empty()) {
    stuck_ = true;
    current_->code.finish_to(host_);
  }
  const Turns::Turn next = turns_.pop();
  Thread& thread = *threads_[next.thread];
  now_ = std::max(thread.time, next.time);
  return thread;
}

void Machine::jump(Thread& to) {
  Continuation& here = current_->code;
  here.switch_to(make_current(to));
}

Continuation& Machine::make_current(Thread& to) {
  current_->exceptions = std::exchange(ExceptionState::now(), to.exceptions);
  current_ = &to;
  return to.code;
}

void Machine::join(unsigned thread) {
  let_earlier_run();
  Thread& other = *threads_[thread];
  if (other.ended) return;
  other.joiner = static_cast<int>(current_->id);
  sleep("the end of a thread", &Spent::idle, Turns::nobody);
}

std::string Machine::who_waits() const {
  std::string text;
  for (const auto& thread : threads_) {
    if (thread->waits_for == nullptr) continue;
    const std::string place = thread->on_unit ? fmt::format("on unit {}", thread->unit) : "outside the machine";
    text += fmt::format("{}{} ({}) waits for {}", text.empty() ? "" : ", ", thread->name, place, thread->waits_for);
  }
  return text;
}

void*& Machine::context() { return current_->context; }

void*& Machine::global(const void* kind) {
  const OutsideMemory outside;
  for (auto& [known, object] : globals_) {
    if (known == kind) return object;
  }
  return globals_.emplace_back(kind, nullptr).second;
}

}  // namespace rota::simulated
