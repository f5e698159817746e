// P4, P5: the bookkeeping.
#include "checks/oracle/order.hpp"

namespace rota::checks {

void P4::reset(const Facts& facts) {
  factor_ = facts.guarantees.starvation_factor;
  slack_ = facts.stale_reads ? stale_picks : 0;
  workers_ = facts.workers;
  on_ = factor_ != 0 && workers_ <= most_workers;
  picks_ = {};
  ready_.clear();
  waits_.clear();
  at_look_.clear();
}

Judgement P4::judge(const View& view, const TraceEvent& event) {
  if (event.mark == Mark::look) {
    at_look_[event.thread] = picks_;
    return {};
  }
  if (event.mark == Mark::enqueued) {
    const std::uint32_t task = view.arriving(event);
    if (task == no_subject) return {};
    waits_[task].before = picks_;
    waits_[task].counting = true;
    return {};
  }
  if (event.subject == no_subject) return {};
  if (event.mark == Mark::enqueue) {
    ready_.push_back(event.subject);
    waits_[event.subject] = {};
    const auto others = static_cast<std::uint32_t>(ready_.size() - 1);
    for (const std::uint32_t task : ready_) waits_[task].peak = std::max(waits_[task].peak, others);
    return {};
  }
  Judgement found = starved(view, event.subject, event.mark == Mark::drain ? picks_ : at_look_[event.thread]);
  leave(event.subject);
  if (event.mark != Mark::drain && event.value < workers_) ++picks_[event.value];
  return found;
}

Judgement P4::starved(const View& view, std::uint32_t task, const Picks& picks) const {
  const Wait& wait = waits_.at(task);
  if (!wait.counting) return {};
  const std::uint64_t bound = std::uint64_t{factor_} * (wait.peak + 1) + slack_;
  std::uint64_t least = ~std::uint64_t{0};
  for (unsigned worker = 0; worker < workers_; ++worker) {
    const std::uint64_t picked = picks[worker] > wait.before[worker] ? picks[worker] - wait.before[worker] : 0;
    least = std::min(least, picked);
  }
  if (least <= bound) return {};
  return violated(id, view.now(), "while task ", task,
                  " waited in the policy, each worker picked other tasks at least ", least, " times; ", bound,
                  " are promised with ", wait.peak, " other tasks ready");
}

void P4::leave(std::uint32_t task) {
  waits_[task].counting = false;
  const auto place = std::find(ready_.begin(), ready_.end(), task);
  if (place == ready_.end()) return;
  *place = ready_.back();
  ready_.pop_back();
}

// A thread that asks just now may have taken the task already: only picks before its look count.
Judgement P4::end(const View& view, Ending ending) const {
  if (!on_ || ending != Ending::endless) return {};
  Picks sure = picks_;
  for (std::size_t thread = 0; thread < view.threads(); ++thread) {
    if (!view.thread(static_cast<std::uint8_t>(thread)).asking) continue;
    for (unsigned worker = 0; worker < workers_; ++worker)
      sure[worker] = std::min(sure[worker], at_look_.at(thread)[worker]);
  }
  for (const std::uint32_t task : ready_) {
    if (Judgement found = starved(view, task, sure)) return found;
  }
  return {};
}

void P5::reset(const Facts& facts) {
  order_ = facts.guarantees.order;
  precedence_.reset(order_);
  picked_ = {};
  at_look_.clear();
}

Judgement P5::judge(const View& view, const TraceEvent& event) {
  return in_order_of_arrival(order_) ? judge_fifo(view, event) : precedence_.judge(view, event);
}

Judgement P5::judge_fifo(const View& view, const TraceEvent& event) {
  if (event.mark == Mark::look) {
    at_look_[event.thread] = picked_;
    return {};
  }
  const Life& life = view.life(event.subject);
  const std::size_t producer = order_ == Ordering::fifo ? 0 : life.producer;
  if (life.stage != Stage::queued || producer >= most_producers) return {};
  const Latest before = at_look_.at(event.thread)[producer];
  if (life.inside && before.task != no_subject && before.enqueue > life.enqueued)
    return violated(id, view.now(), "task ", before.task, ", enqueued at event ", before.enqueue,
                    ", was picked before task ", event.subject, ", whose enqueue had ended at event ", life.enqueued,
                    order_ == Ordering::fifo ? "" : " on the same thread");
  if (life.enqueue >= picked_[producer].enqueue) picked_[producer] = {life.enqueue, event.subject};
  return {};
}

}  // namespace rota::checks
