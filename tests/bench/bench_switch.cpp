// What a switch costs: raw jump_fcontext, our StackContext, a coroutine's resume and suspend, a fence, an exchange.
#include <benchmark/benchmark.h>

#include <boost/context/detail/fcontext.hpp>
#include <coroutine>

#include "worlds/real.hpp"
#include "worlds/stack_context.hpp"

namespace {

namespace fc = boost::context::detail;
using rota::env::Real;

void raw_entry(fc::transfer_t from) {
  for (;;) from = fc::jump_fcontext(from.fctx, nullptr);
}

// A round trip, that is two jumps.
void raw_jump(benchmark::State& state) {
  const rota::Stack stack(64 * 1024);
  fc::fcontext_t inside = fc::make_fcontext(stack.high(), stack.size(), &raw_entry);
  for (auto _ : state) inside = fc::jump_fcontext(inside, nullptr).fctx;
}
BENCHMARK(raw_jump)->Name("switch/jump_fcontext round trip");

void stack_context(benchmark::State& state) {
  const rota::Stack stack(64 * 1024);
  rota::StackContext context;
  context.prepare(
      stack,
      [](void* self) {
        for (;;) static_cast<rota::StackContext*>(self)->leave();
      },
      &context);
  for (auto _ : state) context.enter();
}
BENCHMARK(stack_context)->Name("switch/StackContext round trip");

struct Loop {
  struct promise_type {
    Loop get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    static std::suspend_always initial_suspend() noexcept { return {}; }
    static std::suspend_always final_suspend() noexcept { return {}; }
    static void return_void() {}
    static void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> frame;
};
Loop loop() {
  for (;;) co_await std::suspend_always{};
}

void coroutine(benchmark::State& state) {
  std::coroutine_handle<> frame = loop().frame;
  benchmark::DoNotOptimize(frame);
  for (auto _ : state) frame.resume();
  frame.destroy();
}
BENCHMARK(coroutine)->Name("switch/coroutine resume and suspend");

void full_fence(benchmark::State& state) {
  for (auto _ : state) Real::full_fence();
}
BENCHMARK(full_fence)->Name("cost/full fence");

void exchange(benchmark::State& state) {
  Real::atomic<std::uint64_t> word;
  for (auto _ : state) benchmark::DoNotOptimize(word.exchange(1, rota::Order::acq_rel));
}
BENCHMARK(exchange)->Name("cost/uncontended exchange");

void context_lookup(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Real::context());
}
BENCHMARK(context_lookup)->Name("cost/thread context");

}  // namespace
