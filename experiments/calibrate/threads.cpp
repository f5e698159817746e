// Spinning, fences, the clock, sleeping and waking, memory from the system.
#include <time.h>

#include "experiments/calibrate/parts.hpp"

namespace rota::experiments {
namespace {

using env::Real;

constexpr std::size_t repeats = 1000;
constexpr Duration until_asleep = std::chrono::microseconds(50);  // after the sleeper said that it is about to park
constexpr std::size_t slab = std::size_t{64} * 1024;  // what a runtime asks for first: 16 of them (runtime/slots.hpp)

template <class Deed> Ps repeated(std::size_t rounds, Deed deed) {
  std::vector<Ps> times(rounds);
  for (auto& time : times) {
    const TimePoint begin = Real::now();
    for (std::size_t i = 0; i < repeats; ++i) deed();
    time = to_ps(Real::now() - begin) / static_cast<Ps>(repeats);
  }
  return median(std::move(times));
}

// Processor time that this thread has used.
Ps used() {
  timespec ts{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
  return (ts.tv_sec * 1'000'000'000LL + ts.tv_nsec) * 1000;
}

void wait_for(Real::atomic<std::uint64_t>& word, std::uint64_t value) {
  while (word.load(Order::acquire) != value) Real::relax();
}

struct Sleeper {
  Real::parker parker;
  alignas(line_pair) Real::atomic<std::uint64_t> parking{std::uint64_t{0}};
  alignas(line_pair) Real::atomic<std::uint64_t> awake{std::uint64_t{0}};
  TimePoint woke{};
  std::vector<Ps> parks;
};

void sleep_often(Sleeper& self, std::size_t rounds) {
  const Ps reading = repeated(9, [] { (void)used(); });
  for (std::size_t round = 1; round <= rounds; ++round) {
    self.parking.store(round, Order::release);
    const Ps before = used();
    self.parker.park();
    self.woke = Real::now();
    self.parks.push_back(std::max<Ps>(used() - before - reading, 0));
    self.awake.store(round, Order::release);
  }
}

void wait(Duration delay) {
  for (const TimePoint end = Real::now() + delay; Real::now() < end;) Real::relax();
}

}  // namespace

Instructions instructions(unsigned unit, std::size_t rounds) {
  Instructions result;
  on_unit(unit, [&] {
    result.relax = repeated(rounds, [] { Real::relax(); });
    result.fence = repeated(rounds, [] { Real::full_fence(); });
    result.clock = repeated(rounds, [] { (void)Real::now(); });
  });
  return result;
}

Sleep sleeping(unsigned waker, unsigned sleeper, std::size_t rounds) {
  Sleeper other;
  std::vector<Ps> unparks;
  std::vector<Ps> wake_ups;
  Real::thread thread({.name = "calibrate", .pu = sleeper}, [&] { sleep_often(other, rounds); });
  on_unit(waker, [&] {
    const Ps clock = repeated(9, [] { (void)Real::now(); });
    for (std::size_t round = 1; round <= rounds; ++round) {
      wait_for(other.parking, round);
      wait(until_asleep);
      const TimePoint begin = Real::now();
      (void)other.parker.unpark();
      const TimePoint end = Real::now();
      wait_for(other.awake, round);
      unparks.push_back(std::max<Ps>(to_ps(end - begin) - clock, 0));
      wake_ups.push_back(std::max<Ps>(to_ps(other.woke - end), 0));
    }
  });
  thread.join();
  return {median(std::move(other.parks)), median(std::move(unparks)), median(std::move(wake_ups))};
}

Ps allocation(unsigned unit, std::size_t rounds) {
  std::vector<Ps> times(rounds);
  on_unit(unit, [&] {
    for (auto& time : times) {
      const TimePoint begin = Real::now();
      void* const memory = Real::pages(16 * slab, slab);
      time = to_ps(Real::now() - begin);
      Real::release_pages(memory, 16 * slab);
    }
  });
  return median(std::move(times));
}

}  // namespace rota::experiments
