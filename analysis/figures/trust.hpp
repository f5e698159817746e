// What speaks against believing a run: cells that gave no figure, A/A pairs that differ, a noisy host.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/figures/panels.hpp"

namespace rota::analysis {

// Cells whose figures are not used, with the reason: one, or all of a policy that have the same.
struct Discarded {
  std::string cell, what;
  record::Outcome outcome = record::Outcome::pending;
  std::string detail;
  std::size_t cells = 1;
};

// Two labels for one policy: what differs between them is noise.
struct Control {
  std::string label, of;
  std::optional<Estimate> ratio;  // over all blocks and primary panels; none if the pair was never complete
  [[nodiscard]] bool holds() const { return ratio && ratio->covers(1); }
};

struct Noise {
  bool measured = true;              // false if no cell ran on real threads: then there is no host to be noisy
  double spread = 0;                 // half the range over the median of a figure's repetitions, the typical figure
  std::vector<std::string> reasons;  // why the host counts as noisy; empty if it does not
};

// Cells without a figure, in the order of execution. More than `most_alone` of one policy that ended alike, as those of
// a peer that is not built, are one entry.
inline constexpr std::size_t most_alone = 3;
[[nodiscard]] std::vector<Discarded> discarded_cells(const record::Run& run);
// How many cells these are.
[[nodiscard]] std::size_t discarded_count(const std::vector<Discarded>& all);

// Every policy "X (A/A)" against "X": the ratios of all blocks and primary panels taken together, since one panel's few
// blocks would cry wolf (the range of three blocks misses the truth once in four). Simulated cells do not count: they
// repeat exactly, and would hide the noise of measured ones. A pair of simulated cells alone is left out.
[[nodiscard]] std::vector<Control> compare_controls(const record::Run& run, const std::vector<Panel>& panels);

// Noisy: figures typically spread by more than 10 % around their median, or the runner found the host busy before it
// began. Simulated cells do not count: no host can disturb them.
[[nodiscard]] Noise measure_noise(const record::Run& run, const std::vector<Panel>& panels);

// What the cells are that say that they reached no steady state.
[[nodiscard]] std::vector<std::string> unsteady_cells(const record::Run& run);

// One sentence each, for the terminal and for the page.
[[nodiscard]] std::string sentence(const Control& control);
[[nodiscard]] std::string sentence(const Noise& noise);
// About unsteady cells; empty if there are none.
[[nodiscard]] std::string unsteady_sentence(const std::vector<std::string>& cells);

}  // namespace rota::analysis
