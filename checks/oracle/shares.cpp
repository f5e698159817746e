// What groups used while they waited for more.
#include "checks/oracle/shares.hpp"

#include <cmath>

namespace rota::checks {

void P9::reset(const Facts& facts) {
  on_ = facts.guarantees.fair_shares;
  if (!on_) return;
  workers_ = facts.workers;
  longest_ = 0;
  groups_ = {};
  waiting_ = {};
  since_ = {};
}

Judgement P9::judge(const View& view, const TraceEvent& event) {
  find_waiting(view);
  for (std::size_t one = 0; one < groups; ++one) {
    for (std::size_t other = one + 1; other < groups; ++other) {
      if (!waiting_[one] || !waiting_[other]) since_[one][other] = {groups_[one].used, groups_[other].used};
    }
  }
  if (event.mark != Mark::used) return {};
  const Told& told = view.life(event.subject).told;
  if (told.group >= groups) return {};
  Group& group = groups_[told.group];
  group.used += static_cast<double>(event.value);
  group.weight = told.weight;
  longest_ = std::max(longest_, static_cast<double>(event.value));
  for (std::size_t other = 0; other < groups; ++other) {
    if (other == told.group || !waiting_[other] || !waiting_[told.group]) continue;
    if (Judgement found =
            compare(view, std::min<std::size_t>(other, told.group), std::max<std::size_t>(other, told.group)))
      return found;
  }
  return {};
}

void P9::find_waiting(const View& view) {
  std::size_t asking = 0;
  for (std::size_t thread = 0; thread < view.threads(); ++thread)
    asking += view.thread(static_cast<std::uint8_t>(thread)).asking ? 1 : 0;
  std::array<std::size_t, groups> inside{};
  for (const Life& life : view.lives()) {
    if (!life.inside || life.told.group >= groups) continue;
    ++inside[life.told.group];
    groups_[life.told.group].weight = life.told.weight;
  }
  for (std::size_t i = 0; i < groups; ++i) waiting_[i] = inside[i] > asking;
}

Judgement P9::compare(const View& view, std::size_t one, std::size_t other) const {
  const Group &a = groups_[one], &b = groups_[other];
  const Since since = since_[one][other];
  const double lag = std::abs((a.used - since.one) / a.weight - (b.used - since.other) / b.weight);
  const double bound = 2 * longest_ * workers_ * (1 / a.weight + 1 / b.weight);
  if (lag <= bound) return {};
  return violated(id, view.now(), "while groups ", one, " and ", other, " both waited, one got ",
                  static_cast<std::uint64_t>(lag), " ns by weight more than the other; ",
                  static_cast<std::uint64_t>(bound), " are promised");
}

}  // namespace rota::checks
