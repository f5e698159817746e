// What a run says: its panels, and what speaks against believing them. Whoever words, draws or shows a run needs no
// more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/figures/panels.hpp"
#include "analysis/figures/trust.hpp"

namespace rota::analysis {

struct Summary {
  std::string baseline;               // the label that gains are taken against
  std::vector<std::string> policies;  // labels, in the order of the definition
  std::vector<std::string> machines;  // that cells were simulated on, in the order of the cells
  bool measured = false;              // some cell ran on real threads, whatever became of it
  std::vector<Panel> panels;
  std::vector<Discarded> discarded;
  std::vector<Control> controls;
  Noise noise;
  std::vector<std::string> unsteady;  // cells that never stopped getting faster: their figures count, but are marked

  [[nodiscard]] bool simulated() const { return !machines.empty(); }
};

// `baseline`: a policy label, or empty for the one that the definition's charts name, else its first policy.
[[nodiscard]] Summary summarise(const record::Run& run, std::string_view baseline = {});

// The same with gains against another policy.
[[nodiscard]] Summary compared_with(Summary summary, const std::string& baseline);

// The index by which a policy has its colour in every chart: its place in the definition, controls aside.
[[nodiscard]] std::size_t colour_of(const Summary& summary, std::string_view policy);

}  // namespace rota::analysis
