// The battery of small coroutines: what each case is made of. A case is a coroutine with a known answer; it runs as a
// Job and as two minimal coroutine types that know nothing of Rota, so that a failure tells the compiler's from the
// runtime's.
#pragma once

#include <coroutine>
#include <deque>
#include <exception>
#include <optional>
#include <utility>

#include "tests/support/suite_at_level.hpp"
#include "tests/support/test_policy.hpp"

namespace rota::testing {
namespace {  // each optimisation level has its own

// Counts its objects: alive now, and destroyed too often.
struct Probe {
  int alive = 0, made = 0;
  std::string order;  // names, in order of destruction
};
class Tracked {
 public:
  explicit Tracked(Probe& probe, int value = 0, char name = 0) : probe_(&probe), value_(value), name_(name) { count(); }
  Tracked(const Tracked& other) : probe_(other.probe_), value_(other.value_), name_(other.name_) { count(); }
  Tracked(Tracked&& other) noexcept : probe_(other.probe_), value_(other.value_), name_(std::exchange(other.name_, 0)) {
    count();
  }
  Tracked& operator=(const Tracked&) = delete;
  ~Tracked() {
    EXPECT_EQ(self_, this) << "destroyed twice, or moved as bytes";
    self_ = nullptr;
    --probe_->alive;
    if (name_ != 0) probe_->order += name_;
  }
  [[nodiscard]] int value() const {
    EXPECT_EQ(self_, this) << "used after its end";
    return value_;
  }

 private:
  void count() {
    ++probe_->alive;
    ++probe_->made;
  }
  Probe* probe_;
  int value_;
  char name_;
  Tracked* self_ = this;
};

// The kinds. Each gives Coroutine<T>, later(x): an awaitable that suspends and then gives x, and run().

inline std::deque<std::coroutine_handle<>> ready_later;  // of the plain kinds

template <bool eager> struct PlainKind {
  template <class T> class Coroutine;
  struct PromiseBase {
    std::coroutine_handle<> continuation;
    std::exception_ptr error;
    auto initial_suspend() noexcept {
      if constexpr (eager)
        return std::suspend_never{};
      else
        return std::suspend_always{};
    }
    struct Final {
      static bool await_ready() noexcept { return false; }
      template <class P> std::coroutine_handle<> await_suspend(std::coroutine_handle<P> frame) noexcept {
        const auto next = frame.promise().continuation;
        return next ? next : std::noop_coroutine();
      }
      void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }
  };
  template <class T> struct Promise : PromiseBase {
    std::optional<T> value;
    Coroutine<T> get_return_object() { return Coroutine<T>(std::coroutine_handle<Promise>::from_promise(*this)); }
    template <class U> void return_value(U&& result) { value.emplace(std::forward<U>(result)); }
    T take() {
      if (this->error) std::rethrow_exception(this->error);
      return std::move(*value);
    }
  };
  template <class T> class Coroutine {
   public:
    using promise_type = Promise<T>;
    explicit Coroutine(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    Coroutine(Coroutine&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    ~Coroutine() {
      if (frame_) frame_.destroy();
    }
    struct Child {
      std::coroutine_handle<promise_type> frame;
      [[nodiscard]] bool await_ready() const noexcept { return frame.done(); }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) noexcept {
        frame.promise().continuation = parent;
        if constexpr (eager)
          return std::noop_coroutine();
        else
          return frame;
      }
      T await_resume() { return frame.promise().take(); }
    };
    Child operator co_await() && { return Child{frame_}; }
    std::coroutine_handle<promise_type> frame() const { return frame_; }

   private:
    std::coroutine_handle<promise_type> frame_;
  };
  template <class T> struct Later {
    T value;
    static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> frame) { ready_later.push_back(frame); }
    T await_resume() { return std::move(value); }
  };
  template <class T> static T run(Coroutine<T> body) {
    if (!eager) body.frame().resume();
    while (!ready_later.empty()) {
      const auto next = ready_later.front();
      ready_later.pop_front();
      next.resume();
    }
    EXPECT_TRUE(body.frame().done());
    return body.frame().promise().take();
  }
};

struct JobKind {
  template <class T> using Coroutine = Job<E, T>;
  template <class T> struct Later : Yield {
    T value;
    explicit Later(T v) : value(std::move(v)) {}
    T await_resume() { return std::move(value); }
  };
  template <class T> static T run(Coroutine<T> body) {
    static auto runtime = rt(1);
    return runtime.block_on(std::move(body));
  }
};

template <class K, class T> using Co = typename K::template Coroutine<T>;
template <class K, class T> [[nodiscard]] auto later(T value) {
  return typename K::template Later<T>{std::move(value)};
}
template <class K> Co<K, int> child(int value) { co_return co_await later<K>(value); }
template <class K> Co<K, int> child_at_once(int value) { co_return value; }
template <class K> Co<K, int> failing(int value) {
  if (co_await later<K>(true)) throw value;
  co_return 0;
}

template <class K, class F> void run_case(F body, int expected) {
  Probe probe;
  EXPECT_EQ(K::run(body(probe)), expected);
  EXPECT_EQ(probe.alive, 0) << "something was destroyed twice or never";
}

// BATTERY(Suite, Name, 42) { … co_return 42; }: in the body K is the kind and `probe` counts Tracked objects.
#define BATTERY(suite, Name, expected)                                                                  \
  template <class K> Co<K, int> Name(Probe& probe);                                                     \
  TEST_AT_LEVEL(suite, Name) {                                                                          \
    {                                                                                                   \
      SCOPED_TRACE("a lazy coroutine");                                                                 \
      run_case<PlainKind<false>>([](Probe& probe) { return Name<PlainKind<false>>(probe); }, expected); \
    }                                                                                                   \
    {                                                                                                   \
      SCOPED_TRACE("an eager coroutine");                                                               \
      run_case<PlainKind<true>>([](Probe& probe) { return Name<PlainKind<true>>(probe); }, expected);   \
    }                                                                                                   \
    {                                                                                                   \
      SCOPED_TRACE("a Job");                                                                            \
      run_case<JobKind>([](Probe& probe) { return Name<JobKind>(probe); }, expected);                   \
    }                                                                                                   \
  }                                                                                                     \
  template <class K> Co<K, int> Name([[maybe_unused]] Probe& probe)

}  // namespace
}  // namespace rota::testing
