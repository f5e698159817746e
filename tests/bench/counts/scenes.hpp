// Scenes: where the paths are walked when they are counted. One worker alone, one beside another that is held up, one
// beside another that sleeps, and one that has no thread of its own. In each of them everything happens in the same
// order every time.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <string>

#include "runtime/runtime.hpp"
#include "schedulers/work_stealing.hpp"
#include "tests/bench/counts/worlds.hpp"
#include "tests/bench/paths.hpp"
#include "worlds/local.hpp"

namespace rota::bench {

struct Scene {
  std::string_view name;
  unsigned workers;
  Others others;
};
inline constexpr Scene scenes[] = {
    {"alone", 1, Others::any}, {"other held", 2, Others::any}, {"other asleep", 2, Others::asleep}};

// Counts a path: walks it with so many operations, around which the meter stands.
using Walk = std::function<void(std::size_t operations, Meter& meter)>;
// Gets every walk of every scene: under "SCENE/PATH", with the fewest operations and whether the meter stands around
// each of them.
enum class Metered : std::uint8_t { once, each, marks };
using Visit = std::function<void(const std::string& name, std::size_t least, Metered how, const Walk& walk)>;

// How often a walk is repeated, so that what happens once in 61 picks, or once in 64 slots, falls where it likes.
[[nodiscard]] constexpr int repeats(Metered how) { return how == Metered::each ? 1 : 16; }

template <Env E> using ReferencePolicy = schedulers::WorkStealing<E>;

template <Env E, class Look> void in_scene(const Scene& scene, Look look) {
  using Policy = ReferencePolicy<E>;
  // A machine of its own: the host's would be asked for at length.
  const Placement placement(Topology::synthetic("core:2 pu:1"), "none", scene.workers);
  Runtime<E, Policy> runtime(placement, RuntimeConfig{}, typename Policy::Config{}, make_reactor<E>());
  std::optional<HeldWorker<E>> held;
  if (scene.workers == 2 && scene.others == Others::any) held.emplace(runtime);
  look(runtime);
}

template <Env E> void visit_scene(const Scene& scene, const Visit& visit) {
  in_scene<E>(scene, [&](Executor<E>& executor) {
    for (const Path<E>& path : paths<E>()) {
      if (path.others != scene.others || (scene.workers == 2 && path.name.starts_with("timer"))) continue;
      // It comes from another thread, and holds up its only worker itself.
      if ((one_thread<E> || scene.workers == 2) && path.run == &remote_spawn_path<E>) continue;
      visit(fmt::format("{}/{}", scene.name, path.name), path.least, path.each ? Metered::each : Metered::once,
            [&](std::size_t operations, Meter& meter) { path.run(executor, operations, meter); });
    }
  });
}

// E is a world with threads. Those of the world without any come last.
template <Env E> void visit_paths(const Visit& visit) {
  for (const Scene& scene : scenes) visit_scene<E>(scene, visit);
  visit_scene<env::Local>({"one thread", 1, Others::any}, visit);
}

// The end of a task alone, and what the meter itself adds; E is probed.
template <Env E> void visit_finish(const Visit& visit) {
  in_scene<E>(scenes[0], [&](Executor<E>& executor) {
    visit("alone/finish", 96, Metered::marks, [&](std::size_t operations, Meter& meter) {
      ArmsProbe arms(meter);
      inside<E, &run_path<E>>(executor, operations, arms);
    });
  });
  visit("meter/each", 96, Metered::once, [](std::size_t operations, Meter& meter) {
    for (std::size_t i = 0; i < operations; ++i) meter.begin(), meter.end();
  });
  visit("meter/marks", 96, Metered::once, [](std::size_t operations, Meter& meter) {
    ArmsProbe arms(meter);
    arms.begin();
    for (std::size_t i = 0; i < operations; ++i) {
      E::mark(Mark::finish, nullptr, 0);
      E::mark(Mark::look, nullptr, 0);
    }
    arms.end();
  });
}

}  // namespace rota::bench
