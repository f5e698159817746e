// Env: the concept of a world, that is of a place where code executes. Everything that executes inside a world is a
// template on Env and reaches threads, shared memory, time and blocking through it alone.
//
// Contract of the parts
//   atomic<T>     load, store, exchange, compare_exchange, fetch_add/sub/or/and; the Order is always written down.
//   cell<T>       plain data that is shared but protected by something else. A world that can see a race on it fails.
//   parker        blocks one thread until it is unparked; a token, so unpark before park is not lost (real.hpp).
//   mutex         lock, unlock, try_lock: satisfies Lockable.
//   stack         memory for the stack of a fiber (stack.hpp); one of a size may serve another fiber of that size.
//   thread        a thread of this world; joined by its owner, never detached.
//   full_fence()  the only sequentially consistent operation: all full fences of a world are totally ordered.
//   now()         time in this world; never goes backwards as one thread sees it.
//   relax()       inside a spin that only another thread ends: tells the core, or the explored world, that it waits.
//   pause()       inside a spin that ends by itself, after some rounds: to the core the same, and no waiting.
//   charge(Cost)  declared work: spins in the real world, advances the clock in a simulated one.
//   node()        the NUMA node on which this thread runs now, as Cost::home names it; anywhere if that is unknown.
//   capacity(n)   n in the real world, small under exploration so that wrap-around and overflow are reached.
//   slot(n)       how much memory a task of n bytes gets: n, or more where a compiler's frame sizes must not matter.
//   mark(…)       says what the runtime does (trace.hpp): recorded where there is a trace, nothing in the real world.
//   context()     one pointer for each thread of this world, nullptr at its start.
//   global<T>()   one T for the whole world, made at first use, outliving every runtime in it.
//   pages(n, a)   n bytes of memory aligned to a, whatever is in them, owned by the world until release_pages.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "worlds/order.hpp"
#include "worlds/time.hpp"
#include "worlds/trace.hpp"

namespace rota {

// How a world's thread is to be made.
struct ThreadOptions {
  std::string name;            // the kernel keeps at most 15 characters
  std::optional<unsigned> pu;  // operating-system index of the processing unit to pin to
  // Where it stands on a simulated machine: a logical index there. Threads without one stand outside the machine.
  std::optional<unsigned> place = std::nullopt;
};

// Whether a world has one thread, which runs its runtime's worker itself whenever it waits (local.hpp).
template <class E> inline constexpr bool one_thread = requires { requires E::one_thread; };

// The parts of a world, each a concept of its own, so that a compiler names the one that does not fit.
namespace world {

template <class A, class T>
concept Atomic = std::default_initializable<A> && std::constructible_from<A, T> &&
                 requires(A& word, const A& same, T value, T& expected) {
                   { same.load(Order::acquire) } -> std::same_as<T>;
                   { word.store(value, Order::release) };
                   { word.exchange(value, Order::acq_rel) } -> std::same_as<T>;
                   { word.compare_exchange(expected, value, Order::acq_rel, Order::acquire) } -> std::same_as<bool>;
                 };
template <class A, class T>
concept Counting = Atomic<A, T> && requires(A& word, T value) {
  { word.fetch_add(value, Order::relaxed) } -> std::same_as<T>;
  { word.fetch_sub(value, Order::relaxed) } -> std::same_as<T>;
  { word.fetch_or(value, Order::relaxed) } -> std::same_as<T>;
  { word.fetch_and(value, Order::relaxed) } -> std::same_as<T>;
};
template <class C, class T>
concept Cell =
    std::default_initializable<C> && std::constructible_from<C, T> && requires(C& cell, const C& same, T value) {
      { same.read() } -> std::same_as<const T&>;
      { cell.write() } -> std::same_as<T&>;
      { cell.write(std::move(value)) };
    };
template <class P>
concept Parker = std::default_initializable<P> && requires(P& parker) {
  { parker.park() };
  { parker.park_until(TimePoint{}) } -> std::same_as<bool>;
  { parker.unpark() } -> std::same_as<bool>;
  { parker.begin_wait_elsewhere() } -> std::same_as<bool>;
  { parker.end_wait_elsewhere() } -> std::same_as<bool>;
};
template <class M>
concept Mutex = std::default_initializable<M> && requires(M& mutex) {
  { mutex.lock() };
  { mutex.unlock() };
  { mutex.try_lock() } -> std::same_as<bool>;
};
template <class S>
concept StackMemory = std::default_initializable<S> && std::constructible_from<S, std::size_t> && std::movable<S> &&
                      requires(const S& stack) {
                        { S::whole_pages(std::size_t{}) } -> std::same_as<std::size_t>;
                        { stack.empty() } -> std::same_as<bool>;
                        { stack.low() } -> std::same_as<std::byte*>;
                        { stack.high() } -> std::same_as<std::byte*>;
                        { stack.size() } -> std::same_as<std::size_t>;
                      };
template <class E>
concept Threads =
    (one_thread<E> || std::constructible_from<typename E::thread, ThreadOptions, void (*)()>) &&
    std::default_initializable<typename E::thread> && requires(typename E::thread& thread, void* pointer) {
      { thread.join() };
      { E::context() } -> std::same_as<void*>;
      { E::set_context(pointer) };
      { E::relax() };
      { E::pause() };
      { E::full_fence() };
    };
template <class E>
concept Time = requires {
  { E::now() } -> std::same_as<TimePoint>;
  { E::charge(Cost{}) };
  { E::node() } -> std::same_as<NodeId>;
};
template <class E>
concept Memory = requires(void* pointer) {
  { E::capacity(std::size_t{}) } -> std::same_as<std::size_t>;
  typename std::integral_constant<std::size_t, E::capacity(1)>;  // a constant
  { E::slot(std::size_t{}) } -> std::same_as<std::size_t>;
  { E::template global<int>() } -> std::same_as<int&>;
  { E::pages(std::size_t{}, std::size_t{}) } -> std::same_as<void*>;
  { E::release_pages(pointer, std::size_t{}) };
};
template <class E>
concept Marks = requires(const void* subject) {
  { E::mark(Mark::note, subject, std::uint64_t{}) };
};

}  // namespace world

template <class E>
concept Env =
    world::Counting<typename E::template atomic<std::uint64_t>, std::uint64_t> &&
    world::Atomic<typename E::template atomic<bool>, bool> &&
    world::Atomic<typename E::template atomic<void*>, void*> && world::Cell<typename E::template cell<int>, int> &&
    world::Parker<typename E::parker> && world::Mutex<typename E::mutex> && world::StackMemory<typename E::stack> &&
    world::Threads<E> && world::Time<E> && world::Memory<E> && world::Marks<E>;

// Whether time passes by itself in a world: what is computed there takes its own time.
template <Env E> inline constexpr bool real_time = requires { requires E::real_time; };

// Whether declared work takes no time in a world: what a task used is then what it declared.
template <Env E> inline constexpr bool timeless = requires { requires E::timeless; };
// Whether somebody reads a world's marks, those too that say what the code beside them had to look up.
template <Env E> inline constexpr bool traced = requires { requires E::traced; };

// Two objects written by different threads stand this far apart: two lines, since cores fetch lines in pairs.
inline constexpr std::size_t line_pair = 128;
// The same for what only the threads of the world E share: nothing, if there is one thread. An allocation of ordinary
// alignment is also much cheaper.
template <Env E> inline constexpr std::size_t line_pair_of = one_thread<E> ? alignof(std::max_align_t) : line_pair;

// Memory aligned to this much may come in pages of this size.
inline constexpr std::size_t huge_page = std::size_t{2} << 20;

}  // namespace rota
