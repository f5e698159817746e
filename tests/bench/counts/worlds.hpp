// The worlds in which paths are counted: the real one with a probe at two of the runtime's marks, and one that counts
// what the processor must do under lock.
#pragma once

#include "experiments/calibrate/counting_world.hpp"
#include "tests/bench/path_bodies.hpp"

namespace rota::bench {

// Stands around the end of a task, from where its body has returned until its worker looks for the next one. That part
// has no place in a path's own code. Armed by one thread, which is the only one that runs tasks then.
struct Probe {
  Meter* armed = nullptr;
  bool inside = false;

  void begin() noexcept {
    if (armed == nullptr) return;
    inside = true;
    armed->begin();
  }
  void end() noexcept {
    if (!inside) return;
    inside = false;
    armed->end();
  }
};
inline Probe probe;

template <Env World> struct Probed : World {
  ROTA_INLINE static void mark(Mark mark, const void* subject, std::uint64_t value) noexcept {
    if (mark == Mark::look) probe.end();
    World::mark(mark, subject, value);
    if (mark == Mark::finish) probe.begin();
  }
};

// A meter that lets the probe stand where the path would have put it once.
class ArmsProbe final : public Meter {
 public:
  explicit ArmsProbe(Meter& meter) noexcept : meter_(&meter) {}
  void begin() noexcept override { probe.armed = meter_; }
  void end() noexcept override { probe.armed = nullptr; }

 private:
  Meter* meter_;
};

// Also counted: what a mutex does when it is let go, and what a parker does. A failed exchange counts as one that won:
// the processor locks the line for both.
struct Counted : experiments::Counting {
  class mutex {
   public:
    void lock() { ++experiments::counts().update, mutex_.lock(); }
    [[nodiscard]] bool try_lock() { return ++experiments::counts().update, mutex_.try_lock(); }
    void unlock() { ++experiments::counts().update, mutex_.unlock(); }

   private:
    env::Real::mutex mutex_;
  };

  class parker : public env::Real::parker {
   public:
    void park() noexcept { (void)park_until(never); }
    bool park_until(TimePoint deadline) noexcept {
      experiments::counts().update += 2;
      return env::Real::parker::park_until(deadline);
    }
    [[nodiscard]] bool unpark() noexcept { return ++experiments::counts().update, env::Real::parker::unpark(); }
    [[nodiscard]] bool begin_wait_elsewhere() noexcept {
      return ++experiments::counts().update, env::Real::parker::begin_wait_elsewhere();
    }
    bool end_wait_elsewhere() noexcept {
      return ++experiments::counts().update, env::Real::parker::end_wait_elsewhere();
    }
  };

  [[nodiscard]] static void* pages(std::size_t bytes, std::size_t alignment);  // counts as an allocation
};
static_assert(Env<Probed<env::Real>> && Env<Probed<Counted>>);

// This thread's.
[[nodiscard]] std::uint64_t& allocations() noexcept;

}  // namespace rota::bench
