// Where the workers of an interpreted program stand.
#include "checks/conformance/interpreter.hpp"

namespace rota::checks {
namespace {

const std::array<Placement, Program::most_workers>* placements = nullptr;

}  // namespace

void prepare_placements() {
  static const Topology topology = Topology::synthetic("numa:2 core:2 pu:1");
  static const std::array<Placement, Program::most_workers> made{
      Placement(topology, "none", 1), Placement(topology, "none", 2), Placement(topology, "none", 3)};
  placements = &made;
}

const Placement& placement_of(unsigned workers) {
  if (placements == nullptr) contract_failure("usage", "prepare_placements() must be called before exploring");
  return (*placements)[workers - 1];
}

}  // namespace rota::checks
