// Crew: whose threads run a runtime's workers. Threads of its own; in a world of one thread, its owner's while it
// waits.
//
// R, the runtime, gives run_worker(worker, stop) and drive(): the loops of a worker and of the reactor's own thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "runtime/outcome.hpp"
#include "runtime/worker.hpp"
#include "worlds/topology.hpp"

namespace rota {

template <Env E, class R> class Crew {
 public:
  explicit Crew(R& runtime) noexcept : runtime_(runtime) {}

  // Throws what the system says when it refuses a thread; those that were made run all the same.
  void start(const Placement& placement, std::span<const std::unique_ptr<Worker<E>>> workers, bool reactor_thread) {
    for (const auto& worker : workers) {
      const WorkerId id = worker->id();
      ThreadOptions options{.name = "rota-" + std::to_string(id), .pu = {}, .place = placement.pu(id)};
      if (placement.pinned()) options.pu = placement.os_pu(id);
      threads_.emplace_back(std::move(options), [this, w = worker.get()] { runtime_.run_worker(*w); });
    }
    if (reactor_thread) {
      threads_.emplace_back(ThreadOptions{.name = "rota-reactor", .pu = std::nullopt}, [this] { runtime_.drive(); });
    }
  }
  // They have been told to stop.
  void join() {
    for (auto& thread : threads_) thread.join();
  }

 private:
  R& runtime_;
  std::vector<typename E::thread> threads_;
};

template <Env E, class R>
  requires one_thread<E>
class Crew<E, R> final : private E::Loop {
 public:
  explicit Crew(R& runtime) noexcept : runtime_(runtime) {}
  ~Crew() {
    if (worker_ != nullptr) E::set_loop(nullptr);
  }

  void start(const Placement&, std::span<const std::unique_ptr<Worker<E>>> workers, bool reactor_thread) {
    if (workers.size() != 1) throw UsageError("a runtime of the local world has one worker: its owner's thread");
    if (reactor_thread) throw UsageError("a runtime of the local world has no thread for its reactor: driver = worker");
    if (!E::set_loop(this)) throw UsageError("this thread has a runtime of the local world already");
    worker_ = workers.front().get();
  }
  void join() noexcept {
    if (worker_ != nullptr) E::mark(Mark::leave, nullptr, worker_->id());  // it will not run again
  }

 private:
  void run_until(const bool& unparked) noexcept override {
    runtime_.run_worker(*worker_, [&unparked] { return unparked; });
  }

  R& runtime_;
  Worker<E>* worker_ = nullptr;
};

}  // namespace rota
