// What a Topology holds: hwloc's tree and the figures read from it once. Private to topology*.cpp.
#pragma once

#include <hwloc.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "worlds/topology.hpp"

namespace rota {

struct FreeTopology {
  void operator()(hwloc_topology_t topology) const noexcept { hwloc_topology_destroy(topology); }
};
using HwlocTopology = std::unique_ptr<std::remove_pointer_t<hwloc_topology_t>, FreeTopology>;

struct Topology::State {
  State(std::string display_name, HwlocTopology loaded);

  std::string name;
  HwlocTopology tree;
  std::vector<Pu> pus;
  unsigned cores = 0;
  unsigned nodes = 0;
  unsigned packages = 0;
  std::vector<std::uint64_t> distances;  // nodes × nodes; empty where the machine does not tell

 private:
  void read_pus();
  void read_distances();
};

// Made, but neither described nor loaded.
[[nodiscard]] HwlocTopology new_topology();

}  // namespace rota
