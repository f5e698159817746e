// Executor<E>: a runtime as tasks, wakers and workloads see it, whatever its policy. Runtime<E, Policy> implements it.
//
// Threads  spawn, spawn_fiber, enqueue, counters: any. block_on, shutdown: any thread that is not a worker.
// Cost     spawn: the body's slot, one indirect call into the policy's enqueue; with idle workers, a fence and a claim.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <tuple>

#include "reactor/reactor.hpp"
#include "runtime/join.hpp"
#include "runtime/settings.hpp"

namespace rota {

// Who waits in the reactor.
enum class Driver : std::uint8_t {
  worker,  // a worker with nothing else to do (as Tokio)
  thread,  // a thread of its own (as async-std and smol)
};

// How declared work is cut (runtime/work.hpp); zero: not at all.
struct Cut {
  Duration quantum{0};  // a task gives way once it has worked for so long since it was resumed
  Duration grain{0};    // it looks this often whether it was asked to
  [[nodiscard]] constexpr bool any() const noexcept { return quantum > Duration(0) || grain > Duration(0); }
};

// The mechanism's knobs. None of them belongs to a policy.
struct RuntimeConfig {
  std::uint32_t poll_interval = 61;
  std::uint32_t budget = 128;
  std::uint32_t spin = 0;
  Driver driver = Driver::worker;
  Duration grain = std::chrono::microseconds(1);
  std::uint32_t fiber_stack = 64;
  std::uint64_t seed = 1;

  static constexpr auto settings() {
    return std::tuple{
        setting("poll_interval", &RuntimeConfig::poll_interval, "tasks a worker runs between two looks at the reactor",
                1, 1'000'000),
        setting("budget", &RuntimeConfig::budget, "awaits a task may complete without suspending before it must yield",
                1, 1'000'000),
        setting("spin", &RuntimeConfig::spin, "extra rounds of searching before a worker sleeps", 0, 1'000'000),
        choice("driver", &RuntimeConfig::driver, "who waits in the reactor: an idle worker or a thread of its own",
               std::array{named("worker", Driver::worker), named("thread", Driver::thread)}),
        setting("grain", &RuntimeConfig::grain,
                "declared work after which a task looks whether a more urgent one came, if the policy preempts", 1,
                1e9),
        setting("fiber_stack", &RuntimeConfig::fiber_stack, "stack of a fiber task in KiB", 16, 65536),
        setting("seed", &RuntimeConfig::seed, "seed of the workers' random streams", 0),
    };
  }
};

template <class E> class Executor {
 public:
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  // What `attributes` points to, if it is given, must live until the task has ended (runtime/vocabulary.hpp).
  template <class T> JoinHandle<E, T> spawn(Job<E, T> job, const Attributes* attributes = nullptr) {
    Task<E>* const task = std::move(job).become_task(attributes);
    launch(task);
    return JoinHandle<E, T>(task);
  }

  // Spawns a task that nobody will join: no handle, and so no word to agree on at its end.
  template <class T> void spawn_detached(Job<E, T> job, const Attributes* attributes = nullptr) {
    launch(std::move(job).become_task(attributes), join::detached);
  }

  // Spawns a callable `R f(FiberContext<E>&)` on a stack of its own.
  template <class F> auto spawn_fiber(F callable, const Attributes* attributes = nullptr) {
    using Body = Fiber<E, F>;
    static_assert(alignof(Body) <= alignof(Task<E>), "the callable is over-aligned for a task's slot");
    Task<E>* const task = acquire_slot<E>(sizeof(Body));
    try {
      new (task->body()) Body(*task, std::size_t{config_.fiber_stack} * 1024, std::move(callable), attributes);
    } catch (...) {
      release_slot(task);
      throw;
    }
    launch(task);
    return JoinHandle<E, typename Body::Result>(task);
  }

  // Spawns and blocks this thread until the task has ended; returns its result or throws its exception.
  // UsageError, at once, if this thread is a worker: a task that blocks its worker can wait for itself for ever.
  template <class T> T block_on(Job<E, T> job) {
    if (const auto* worker = Worker<E>::current()) {
      throw UsageError(
          &worker->executor() == this
              ? "block_on inside a task of the same runtime would block a worker that the awaited work may "
                "need: co_await it instead"
              : "block_on inside a task of another runtime would block that runtime's worker: spawn on the "
                "other runtime and co_await the handle instead");
    }
    return spawn(std::move(job)).join_blocking();
  }

  // A task became runnable. The caller owns it (a waker that won, a canceller). Never throws, never blocks.
  void enqueue(Runnable<E> task, EnqueueInfo info) noexcept { enqueue_from(own_worker(), std::move(task), info); }

  // Ends every task: those that wait or are queued are cancelled. Returns when all have ended and all threads of the
  // runtime are gone, whatever other threads still wake or spawn (P6). Spawns from then on give a cancelled handle.
  // One thread calls it, once or more.
  virtual void shutdown() noexcept = 0;

  [[nodiscard]] virtual Counters counters() const noexcept = 0;
  [[nodiscard]] virtual std::size_t workers() const noexcept = 0;
  [[nodiscard]] virtual std::string_view policy() const noexcept = 0;
  // How the policy cuts declared work, and that quantum alone.
  [[nodiscard]] virtual Cut cut() const noexcept { return {}; }
  [[nodiscard]] Duration quantum() const noexcept { return cut().quantum; }

  // Submits to the reactor for a task of this runtime, and makes sure that somebody waits for it there (R4).
  [[nodiscard]] Submitted submit(const Op& op, Token token) {
    const Submitted submitted = reactor_->submit(op, token);
    if (!submitted.complete) attend();
    return submitted;
  }
  [[nodiscard]] Reactor& reactor() const noexcept { return *reactor_; }

  // For Forks: a worker forks for the first time; it shares parts, so that somebody idle should come.
  virtual void forks_begin(const Worker<E>&) noexcept {}
  virtual void call_idle(const Worker<E>&) noexcept {}
  // For checkpoints: from now on somebody asks tasks whose quantum is over to give way (runtime/ticker.hpp).
  virtual void start_ticking() {}
  [[nodiscard]] const RuntimeConfig& config() const noexcept { return config_; }

 protected:
  Executor(const RuntimeConfig& config, std::unique_ptr<Reactor> reactor)
      : config_(config), reactor_(std::move(reactor)) {}

  virtual void enqueue_from(Worker<E>* self_or_null, Runnable<E> task, EnqueueInfo info) noexcept = 0;
  // Something is pending in the reactor: if nobody drives it while somebody sleeps, wake that one.
  virtual void attend() noexcept = 0;
  // Counts a new task from outside (T3). False if the runtime is shutting down and takes none.
  [[nodiscard]] virtual bool admit() noexcept = 0;

 private:
  [[nodiscard]] Worker<E>* own_worker() const noexcept {
    auto* worker = Worker<E>::current();
    return worker != nullptr && &worker->executor() == this ? worker : nullptr;
  }

  void launch(Task<E>* task, std::uintptr_t handle = join::attached) noexcept {
    Worker<E>* const self = own_worker();
    task->begin_life();
    task->join().store(handle, Order::relaxed);
    if (self != nullptr) self->spawned.add();
    if (self != nullptr || admit()) {
      E::mark(Mark::spawn, task, 0);
      enqueue_from(self, Runnable<E>::adopt(task), {Origin::spawn});
    } else {
      E::mark(Mark::refuse, task, 0);
      end_cancelled(task);
    }
  }

  RuntimeConfig config_;
  std::unique_ptr<Reactor> reactor_;
};

}  // namespace rota
