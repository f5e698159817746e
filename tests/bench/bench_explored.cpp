// What exploring costs: executions of a litmus test and of conformance programs with all oracles, and one step.
// A program of its own, for the explored world brings its own operator new.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "checks/conformance/conformance.hpp"
#include "checks/subjects.hpp"
#include "worlds/explored/world.hpp"

namespace {

using rota::Order;
using rota::explored::Memory;
using rota::explored::Method;
using E = rota::env::Explored;

E::thread thread(const char* name, auto body) { return {rota::ThreadOptions{.name = name, .pu = {}}, body}; }

// `executions` in one call, as a search does; an item is an execution.
rota::explored::Options search(Method method, Memory memory, std::uint64_t executions) {
  return {.memory = memory, .method = method, .max_executions = executions};
}

void require(const rota::explored::Verdict& verdict) {
  if (!verdict.passed) throw std::logic_error(verdict.failure.id + ": " + verdict.failure.sentence);
}

void store_buffering() {
  E::atomic<int> x{0}, y{0};
  E::thread one = thread("one", [&] {
    x.store(1, Order::relaxed);
    benchmark::DoNotOptimize(y.load(Order::relaxed));
  });
  E::thread two = thread("two", [&] {
    y.store(1, Order::relaxed);
    benchmark::DoNotOptimize(x.load(Order::relaxed));
  });
  one.join();
  two.join();
}

void litmus(benchmark::State& state, Method method, Memory memory) {
  std::int64_t executions = 0;
  for (auto _ : state) {
    const auto verdict = rota::explored::explore(search(method, memory, 1000), store_buffering);
    require(verdict);
    executions += static_cast<std::int64_t>(verdict.executions);
  }
  state.SetItemsProcessed(executions);
}
BENCHMARK_CAPTURE(litmus, random, Method::random, Memory::relaxed)->Name("explored/SB random relaxed");
BENCHMARK_CAPTURE(litmus, dfs, Method::dfs, Memory::relaxed)->Name("explored/SB dfs relaxed, all of it");

// Two workers, four tasks: one is spawned by another, one waits and is woken, one yields.
void conformance(benchmark::State& state, const char* policy, Method method, Memory memory) {
  const rota::checks::Subject* const subject = rota::find(rota::checks::subjects(), policy);
  const auto parsed = rota::checks::parse_program("w2:t0=s1,k2:t1=y:t2=u:t3=");
  if (subject == nullptr || !parsed.error.empty()) throw std::logic_error("no such policy, or no program");
  std::int64_t executions = 0, steps = 0;
  for (auto _ : state) {
    const auto verdict = rota::checks::explore_program(*subject, parsed.program, search(method, memory, 1000));
    require(verdict);
    executions += static_cast<std::int64_t>(verdict.executions);
    steps += static_cast<std::int64_t>(verdict.steps);
  }
  state.SetItemsProcessed(executions);
  state.counters["steps"] = static_cast<double>(steps) / static_cast<double>(executions);
}
BENCHMARK_CAPTURE(conformance, fifo_random, "fifo", Method::random, Memory::relaxed)
    ->Name("explored/conformance fifo random relaxed");
BENCHMARK_CAPTURE(conformance, fifo_pct, "fifo", Method::pct, Memory::relaxed)
    ->Name("explored/conformance fifo pct relaxed");
BENCHMARK_CAPTURE(conformance, stealing_random, "work-stealing", Method::random, Memory::relaxed)
    ->Name("explored/conformance work-stealing random relaxed");
BENCHMARK_CAPTURE(conformance, stealing_pct, "work-stealing", Method::pct, Memory::relaxed)
    ->Name("explored/conformance work-stealing pct relaxed");

// An item is a step of one of two threads that go on at random: every second one also changes the thread.
void step(benchmark::State& state) {
  std::int64_t steps = 0;
  const auto counting = [] {
    E::atomic<int> word{0};
    const auto count = [&word] {
      for (int i = 0; i < 1000; ++i) word.fetch_add(1, Order::relaxed);
    };
    E::thread one = thread("one", count), two = thread("two", count);
    one.join();
    two.join();
  };
  for (auto _ : state) {
    const auto verdict = rota::explored::explore(search(Method::random, Memory::sc, 10), counting);
    require(verdict);
    steps += static_cast<std::int64_t>(verdict.steps);
  }
  state.SetItemsProcessed(steps);
}
BENCHMARK(step)->Name("explored/step");

}  // namespace
