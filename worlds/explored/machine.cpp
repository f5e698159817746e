// Machine: an execution from its begin to its end, its threads, and the switch between their stacks.
#include "worlds/explored/machine.hpp"

#include <cstring>
#include <stdexcept>

namespace rota::explored {

namespace {

constexpr std::size_t stack_bytes = 256 * 1024;

}  // namespace

Machine& machine() noexcept {
  static Machine& instance = *new Machine();
  return instance;
}

Machine::Machine() {
  for (unsigned t = 0; t < max_threads; ++t) threads_[t].id = static_cast<ThreadId>(t);
  trace_.reserve(4096);
  lives_.reserve(256);
}

Machine::Run Machine::execute(const std::function<void()>& program, Strategy& strategy, Observer* observer,
                              const Options& options) {
  Arena::reset();
  memory_.reset(options.memory == Memory::relaxed);
  options_ = options;
  strategy_ = &strategy;
  observer_ = observer;
  program_ = &program;
  run_ = {};
  time_ = TimePoint{} + std::chrono::hours(1);  // not zero: a deadline may lie before now
  step_ = count_ = ready_ = spinning_ = refreshed_ = last_ = global_count_ = next_life_ = 0;
  hash_ = 1;
  schedule_.clear();
  trace_.clear();
  steps_.clear();
  lives_.clear();
  globals_ = {};
  pending_ = {};
  pending_[clock_thread] = {.object = &time_, .writes = true};
  if (observer_ != nullptr) observer_->begin();
  spawn("main", nullptr, nullptr);
  exceptions_ = &ExceptionState::now();
  const ExceptionState before = *exceptions_;
  current_ = &threads_[0];
  Arena::inside = true;
  host_.switch_to(current_->code);
  Arena::inside = false;
  current_ = nullptr;
  *exceptions_ = before;
  ending_ = true;
  if (observer_ != nullptr && !run_.failed && !run_.pruned) observer_->end();
  ending_ = false;
  return run_;
}

ThreadId Machine::spawn(const std::string& name, void (*body)(void*), void* argument) {
  if (count_ == max_threads) fail("usage", "a program may have at most 8 threads");
  const auto id = static_cast<ThreadId>(count_++);
  Thread& thread = threads_[id];
  if (thread.stack.empty()) thread.stack = Stack(stack_bytes);  // stays from execution to execution
  thread.code.prepare<&Machine::begin_thread>(thread.stack.low(), thread.stack.high());
  thread.wait = Wait::none;
  thread.timed_out = false;
  thread.deadline = never;
  thread.knowledge = Knowledge{};
  if (active()) {
    thread.knowledge.now = current_->knowledge.now;
    strategy_->access(current_->id, {.object = &thread, .writes = true, .orders_only = true});
    WeakMemory::tick(current_->id, current_->knowledge);
  }
  thread.knowledge.now.happened.time[id] = thread.knowledge.now.visible.time[id] = 1;
  thread.context = nullptr;
  thread.body = body;
  thread.argument = argument;
  thread.exceptions = {};
  thread.site = {};
  std::strncpy(thread.name, name.c_str(), sizeof(thread.name) - 1);
  pending_[id] = {.object = &thread, .writes = false, .orders_only = true};
  ready_ |= bit(id);
  return id;
}

void Machine::begin_thread(Continuation&) {
  Machine& self = machine();
  Thread& thread = *self.current_;
  self.strategy_->access(thread.id, {.object = &thread, .writes = false, .orders_only = true});
  std::string threw;
  try {
    thread.body == nullptr ? (*self.program_)() : thread.body(thread.argument);
  } catch (const std::exception& error) {
    threw = std::string(thread.name) + " threw: " + error.what();
  }
  if (!threw.empty()) self.fail("usage", threw);  // not above: the exception would never be given back
  thread.wait = Wait::done;
  self.ready_ &= ~bit(thread.id);
  self.strategy_->access(thread.id, {.object = &thread, .writes = true, .orders_only = true});
  self.wake(Wait::thread, &thread);
  if (thread.id == 0) {
    for (unsigned t = 1; t < self.count_; ++t) {
      if (self.threads_[t].wait != Wait::done) self.fail("usage", "the program ended before its threads");
    }
    self.leave();
  }
  while (self.ready_ == 0) self.stuck();
  thread.code.finish_to(self.make_current(self.choose_thread()));
}

void Machine::switch_to(unsigned thread) {
  Continuation& here = current_->code;
  here.switch_to(make_current(thread));
}

Continuation& Machine::make_current(unsigned thread) {
  Thread& to = threads_[thread];
  current_->exceptions = std::exchange(*exceptions_, to.exceptions);
  current_ = &to;
  return to.code;
}

void Machine::leave() { current_->code.finish_to(host_); }

void Machine::fail(std::string id, std::string sentence) {
  const OutsideArena outside;
  run_.failed = true;
  // Copies of the explored world's own: the arguments may lie in the arena.
  run_.id = std::string(id.c_str());
  run_.sentence = std::string(sentence.c_str());
  leave();
}

void Machine::fail_at_end(const std::string& id, const std::string& sentence) {
  if (!ending_) throw std::logic_error("explored::fail() outside of an execution: " + sentence);
  if (run_.failed) return;
  run_ = {.failed = true, .pruned = false, .id = id, .sentence = sentence};
}

}  // namespace rota::explored
