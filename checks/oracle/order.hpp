// P4, P5: how long a task waits in the policy, and who overtakes whom.
//
// Both know only intervals. A task is surely inside from its `enqueued` until the `look` of the thread that picks it: a
// thread may have taken it and not have said so for as long as the explored world likes. What shutdown drains has
// no order.
#pragma once

#include <algorithm>
#include <array>

#include "checks/oracle/precedence.hpp"
#include "checks/oracle/sentence.hpp"

namespace rota::checks {

// Guarantees::starvation_factor: that many picks for each task that was ready before and for each worker. Judged worker
// by worker: a task starves once every worker has picked others more often than that. So an unfair world, which lets
// one worker stand while others go on, is no defect of the policy. The tasks ready before are counted as the most that
// were ready at once while it waited: a policy may put a task back behind them, when a queue overflows, for instance.
class P4 {
 public:
  static constexpr std::string_view id = "P4";
  static constexpr Marks watches =
      Marks::of(Mark::enqueue, Mark::enqueued, Mark::look, Mark::pick, Mark::steal, Mark::drain);
  static constexpr unsigned most_workers = 8;  // with more it says nothing
  // Picks that a worker may make before it reads a newer store, if reads may be stale. The explored world repeats one
  // stale value a few times at most; without that no bound would hold.
  static constexpr std::uint32_t stale_picks = 8;

  void reset(const Facts& facts);
  Judgement see(const View& view, const TraceEvent& event) { return on_ ? judge(view, event) : Judgement{}; }
  Judgement end(const View& view, Ending ending) const;

 private:
  using Picks = std::array<std::uint32_t, most_workers>;
  struct Wait {
    Picks before{};  // picks of each worker when it came in
    std::uint32_t peak = 0;
    bool counting = false;
  };

  Judgement judge(const View& view, const TraceEvent& event);
  Judgement starved(const View& view, std::uint32_t task, const Picks& picks) const;
  void leave(std::uint32_t task);

  bool on_ = false;
  std::uint32_t factor_ = 0, slack_ = 0;
  unsigned workers_ = 1;
  Picks picks_{};
  std::vector<std::uint32_t> ready_;
  Flat<Wait> waits_;
  Flat<Picks> at_look_;  // by thread
};

// Guarantees::order. If a's enqueue ended before b's began, and b's pick ended before a's began, b has overtaken a.
// Orders that are not first in, first out: precedence.hpp.
class P5 {
 public:
  static constexpr std::string_view id = "P5";
  static constexpr Marks watches = Marks::of(Mark::look, Mark::pick, Mark::steal);
  static constexpr std::size_t most_producers = 16;  // further ones are not judged

  void reset(const Facts& facts);
  Judgement see(const View& view, const TraceEvent& event) {
    return order_ == Ordering::none ? Judgement{} : judge(view, event);
  }

 private:
  struct Latest {  // of all tasks picked, that whose enqueue began last
    Index enqueue = 0;
    std::uint32_t task = no_subject;
  };
  using Producers = std::array<Latest, most_producers>;  // fifo: only the first counts

  Judgement judge(const View& view, const TraceEvent& event);
  Judgement judge_fifo(const View& view, const TraceEvent& event);

  Precedence precedence_;
  Ordering order_ = Ordering::none;
  Producers picked_{};
  Flat<Producers> at_look_;  // by thread
};

}  // namespace rota::checks
