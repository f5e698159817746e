// P1, P2, P3, P6, P10: what goes into a policy comes out once, and somebody is awake to take it.
//
// At rest a task that is inside while workers sleep shows one of three defects. All workers looked after it had come in
// and found nothing: the policy lost it (P1). All workers sleep: a wake-up was lost (P3). Some sleep while the others
// are kept busy by their tasks: work was not conserved (P2), if that is promised.
#pragma once

#include "checks/oracle/sentence.hpp"

namespace rota::checks {

// All workers sleep, and looked in vain for the task after it had come in. A look may miss what nothing orders before
// it if reads may be stale; then only the look of the task's own producer counts, if it must see all tasks.
[[nodiscard]] bool out_of_reach(const View& view, const Life& life);

// Guarantees::kept_workers: whether a worker may run a task, as its author told of it when it was enqueued.
[[nodiscard]] inline bool may_meet(const Facts& facts, std::uint64_t worker, const Life& life) {
  const bool kept = worker < facts.guarantees.kept_workers && worker + 1 < facts.workers;
  return !kept || !life.told.anything || Duration(life.told.remaining * 1000) <= facts.guarantees.kept_for;
}

struct P1 {
  static constexpr std::string_view id = "P1";
  static constexpr Marks watches = Marks::of(Mark::pick, Mark::steal, Mark::drain, Mark::ended);

  static Judgement see(const View& view, const TraceEvent& event) {
    if (event.mark == Mark::ended) return never_out(view, "the runtime has shut down");
    const Life& life = view.life(event.subject);
    if (life.stage == Stage::queued) return {};
    return violated(id, view.now(), "the policy gave task ", event.subject, " to thread ", event.thread, ", which",
                    where(life), ": it came out twice or never went in");
  }
  static Judgement at_rest(const View& view) {
    const std::uint32_t task = view.resident();
    if (task == no_subject || view.shutdown || !out_of_reach(view, view.life(task))) return {};
    return violated(id, view.now(), "task ", task, " was enqueued (event ", view.life(task).enqueue,
                    "), but workers that looked for it later found nothing");
  }
  static Judgement end(const View& view, Ending ending) {
    if (ending == Ending::returned || !view.shutdown || !view.all_left()) return {};
    return never_out(view, "all workers have left and the shutdown waits");
  }

 private:
  static Judgement never_out(const View& view, std::string_view when) {
    for (std::uint32_t task = 0; task < view.lives().size(); ++task) {
      if (view.life(task).stage == Stage::queued)
        return violated(id, view.now(), when, ", but task ", task, ", enqueued at event ", view.life(task).enqueue,
                        ", was never picked, stolen or drained");
    }
    return {};
  }
};

struct P2 {
  static constexpr std::string_view id = "P2";
  static constexpr Marks watches{};

  static Judgement at_rest(const View& view) {
    if (view.shutdown || !view.facts().guarantees.work_conserving) return {};
    for (std::uint32_t task = 0; task < view.lives().size(); ++task) {
      if (!view.life(task).inside) continue;
      for (unsigned worker = 0; worker < view.facts().workers; ++worker) {
        if (view.worker(worker).parked && may_meet(view.facts(), worker, view.life(task)))
          return violated(id, view.now(), "nobody can go on: worker ", worker, " sleeps, though task ", task,
                          " waits in the policy since step ", view.life(task).enqueue_step);
      }
    }
    return {};
  }
};

struct P10 {
  static constexpr std::string_view id = "P10";
  static constexpr Marks watches = Marks::of(Mark::pick, Mark::steal);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    if (may_meet(view.facts(), event.value, life)) return {};
    return violated(id, view.now(), "worker ", event.value, ", kept for tasks of at most ",
                    view.facts().guarantees.kept_for.count(), " ns, took task ", event.subject, " with ",
                    life.told.remaining, " us left");
  }
};

struct P3 {
  static constexpr std::string_view id = "P3";
  static constexpr Marks watches{};

  static Judgement at_rest(const View& view) {
    const std::uint32_t task = view.resident();
    if (task == no_subject || view.shutdown || view.parked() != view.facts().workers) return {};
    return violated(id, view.now(), "nobody can go on: every worker sleeps, though task ", task,
                    " waits in the policy since step ", view.life(task).enqueue_step);
  }
};

struct P6 {
  static constexpr std::string_view id = "P6";
  static constexpr Marks watches = Marks::of(Mark::resume);

  static Judgement see(const View& view, const TraceEvent& event) {
    if (!view.ended) return {};
    return violated(id, view.now(), "thread ", event.thread, " resumed task ", event.subject,
                    " after the shutdown had ended");
  }
  static Judgement end(const View& view, Ending ending) {
    if (!view.shutdown || view.ended) return {};
    return violated(id, view.now(), "the shutdown began, but ",
                    ending == Ending::deadlock ? "nobody can go on" : "it never ended",
                    view.all_left() ? "" : ": not every worker has left");
  }
};

}  // namespace rota::checks
