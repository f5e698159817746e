// The two kinds of body, a coroutine's frame and a fiber, where their ends differ.
#pragma once

#include "runtime/fiber.hpp"
#include "runtime/job.hpp"

namespace rota {

// What its author told about a task that does not run now; nullptr if nothing. For its owner: who holds the Runnable,
// or has just run it. Of a body that ended by an exception nothing is known any more.
template <Env E> [[nodiscard]] const Attributes* attributes_of(Task<E>& task) noexcept {
  return task.is_fiber() ? fiber_of(&task).attributes() : attributes_of_job(task);
}

// Goes on with a task until it suspends, yields or ends.
template <Env E> void resume_body(Task<E>* task) noexcept {
  if (task->is_fiber()) {
    static_cast<FiberBody<E>*>(task->resume_point())->enter();
  } else {
    std::coroutine_handle<>::from_address(task->resume_point()).resume();
  }
}

// Destroys the body of a task that will not go on: where it waits, or before it began. The slot stays.
template <Env E> void cancel_body(Task<E>* task) noexcept {
  E::mark(Mark::destroy, task, 0);
  if (task->is_fiber()) {
    fiber_of(task).cancel();
    fiber_of(task).destroy();
  } else {
    task->set_link(keep_slot());
    destroy_frame<E>(task->body());
  }
}

// Destroys the body of a task that has ended, with its outcome, and frees its slot.
template <Env E> void destroy_ended(Task<E>* task) noexcept {
  E::mark(Mark::destroy, task, 0);
  if (task->is_fiber()) {
    fiber_of(task).destroy();
    release_slot(task);
  } else {
    task->set_link(nullptr);
    destroy_frame<E>(task->body());  // its operator delete frees the slot
  }
}

}  // namespace rota
