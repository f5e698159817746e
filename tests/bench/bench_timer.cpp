// What a timer costs: in the wheel alone, and submitted to and withdrawn from the reactor.
#include <benchmark/benchmark.h>

#include <chrono>

#include "reactor/registry.hpp"
#include "reactor/timer_wheel.hpp"
#include "worlds/random.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using namespace std::chrono_literals;

// Adds one timer and removes it while `timers` others, up to a minute away, stay in the wheel.
void add_and_remove(benchmark::State& state) {
  TimerWheel wheel;
  Random random(1);
  const auto others = static_cast<TimerWheel::Id>(state.range(0));
  for (TimerWheel::Id id = 0; id < others; ++id) wheel.add(TimePoint(Duration(random.below(60'000) * 1'000'000LL)), id);
  for (auto _ : state) {
    wheel.add(TimePoint(Duration(random.below(1'000'000) * 1000LL)), others);
    benchmark::DoNotOptimize(wheel.remove(others));
  }
}
BENCHMARK(add_and_remove)->Name("timer/wheel add and remove")->Arg(0)->Arg(10'000)->Arg(1'000'000);

void fire(benchmark::State& state) {
  constexpr TimerWheel::Id timers = 10'000;
  TimerWheel wheel;
  Random random(1);
  TimePoint now{};
  for (auto _ : state) {
    for (TimerWheel::Id id = 0; id < timers; ++id) wheel.add(now + Duration(100'000 + random.below(100'000)), id);
    now += 1ms;
    wheel.advance(now, [](TimerWheel::Id id) { benchmark::DoNotOptimize(id); });
  }
  state.SetItemsProcessed(state.iterations() * timers);
}
BENCHMARK(fire)->Name("timer/wheel add and fire, 10 000 at a time");

void submit_and_cancel(benchmark::State& state) {
  const auto reactor = reactors()[0].make();
  for (auto _ : state) {
    const Submitted submitted = reactor->submit(Op::timer(env::Real::now() + 1h), {});
    reactor->cancel(submitted.ticket);
  }
}
BENCHMARK(submit_and_cancel)->Name("timer/reactor submit and cancel");

}  // namespace
