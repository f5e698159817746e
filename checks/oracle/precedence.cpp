// Who had to go before whom.
#include "checks/oracle/precedence.hpp"

namespace rota::checks {
namespace {

constexpr std::uint32_t last_class = 7;  // as schedulers/priorities.hpp counts them

}  // namespace

void Precedence::reset(Ordering order) {
  order_ = order;
  picked_.clear();
  looks_.clear();
}

Judgement Precedence::judge(const View& view, const TraceEvent& event) {
  if (event.mark == Mark::look) {
    looks_[event.thread] = {view.now(), picked_.size()};
    return {};
  }
  const Life& life = view.life(event.subject);
  if (life.stage != Stage::queued) return {};
  const Look look = looks_.at(event.thread);
  for (std::size_t i = 0; i < look.picked && life.inside; ++i) {
    const Picked& before = picked_[i];
    if (life.enqueued < before.look && goes_before(life, before))
      return violated("P5", view.now(), "task ", before.task, " was picked while task ", event.subject,
                      " waited, which had to go before it: inside since event ", life.enqueued);
  }
  picked_.push_back({event.subject, look.at, life.arrived, life.arrival_ended, life.behind, life.told, life.attained});
  return {};
}

// Strictly.
bool Precedence::goes_before(const Life& b, const Picked& a) const {
  const bool both_told = b.told.anything && a.told.anything;
  switch (order_) {
    case Ordering::lifo:
      return !b.behind && (a.behind || a.arrival_ended < b.arrived);
    case Ordering::by_remaining:
      return both_told && b.told.remaining < a.told.remaining;
    case Ordering::by_deadline:
      return both_told && b.told.deadline < a.told.deadline;
    case Ordering::by_priority:
      return both_told && std::min(b.told.priority, last_class) < std::min(a.told.priority, last_class);
    case Ordering::by_attained:
      return b.attained < a.attained;
    case Ordering::none:
    case Ordering::per_producer_fifo:
    case Ordering::fifo:
      break;
  }
  return false;
}

}  // namespace rota::checks
