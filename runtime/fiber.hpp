// Fibers: tasks with a stack of their own, under the same protocol as coroutines.
//
//   executor.spawn_fiber([](FiberContext<E>& fiber) { fiber.await(event.wait()); return 7; });
//
// Contract  Code on a fiber must not suspend while it handles an exception (inside a catch block): the C++ runtime
//           keeps that state in its thread, and the fiber may go on in another. Cancellation unwinds the stack by an
//           exception of type FiberCancelled; a catch (...) that swallows it meets it again at its next suspension.
// Memory    The callable, its outcome and the control block share one slot; the stack comes from a pool.
// Cost      a suspension and its resume: two jump_fcontext.
#pragma once

#include <map>
#include <mutex>
#include <type_traits>
#include <vector>

#include "runtime/awaitable.hpp"
#include "runtime/checkpoint.hpp"
#include "runtime/outcome.hpp"
#include "worlds/stack_context.hpp"

namespace rota {

struct FiberCancelled {};

// Stacks that no fiber uses now. The world's, as slots are.
template <Env E> class StackPool {
 public:
  using Stack = typename E::stack;

  [[nodiscard]] Stack take(std::size_t bytes) {
    {
      const std::scoped_lock lock(mutex_);
      auto& free = free_[Stack::whole_pages(bytes)];
      if (!free.empty()) {
        Stack stack = std::move(free.back());
        free.pop_back();
        return stack;
      }
    }
    return Stack(bytes);
  }
  void give(Stack stack) {
    const std::scoped_lock lock(mutex_);
    auto& free = free_[stack.size()];
    if (free.size() < most) free.push_back(std::move(stack));
  }

 private:
  static constexpr std::size_t most = 16 * 1024;  // mapping one costs some 20 us, far more than keeping it
  typename E::mutex mutex_;
  std::map<std::size_t, std::vector<Stack>> free_;  // by size
};

template <Env E> class FiberContext;

// What the runtime knows of a fiber: it can be entered, unwound and destroyed.
template <Env E> class FiberBody {
 public:
  FiberBody(const FiberBody&) = delete;
  FiberBody& operator=(const FiberBody&) = delete;

  void enter() noexcept { context_.enter(); }

  // Ends a fiber that will not be resumed: unwinds its stack, if it ever began.
  void cancel() noexcept {
    cancelling_ = true;
    if (begun_) context_.enter();
    recycle();
  }
  // Gives the stack back, once nothing runs on it any more.
  void recycle() noexcept {
    if (!stack_.empty()) E::template global<StackPool<E>>().give(std::move(stack_));
  }
  void destroy() noexcept { destroy_(*this); }
  [[nodiscard]] const Attributes* attributes() const noexcept { return attributes_; }

 protected:
  using Destroy = void (*)(FiberBody&) noexcept;
  FiberBody(Task<E>& task, std::size_t stack_bytes, StackContext::Entry entry, Destroy destroy,
            const Attributes* attributes)
      : task_(task),
        destroy_(destroy),
        attributes_(attributes),
        stack_(E::template global<StackPool<E>>().take(stack_bytes)) {
    context_.prepare(stack_, entry, this);
    task.set_fiber_point(this);
  }
  ~FiberBody() = default;

  void begin() noexcept { begun_ = true; }
  [[noreturn]] void finish(void* outcome) noexcept {
    if (!cancelling_) {
      worker_of(task_).stop = StopReason::finished;
      task_.set_fiber_point(outcome);
    }
    context_.finish();
  }

 private:
  friend class FiberContext<E>;
  Task<E>& task_;
  Destroy destroy_;
  const Attributes* attributes_;
  StackContext context_;
  typename E::stack stack_;
  bool begun_ = false;
  bool cancelling_ = false;
};

// What code on a fiber waits through. Passed to its callable; valid on that fiber only.
template <Env E> class FiberContext {
 public:
  explicit FiberContext(FiberBody<E>& body) noexcept : body_(&body) {}

  // Waits for an awaitable and returns its result.
  template <class A> auto await(A&& awaitable) -> decltype(awaitable.take()) {
    check();
    if (begin_wait(worker_of(body_->task_), body_->task_, awaitable)) leave();
    return awaitable.take();
  }

  void yield() {
    check();
    worker_of(body_->task_).stop = StopReason::yielded;
    leave();
  }

  // Gives way if it was asked to (runtime/checkpoint.hpp).
  void checkpoint() { look(true); }
  void look(bool needs_ticks) {
    check();
    if (must_give_way(worker_of(body_->task_), needs_ticks)) leave();
  }

 private:
  void leave() {
    body_->context_.leave();
    check();
  }
  // A fiber that is being unwound has no worker and must not wait, even if it swallowed the exception.
  void check() const {
    if (body_->cancelling_) throw FiberCancelled{};
  }
  FiberBody<E>* body_;
};

template <Env E, class F> class Fiber final : public FiberBody<E> {
 public:
  using Result = std::invoke_result_t<F&, FiberContext<E>&>;

  Fiber(Task<E>& task, std::size_t stack_bytes, F callable, const Attributes* attributes)
      : FiberBody<E>(task, stack_bytes, &Fiber::entry, &Fiber::destroy, attributes), callable_(std::move(callable)) {}

 private:
  static void entry(void* argument) {
    auto& self = *static_cast<Fiber*>(static_cast<FiberBody<E>*>(argument));
    self.begin();
    self.call();
    self.finish(&self.outcome_);
  }
  static void destroy(FiberBody<E>& body) noexcept { static_cast<Fiber&>(body).~Fiber(); }

  void call() noexcept {
    FiberContext<E> context(*this);
    try {
      if constexpr (std::is_void_v<Result>) {
        callable_(context);
      } else {
        outcome_.set_value(callable_(context));
      }
    } catch (const FiberCancelled&) {
      // Unwound as asked: the outcome stays empty and nobody reads it.
    } catch (...) {
      outcome_.set_exception(std::current_exception());
    }
  }

  F callable_;
  Outcome<Result> outcome_;
};

template <Env E> [[nodiscard]] FiberBody<E>& fiber_of(Task<E>* task) noexcept {
  return *static_cast<FiberBody<E>*>(task->body());
}

}  // namespace rota
