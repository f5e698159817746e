// run_program<E, Policy>: runs a program on a runtime of its own, inside an execution of the explored world E.
//
// Main spawns the roots and starts the outside. Without `early` it then waits until everything has come to rest, wakes
// what waits, one by one, joins every task and checks its result, and shuts the runtime down. With `early` it shuts
// down at once and joins afterwards; in a world of one thread, where nothing runs until main waits, it first waits for
// a task that yields a few times. Marks tell the oracles what the runtime cannot: that everything is at rest, until
// when a task sleeps, and that shutdown begins and has ended.
#pragma once

#include "checks/conformance/actors.hpp"
#include "checks/conformance/rest.hpp"
#include "checks/conformance/small_settings.hpp"
#include "checks/subject.hpp"
#include "runtime/runtime.hpp"

namespace rota::checks {

// The failure of a program that came to rest too early. failure_id.hpp finds out what it means.
inline constexpr const char* stuck_id = "stuck";

// Where workers stand: a made-up system of two nodes. Made by prepare_placements(), outside executions: what is made
// inside one is gone at its end.
void prepare_placements();
[[nodiscard]] const Placement& placement_of(unsigned workers);

// What a preset says; of most subjects nothing, and then nothing is done in the execution.
template <class Config> void adopt(const SettingValues& values, Config& config) {
  SettingError error;
  if (!values.empty() && !bind(config, values, error))
    contract_failure("usage", "a preset has settings that do not fit");
}

// The settings of the policy in a program. Adjust, if given, changes them from the small ones.
template <class Policy, void (*Adjust)(typename Policy::Config&) = nullptr>
[[nodiscard]] typename Policy::Config settings_for(const Program& program, const Subject& subject) {
  auto settings = small_settings<typename Policy::Config>(program.seed);
  if constexpr (Adjust != nullptr) Adjust(settings);
  adopt(subject.with, settings);
  return settings;
}

// Wakes one task that waits, or completes one op. False if there is nothing left to do.
template <Env E> bool push_on(Scene<E>& scene) {
  if (scene.complete_one()) return true;
  bool all_ended = true;
  for (std::size_t task = 0; task < scene.size(); ++task) {
    if (!scene.waits(task)) continue;
    if (scene.wake(task, 1)) return true;
    all_ended = false;
  }
  if (!all_ended) contract_failure(stuck_id, "everything is at rest, but a task has neither ended nor can be woken");
  return false;
}

template <Env E> using Outside = std::optional<typename E::thread>;

template <Env E> void start_outside(Scene<E>& scene, Outside<E>& outside) {
  if constexpr (!one_thread<E>) {
    outside.emplace(ThreadOptions{.name = "outside", .pu = std::nullopt}, [&scene] {
      for (const Step step : scene.program().outside) scene.perform(step);
    });
  } else {
    contract_failure("usage", "a program of one thread has no outside");
  }
}

template <Env E>
void finish_calmly(Scene<E>& scene, Executor<E>& runtime, SimulatedReactor<E>& events, Outside<E>& outside) {
  if (outside) outside->join();
  Rest<E> rest(events);
  do {
    rest.wait();
  } while (push_on(scene));
  scene.join_all();
  E::mark(Mark::shutdown, nullptr, 0);
  runtime.shutdown();
  E::mark(Mark::ended, nullptr, 0);
}

template <Env E> Job<E> yields(std::uint64_t times) {
  while (times-- > 0) co_await yield();
}

template <Env E> void finish_early(Scene<E>& scene, Executor<E>& runtime, Outside<E>& outside) {
  if constexpr (one_thread<E>) runtime.block_on(yields<E>(scene.program().seed - 1));
  scene.close();
  E::mark(Mark::shutdown, nullptr, 0);
  runtime.shutdown();
  E::mark(Mark::ended, nullptr, 0);
  if (outside) outside->join();
  scene.join_all();
}

template <Env E, class Policy, void (*Adjust)(typename Policy::Config&) = nullptr>
void run_program(const Program& program, const Subject& subject) {
  RuntimeConfig config;
  config.poll_interval = 3;
  config.budget = 2;
  config.seed = program.seed;
  config.fiber_stack = 16;
  adopt(subject.runtime, config);
  config.spin = std::min(config.spin, 2U);  // a round is a round

  auto reactor = std::make_unique<SimulatedReactor<E>>();
  auto& events = *reactor;
  Runtime<E, Policy> runtime(placement_of(program.workers), config, settings_for<Policy, Adjust>(program, subject),
                             std::move(reactor));
  Scene<E> scene(program, runtime, events);
  for (std::size_t task = 0; task < scene.size(); ++task) {
    if (is_root(program, task)) scene.spawn(task);
  }
  Outside<E> outside;
  if (!program.outside.empty()) start_outside<E>(scene, outside);
  program.early_shutdown ? finish_early<E>(scene, runtime, outside) : finish_calmly<E>(scene, runtime, events, outside);
  scene.compare();
}

}  // namespace rota::checks
