// Job<E, T>: a coroutine that has not begun. Spawn it (Executor::spawn) to make it a task, or co_await it inside
// another.
//
//   template <Env E> Job<E, int> twice(int n) { co_await yield(); co_return 2 * n; }
//
// Memory    Its frame lies in a slot behind a control block, so spawning allocates nothing more. The control block is
//           not in the promise: it must outlive the frame (W3), and construction must not race with stale wakers.
//           A child's frame lies in a slot too, whose control block is then its own to use.
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

template <Env E> [[gnu::noinline]] void destroy_frame(void* frame) noexcept {
  asm volatile("" : "+r"(frame));
  std::coroutine_handle<>::from_address(frame).destroy();
}

// All that a frame must know of itself, in one word of its promise:
//   a task's own body    nothing, or its Attributes; its task lies in front of it
//   a child's frame      the task that it runs on; the control block in front of it is no task's, and keeps its parent
//   a body without a result that failed: its exception
class FrameNote : public Outcome<void> {
 public:
  void set_attributes(const Attributes* attributes) noexcept {
    if (attributes != nullptr) word_ = reinterpret_cast<std::uintptr_t>(attributes) | told;
  }
  void set_child_of(void* task) noexcept { word_ = reinterpret_cast<std::uintptr_t>(task) | child; }
  [[nodiscard]] bool is_child() const noexcept { return (word_ & child) != 0; }
  [[nodiscard]] void* root_task() const noexcept { return reinterpret_cast<void*>(word_ & ~bits); }
  [[nodiscard]] const Attributes* attributes() const noexcept {
    return (word_ & bits) == told ? reinterpret_cast<const Attributes*>(word_ & ~bits) : nullptr;
  }

 private:
  static constexpr std::uintptr_t child = kept, told = 2;
};
static_assert(alignof(Attributes) >= 8 && alignof(std::exception_ptr) >= 8);

template <Env E> struct JobPromiseBase {
  FrameNote note;

  // The task that a frame runs on.
  [[nodiscard]] static Task<E>& task_of(const JobPromiseBase& promise, void* frame) noexcept {
    return promise.note.is_child() ? *static_cast<Task<E>*>(promise.note.root_task()) : *Task<E>::of_body(frame);
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
      auto* const slot = Task<E>::of_body(frame.address());
      if (frame.promise().note.is_child()) return std::coroutine_handle<>::from_address(slot->resume_point());
      worker_of(*slot).stop = StopReason::finished;
      slot->set_resume_point(&frame.promise().outcome());
      return std::noop_coroutine();
    }
    [[noreturn]] static void await_resume() noexcept { contract_failure("T3", "a finished body was resumed"); }
  };
};

// What a coroutine's author told about its task, which does not run now; nullptr if nothing.
template <Env E> [[nodiscard]] const Attributes* attributes_of_job(Task<E>& task) noexcept {
  return std::coroutine_handle<JobPromiseBase<E>>::from_address(task.body()).promise().note.attributes();
}

template <Env E, class T> class Job;

template <Env E, class T> struct JobPromise : JobPromiseBase<E> {
  [[nodiscard]] Outcome<T>& outcome() noexcept { return outcome_; }
  Job<E, T> get_return_object() noexcept;
  static typename JobPromiseBase<E>::Final final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { outcome_.set_exception(std::current_exception()); }
  template <class U> void return_value(U&& value) { outcome_.set_value(std::forward<U>(value)); }

 private:
  Outcome<T> outcome_;
};

template <Env E> struct JobPromise<E, void> : JobPromiseBase<E> {
  [[nodiscard]] Outcome<void>& outcome() noexcept { return this->note; }
  Job<E, void> get_return_object() noexcept;
  static typename JobPromiseBase<E>::Final final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { this->note.set_exception(std::current_exception()); }
  static void return_void() noexcept {}
};

template <Env E, class T = void> class [[nodiscard]] Job {
 public:
  using promise_type = JobPromise<E, T>;
  using Frame = std::coroutine_handle<promise_type>;

  Job(Job&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  Job& operator=(Job&&) = delete;
  ~Job() {
    if (frame_) destroy_frame<E>(frame_.address());
  }

  // For the runtime: the frame becomes the body of the task whose slot it lies in.
  [[nodiscard]] Task<E>* become_task(const Attributes* attributes = nullptr) && noexcept {
    const Frame frame = std::exchange(frame_, nullptr);
    auto* task = Task<E>::of_body(frame.address());
    frame.promise().note.set_attributes(attributes);
    task->set_resume_point(frame.address());
    return task;
  }

  // Awaited by its parent, which owns it until then: it begins at once, on the parent's task.
  struct Child {
    Frame frame;
    [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
    template <class Promise>
    [[nodiscard]] std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> parent) noexcept {
      frame.promise().note.set_child_of(&task_of<E>(parent));
      Task<E>::of_body(frame.address())->set_resume_point(parent.address());
      return frame;
    }
    T await_resume() { return frame.promise().outcome().take(); }
  };
  [[nodiscard]] Child operator co_await() && noexcept { return Child{frame_}; }

 private:
  template <Env, class> friend struct JobPromise;
  explicit Job(Frame frame) noexcept : frame_(frame) {}

  Frame frame_;
};

template <Env E, class T> Job<E, T> JobPromise<E, T>::get_return_object() noexcept {
  return Job<E, T>(std::coroutine_handle<JobPromise>::from_promise(*this));
}
template <Env E> Job<E, void> JobPromise<E, void>::get_return_object() noexcept {
  return Job<E, void>(std::coroutine_handle<JobPromise>::from_promise(*this));
}

}  // namespace rota
