// What speaks against believing a run: cells that gave no figure, A/A pairs that differ, a noisy host.
#pragma once

#include <vector>

#include "analysis/summary.hpp"

namespace rota::analysis {

// Cells without a figure, in the order of execution. More than `most_alone` of one policy that ended alike, as those of
// a peer that is not built, are one entry.
inline constexpr std::size_t most_alone = 3;
[[nodiscard]] std::vector<Discarded> discarded_cells(const Run& run);
// How many cells these are.
[[nodiscard]] std::size_t discarded_count(const Summary& summary);

// Every policy "X (A/A)" against "X": the ratios of all blocks and primary panels taken together, since one panel's few
// blocks would cry wolf (the range of three blocks misses the truth once in four). Simulated cells do not count: they
// repeat exactly, and would hide the noise of measured ones. A pair of simulated cells alone is left out.
[[nodiscard]] std::vector<Control> compare_controls(const Run& run, const std::vector<Panel>& panels);

// Noisy: figures typically spread by more than 10 % around their median, or the runner found the host busy before it
// began. Simulated cells do not count: no host can disturb them.
[[nodiscard]] Noise measure_noise(const Run& run, const std::vector<Panel>& panels);

// What the cells are that say that they reached no steady state.
[[nodiscard]] std::vector<std::string> unsteady_cells(const Run& run);

// One sentence each, for the terminal and for the page.
[[nodiscard]] std::string sentence(const Control& control);
[[nodiscard]] std::string sentence(const Noise& noise);
// About unsteady cells; empty if there are none.
[[nodiscard]] std::string unsteady_sentence(const Summary& summary);

}  // namespace rota::analysis
