// What a simulated machine saw while a cell was measured on it.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/workloads.hpp"
#include "worlds/simulated/world.hpp"

namespace rota::workloads {

// Takes stock of a machine when measuring begins and when it ends.
class Observation {
 public:
  explicit Observation(simulated::Machine& machine) : machine_(machine) {}
  void begin();  // both: by a thread of the machine
  void end();
  void report(std::size_t workers, Result& result) const;

 private:
  struct Stock {
    TimePoint time;
    simulated::Spent spent;
    std::vector<std::uint64_t> steals;
    std::uint64_t accesses = 0;
  };
  [[nodiscard]] Stock take() const;

  simulated::Machine& machine_;
  Stock before_, after_;
};

}  // namespace rota::workloads
