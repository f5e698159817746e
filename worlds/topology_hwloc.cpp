// Topology: reading hwloc's tree, and where such trees come from.
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "worlds/topology_state.hpp"

namespace rota {
namespace {

// The logical index of what a processing unit is part of, or `otherwise` if the machine has no such level.
unsigned index_of(hwloc_topology_t tree, hwloc_obj_t pu, hwloc_obj_type_t type, unsigned otherwise) {
  const hwloc_obj_t found = hwloc_get_ancestor_obj_by_type(tree, type, pu);
  return found == nullptr ? otherwise : found->logical_index;
}

unsigned node_of(hwloc_topology_t tree, hwloc_obj_t pu) {
  const int first = hwloc_bitmap_first(pu->nodeset);
  const hwloc_obj_t node = first < 0 ? nullptr : hwloc_get_numanode_obj_by_os_index(tree, static_cast<unsigned>(first));
  return node == nullptr ? 0 : node->logical_index;
}

HwlocTopology load(HwlocTopology topology, const std::string& what) {
  if (hwloc_topology_load(topology.get()) != 0) throw TopologyError(what);
  hwloc_topology_refresh(topology.get());  // so that later reads, from any thread, change nothing
  return topology;
}

}  // namespace

HwlocTopology new_topology() {
  hwloc_topology_t raw = nullptr;
  if (hwloc_topology_init(&raw) != 0) throw TopologyError("hwloc cannot be initialised");
  return HwlocTopology(raw);
}

Topology::State::State(std::string display_name, HwlocTopology loaded)
    : name(std::move(display_name)), tree(std::move(loaded)) {
  nodes = static_cast<unsigned>(std::max(1, hwloc_get_nbobjs_by_type(tree.get(), HWLOC_OBJ_NUMANODE)));
  packages = static_cast<unsigned>(std::max(1, hwloc_get_nbobjs_by_type(tree.get(), HWLOC_OBJ_PACKAGE)));
  read_pus();
  read_distances();
}

// A level that the machine does not have is taken as private: no L2 means one for each core, no L3 one for each L2.
void Topology::State::read_pus() {
  std::set<unsigned> seen_cores;
  for (hwloc_obj_t pu = nullptr; (pu = hwloc_get_next_obj_by_type(tree.get(), HWLOC_OBJ_PU, pu)) != nullptr;) {
    Pu unit{};
    unit.os_index = pu->os_index;
    unit.core = index_of(tree.get(), pu, HWLOC_OBJ_CORE, pu->logical_index);
    unit.l2 = index_of(tree.get(), pu, HWLOC_OBJ_L2CACHE, unit.core);
    unit.l3 = index_of(tree.get(), pu, HWLOC_OBJ_L3CACHE, unit.l2);
    unit.node = node_of(tree.get(), pu);
    unit.package = index_of(tree.get(), pu, HWLOC_OBJ_PACKAGE, 0);
    seen_cores.insert(unit.core);
    pus.push_back(unit);
  }
  cores = static_cast<unsigned>(seen_cores.size());
}

void Topology::State::read_distances() {
  unsigned count = 1;
  hwloc_distances_s* matrix = nullptr;
  const unsigned long kind = HWLOC_DISTANCES_KIND_MEANS_LATENCY;
  if (hwloc_distances_get_by_type(tree.get(), HWLOC_OBJ_NUMANODE, &count, &matrix, kind, 0) != 0 || count == 0) return;
  if (matrix->nbobjs == nodes) {  // a matrix of some nodes only tells too little
    distances.resize(std::size_t{nodes} * nodes);
    for (unsigned from = 0; from < nodes; ++from) {
      for (unsigned to = 0; to < nodes; ++to) {
        const std::size_t at = std::size_t{matrix->objs[from]->logical_index} * nodes + matrix->objs[to]->logical_index;
        distances[at] = matrix->values[std::size_t{from} * nodes + to];
      }
    }
  }
  hwloc_distances_release(tree.get(), matrix);
}

Topology Topology::host() {
  HwlocTopology topology = new_topology();
  // Under taskset or a batch system the machine is what this program was given of it.
  hwloc_topology_set_flags(topology.get(),
                           HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM | HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING);
  topology = load(std::move(topology), "hwloc cannot read the topology of this host");
  return Topology(std::make_shared<State>("this host", std::move(topology)));
}

Topology Topology::synthetic(const std::string& description) {
  const std::string refusal =
      fmt::format("'{}' does not describe a machine: expected an hwloc synthetic string such as \"numa:4 core:8 pu:2\"",
                  description);
  HwlocTopology topology = new_topology();
  if (hwloc_topology_set_synthetic(topology.get(), description.c_str()) != 0) throw TopologyError(refusal);
  return Topology(std::make_shared<State>(description, load(std::move(topology), refusal)));
}

Topology Topology::xml_file(const std::string& path) {
  const std::string refusal = fmt::format("'{}' is not a topology: expected an XML file written by hwloc", path);
  HwlocTopology topology = new_topology();
  errno = 0;
  if (hwloc_topology_set_xml(topology.get(), path.c_str()) != 0)
    throw TopologyError(errno == ENOENT ? fmt::format("there is no topology file '{}'", path) : refusal);
  return Topology(std::make_shared<State>(path, load(std::move(topology), refusal)));
}

Topology Topology::xml_text(const std::string& xml) {
  const std::string refusal = "the text is not a topology: expected XML written by hwloc";
  HwlocTopology topology = new_topology();
  if (hwloc_topology_set_xmlbuffer(topology.get(), xml.c_str(), static_cast<int>(xml.size()) + 1) != 0)
    throw TopologyError(refusal);
  return Topology(std::make_shared<State>("an XML text", load(std::move(topology), refusal)));
}

Topology Topology::with_distances(std::span<const std::uint64_t> matrix) const {
  const unsigned nodes = state_->nodes;
  if (matrix.size() != std::size_t{nodes} * nodes)
    throw TopologyError(fmt::format("a distance matrix of {} values does not fit {} NUMA nodes: expected {} values",
                                    matrix.size(), nodes, std::size_t{nodes} * nodes));
  if (nodes == 1) return *this;  // hwloc keeps no matrix of one
  hwloc_topology_t raw = nullptr;
  if (hwloc_topology_dup(&raw, state_->tree.get()) != 0) throw TopologyError("hwloc cannot copy a topology");
  HwlocTopology copy(raw);
  // One latency matrix at most, so that there is no question which one counts.
  hwloc_distances_remove_by_type(raw, HWLOC_OBJ_NUMANODE);
  std::vector<hwloc_obj_t> objects(nodes);
  for (unsigned i = 0; i < nodes; ++i) objects[i] = hwloc_get_obj_by_type(raw, HWLOC_OBJ_NUMANODE, i);
  std::vector<hwloc_uint64_t> values(matrix.begin(), matrix.end());
  const unsigned long kind = HWLOC_DISTANCES_KIND_FROM_USER | HWLOC_DISTANCES_KIND_MEANS_LATENCY;
  const hwloc_distances_add_handle_t added = hwloc_distances_add_create(raw, "NUMALatency", kind, 0);
  if (added == nullptr || hwloc_distances_add_values(raw, added, nodes, objects.data(), values.data(), 0) != 0 ||
      hwloc_distances_add_commit(raw, added, 0) != 0)
    throw TopologyError("hwloc refused a distance matrix");
  hwloc_topology_refresh(raw);
  return Topology(std::make_shared<State>(state_->name, std::move(copy)));
}

}  // namespace rota
