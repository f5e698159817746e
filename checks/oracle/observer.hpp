// OracleObserver: stops an execution at the first violation.
#pragma once

#include "checks/oracle/oracles.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

class OracleObserver final : public explored::Observer {
 public:
  explicit OracleObserver(const Facts& facts) : facts_(facts) {}

  // For the executions that follow.
  void expect(const Facts& facts) { facts_ = facts; }

  void begin() override;
  void see(const TraceEvent& event) override;
  void end() override;

 private:
  void fail(Judgement found);

  Facts facts_;
  Oracles oracles_;
  Violation violation_;  // here, since the execution is abandoned where it stands
};

}  // namespace rota::checks
