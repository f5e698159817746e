// What the machine saw while a cell was measured.
#include "workloads/observation.hpp"

#include <array>

#include "workloads/workload.hpp"

namespace rota::workloads {
namespace {

double in_ns(simulated::Ps time) { return static_cast<double>(time) / 1000; }

}  // namespace

void Observation::begin() { before_ = take(); }
void Observation::end() { after_ = take(); }

Observation::Stock Observation::take() const {
  return {machine_.now(), machine_.spent(), machine_.steals(), machine_.accesses()};
}

void Observation::report(std::size_t workers, Result& result) const {
  simulated::Spent spent = after_.spent;
  spent -= before_.spent;
  const double time = nanoseconds(after_.time - before_.time);
  const double busy =
      in_ns(spent.work + spent.away + spent.runtime + spent.searching + spent.line_wait + spent.far_line);
  const std::size_t nodes = machine_.nodes();
  Matrix steals{"steals", std::vector<std::vector<std::uint64_t>>(nodes, std::vector<std::uint64_t>(nodes))};
  double near = 0, far = 0;
  for (std::size_t thief = 0; thief < nodes; ++thief) {
    for (std::size_t victim = 0; victim < nodes; ++victim) {
      const std::size_t at = thief * nodes + victim;
      const std::uint64_t count = after_.steals[at] - before_.steals[at];
      steals.rows[thief][victim] = count;
      (thief == victim ? near : far) += static_cast<double>(count);
    }
  }
  // A sleeper's time is booked when it wakes: what was not booked as anything else was idle.
  const double idle = std::max(0.0, static_cast<double>(workers) * time - busy);
  const std::array values{time,
                          in_ns(spent.work),
                          in_ns(spent.away),
                          in_ns(spent.runtime),
                          in_ns(spent.searching),
                          idle,
                          in_ns(spent.line_wait),
                          in_ns(spent.far_line),
                          near,
                          far,
                          static_cast<double>(after_.accesses - before_.accesses),
                          static_cast<double>(machine_.trace_hash() >> 12)};
  const auto observed = observed_metrics();
  for (std::size_t i = 0; i < values.size(); ++i)
    result.measurements.push_back({std::string(observed[i].name), std::string(observed[i].unit), values[i], 1});
  result.matrices.push_back(std::move(steals));
}

}  // namespace rota::workloads
