// A world that has what the concept Env asks for and nothing more. That reactor, runtime and policies compile in it
// says that they ask for nothing more. No program is made of this: the test compiles it and throws it away, with the
// rows of all policies.
#pragma once

#include "runtime/rows.hpp"
#include "runtime/runtime.hpp"
#include "schedulers/policy.hpp"
#include "worlds/stack.hpp"

namespace rota {

struct Archetype {
  template <class T> class atomic {
   public:
    atomic();
    explicit atomic(T value);
    atomic(const atomic&) = delete;
    T load(Order) const;
    void store(T, Order);
    T exchange(T, Order);
    bool compare_exchange(T& expected, T desired, Order success, Order failure);
    T fetch_add(T, Order);
    T fetch_sub(T, Order);
    T fetch_or(T, Order);
    T fetch_and(T, Order);

   private:
    T value_;  // its size and alignment are T's at least
  };
  template <class T> class cell {
   public:
    cell();
    explicit cell(T value);
    const T& read() const;
    T& write();
    void write(T value);
  };
  struct parker {
    void park();
    bool park_until(TimePoint);
    bool unpark();
    bool begin_wait_elsewhere();
    bool end_wait_elsewhere();
  };
  struct mutex {
    void lock();
    void unlock();
    bool try_lock();
  };
  using stack = Stack;
  struct thread {
    thread();
    template <class F> thread(ThreadOptions, F);
    void join();
  };
  static void* context();
  static void set_context(void*);
  static void relax();
  static void pause();
  static void full_fence();
  static TimePoint now();
  static void charge(Cost);
  static NodeId node();
  static constexpr std::size_t capacity(std::size_t wanted) { return wanted; }
  static std::size_t slot(std::size_t);
  template <class T> static T& global();
  static void* pages(std::size_t bytes, std::size_t alignment);
  static void release_pages(void*, std::size_t);
  static void mark(Mark, const void*, std::uint64_t);
};
static_assert(Env<Archetype>);

// A policy of which a runtime was made in that world.
struct MadeInArchetype {
  std::string_view name;
};

template <> struct RowOf<MadeInArchetype> {
  using E = Archetype;
  template <class Policy, Name name> static MadeInArchetype make(const Worlds&) {
    Runtime<E, Policy>(Placement(Topology::host(), "none", 1), {}, {}, nullptr);
    return {name.view()};
  }
};

}  // namespace rota
