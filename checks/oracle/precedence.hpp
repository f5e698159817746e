// Precedence: P5 where who goes first is not who came first: the newest, or the one with the least of something.
//
// A task b that was surely inside before the look of the picker of a, and still when its own picker looked, was there
// all the time while a was chosen. If b then had to go before a, the order is broken: judged when b is picked.
#pragma once

#include <vector>

#include "checks/oracle/sentence.hpp"

namespace rota::checks {

class Precedence {
 public:
  void reset(Ordering order);
  // A look, a pick or a steal.
  Judgement judge(const View& view, const TraceEvent& event);

 private:
  struct Picked {
    std::uint32_t task;
    Index look;  // of its picker
    Index arrived, arrival_ended;
    bool behind;
    Told told;
    std::uint64_t attained;
  };
  [[nodiscard]] bool goes_before(const Life& b, const Picked& a) const;

  Ordering order_ = Ordering::none;
  std::vector<Picked> picked_;
  struct Look {
    Index at = nowhere;
    std::size_t picked = 0;  // how many had been picked then
  };
  Flat<Look> looks_;  // by thread
};

}  // namespace rota::checks
