// env::Simulated: the world of prediction. Objects lie in memory as in the real world; every shared access is charged
// by a machine's costs and takes effect in the order of simulated time (machine.hpp).
#pragma once

#include <memory>
#include <utility>

#include "worlds/env.hpp"
#include "worlds/simulated/machine.hpp"
#include "worlds/stack.hpp"

namespace rota::env {

struct Simulated {
  template <class T> class atomic {
    using Access = simulated::Access;

   public:
    atomic() noexcept : value_{} {}
    explicit atomic(T value) noexcept : value_(value) {}
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    [[nodiscard]] T load(Order) const {
      simulated::machine().access(this, Access::load);
      return value_;
    }
    void store(T v, Order) {
      simulated::machine().access(this, Access::store);
      value_ = v;
    }
    T exchange(T v, Order) {
      simulated::machine().access(this, Access::update);
      return std::exchange(value_, v);
    }
    bool compare_exchange(T& expected, T desired, Order, Order) {
      simulated::machine().access(this, Access::update);
      if (value_ == expected) {
        value_ = desired;
        return true;
      }
      expected = value_;
      return false;
    }
    T fetch_add(T v, Order) {
      return update([v](T old) { return static_cast<T>(old + v); });
    }
    T fetch_sub(T v, Order) {
      return update([v](T old) { return static_cast<T>(old - v); });
    }
    T fetch_or(T v, Order) {
      return update([v](T old) { return static_cast<T>(old | v); });
    }
    T fetch_and(T v, Order) {
      return update([v](T old) { return static_cast<T>(old & v); });
    }

   private:
    template <class F> T update(F change) {
      simulated::machine().access(this, Access::update);
      return std::exchange(value_, change(value_));
    }
    T value_;
  };

  template <class T> class cell {
   public:
    cell() = default;
    explicit cell(T value) : value_(std::move(value)) {}
    [[nodiscard]] const T& read() const {
      simulated::machine().touch(this, simulated::Access::load);
      return value_;
    }
    [[nodiscard]] T& write() {
      simulated::machine().touch(this, simulated::Access::store);
      return value_;
    }
    void write(T value) { write() = std::move(value); }

   private:
    T value_{};
  };

  class parker {
   public:
    void park() { (void)park_until(never); }
    bool park_until(TimePoint deadline) { return simulated::machine().park(token_, deadline); }
    [[nodiscard]] bool unpark() { return simulated::machine().unpark(token_); }
    [[nodiscard]] bool begin_wait_elsewhere() { return simulated::machine().begin_wait_elsewhere(token_); }
    bool end_wait_elsewhere() { return simulated::machine().end_wait_elsewhere(token_); }

   private:
    simulated::Token token_;
  };

  class mutex {
   public:
    void lock() { simulated::machine().lock(lock_); }
    [[nodiscard]] bool try_lock() { return simulated::machine().try_lock(lock_); }
    void unlock() { simulated::machine().unlock(lock_); }

   private:
    simulated::Lock lock_;
  };

  class thread {
   public:
    thread() = default;
    template <class F> thread(ThreadOptions options, F body) {
      const int unit = options.place ? static_cast<int>(*options.place) : -1;
      id_ = simulated::machine().spawn(options.name, unit, &run<F>, new F(std::move(body)));
    }
    void join() { simulated::machine().join(id_); }

   private:
    template <class F> static void run(void* body) {
      const std::unique_ptr<F> owned(static_cast<F*>(body));
      (*owned)();
    }
    unsigned id_ = 0;
  };

  using stack = Stack;  // not of the simulated memory: what lies on a stack is always a hit

  static void full_fence() { simulated::machine().fence(); }
  [[nodiscard]] static TimePoint now() { return simulated::machine().now(); }
  static void relax() { simulated::machine().relax(); }
  static void pause() { relax(); }
  static void charge(Cost cost) { simulated::machine().charge(cost); }
  [[nodiscard]] static NodeId node() { return simulated::machine().node(); }
  static void mark(Mark mark, const void* subject, std::uint64_t value) {
    simulated::machine().mark(mark, subject, value);
  }
  // Compilers differ in the size of a frame; what they choose must not decide which tasks share a slab.
  [[nodiscard]] static constexpr std::size_t slot(std::size_t bytes) noexcept { return (bytes + 511) / 512 * 512; }
  [[nodiscard]] static constexpr std::size_t capacity(std::size_t wanted) noexcept { return wanted; }
  [[nodiscard]] static void* context() { return simulated::machine().context(); }
  static void set_context(void* pointer) { simulated::machine().context() = pointer; }
  template <class T> [[nodiscard]] static T& global() {
    static const char kind = 0;
    void*& object = simulated::machine().global(&kind);
    if (object == nullptr) object = new T();
    return *static_cast<T*>(object);
  }
  [[nodiscard]] static void* pages(std::size_t bytes, std::size_t alignment) {
    return simulated::machine().pages(bytes, alignment);
  }
  static void release_pages(void*, std::size_t) noexcept {}
};
static_assert(Env<Simulated>);

}  // namespace rota::env
