// P9: shares by weight, where they are promised (Guarantees::fair_shares).
//
// Judged for each pair of groups, over the times in which both surely wait: more of their tasks are inside than threads
// are asking the policy just now. From the begin of such a time on, what each group used, by its weight, may differ by
// 2 l w (1 / a + 1 / b): l the longest run so far, w the workers, a and b the weights. Groups from 8 on are not judged.
#pragma once

#include <array>

#include "checks/oracle/sentence.hpp"

namespace rota::checks {

class P9 {
 public:
  static constexpr std::string_view id = "P9";
  static constexpr Marks watches =
      Marks::of(Mark::enqueued, Mark::look, Mark::pick, Mark::steal, Mark::drain, Mark::used);

  void reset(const Facts& facts);
  Judgement see(const View& view, const TraceEvent& event) { return on_ ? judge(view, event) : Judgement{}; }

 private:
  static constexpr std::size_t groups = 8;
  struct Group {
    double used = 0;  // ns
    double weight = 1;
  };
  struct Since {  // what both had used when they began to wait
    double one = 0, other = 0;
  };

  Judgement judge(const View& view, const TraceEvent& event);
  void find_waiting(const View& view);
  Judgement compare(const View& view, std::size_t one, std::size_t other) const;

  bool on_ = false;
  double workers_ = 1, longest_ = 0;
  std::array<Group, groups> groups_{};
  std::array<bool, groups> waiting_{};
  std::array<std::array<Since, groups>, groups> since_{};
};

}  // namespace rota::checks
