// Runtime<E, Policy>: workers, their loop, sleeping and shutdown. The mechanism, once; what runs next is the policy's.
//
//   worker loop   reactor due? look at it  →  pick  →  search (steal)  →  rest (sleep, or drive the reactor)
//
// A runtime is a value: it owns its threads, its reactor and its policy, and two of them do not know each other.
// Its destructor shuts it down.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/parking.hpp"

namespace rota {

template <class E, class P>
class Runtime final : public Executor<E> {
 public:
  Runtime(const Placement& placement, const RuntimeConfig& config, const typename P::Config& policy_config,
          std::unique_ptr<Reactor> reactor)
      : Executor<E>(config, std::move(reactor)),
        placement_(placement),
        policy_(placement_, policy_config),
        workers_(make_workers(placement.workers(), config.seed)),
        parking_(workers_, this->reactor(), placement_) {
    start_threads();
  }
  ~Runtime() override { shutdown(); }

  void shutdown() noexcept override {
    if (Worker<E>::current() != nullptr && &Worker<E>::current()->executor() == this)
      contract_failure("usage", "a task asked its own runtime to shut down and would wait for itself");
    if (std::exchange(ended_, true)) return;
    closed_.store(true, Order::release);  // spawns from other threads stop (admit)
    E::full_fence();
    stopping_.store(true, Order::release);
    parking_.unpark_all();
    this->reactor().interrupt();
    for (auto& thread : threads_) thread.join();
    end_all_tasks();
  }

  [[nodiscard]] Counters counters() const noexcept override {
    Counters sum{.spawned = 0, .finished = 0, .cancelled = outer_cancelled_.value()};
    for (const auto& worker : workers_) sum += worker->counters();
    // Last, so that spawned is never behind finished and cancelled (T3).
    sum.spawned = outer_spawned_.load(Order::acquire);
    for (const auto& worker : workers_) sum.spawned += worker->spawned.value();
    return sum;
  }
  [[nodiscard]] std::size_t workers() const noexcept override { return workers_.size(); }
  [[nodiscard]] std::string_view policy() const noexcept override { return P::name; }

 private:
  static constexpr bool stealing = requires(P& p, Worker<E>& w) { p.steal(w); };
  using Completions = std::array<Completion, 64>;

  auto make_workers(unsigned count, std::uint64_t seed) {
    std::vector<std::unique_ptr<Worker<E>>> result;
    for (WorkerId id = 0; id < count; ++id) result.push_back(std::make_unique<Worker<E>>(id, *this, seed));
    return result;
  }

  void start_threads() {
    for (auto& worker : workers_) {
      ThreadOptions options{.name = "rota-" + std::to_string(worker->id()), .pu = std::nullopt};
      if (placement_.pinned()) options.pu = placement_.os_pu(worker->id());
      threads_.emplace_back(std::move(options), [this, w = worker.get()] { run_worker(*w); });
    }
    if (this->config().driver == Driver::thread)
      threads_.emplace_back(ThreadOptions{.name = "rota-reactor", .pu = std::nullopt}, [this] { drive_reactor(); });
  }

  // The loop.

  void run_worker(Worker<E>& self) noexcept {
    E::set_context(&self);
    const std::uint32_t interval = this->config().poll_interval;
    while (!stopping_.load(Order::relaxed)) {
      if (++self.ticks >= interval) [[unlikely]]
        tick(self);
      Runnable<E> task = policy_.pick(self);
      if (task) {
        self.picked.add();
      } else if (task = search(self); !task) {
        rest(self);
        continue;
      }
      if (self.searching) [[unlikely]]
        leave_search(self);
      run(self, std::move(task));
    }
    E::set_context(nullptr);
  }

