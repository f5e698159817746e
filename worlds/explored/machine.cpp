// Machine: an execution from its begin to its end, its threads, and the switch between their stacks.
#include "worlds/explored/machine.hpp"

#include <cxxabi.h>

#include <cstring>
#include <stdexcept>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ROTA_EXPLORE_ASAN 1
#include <sanitizer/common_interface_defs.h>
#endif
#endif

namespace rota::explored {

namespace context = boost::context::detail;

namespace {

constexpr std::size_t stack_bytes = 256 * 1024;

}  // namespace

Machine& machine() noexcept {
  static Machine& instance = *new Machine();
  return instance;
}

Machine::Machine() {
  for (unsigned t = 0; t < max_threads; ++t) threads_[t].id = static_cast<ThreadId>(t);
  // What the C++ runtime keeps of exceptions is one for each thread of the system: ours share it and take turns.
  exceptions_ = reinterpret_cast<void**>(abi::__cxa_get_globals());
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
  exceptions_ = reinterpret_cast<void**>(abi::__cxa_get_globals());
  void* const before[2] = {exceptions_[0], exceptions_[1]};
  current_ = &threads_[0];
  Arena::inside = true;
#ifdef ROTA_EXPLORE_ASAN
  void* fake = nullptr;
  __sanitizer_start_switch_fiber(&fake, current_->low, current_->size);
#endif
  const auto back = context::jump_fcontext(current_->inside, &host_);
#ifdef ROTA_EXPLORE_ASAN
  __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
  static_cast<Thread*>(back.data)->inside = back.fctx;
  Arena::inside = false;
  current_ = nullptr;
  exceptions_[0] = before[0], exceptions_[1] = before[1];
  ending_ = true;
  if (observer_ != nullptr && !run_.failed && !run_.pruned) observer_->end();
  ending_ = false;
  return run_;
}

ThreadId Machine::spawn(const std::string& name, void (*body)(void*), void* argument) {
  if (count_ == max_threads) fail("usage", "a program may have at most 8 threads");
  const auto id = static_cast<ThreadId>(count_++);
  Thread& thread = threads_[id];
  if (thread.stack.empty()) {
    const OutsideArena outside;  // stacks stay from execution to execution
    thread.stack = Stack(stack_bytes);
  }
  thread.inside = context::make_fcontext(thread.stack.high(), thread.stack.size(), &Machine::begin_thread);
  thread.low = thread.stack.low();
  thread.size = thread.stack.size();
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
  thread.exceptions[0] = thread.exceptions[1] = nullptr;
  thread.site = {};
  std::strncpy(thread.name, name.c_str(), sizeof(thread.name) - 1);
  pending_[id] = {.object = &thread, .writes = false, .orders_only = true};
  ready_ |= bit(id);
  return id;
}

void Machine::begin_thread(context::transfer_t from) {
  Machine& self = machine();
  self.arrive(from);
  Thread& thread = *self.current_;
  self.strategy_->access(thread.id, {.object = &thread, .writes = false, .orders_only = true});
  try {
    thread.body == nullptr ? (*self.program_)() : thread.body(thread.argument);
  } catch (const std::exception& error) {
    self.fail("usage", std::string(thread.name) + " threw: " + error.what());
  }
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
  self.switch_to(self.choose_thread());
  __builtin_trap();
}

// Switching.

void Machine::switch_to(unsigned thread) { jump(*current_, threads_[thread]); }

void Machine::jump(Thread& from, Thread& to) {
  from.exceptions[0] = exceptions_[0], from.exceptions[1] = exceptions_[1];
  exceptions_[0] = to.exceptions[0], exceptions_[1] = to.exceptions[1];
  current_ = &to;
#ifdef ROTA_EXPLORE_ASAN
  void* fake = nullptr;
  __sanitizer_start_switch_fiber(from.wait == Wait::done ? nullptr : &fake, to.low, to.size);
#endif
  const auto back = context::jump_fcontext(to.inside, &from);
#ifdef ROTA_EXPLORE_ASAN
  auto* previous = static_cast<Thread*>(back.data);
  __sanitizer_finish_switch_fiber(fake, &previous->low, &previous->size);
#endif
  static_cast<Thread*>(back.data)->inside = back.fctx;
}

// The first instruction on a stack.
void Machine::arrive(context::transfer_t from) {
#ifdef ROTA_EXPLORE_ASAN
  auto* previous = static_cast<Thread*>(from.data);
  __sanitizer_finish_switch_fiber(nullptr, &previous->low, &previous->size);
#endif
  static_cast<Thread*>(from.data)->inside = from.fctx;
}

void Machine::leave() {
  Thread& self = *current_;
#ifdef ROTA_EXPLORE_ASAN
  __sanitizer_start_switch_fiber(nullptr, host_.low, host_.size);
#endif
  context::jump_fcontext(host_.inside, &self);
  __builtin_unreachable();
}

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
