// Script: a trace made by hand, event by event.
#pragma once

#include <vector>

#include "checks/oracle/oracle.hpp"
#include "runtime/told.hpp"

namespace rota::checks {

class Script {
 public:
  // Who does what follows: 0 is main, worker w is thread w + 1, the outside has higher numbers.
  Script& by(std::uint8_t thread) {
    thread_ = thread;
    return *this;
  }
  Script& worker(unsigned number) { return by(static_cast<std::uint8_t>(number + 1)); }

  Script& say(Mark mark, std::uint32_t task, std::uint64_t value = 0) {
    trace_.push_back(
        {.mark = mark, .thread = thread_, .subject = task, .value = value, .step = static_cast<Index>(trace_.size())});
    return *this;
  }
  Script& say(Mark mark) { return say(mark, no_subject, thread_ - 1U); }  // of a worker
  Script& note(std::uint64_t value) { return say(Mark::note, no_subject, value); }
  Script& rest() { return by(0).note(quiescent_note); }

  // What usually goes together.
  Script& enqueue(std::uint32_t task, Origin origin = Origin::spawn, std::uint64_t told = 0) {
    return say(Mark::told, task, told)
        .say(Mark::enqueue, task, static_cast<std::uint64_t>(origin))
        .say(Mark::enqueued, task);
  }
  Script& spawn(std::uint32_t task, std::uint64_t told = 0) {
    return say(Mark::spawn, task).enqueue(task, Origin::spawn, told);
  }
  Script& pick(std::uint32_t task) { return say(Mark::look).say(Mark::pick, task, thread_ - 1U); }
  Script& run(std::uint32_t task) { return pick(task).say(Mark::resume, task, thread_ - 1U); }
  Script& yield(std::uint32_t task) { return say(Mark::yield, task).enqueue(task, Origin::yield); }
  Script& finish(std::uint32_t task) { return say(Mark::finish, task).say(Mark::destroy, task); }
  Script& end_cancelled(std::uint32_t task) { return say(Mark::cancel, task).say(Mark::destroy, task); }
  Script& sleep(std::uint32_t task, std::uint64_t epoch) {
    return say(Mark::arm, task, epoch).say(Mark::suspend, task, epoch);
  }
  Script& wake(std::uint32_t task, std::uint64_t epoch) {
    return say(Mark::wake, task, epoch).enqueue(task, Origin::wake);
  }
  Script& park() { return say(Mark::look).say(Mark::park); }
  Script& submit(std::uint64_t ticket) { return say(Mark::submit, no_subject, ticket); }
  Script& complete(std::uint64_t ticket) { return say(Mark::complete, no_subject, ticket); }
  Script& collect(std::uint64_t ticket) { return say(Mark::collect, no_subject, ticket); }
  Script& polled(std::uint64_t count) { return say(Mark::polled, no_subject, count); }
  Script& shut_down() { return by(0).say(Mark::shutdown, no_subject).say(Mark::ended, no_subject); }

  [[nodiscard]] Trace trace() const { return trace_; }
  [[nodiscard]] Index size() const { return static_cast<Index>(trace_.size()); }

 private:
  std::uint8_t thread_ = 0;
  std::vector<TraceEvent> trace_;
};

}  // namespace rota::checks