  void run(Worker<E>& self, Runnable<E> runnable) noexcept {
    Task<E>* const task = runnable.release();
    if (task->cancel_requested()) [[unlikely]]
      return end_by_cancel(self, task);
    task->set_link(&self);
    self.budget = this->config().budget;
    resume_body(task);
    const StopReason reason = self.stop;
    switch (reason) {
      case StopReason::yielded:
        self.yielded.add();
        put_back(self, task, Origin::yield);
        break;
      case StopReason::suspended: suspend(self, task); break;
      case StopReason::finished: finish(self, task); break;
      case StopReason::cancelled: contract_failure("T3", "a cancelled task ran");
    }
    if constexpr (requires { policy_.after_run(self, TaskView{task}, reason); }) {
      parking_.signal(&self, policy_.after_run(self, TaskView{task}, reason));
    }
  }

  // The worker has left the frame or stack: only now may anybody else resume the task (W6).
  void suspend(Worker<E>& self, Task<E>* task) noexcept {
    task->set_link(static_cast<Executor<E>*>(this));
    switch (task->commit_suspend()) {
      case Commit::suspended: break;
      case Commit::woken: put_back(self, task, Origin::wake); break;
      case Commit::cancelled: end_by_cancel(self, task); break;
    }
  }

  void put_back(Worker<E>& self, Task<E>* task, Origin origin) noexcept {
    parking_.signal(&self, policy_.enqueue(&self, Runnable<E>::adopt(task), {origin}));
  }

  void finish(Worker<E>& self, Task<E>* task) noexcept {
    if (task->is_fiber()) fiber_of(task).recycle();
    task->end_life();
    self.finished.add();
    if (publish_end(*task, false)) destroy_ended(task);
  }

  void end_by_cancel(Worker<E>& self, Task<E>* task) noexcept {
    task->set_link(&self);
    self.cancelled.add();
    end_cancelled(task);
  }

  // Searching and resting.

  Runnable<E> search(Worker<E>& self) noexcept {
    Runnable<E> task;
    const bool may_steal = parking_.begin_search(self) || self.insist;
    for (std::uint32_t round = 0; round <= this->config().spin; ++round) {
      if constexpr (stealing) {
        if (may_steal && (task = policy_.steal(self))) {
          self.stolen.add();
          break;
        }
      }
      if (round == this->config().spin) break;
      E::relax();
      if ((task = policy_.pick(self))) {
        self.picked.add();
        break;
      }
    }
    return task;
  }

  void leave_search(Worker<E>& self) noexcept {
    if (parking_.end_search(self)) parking_.settle([&] { return policy_.has_work(self); });
  }

  void rest(Worker<E>& self) noexcept {
    if (self.searching) (void)parking_.end_search(self);  // the look below is what a leaving searcher owes
    Completions done;
    std::size_t count = 0;
    bool drove = false;
    parking_.announce(self);
    self.insist = policy_.has_work(self);
    if (self.insist) {
      E::relax();
    } else if (!stopping_.load(Order::acquire)) {
      self.parked.add();
      drove = try_own_reactor();
      count = drove ? drive(self, done) : (self.parker.park(), std::size_t{0});
    }
    parking_.retract(self);
    if (drove) disown_reactor();
    deliver(std::span(done).first(count));
  }

  // The reactor.

  std::size_t drive(Worker<E>& self, Completions& done) noexcept {
    if (!self.parker.begin_wait_elsewhere()) return 0;
    const std::size_t count = this->reactor().poll(done, never);
    self.parker.end_wait_elsewhere();
    return count;
  }

  void tick(Worker<E>& self) noexcept {
    self.ticks = 0;
    if constexpr (requires { policy_.on_tick(self); }) policy_.on_tick(self);
    if (this->reactor().idle() || !try_own_reactor()) return;
    Completions done;
    const std::size_t count = this->reactor().poll(done, TimePoint{});
    disown_reactor();
    deliver(std::span(done).first(count));
  }

  [[nodiscard]] bool try_own_reactor() noexcept {
    return this->config().driver == Driver::worker && !owned_.load(Order::relaxed) &&
           !owned_.exchange(true, Order::acquire);
  }

  // Whoever stops driving passes the reactor on, if something is pending and somebody sleeps (R4). The fence inside
  // hand_over() pairs with announce(): a sleeper that found the reactor owned is seen here, or finds it free.
  void disown_reactor() noexcept {
    owned_.store(false, Order::release);
    E::full_fence();
    if (!this->reactor().idle()) parking_.hand_over();
  }

