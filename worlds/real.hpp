// env::Real: the world of measurement. Atomics are the processor's, threads are the kernel's, time is the monotonic
// clock. The wrappers are thin: a call compiles to the instruction that std::atomic would give.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <utility>

#include "worlds/env.hpp"
#include "worlds/parker.hpp"
#include "worlds/stack.hpp"

#define ROTA_INLINE [[gnu::always_inline]] inline

namespace rota::env {

struct Real {
  static constexpr bool real_time = true;

  template <class T> class atomic {
   public:
    atomic() noexcept : value_{} {}
    explicit constexpr atomic(T value) noexcept : value_(value) {}
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    [[nodiscard]] ROTA_INLINE T load(Order o) const noexcept { return value_.load(to_std(o)); }
    ROTA_INLINE void store(T v, Order o) noexcept { value_.store(v, to_std(o)); }
    ROTA_INLINE T exchange(T v, Order o) noexcept { return value_.exchange(v, to_std(o)); }
    // Strong: fails only if the value differs, and then leaves it in `expected`.
    ROTA_INLINE bool compare_exchange(T& expected, T desired, Order success, Order failure) noexcept {
      return value_.compare_exchange_strong(expected, desired, to_std(success), to_std(failure));
    }
    ROTA_INLINE T fetch_add(T v, Order o) noexcept { return value_.fetch_add(v, to_std(o)); }
    ROTA_INLINE T fetch_sub(T v, Order o) noexcept { return value_.fetch_sub(v, to_std(o)); }
    ROTA_INLINE T fetch_or(T v, Order o) noexcept { return value_.fetch_or(v, to_std(o)); }
    ROTA_INLINE T fetch_and(T v, Order o) noexcept { return value_.fetch_and(v, to_std(o)); }

   private:
    std::atomic<T> value_;
  };

  // Plain data. Races on it are for the thread sanitizer to see.
  template <class T> class cell {
   public:
    cell() = default;
    explicit cell(T value) : value_(std::move(value)) {}
    [[nodiscard]] ROTA_INLINE const T& read() const noexcept { return value_; }
    [[nodiscard]] ROTA_INLINE T& write() noexcept { return value_; }
    ROTA_INLINE void write(T value) { value_ = std::move(value); }

   private:
    T value_{};
  };

  using parker = FutexParker;
  using mutex = std::mutex;
  using stack = Stack;

  class thread {
   public:
    thread() = default;
    template <class F>
    thread(ThreadOptions options, F body)
        : thread_([options = std::move(options), body = std::move(body)]() mutable {
            prepare(options);
            body();
          }) {}
    void join() { thread_.join(); }

   private:
    static void prepare(const ThreadOptions& options);
    std::thread thread_;
  };

  // On x86 a locked add to the stack orders as mfence does and costs about half as much.
  ROTA_INLINE static void full_fence() noexcept {
#if defined(__x86_64__)
    asm volatile("lock addq $0, -8(%%rsp)" ::: "memory", "cc");
#else
    std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
  }

  [[nodiscard]] static TimePoint now() noexcept;

  ROTA_INLINE static void pause() noexcept { relax(); }
  ROTA_INLINE static void relax() noexcept {
#if defined(__x86_64__)
    asm volatile("pause" ::: "memory");
#else
    asm volatile("" ::: "memory");
#endif
  }

  static void charge(Cost cost) noexcept;
  [[nodiscard]] static NodeId node() noexcept;

  ROTA_INLINE static void mark(Mark, const void*, std::uint64_t) noexcept {}

  [[nodiscard]] static constexpr std::size_t slot(std::size_t bytes) noexcept { return bytes; }
  [[nodiscard]] static constexpr std::size_t capacity(std::size_t wanted) noexcept { return wanted; }

  // Never inlined: code that moves between threads at a suspension must not keep the address of a thread-local.
  [[nodiscard, gnu::noinline]] static void* context() noexcept;
  [[gnu::noinline]] static void set_context(void* pointer) noexcept;

  template <class T> [[nodiscard]] static T& global() {
    static T& instance = *new T;  // never destroyed: a static runtime may end after it would have been
    return instance;
  }

  [[nodiscard]] static void* pages(std::size_t bytes, std::size_t alignment);
  static void release_pages(void* memory, std::size_t bytes) noexcept;
};

}  // namespace rota::env
