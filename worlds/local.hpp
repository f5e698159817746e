// env::Local: the world of one thread. Its atomics are plain memory, its fences are nothing, its mutexes too: a runtime
// with one worker, which runs in the thread that waits for it, then costs no locked instruction at all. The part of
// LocalPool, of Tokio's current-thread runtime and of embassy's executor.
//
// Contract  Everything of a runtime in this world stays in the thread that made it: spawns, wakes, joins, its end.
//           Other threads reach it only through its reactor's system calls (a socket, a timer). One runtime a thread at
//           once.
// Blocking  A thread that parks runs the loop of its runtime instead (Loop), until it is unparked: that is how block_on
//           and join_blocking work here. If the loop itself parks, nothing is left to run or to wait for, and nothing
//           will ever unpark it: a contract failure says so, where other worlds would sleep for ever.
// Time      and memory are the real world's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "worlds/real.hpp"

namespace rota::env {

struct Local {
  static constexpr bool one_thread = true;
  static constexpr bool real_time = true;

  template <class T> class atomic {
   public:
    atomic() noexcept : value_{} {}
    explicit constexpr atomic(T value) noexcept : value_(value) {}
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    [[nodiscard]] ROTA_INLINE T load(Order) const noexcept { return value_; }
    ROTA_INLINE void store(T v, Order) noexcept { value_ = v; }
    ROTA_INLINE T exchange(T v, Order) noexcept { return std::exchange(value_, v); }
    ROTA_INLINE bool compare_exchange(T& expected, T desired, Order, Order) noexcept {
      if (value_ != expected) {
        expected = value_;
        return false;
      }
      value_ = desired;
      return true;
    }
    ROTA_INLINE T fetch_add(T v, Order) noexcept { return std::exchange(value_, static_cast<T>(value_ + v)); }
    ROTA_INLINE T fetch_sub(T v, Order) noexcept { return std::exchange(value_, static_cast<T>(value_ - v)); }
    ROTA_INLINE T fetch_or(T v, Order) noexcept { return std::exchange(value_, static_cast<T>(value_ | v)); }
    ROTA_INLINE T fetch_and(T v, Order) noexcept { return std::exchange(value_, static_cast<T>(value_ & v)); }

   private:
    T value_;
  };

  template <class T> using cell = Real::cell<T>;
  using stack = Real::stack;

  // What a thread does while it is parked.
  class Loop {
   public:
    // Runs tasks until `unparked`. Called again and again, so it may return early.
    virtual void run_until(const bool& unparked) noexcept = 0;

   protected:
    ~Loop() = default;
  };
  // The calling thread's loop from now on; nullptr: none. False if it has one already.
  static bool set_loop(Loop* loop) noexcept;

  class parker {
   public:
    void park() noexcept { (void)park_until(never); }
    // There is nothing to wait for but the loop: a deadline needs a timer in its reactor, so there is none here.
    bool park_until(TimePoint) noexcept;
    [[nodiscard]] bool unpark() noexcept {
      token_ = true;
      return false;
    }
    [[nodiscard]] bool begin_wait_elsewhere() noexcept;
    bool end_wait_elsewhere() noexcept { return std::exchange(token_, false); }

   private:
    bool token_ = false;
  };

  struct mutex {
    void lock() noexcept {}
    void unlock() noexcept {}
    [[nodiscard]] bool try_lock() noexcept { return true; }
  };

  // There are none: a runtime in this world makes no threads.
  struct thread {
    void join() noexcept {}
  };

  ROTA_INLINE static void full_fence() noexcept {}
  [[nodiscard]] static TimePoint now() noexcept { return Real::now(); }
  ROTA_INLINE static void relax() noexcept {}
  ROTA_INLINE static void pause() noexcept {}
  static void charge(Cost cost) noexcept { Real::charge(cost); }
  [[nodiscard]] static NodeId node() noexcept { return Real::node(); }
  ROTA_INLINE static void mark(Mark, const void*, std::uint64_t) noexcept {}
  [[nodiscard]] static constexpr std::size_t slot(std::size_t bytes) noexcept { return bytes; }
  [[nodiscard]] static constexpr std::size_t capacity(std::size_t wanted) noexcept { return wanted; }

  // Inline, unlike the real world's: nothing moves between threads here, so its address may be kept.
  [[nodiscard]] ROTA_INLINE static void* context() noexcept { return context_; }
  ROTA_INLINE static void set_context(void* pointer) noexcept { context_ = pointer; }

  // One for each thread, since nothing here is shared between threads; it goes when its thread ends.
  template <class T> [[nodiscard]] static T& global() {
    static thread_local T instance;
    return instance;
  }

  [[nodiscard]] static void* pages(std::size_t bytes, std::size_t alignment) { return Real::pages(bytes, alignment); }
  static void release_pages(void* memory, std::size_t bytes) noexcept { Real::release_pages(memory, bytes); }

 private:
  static inline constinit thread_local void* context_ = nullptr;
};

}  // namespace rota::env
