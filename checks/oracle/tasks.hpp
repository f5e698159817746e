// T1, T2, T3: a task has at most one Runnable, runs in one place, and ends once.
#pragma once

#include "checks/oracle/sentence.hpp"

namespace rota::checks {

struct T1 {
  static constexpr std::string_view id = "T1";
  static constexpr Marks watches = Marks::of(Mark::enqueue, Mark::resume, Mark::cancel);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    switch (event.mark) {
      case Mark::enqueue:
        if (life.stage != Stage::queued && life.stage != Stage::held && life.stage != Stage::running &&
            life.stage != Stage::ended)
          return {};
        return wrong(view, event, " enqueued task ");
      case Mark::resume:
        if (life.stage == Stage::held && life.thread == event.thread) return {};
        return wrong(view, event, " resumed without its Runnable task ");
      default:  // cancel: by who holds it, who has just run it, or who found it suspended
        if (life.stage == Stage::fresh || life.stage == Stage::suspended) return {};
        const bool had = life.stage == Stage::held || life.stage == Stage::running || life.stage == Stage::left;
        if (had && life.thread == event.thread) return {};
        return wrong(view, event, " ended without its Runnable task ");
    }
  }
  static Judgement at_rest(const View& view) {
    for (std::uint32_t task = 0; task < view.lives().size(); ++task) {
      const Life& life = view.life(task);
      const bool forgotten = life.stage == Stage::fresh || life.stage == Stage::held || life.stage == Stage::left;
      if (forgotten && !life.won)
        return violated(id, view.now(), "nobody can go on, but task ", task, where(life), ": its Runnable is lost");
    }
    return {};
  }

 private:
  static Judgement wrong(const View& view, const TraceEvent& event, std::string_view deed) {
    return violated(id, view.now(), "thread ", event.thread, deed, event.subject, ", which",
                    where(view.life(event.subject)));
  }
};

struct T2 {
  static constexpr std::string_view id = "T2";
  static constexpr Marks watches =
      Marks::of(Mark::resume, Mark::cancel, Mark::yield, Mark::suspend, Mark::notified, Mark::finish);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    if (life.stage != Stage::running || (life.thread == event.thread && event.mark != Mark::resume)) return {};
    return violated(id, view.now(), "thread ", event.thread, event.mark == Mark::resume ? " resumed" : " stopped",
                    " task ", event.subject, ", which still runs on thread ", life.thread);
  }
};

struct T3 {
  static constexpr std::string_view id = "T3";
  static constexpr Marks watches = Marks::of(Mark::resume, Mark::finish, Mark::cancel, Mark::destroy, Mark::ended);

  static Judgement see(const View& view, const TraceEvent& event) {
    if (event.mark == Mark::ended) return any_left(view, Stage::queued);
    const Life& life = view.life(event.subject);
    const bool over = life.stage == Stage::ended;
    if (event.mark == Mark::destroy) {
      if (over && !life.destroyed) return {};
      return violated(id, view.now(), "thread ", event.thread, " destroyed the body of task ", event.subject,
                      over ? ", which was destroyed before" : ", which has not ended");
    }
    if (!over || (event.mark == Mark::resume && view.ended)) return {};  // P6
    return violated(id, view.now(), "thread ", event.thread, event.mark == Mark::resume ? " resumed" : " ended",
                    " task ", event.subject, ", which had ended before");
  }
  static Judgement end(const View& view, Ending ending) {
    if (ending != Ending::returned || !view.ended) return {};
    for (std::uint32_t task = 0; task < view.lives().size(); ++task) {
      if (view.life(task).stage == Stage::ended && !view.life(task).destroyed)
        return violated(id, view.now(), "the body of task ", task, " was never destroyed");
    }
    return any_left(view, Stage::unknown);
  }

 private:
  static Judgement any_left(const View& view, Stage other) {
    for (std::uint32_t task = 0; task < view.lives().size(); ++task) {
      const Life& life = view.life(task);
      if (life.stage != Stage::unknown && life.stage != Stage::ended && life.stage != other && !life.refused)
        return violated(id, view.now(), "the runtime has shut down, but task ", task, where(life));
    }
    return {};
  }
};

}  // namespace rota::checks