  void attend() noexcept override {
    if (this->config().driver != Driver::worker) return;
    E::full_fence();  // pairs with the one in disown_reactor(): it sees what is pending, or this sees that nobody drives
    if (!owned_.load(Order::relaxed)) parking_.hand_over();
  }

  void drive_reactor() noexcept {
    Completions done;
    while (!stopping_.load(Order::acquire)) {
      const std::size_t count = this->reactor().poll(done, never);
      deliver(std::span(done).first(count));
    }
  }

  static void deliver(std::span<const Completion> done) noexcept {
    for (const Completion& completion : done) {
      const bool timer = completion.source == Completion::Source::timer;
      Waker<E>::of(completion.token).wake(timer ? Origin::timer : Origin::reactor);
    }
  }

  // Entry from outside, and the end.

  void enqueue_from(Worker<E>* self, Runnable<E> task, EnqueueInfo info) noexcept override {
    // A foreign thread holds the runtime open while it is inside: its task may end before it has left.
    if (self == nullptr) entrants_.fetch_add(1, Order::acq_rel);
    parking_.signal(self, policy_.enqueue(self, std::move(task), info));
    if (self == nullptr) entrants_.fetch_sub(1, Order::acq_rel);
  }

  [[nodiscard]] bool admit(Worker<E>* self) noexcept override {
    if (self != nullptr) {
      self->spawned.add();
      return true;
    }
    outer_spawned_.fetch_add(1, Order::acq_rel);
    E::full_fence();  // pairs with shutdown(): it sees this task, or this sees that the runtime is closed
    if (!closed_.load(Order::acquire)) return true;
    outer_spawned_.fetch_sub(1, Order::acq_rel);
    return false;
  }

  [[nodiscard]] bool any_live() const noexcept {
    const Counters now = counters();
    return now.spawned != now.finished + now.cancelled;
  }

  // After the workers are gone. Tasks in a queue and suspended tasks are cancelled; a task that another thread has woken
  // but not yet enqueued is waited for.
  void end_all_tasks() noexcept {
    while (any_live() || entrants_.load(Order::acquire) != 0) {
      const std::uint64_t before = outer_cancelled_.value();
      for (auto& worker : workers_) drain(*worker);
      if (outer_cancelled_.value() == before && any_live()) end_suspended();
      E::relax();
    }
  }

  void drain(Worker<E>& worker) noexcept {
    auto end = [this](Runnable<E> task) {
      end_cancelled(task.release());
      outer_cancelled_.add();
    };
    if constexpr (requires { policy_.drain(worker, end); }) {
      policy_.drain(worker, end);
    } else {
      while (Runnable<E> task = policy_.pick(worker)) end(std::move(task));
    }
  }

  void end_suspended() noexcept {
    std::vector<Task<E>*> ended;  // ended outside the depot's lock, which their slots' release takes
    E::template global<SlotDepot<E>>().for_each_slot([&](Task<E>& task) {
      if (task.cancel_if_suspended_in(static_cast<Executor<E>*>(this))) ended.push_back(&task);
    });
    for (Task<E>* task : ended) {
      end_cancelled(task);
      outer_cancelled_.add();
    }
  }

  const Placement placement_;
  P policy_;
  std::vector<std::unique_ptr<Worker<E>>> workers_;
  Parking<E> parking_;
  std::vector<typename E::thread> threads_;
  bool ended_ = false;
  alignas(line_pair) typename E::template atomic<bool> stopping_{false};  // read by every worker at every step
  typename E::template atomic<bool> closed_{false};
  alignas(line_pair) typename E::template atomic<bool> owned_{false};     // somebody drives the reactor
  alignas(line_pair) typename E::template atomic<std::uint64_t> entrants_{0};
  typename E::template atomic<std::uint64_t> outer_spawned_{0};
  Tally<E> outer_cancelled_;
};

}  // namespace rota
