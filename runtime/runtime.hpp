// Runtime<E, Policy>: workers, their loop, sleeping and shutdown. The mechanism, once; what runs next is the policy's.
//
//   worker loop   reactor due? look at it  →  pick  →  search (steal)  →  help a task that forks  →  rest (sleep, or
//                 drive the reactor)
//
// A runtime is a value: it owns its threads, its reactor and its policy, and two of them do not know each other.
// Its destructor shuts it down.
#pragma once

#include <utility>
#include <vector>

#include "runtime/account.hpp"
#include "runtime/crew.hpp"
#include "runtime/ending.hpp"
#include "runtime/executor.hpp"
#include "runtime/fork_help.hpp"
#include "runtime/gate.hpp"
#include "runtime/reactor_seat.hpp"
#include "runtime/ticker.hpp"
#include "runtime/told.hpp"

namespace rota {

template <Env E, SchedulerPolicy<E> P> class Runtime final : public Executor<E> {
 public:
  Runtime(const Placement& placement, const RuntimeConfig& config, const typename P::Config& policy_config,
          std::unique_ptr<Reactor> reactor)
      : Executor<E>(config, std::move(reactor)),
        placement_(placement),
        policy_(placement_, policy_config),
        workers_(make_workers<E>(placement.workers(), *this, config.seed)),
        parking_(workers_, this->reactor(), placement_, Parts::wake_sets(policy_)),
        seat_(this->reactor(), parking_, config.driver == Driver::worker),
        crew_(*this),
        ticker_(workers_, Parts::ticks && this->quantum() > Duration(0)),
        fork_help_(workers_) {
    start_crew();
  }
  ~Runtime() override { shutdown(); }

  void shutdown() noexcept override {
    if (Worker<E>::current() != nullptr && &Worker<E>::current()->executor() == this)
      contract_failure("usage", "a task asked its own runtime to shut down and would wait for itself");
    if (std::exchange(ended_, true)) return;
    gate_.close();
    stopping_.store(true, Order::release);
    parking_.unpark_all();
    this->reactor().interrupt();
    crew_.join();
    ticker_.stop();
    end_all_tasks<E>(*this, policy_, workers_, gate_, [this] {
      const Counters now = counters();
      return now.spawned != now.finished + now.cancelled;
    });
  }

  [[nodiscard]] Counters counters() const noexcept override {
    Counters sum{.spawned = 0, .finished = 0, .cancelled = gate_.cancelled()};
    for (const auto& worker : workers_) sum += worker->counters();
    // Last, so that spawned is never behind finished and cancelled (T3).
    sum.spawned = gate_.spawned();
    for (const auto& worker : workers_) sum.spawned += worker->spawned.value();
    return sum;
  }
  [[nodiscard]] std::size_t workers() const noexcept override { return workers_.size(); }
  [[nodiscard]] std::string_view policy() const noexcept override { return P::name; }
  [[nodiscard]] Cut cut() const noexcept override { return Parts::cut(policy_, this->config().grain); }
  void start_ticking() override {
    if constexpr (Parts::ticks) ticker_.start(this->quantum());
  }

 private:
  using Parts = PolicyParts<E, P>;
  friend class Crew<E, Runtime>;
  // If the system refuses a thread, those that run are ended before the error goes on.
  void start_crew() try { crew_.start(placement_, workers_, this->config().driver == Driver::thread); } catch (...) {
    shutdown();
    throw;
  }

  void run_worker(Worker<E>& self) noexcept {
    run_worker(self, [this] { return stopping_.load(Order::relaxed); });
  }
  template <class Stop> void run_worker(Worker<E>& self, Stop stop) noexcept {
    E::set_context(&self);
    const std::uint32_t interval = this->config().poll_interval;
    while (!stop()) {
      if (++self.ticks >= interval) [[unlikely]]
        tick(self);
      if constexpr (Parts::asks) self.give_way.forget();
      Runnable<E> task = pick(self);
      if (task) {
        self.picked.add();
      } else if (task = search(self); !task) {
        if (!help(self)) rest(self);
        continue;
      }
      if (self.searching) [[unlikely]]
        leave_search(self);
      run(self, std::move(task));
    }
    E::mark(Mark::leave, nullptr, self.id());
    E::set_context(nullptr);
  }
  void drive() noexcept {
    seat_.drive([this] { return stopping_.load(Order::acquire); });
  }

  Runnable<E> pick(Worker<E>& self) noexcept {
    E::mark(Mark::look, nullptr, self.id());
    Runnable<E> task = policy_.pick(self);
    if (task) E::mark(Mark::pick, task.get(), self.id());
    return task;
  }

  // Inlined into the loop: a call would save and restore six registers for each task, a nanosecond of a yield's five.
  [[gnu::always_inline]] void run(Worker<E>& self, Runnable<E> runnable) noexcept {
    Task<E>* const task = runnable.release();
    if (task->cancel_requested()) [[unlikely]]
      return end_by_cancel(self, task);
    task->set_link(&self);
    self.budget = this->config().budget;
    E::mark(Mark::resume, task, self.id());
    resume_accounted(policy_, self, task);
    const StopReason reason = self.stop;
    switch (reason) {
      case StopReason::yielded:
        gave_way(self, task, Origin::yield);
        break;
      case StopReason::suspended:
        suspend(self, task);
        break;
      case StopReason::finished:
        finish(self, task);
        break;
      case StopReason::preempted:
        if constexpr (!Parts::asks) __builtin_unreachable();  // nobody asks
        gave_way(self, task, Origin::preempt);
        break;
      case StopReason::cancelled:
        contract_failure("T3", "a cancelled task ran");
    }
    if constexpr (requires { policy_.after_run(self, TaskView{task}, reason); }) {
      signal(&self, policy_.after_run(self, TaskView{task}, reason));
    }
  }

  // The worker has left the frame or stack: only now may anybody else resume the task (W6).
  void suspend(Worker<E>& self, Task<E>* task) noexcept {
    task->set_link(static_cast<Executor<E>*>(this));
    switch (task->commit_suspend()) {
      case Commit::suspended:
        break;
      case Commit::woken:
        put_back(self, task, Origin::wake);
        break;
      case Commit::cancelled:
        end_by_cancel(self, task);
        break;
    }
  }

  [[gnu::always_inline]] void gave_way(Worker<E>& self, Task<E>* task, Origin origin) noexcept {
    E::mark(Mark::yield, task, 0);
    self.yielded.add();
    put_back(self, task, origin);
  }

  void put_back(Worker<E>& self, Task<E>* task, Origin origin) noexcept {
    signal(&self, enqueue_marked(&self, Runnable<E>::adopt(task), {origin}));
  }

  void finish(Worker<E>& self, Task<E>* task) noexcept {
    E::mark(Mark::finish, task, 0);
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
    const bool may_steal = parking_.begin_search(self);
    for (std::uint32_t round = 0; round <= this->config().spin; ++round) {
      if constexpr (Parts::steals) {
        if (may_steal) E::mark(Mark::look, nullptr, self.id());
        if (may_steal && (task = policy_.steal(self))) {
          E::mark(Mark::steal, task.get(), self.id());
          self.stolen.add();
          break;
        }
      }
      if (round == this->config().spin) break;
      E::pause();
      if ((task = pick(self))) {
        self.picked.add();
        break;
      }
    }
    return task;
  }

  void leave_search(Worker<E>& self) noexcept {
    if (parking_.end_search(self)) parking_.settle([&] { return could_work(self); });
  }

  // Runs a part of a task that forks elsewhere, if one is shared.
  bool help(Worker<E>& self) noexcept {
    Part<E>* const part = fork_help_.find(self);
    if (part == nullptr) return false;
    if (self.searching) leave_search(self);
    self.forks.run(*part);
    return true;
  }
  [[nodiscard]] bool could_work(const Worker<E>& self) const noexcept {
    return policy_.has_work(self) || fork_help_.any_shared();
  }
  void forks_begin(const Worker<E>& self) noexcept override {
    if (fork_help_.begin()) call_idle(self);
  }
  void call_idle(const Worker<E>& self) noexcept override { parking_.signal(&self, WakeHint::any()); }

  void rest(Worker<E>& self) noexcept {
    if (self.searching) (void)parking_.end_search(self);  // the look below is what a leaving searcher owes
    typename ReactorSeat<E>::Completions done;
    std::size_t count = 0;
    bool drove = false;
    parking_.announce(self);
    self.insist = could_work(self);
    if (self.insist) {
      E::relax();
    } else if (!stopping_.load(Order::acquire)) {
      self.parked.add();
      E::mark(Mark::park, nullptr, self.id());
      if ((drove = seat_.try_take_if_pending())) {
        count = seat_.wait(self, done);
      } else {
        self.parker.park();
      }
      E::mark(Mark::unparked, nullptr, self.id());
    }
    parking_.retract(self);
    // Submitters who relied on this searcher may have left more than the one task that it will pick now: it is a
    // searcher again, and settles when it has picked.
    if (self.insist) (void)parking_.begin_search(self);
    if (drove) seat_.leave();  // after the retract, so that it wakes another and not this one
    seat_.deliver(std::span(done).first(count));
  }

  void tick(Worker<E>& self) noexcept {
    self.ticks = 0;
    if constexpr (requires { policy_.on_tick(self); }) policy_.on_tick(self);
    seat_.glance();
  }

  void attend() noexcept override { seat_.attend(); }

  // Entry from outside, and the end.
  void enqueue_from(Worker<E>* self, Runnable<E> task, EnqueueInfo info) noexcept override {
    if (self == nullptr) gate_.enter();
    signal(self, enqueue_marked(self, std::move(task), info));
    if (self == nullptr) gate_.leave();
  }

  void signal(const Worker<E>* self, WakeHint hint) noexcept {
    parking_.template signal<Parts::may_preempt>(self, hint);
  }
  WakeHint enqueue_marked(Worker<E>* self, Runnable<E> task, EnqueueInfo info) noexcept {
    if constexpr (traced<E>) E::mark(Mark::told, task.get(), Told::pack(attributes_of(*task.get())));
    E::mark(Mark::enqueue, task.get(), static_cast<std::uint64_t>(info.origin));
    const WakeHint hint = policy_.enqueue(self, std::move(task), info);
    E::mark(Mark::enqueued, nullptr, 0);  // the task may be gone by now
    return hint;
  }

  [[nodiscard]] bool admit() noexcept override { return gate_.admit(); }

  const Placement placement_;
  P policy_;
  std::vector<std::unique_ptr<Worker<E>>> workers_;
  Parking<E> parking_;
  ReactorSeat<E> seat_;
  Gate<E> gate_;
  Crew<E, Runtime> crew_;
  Ticker<E> ticker_;
  ForkHelp<E> fork_help_;
  bool ended_ = false;
  alignas(line_pair_of<E>) typename E::template atomic<bool> stopping_{false};  // read by every worker at every step
  typename E::template atomic<bool> forking_{false};                            // some task forked; from then on
};

}  // namespace rota
