// An execution in the explored world: how it is asked for, what it is made of, and who watches it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "worlds/explored/access_kind.hpp"
#include "worlds/order.hpp"
#include "worlds/trace.hpp"

namespace rota::explored {

enum class Memory : std::uint8_t { sc, relaxed };

enum class Method : std::uint8_t {
  random,  // every enabled thread alike, at every step
  pct,     // priorities and `depth` - 1 places where they change (Burckhardt et al., ASPLOS 2010)
  dfs,     // all schedules but for equivalent ones (Flanagan and Godefroid, POPL 2005), within `preemptions`
  replay,  // the schedule of `schedule`
};

[[nodiscard]] constexpr std::string_view to_string(Memory memory) noexcept {
  return memory == Memory::sc ? "sc" : "relaxed";
}
[[nodiscard]] constexpr std::string_view to_string(Method method) noexcept {
  constexpr std::array<std::string_view, 4> names{"random", "pct", "dfs", "replay"};
  return names[static_cast<std::size_t>(method)];
}

// One place in the source that accesses shared memory, and the order it asks for.
struct AccessSite {
  const char* file = nullptr;
  std::uint32_t line = 0, column = 0;
  AccessKind kind = AccessKind::load;
  Order order = Order::relaxed;
};

struct Options {
  Memory memory = Memory::relaxed;
  Method method = Method::random;
  std::uint64_t seed = 1;            // random, pct
  unsigned depth = 3;                // pct
  unsigned preemptions = unlimited;  // dfs
  std::string schedule{};            // replay: a Failure's or an Execution's
  std::uint64_t max_executions = unlimited64;
  std::chrono::nanoseconds budget = std::chrono::hours(1);
  std::uint32_t max_steps = 20'000;  // an execution that takes more does not end: failure `endless`
  bool twice = false;                // runs each schedule twice and fails with `leak` if they differ
  bool sites = false;                // list in the verdict which places accessed shared memory
  AccessSite weakened{};             // if file is set: accesses at that place have `weaker`, a fence is none
  Order weaker = Order::relaxed;
  bool trace = false;  // keep the last execution's trace and steps in the verdict

  static constexpr unsigned unlimited = ~0U;
  static constexpr std::uint64_t unlimited64 = ~std::uint64_t{0};
};

// One shared access, for people: where in the source, by whom.
struct Step {
  std::uint8_t thread;
  const char* file;  // relative to the source tree if the compiler was told so
  std::uint32_t line;
  AccessKind kind;
  Order order;          // as it took effect
  std::uint64_t value;  // read or written
  bool stale;           // not the newest store was read, or not the newest place written
  std::uint32_t step;   // as TraceEvent::step
};

// Told of each event as it happens, and of the end; the first sentence stops the execution as a failure.
// It runs outside the world: it may allocate, and sees nothing of the memory under test.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void begin() {}
  virtual void see(const TraceEvent& event) = 0;
  virtual void end() {}
};

}  // namespace rota::explored
