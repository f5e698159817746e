// Actors: how the tasks of a program carry out its steps, as coroutines and as fibers. What a step does beside waiting
// and working is the scene's.
#pragma once

#include "checks/conformance/scene.hpp"
#include "runtime/io.hpp"
#include "runtime/work.hpp"

namespace rota::checks {

template <Env E> TimePoint note_sleep(Step step) {
  const TimePoint deadline = later(E::now(), std::chrono::microseconds(step.operand));
  E::mark(Mark::note, nullptr, note_of_deadline(deadline));
  return deadline;
}
template <Env E> void note_awake() { E::mark(Mark::note, nullptr, note_of_waking(E::now())); }
inline void note_result(std::int64_t result) {
  if (result != 1) contract_failure("R1", "an op gave a result that was not its own");
}
inline Cost cost_of(Step step) { return {.work = std::chrono::microseconds(step.operand)}; }

// Awaited by a task: it suspends, and its waker lies in its slot.
template <Env E> class Suspension : public Awaitable<E, Suspension<E>> {
 public:
  Suspension(Scene<E>& scene, std::size_t self) noexcept : scene_(scene), self_(self) {}
  [[nodiscard]] static constexpr bool ready() noexcept { return false; }
  [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) {
    epoch_ = waker.token().epoch;
    scene_.publish(self_, waker);
    return true;
  }
  static bool disarm() noexcept { return true; }
  void take() { scene_.resumed(self_, epoch_); }

 private:
  Scene<E>& scene_;
  std::size_t self_;
  std::uint64_t epoch_ = 0;
};

// Lives in a task's frame: counts the bodies that are not destroyed yet.
template <Env E> class Body {
 public:
  explicit Body(Scene<E>& scene) noexcept : scene_(&scene) { scene.began(); }
  Body(Body&& other) noexcept : scene_(std::exchange(other.scene_, nullptr)) {}
  Body& operator=(Body&&) = delete;
  ~Body() {
    if (scene_ != nullptr) scene_->destroyed();
  }

 private:
  Scene<E>* scene_;
};

// How a task waits and works, as a coroutine and as a fiber. Each step is one of these, or what Scene::perform does.
template <Env E> Job<E, std::size_t> act(Scene<E>& scene, std::size_t self, Body<E>) {
  for (const Step step : scene.program().tasks[self]) {
    switch (step.what) {
      case Do::suspend:
        co_await Suspension<E>(scene, self);
        break;
      case Do::yield:
        co_await yield();
        break;
      case Do::sleep: {
        const TimePoint deadline = note_sleep<E>(step);
        co_await sleep_until<E>(deadline);
        note_awake<E>();
        break;
      }
      case Do::io:
        note_result(co_await Io<E>(Op::readable(static_cast<int>(self))));
        break;
      case Do::work:
        co_await work(scene.executor(), cost_of(step), scene.told(self));
        break;
      case Do::checkpoint:
        co_await checkpoint();
        break;
      default:
        scene.perform(self, step);
    }
  }
  co_return self;
}

template <Env E> std::size_t act_on_a_fiber(FiberContext<E>& fiber, Scene<E>& scene, std::size_t self) {
  for (const Step step : scene.program().tasks[self]) {
    switch (step.what) {
      case Do::suspend:
        fiber.await(Suspension<E>(scene, self));
        break;
      case Do::yield:
        fiber.yield();
        break;
      case Do::sleep: {
        const TimePoint deadline = note_sleep<E>(step);
        fiber.await(sleep_until<E>(deadline));
        note_awake<E>();
        break;
      }
      case Do::io:
        note_result(fiber.await(Io<E>(Op::readable(static_cast<int>(self)))));
        break;
      case Do::work:
        work(fiber, scene.executor(), cost_of(step), scene.told(self));
        break;
      case Do::checkpoint:
        fiber.checkpoint();
        break;
      default:
        scene.perform(self, step);
    }
  }
  return self;
}

template <Env E> void Scene<E>::spawn(std::size_t task) {
  if (program_.kind(task).told) slots_[task].told = attributes_from(*program_.kind(task).told);
  if (program_.kind(task).fiber) {
    auto body = [this, task, alive = Body<E>(*this)](FiberContext<E>& fiber) {
      return act_on_a_fiber(fiber, *this, task);
    };
    slots_[task].handle = executor_.spawn_fiber(std::move(body), told(task));
  } else {
    slots_[task].handle = executor_.spawn(act<E>(*this, task, Body<E>(*this)), told(task));
  }
  slots_[task].spawned.store(true, Order::release);
}

}  // namespace rota::checks
