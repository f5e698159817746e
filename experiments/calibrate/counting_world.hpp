// Counting: the real world, in which each thread counts its shared accesses, fences and what the runtime says it does.
// What a simulated machine would charge for is known from it without simulating.
#pragma once

#include <cstdint>
#include <utility>

#include "worlds/real.hpp"

namespace rota::experiments {

struct Counts {
  std::uint64_t load = 0, store = 0, update = 0, fence = 0, look = 0, resume = 0, spawn = 0;
};

// This thread's.
[[nodiscard]] Counts& counts() noexcept;

struct Counting : env::Real {
  template <class T> class atomic {
   public:
    atomic() noexcept = default;
    explicit constexpr atomic(T value) noexcept : value_(value) {}
    [[nodiscard]] T load(Order o) const noexcept { return ++counts().load, value_.load(o); }
    void store(T v, Order o) noexcept { ++counts().store, value_.store(v, o); }
    T exchange(T v, Order o) noexcept { return ++counts().update, value_.exchange(v, o); }
    bool compare_exchange(T& expected, T desired, Order success, Order failure) noexcept {
      return ++counts().update, value_.compare_exchange(expected, desired, success, failure);
    }
    T fetch_add(T v, Order o) noexcept { return ++counts().update, value_.fetch_add(v, o); }
    T fetch_sub(T v, Order o) noexcept { return ++counts().update, value_.fetch_sub(v, o); }
    T fetch_or(T v, Order o) noexcept { return ++counts().update, value_.fetch_or(v, o); }
    T fetch_and(T v, Order o) noexcept { return ++counts().update, value_.fetch_and(v, o); }

   private:
    env::Real::atomic<T> value_;
  };

  template <class T> class cell {
   public:
    cell() = default;
    explicit cell(T value) : value_(std::move(value)) {}
    [[nodiscard]] const T& read() const noexcept { return ++counts().load, value_; }
    [[nodiscard]] T& write() noexcept { return ++counts().store, value_; }
    void write(T value) { write() = std::move(value); }

   private:
    T value_{};
  };

  class mutex {
   public:
    void lock() { ++counts().update, mutex_.lock(); }
    [[nodiscard]] bool try_lock() { return ++counts().update, mutex_.try_lock(); }
    void unlock() { ++counts().update, mutex_.unlock(); }

   private:
    env::Real::mutex mutex_;
  };

  static void full_fence() noexcept {
    ++counts().fence;
    env::Real::full_fence();
  }
  static void mark(Mark mark, const void*, std::uint64_t) noexcept {
    Counts& mine = counts();
    mine.look += mark == Mark::look ? 1 : 0;
    mine.resume += mark == Mark::resume ? 1 : 0;
    mine.spawn += mark == Mark::spawn ? 1 : 0;
  }
};
static_assert(Env<Counting>);

}  // namespace rota::experiments
