// What a definition claims: a figure that somebody states, or a line between ours and theirs; judged by `analysis`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rota::record {

// One `[[claim]]` table. Which of its members are set says its kind: `unmeasured` one that no run can judge, `row` a
// line, otherwise a figure. Policies and workloads are named by their labels.
struct Claim {
  std::string says, where, why, unmeasured;     // figure: what is stated, where; else empty
  std::string row;                              // line: its name in the table
  std::string policy, plays, workload, metric;  // plays, the policy beside a figure's own, may be empty
  std::uint32_t workers = 0;                    // 0: the only ones
  std::string unit;                             // as written; empty for a line without bounds of its own
  std::optional<double> low, high;              // figure, in `unit`
  std::vector<std::string> ours, against;       // line: the best median of each counts
  // Line, one of them: with `against` how many times better ours must be, or how many times worse it may be; without, a
  // bound in `unit`.
  std::optional<double> at_least, at_most;
  std::string placement;  // empty: the sweep's only one

  friend bool operator==(const Claim&, const Claim&) = default;
  [[nodiscard]] bool is_line() const { return !row.empty(); }
  [[nodiscard]] bool is_measured() const { return unmeasured.empty(); }
};

}  // namespace rota::record
