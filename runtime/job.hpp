// Job<E, T>: a coroutine that has not begun. Spawn it (Executor::spawn) to make it a task, or co_await it inside
// another.
//
//   template <class E> Job<E, int> twice(int n) { co_await yield(); co_return 2 * n; }
//
// Memory    Its frame lies in a slot behind a control block, so spawning allocates nothing more. The control block is
//           not in the promise: it must outlive the frame (W3), and construction must not race with stale wakers.
// Elision   A spawned frame must lie in a slot. The compiler may only elide a frame whose destruction it can see, so
//           a Job destroys its frame through a function that it cannot look into.
// Awaiting  A child runs on its parent's task by symmetric transfer: no queue, no atomic operation.
#pragma once

#include <coroutine>
#include <utility>

#include "runtime/awaitable.hpp"
#include "runtime/outcome.hpp"

namespace rota {

// Marks a slot whose body is destroyed before its join handle is done with the control block.
inline void* keep_slot() noexcept {
  static char marker;
  return &marker;
}

template <class E> [[gnu::noinline]] void destroy_frame(void* frame) noexcept {
  asm volatile("" : "+r"(frame));
  std::coroutine_handle<>::from_address(frame).destroy();
}

template <class E> struct JobPromiseBase {
  Task<E>* task = nullptr;  // the task that this frame runs on; set when it begins
  // The awaiting parent; null for the task's own body, which has room here for the address of its Urgency, tagged.
  std::uintptr_t parent = 0;

  void set_parent(std::coroutine_handle<> frame) noexcept {
    parent = reinterpret_cast<std::uintptr_t>(frame.address());
  }
  void set_urgency(const Urgency* urgency) noexcept {
    if (urgency != nullptr) parent = reinterpret_cast<std::uintptr_t>(urgency) | 1;
  }
  [[nodiscard]] bool has_parent() const noexcept { return parent != 0 && (parent & 1) == 0; }
  [[nodiscard]] const Urgency* urgency() const noexcept {
    return (parent & 1) == 0 ? nullptr : reinterpret_cast<const Urgency*>(parent & ~std::uintptr_t{1});
  }

  static void* operator new(std::size_t bytes) { return acquire_slot<E>(bytes)->body(); }
  static void operator delete(void* frame) noexcept {
    auto* task = Task<E>::of_body(frame);
    if (task->link() != keep_slot()) release_slot(task);
  }

  static std::suspend_always initial_suspend() noexcept { return {}; }

 protected:
  struct Final {
    static constexpr bool await_ready() noexcept { return false; }
    template <class Promise>
    static std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> frame) noexcept {
      auto& promise = frame.promise();
      if (promise.has_parent()) return std::coroutine_handle<>::from_address(reinterpret_cast<void*>(promise.parent));
      worker_of(*promise.task).stop = StopReason::finished;
      promise.task->set_resume_point(&promise.outcome);
      return std::noop_coroutine();
    }
    [[noreturn]] static void await_resume() noexcept { contract_failure("T3", "a finished body was resumed"); }
  };
};

// What its author told about a task that does not run now; nullptr if nothing, and for fibers.
template <class E> [[nodiscard]] const Urgency* urgency_of(Task<E>& task) noexcept {
  if (task.is_fiber()) return nullptr;
  return std::coroutine_handle<JobPromiseBase<E>>::from_address(task.body()).promise().urgency();
}

template <class E, class T> class Job;

template <class E, class T> struct JobPromise : JobPromiseBase<E> {
  Outcome<T> outcome;

  Job<E, T> get_return_object() noexcept;
  static typename JobPromiseBase<E>::Final final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { outcome.set_exception(std::current_exception()); }
  template <class U> void return_value(U&& value) { outcome.set_value(std::forward<U>(value)); }
};

template <class E> struct JobPromise<E, void> : JobPromiseBase<E> {
  Outcome<void> outcome;

  Job<E, void> get_return_object() noexcept;
  static typename JobPromiseBase<E>::Final final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { outcome.set_exception(std::current_exception()); }
  static void return_void() noexcept {}
};

template <class E, class T = void> class [[nodiscard]] Job {
 public:
  using promise_type = JobPromise<E, T>;
  using Frame = std::coroutine_handle<promise_type>;

  Job(Job&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  Job& operator=(Job&&) = delete;
  ~Job() {
    if (frame_) destroy_frame<E>(frame_.address());
  }

  // For the runtime: the frame becomes the body of the task whose slot it lies in.
  [[nodiscard]] Task<E>* become_task(const Urgency* urgency = nullptr) && noexcept {
    const Frame frame = std::exchange(frame_, nullptr);
    auto* task = Task<E>::of_body(frame.address());
    frame.promise().task = task;
    frame.promise().set_urgency(urgency);
    task->set_resume_point(frame.address());
    return task;
  }

  // Awaited by its parent, which owns it until then: it begins at once, on the parent's task.
  struct Child {
    Frame frame;
    [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
    template <class Promise>
    [[nodiscard]] std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> parent) noexcept {
      frame.promise().task = parent.promise().task;
      frame.promise().set_parent(parent);
      return frame;
    }
    T await_resume() { return frame.promise().outcome.take(); }
  };
  [[nodiscard]] Child operator co_await() && noexcept { return Child{frame_}; }

 private:
  template <class, class> friend struct JobPromise;
  explicit Job(Frame frame) noexcept : frame_(frame) {}

  Frame frame_;
};

template <class E, class T> Job<E, T> JobPromise<E, T>::get_return_object() noexcept {
  return Job<E, T>(std::coroutine_handle<JobPromise>::from_promise(*this));
}
template <class E> Job<E, void> JobPromise<E, void>::get_return_object() noexcept {
  return Job<E, void>(std::coroutine_handle<JobPromise>::from_promise(*this));
}

}  // namespace rota
