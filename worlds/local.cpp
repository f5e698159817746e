// env::Local where it is more than plain memory: the thread's context, and what it does while it is parked.
#include "worlds/local.hpp"

#include <sys/prctl.h>

#include "worlds/contract.hpp"

namespace rota::env {
namespace {

thread_local Local::Loop* loop_of_this_thread = nullptr;

}  // namespace

bool Local::set_loop(Loop* loop) noexcept {
  if (loop != nullptr && loop_of_this_thread != nullptr) return false;
  loop_of_this_thread = loop;
  return true;
}

bool Local::parker::park_until(TimePoint) noexcept {
  while (!std::exchange(token_, false)) {
    if (context_ != nullptr)
      contract_failure("usage", "nothing is left to run or to wait for, and this thread waits for a task");
    if (loop_of_this_thread == nullptr)
      contract_failure("usage", "a thread of the local world parks and has no runtime that could unpark it");
    loop_of_this_thread->run_until(token_);
  }
  return true;
}

bool Local::parker::begin_wait_elsewhere() noexcept {
  // As for the threads of the real world: the kernel may round a sleep up by this much. Not before it sleeps first.
  static thread_local const int slack = prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  static_cast<void>(slack);
  return !std::exchange(token_, false);
}

static_assert(Env<Local>);

}  // namespace rota::env
