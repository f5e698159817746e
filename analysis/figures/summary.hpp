// What a run says: its panels, and what speaks against believing them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/figures/panels.hpp"
#include "analysis/figures/trust.hpp"

namespace rota::analysis {

struct Summary {
  std::string baseline;  // the label that gains are taken against
  std::vector<Panel> panels;
  std::vector<Discarded> discarded;
  std::vector<Control> controls;
  Noise noise;
  std::vector<std::string> unsteady;  // cells that never stopped getting faster: their figures count, but are marked
};

// `baseline`: a policy label, or empty for the one that the definition's charts name, else its first policy.
[[nodiscard]] Summary summarise(const Run& run, std::string_view baseline = {});

}  // namespace rota::analysis
