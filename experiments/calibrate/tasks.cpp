// Yields and spawns of a runtime with one worker: how long they take in the real world, and what they do, counted.
#include "experiments/calibrate/counting_world.hpp"
#include "experiments/calibrate/parts.hpp"
#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "schedulers/round_robin.hpp"

namespace rota::experiments {

[[gnu::noinline]] Counts& counts() noexcept {
  asm volatile("");  // a task may be resumed elsewhere: no address of a thread-local is kept across a suspension
  thread_local Counts mine;
  return mine;
}

namespace {

constexpr std::size_t yields = 20'000;
constexpr std::size_t spawns = 2'000;  // few enough to stay in the second-level cache

// The policy with the least of its own to do: with one worker, its queue is a plain list.
template <Env E> using Policy = schedulers::RoundRobin<E>;

template <Env E> Job<E> nothing() { co_return; }

struct Sample {
  Duration time{};
  Counts before, after;
};

template <Env E> void begin(Sample& sample) {
  sample.before = counts();
  sample.time = -E::now().time_since_epoch();
}
template <Env E> void end(Sample& sample) {
  sample.time += E::now().time_since_epoch();
  sample.after = counts();
}

template <Env E> Job<E> yield_often(Sample& sample) {
  begin<E>(sample);
  for (std::size_t i = 0; i < yields; ++i) co_await yield();
  end<E>(sample);
}

template <Env E> Job<E> spawn_often(Executor<E>& executor, Sample& sample) {
  std::vector<JoinHandle<E>> handles;
  handles.reserve(spawns);
  begin<E>(sample);
  for (std::size_t i = 0; i < spawns; ++i) handles.push_back(executor.spawn(nothing<E>()));
  for (auto& handle : handles) co_await handle;
  end<E>(sample);
}

struct Samples {
  std::vector<Ps> yield_times, spawn_times;
  Sample yield, spawn;  // the last
};

template <Env E> Samples sampled(const Topology& host, unsigned unit, std::size_t rounds) {
  Runtime<E, Policy<E>> runtime(Placement(host, std::to_string(unit), 1), RuntimeConfig{}, {}, reactors()[0].make());
  Samples result;
  for (std::size_t round = 0; round < rounds; ++round) {
    runtime.block_on(yield_often<E>(result.yield));
    runtime.block_on(spawn_often<E>(runtime, result.spawn));
    result.yield_times.push_back(to_ps(result.yield.time) / static_cast<Ps>(yields));
    result.spawn_times.push_back(to_ps(result.spawn.time) / static_cast<Ps>(spawns));
  }
  return result;
}

Deeds deeds_of(const Sample& sample, std::size_t times) {
  const auto each = [&](std::uint64_t Counts::* what) {
    return static_cast<double>(sample.after.*what - sample.before.*what) / static_cast<double>(times);
  };
  return {each(&Counts::load), each(&Counts::store),  each(&Counts::update), each(&Counts::fence),
          each(&Counts::look), each(&Counts::resume), each(&Counts::spawn)};
}

}  // namespace

Tasks tasks(const Topology& host, unsigned unit, std::size_t rounds) {
  Samples real = sampled<env::Real>(host, unit, rounds);
  const Samples counted = sampled<Counting>(host, unit, 3);
  return {{median(std::move(real.yield_times)), deeds_of(counted.yield, yields)},
          {median(std::move(real.spawn_times)), deeds_of(counted.spawn, spawns)}};
}

}  // namespace rota::experiments
