// Oracles: all oracles together, fed event by event. An execution costs a few nanoseconds an event and oracle, and no
// memory once the longest execution has been seen.
#pragma once

#include <memory>

#include "checks/oracle/oracle.hpp"

namespace rota::checks {

class Oracles {
 public:
  Oracles();
  ~Oracles();
  Oracles(const Oracles&) = delete;
  Oracles& operator=(const Oracles&) = delete;

  // Before an execution.
  void reset(const Facts& facts);
  // An event, in order. After a violation nothing more may be asked until the next reset.
  [[nodiscard]] Judgement see(const TraceEvent& event);
  // The execution is over.
  [[nodiscard]] Judgement end(Ending ending);

 private:
  struct Set;
  std::unique_ptr<Set> set_;
};

}  // namespace rota::checks
