// W1, W2, W3, W4, W6: suspensions, and the wakes that end them.
//
// Not an error by itself: `stale` for a suspension that still looks open. Whoever cancels a suspended task closes the
// suspension before it says so, by its `enqueue` or `cancel`. Only if the task goes on waiting was the waker wronged.
#pragma once

#include "checks/oracle/sentence.hpp"

namespace rota::checks {

struct W1 {
  static constexpr std::string_view id = "W1";
  static constexpr Marks watches = Marks::of(Mark::suspend, Mark::wake);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    if (event.mark == Mark::suspend) {
      if (!life.won) return {};
      return violated(id, view.now(), "task ", event.subject, " was woken in epoch ", life.epoch,
                      " before its worker left it, and was put to sleep all the same: the wake is lost");
    }
    if (life.lost_waker == nowhere || !life.wakeable() || life.epoch != event.value) return {};
    return wronged(view, event.subject);
  }
  static Judgement at_rest(const View& view) {
    for (std::uint32_t task = 0; task < view.lives().size(); ++task) {
      const Life& life = view.life(task);
      if (life.stage == Stage::due || (life.stage == Stage::left && life.won))
        return violated(id, view.now(), "task ", task, " was woken in epoch ", life.epoch,
                        ", nobody enqueued it, and nobody can go on");
      if (life.stage == Stage::suspended && life.lost_waker != nowhere && !view.shutdown) return wronged(view, task);
    }
    return {};
  }
  static Judgement end(const View& view, Ending ending) {
    if (ending != Ending::endless || !view.all_left()) return {};
    return at_rest(view);
  }

 private:
  static Judgement wronged(const View& view, std::uint32_t task) {
    const Life& life = view.life(task);
    return violated(id, life.lost_waker, "a waker of epoch ", life.epoch, " of task ", task,
                    " was told that it was stale (event ", life.lost_waker, "), but nobody had woken that epoch");
  }
};

struct W2 {
  static constexpr std::string_view id = "W2";
  static constexpr Marks watches = Marks::of(Mark::wake);

  static Judgement see(const View& view, const TraceEvent& event) {
    if (view.life(event.subject).won_epoch != event.value) return {};
    return violated(id, view.now(), "thread ", event.thread, " won epoch ", event.value, " of task ", event.subject,
                    ", which another wake had won before");
  }
};

struct W3 {
  static constexpr std::string_view id = "W3";
  static constexpr Marks watches = Marks::of(Mark::wake, Mark::enqueue);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    if (event.mark == Mark::wake) {
      if ((life.wakeable() && life.epoch == event.value) || life.won_epoch == event.value) return {};  // or W2
      return violated(id, view.now(), "thread ", event.thread, "'s wake of epoch ", event.value, " of task ",
                      event.subject, " was true, but the task", where(life), life.open ? " in another suspension" : "");
    }
    // A cancellation may enqueue a suspended task, whatever a waker was told before.
    if (view.thread(event.thread).told_stale != event.subject || life.stage == Stage::suspended) return {};
    return violated(id, view.now(), "thread ", event.thread, " was told that its waker of task ", event.subject,
                    " is stale and enqueued the task, which", where(life));
  }
};

struct W4 {
  static constexpr std::string_view id = "W4";
  static constexpr Marks watches = Marks::of(Mark::resume);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    if (!life.open) return {};
    return violated(id, view.now(), "thread ", event.thread, " resumed task ", event.subject,
                    " from its suspension of epoch ", life.epoch, ", which nobody had woken");
  }
};

struct W6 {
  static constexpr std::string_view id = "W6";
  static constexpr Marks watches = Marks::of(Mark::enqueue);

  static Judgement see(const View& view, const TraceEvent& event) {
    const Life& life = view.life(event.subject);
    if (life.stage != Stage::running || !life.won) return {};
    return violated(id, view.now(), "thread ", event.thread, " enqueued task ", event.subject, ", woken in epoch ",
                    life.epoch, ", while thread ", life.thread, " had not left its body yet");
  }
};

}  // namespace rota::checks
