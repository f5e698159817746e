// Calibration: measures on this host what a machine file says of a machine (docs/machines.md).
//
// Every figure is the median of many rounds on pinned threads, so that a round which the kernel, or a host above a
// virtual machine, interrupted does not count. Nothing here executes inside a world: it looks at the real one.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "experiments/machine/file.hpp"

namespace rota::experiments {

struct CalibrateOptions {
  bool quick = false;  // fewer rounds: about a second instead of about ten
  // Called before each of `steps` parts with what it measures.
  std::function<void(const std::string& what, std::size_t step, std::size_t steps)> progress = {};
};

struct Calibration {
  // Complete: what this host cannot show is taken from `otherwise`, and its sources say so. `text` is TOML.
  MachineFile machine;
  std::vector<std::string> not_measured;  // "load.core", "costs.preempt", …
};

// `name` is what the machine shall be called. Throws TopologyError if threads cannot be pinned here.
[[nodiscard]] Calibration calibrate(const std::string& name, const MachineFile& otherwise,
                                    const CalibrateOptions& options);

}  // namespace rota::experiments
