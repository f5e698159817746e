// sleep_for, sleep_until, timeout: waiting for time, on the reactor's timers. Never early (R3).
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "runtime/executor.hpp"

namespace rota {

// One op of input or output in the reactor, as an awaitable.
template <Env E, class Derived> class ReactorAwaitable : public Awaitable<E, Derived> {
 public:
  ReactorAwaitable() = default;
  ReactorAwaitable(const ReactorAwaitable&) = delete;
  ReactorAwaitable& operator=(const ReactorAwaitable&) = delete;
  ~ReactorAwaitable() {
    if (reactor_ != nullptr) reactor_->cancel(ticket_);
  }

  [[nodiscard]] static constexpr bool ready() noexcept { return false; }
  bool disarm() noexcept { return reactor_ == nullptr ? !result_ : !collect(); }

 protected:
  // False if the op completed at once.
  [[nodiscard]] bool start(Worker<E>& worker, const Op& op, Waker<E> waker) {
    const Submitted submitted = worker.executor().submit(op, waker.token());
    reactor_ = &worker.executor().reactor();
    ticket_ = submitted.ticket;
    return !(submitted.complete && collect());
  }
  // The op's result; 0 if it was withdrawn.
  [[nodiscard]] std::int64_t result() noexcept {
    if (reactor_ != nullptr) (void)collect();
    return result_.value_or(0);
  }
  // Withdraws the op if it is pending; else its result, once: for one that is owned, an accepted descriptor.
  [[nodiscard]] std::optional<std::int64_t> settle() noexcept {
    if (reactor_ != nullptr) (void)collect();
    return std::exchange(result_, std::nullopt);
  }

 private:
  // Takes the result, or withdraws the op if there is none yet. True if there was one.
  bool collect() noexcept {
    Reactor* const reactor = std::exchange(reactor_, nullptr);
    result_ = reactor->collect(ticket_);
    if (!result_) reactor->cancel(ticket_);
    return result_.has_value();
  }

  Reactor* reactor_ = nullptr;
  Ticket ticket_{};
  std::optional<std::int64_t> result_;
};

// A timer has no result: once it is reported there is nothing left in the reactor.
template <Env E> class Sleep : public Awaitable<E, Sleep<E>> {
 public:
  explicit Sleep(TimePoint deadline) noexcept : deadline_(deadline) {}
  Sleep(const Sleep&) = delete;
  Sleep& operator=(const Sleep&) = delete;
  ~Sleep() { (void)disarm(); }

  [[nodiscard]] static constexpr bool ready() noexcept { return false; }
  [[nodiscard]] bool arm(Worker<E>& worker, Waker<E> waker) {
    const Submitted submitted = worker.executor().submit(Op::timer(deadline_), waker.token());
    if (submitted.complete) return false;
    reactor_ = &worker.executor().reactor();
    ticket_ = submitted.ticket;
    return true;
  }
  bool disarm() noexcept {
    Reactor* const reactor = std::exchange(reactor_, nullptr);
    return reactor != nullptr && reactor->cancel(ticket_);
  }
  void take() noexcept { reactor_ = nullptr; }

 private:
  TimePoint deadline_;
  Reactor* reactor_ = nullptr;
  Ticket ticket_{};
};

template <Env E> [[nodiscard]] Sleep<E> sleep_until(TimePoint deadline) noexcept { return Sleep<E>(deadline); }
template <Env E> [[nodiscard]] Sleep<E> sleep_for(Duration delay) noexcept { return Sleep<E>(later(E::now(), delay)); }

// Waits for an awaitable until a deadline: its result, or nothing (false for one without a result).
// The two share one waker, so exactly one of them ends the suspension (W2).
template <Env E, class A> class Timeout : public Awaitable<E, Timeout<E, A>> {
 public:
  using Inner = decltype(std::declval<A&>().take());
  using Result = std::conditional_t<std::is_void_v<Inner>, bool, std::optional<Inner>>;

  Timeout(TimePoint deadline, A& awaitable) noexcept : timer_(deadline), awaitable_(awaitable) {}

  [[nodiscard]] bool ready() { return completed_ = awaitable_.ready(); }
  [[nodiscard]] bool arm(Worker<E>& worker, Waker<E> waker) {
    if (!timer_.arm(worker, waker)) return false;  // already late, and the inner one was not ready
    armed_ = true;
    if (awaitable_.arm(worker, waker)) return true;
    armed_ = false;
    completed_ = true;
    (void)timer_.disarm();
    return false;
  }
  // Its end by the clock is an end too.
  bool disarm() {
    settle();
    return !completed_ && !expired_;
  }
  Result take() {
    settle();
    if constexpr (std::is_void_v<Inner>) {
      if (completed_) awaitable_.take();
      return completed_;
    } else {
      return completed_ ? Result(awaitable_.take()) : Result();
    }
  }

 private:
  void settle() {
    if (!std::exchange(armed_, false)) return;
    if (!completed_) completed_ = !awaitable_.disarm();
    expired_ = !timer_.disarm();
  }

  Sleep<E> timer_;
  A& awaitable_;
  bool armed_ = false;
  bool completed_ = false;
  bool expired_ = false;
};

// co_await timeout<E>(5ms, event.wait()): std::optional of its result, or a bool if it has none. A Job is spawned
// first: co_await timeout<E>(5ms, handle.join()). Await it in the expression that makes it: it refers to its argument.
template <Env E, class A> [[nodiscard]] auto timeout(Duration limit, A&& awaitable) {
  return Timeout<E, std::remove_reference_t<A>>(later(E::now(), limit), awaitable);
}

}  // namespace rota
