// Env: the concept of a world, that is of a place where code executes. Everything that executes inside a world is a
// template on Env and reaches threads, shared memory, time and blocking through it alone.
//
// Contract of the parts
//   atomic<T>     load, store, exchange, compare_exchange, fetch_add/sub/or/and; the Order is always written down.
//   cell<T>       plain data that is shared but protected by something else. A world that can see a race on it fails.
//   parker        blocks one thread until it is unparked; a token, so unpark before park is not lost (real.hpp).
//   mutex         lock, unlock, try_lock: satisfies Lockable.
//   thread        a thread of this world; joined by its owner, never detached.
//   full_fence()  the only sequentially consistent operation: all full fences of a world are totally ordered.
//   now()         time in this world; never goes backwards as one thread sees it.
//   relax()       inside every spin: tells the core, or the explored world, that this thread waits for another.
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

template <class E>
concept Env = requires(typename E::template atomic<std::uint64_t>& word, const typename E::template cell<int>& plain,
                       typename E::parker& parker, typename E::mutex& mutex, typename E::thread& thread,
                       std::uint64_t expected, void* pointer) {
  { word.load(Order::acquire) } -> std::same_as<std::uint64_t>;
  { word.store(expected, Order::release) };
  { word.exchange(expected, Order::acq_rel) } -> std::same_as<std::uint64_t>;
  { word.compare_exchange(expected, expected, Order::acq_rel, Order::acquire) } -> std::same_as<bool>;
  { word.fetch_add(expected, Order::relaxed) } -> std::same_as<std::uint64_t>;
  { word.fetch_sub(expected, Order::relaxed) } -> std::same_as<std::uint64_t>;
  { word.fetch_or(expected, Order::relaxed) } -> std::same_as<std::uint64_t>;
  { word.fetch_and(expected, Order::relaxed) } -> std::same_as<std::uint64_t>;
  { plain.read() } -> std::convertible_to<int>;
  { parker.park_until(TimePoint{}) } -> std::same_as<bool>;
  { parker.unpark() } -> std::same_as<bool>;
  { mutex.lock() };
  { mutex.unlock() };
  { mutex.try_lock() } -> std::same_as<bool>;
  { thread.join() };
  { E::full_fence() };
  { E::now() } -> std::same_as<TimePoint>;
  { E::relax() };
  { E::charge(Cost{}) };
  { E::node() } -> std::same_as<NodeId>;
  { E::capacity(std::size_t{}) } -> std::same_as<std::size_t>;
  { E::slot(std::size_t{}) } -> std::same_as<std::size_t>;
  { E::mark(Mark::note, pointer, std::uint64_t{}) };
  { E::context() } -> std::same_as<void*>;
  { E::set_context(pointer) };
  { E::pages(std::size_t{}, std::size_t{}) } -> std::same_as<void*>;
  { E::release_pages(pointer, std::size_t{}) };
};

// Whether time passes by itself in a world: what is computed there takes its own time.
template <class E> inline constexpr bool real_time = requires { requires E::real_time; };

// Whether a world has one thread, which runs its runtime's worker itself whenever it waits (local.hpp).
template <class E> inline constexpr bool one_thread = requires { requires E::one_thread; };

// Two objects written by different threads stand this far apart: two lines, since cores fetch lines in pairs.
inline constexpr std::size_t line_pair = 128;
// The same for what only the threads of the world E share: nothing, if there is one thread. An allocation of ordinary
// alignment is also much cheaper.
template <class E> inline constexpr std::size_t line_pair_of = one_thread<E> ? alignof(std::max_align_t) : line_pair;

// Memory aligned to this much may come in pages of this size.
inline constexpr std::size_t huge_page = std::size_t{2} << 20;

}  // namespace rota
