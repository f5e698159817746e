// Topology: what can be asked of a machine.
#include "worlds/topology_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rota {
namespace {

std::string label_of(hwloc_obj_t object) {
  std::array<char, 64> type{};
  std::array<char, 256> attributes{};
  hwloc_obj_type_snprintf(type.data(), type.size(), object, 0);
  hwloc_obj_attr_snprintf(attributes.data(), attributes.size(), object, " ", 0);
  std::string label = fmt::format("{} {}", type.data(), object->logical_index);
  if (object->type == HWLOC_OBJ_MACHINE) label = "Machine";
  if (attributes[0] != '\0') label += fmt::format(" ({})", attributes.data());
  return label;
}

bool only_pus_below(hwloc_obj_t object) { return object->arity > 0 && object->first_child->type == HWLOC_OBJ_PU; }

void draw(hwloc_obj_t object, unsigned depth, std::string& into) {
  into += fmt::format("{:{}}{}", "", depth * 2, label_of(object));
  for (hwloc_obj_t node = object->memory_first_child; node != nullptr; node = node->next_sibling)
    into += fmt::format(" + {}", label_of(node));
  if (only_pus_below(object)) {
    into += ": processing unit";
    for (hwloc_obj_t pu = object->first_child; pu != nullptr; pu = pu->next_sibling)
      into += fmt::format(" {}", pu->logical_index);
  }
  into += '\n';
  if (only_pus_below(object)) return;
  for (hwloc_obj_t child = object->first_child; child != nullptr; child = child->next_sibling)
    draw(child, depth + 1, into);
}

}  // namespace

const std::string& Topology::name() const { return state_->name; }
std::span<const Pu> Topology::pus() const { return state_->pus; }
unsigned Topology::pu_count() const { return static_cast<unsigned>(state_->pus.size()); }
unsigned Topology::core_count() const { return state_->cores; }
unsigned Topology::node_count() const { return state_->nodes; }
unsigned Topology::package_count() const { return state_->packages; }
bool Topology::has_node_distances() const { return !state_->distances.empty(); }

std::uint64_t Topology::node_distance(unsigned from, unsigned to) const {
  if (has_node_distances()) return state_->distances.at(std::size_t{from} * state_->nodes + to);
  return from == to ? 10 : 20;
}

std::uint64_t Topology::distance(unsigned from, unsigned to) const {
  const Pu& a = state_->pus.at(from);
  const Pu& b = state_->pus.at(to);
  if (from == to) return 0;
  if (a.core == b.core) return 1;
  if (a.l2 == b.l2) return 2;
  if (a.l3 == b.l3) return 3;
  if (a.node == b.node && a.package == b.package) return 4;
  return std::max<std::uint64_t>(5, node_distance(a.node, b.node)) + (a.package == b.package ? 0 : 1);
}

bool Topology::is_this_system() const { return hwloc_topology_is_thissystem(state_->tree.get()) != 0; }

std::string Topology::why_not_bindable() const {
  if (!is_this_system()) return fmt::format("not this system: '{}' only describes a machine", name());
  if (hwloc_topology_get_support(state_->tree.get())->cpubind->set_thisthread_cpubind == 0)
    return "this system cannot bind threads to processing units";
  return {};
}

std::string Topology::xml() const {
  char* buffer = nullptr;
  int length = 0;
  if (hwloc_topology_export_xmlbuffer(state_->tree.get(), &buffer, &length, 0) != 0)
    throw TopologyError("hwloc cannot write the topology as XML");
  std::string text(buffer);
  hwloc_free_xmlbuffer(state_->tree.get(), buffer);
  return text;
}

namespace {

bool same_units(std::span<const Pu> a, std::span<const Pu> b) {
  const auto same = [](const Pu& x, const Pu& y) {
    return x.core == y.core && x.l2 == y.l2 && x.l3 == y.l3 && x.node == y.node && x.package == y.package;
  };
  return std::ranges::equal(a, b, same);
}

}  // namespace

std::string Topology::synthetic_text() const {
  std::array<char, 4096> text{};
  const unsigned long flags = HWLOC_TOPOLOGY_EXPORT_SYNTHETIC_FLAG_NO_ATTRS;
  if (hwloc_topology_export_synthetic(state_->tree.get(), text.data(), text.size(), flags) <= 0) return {};
  try {
    return same_units(pus(), synthetic(text.data()).pus()) ? text.data() : std::string();
  } catch (const TopologyError&) {
    return {};
  }
}

std::string Topology::tree() const {
  std::string text;
  draw(hwloc_get_root_obj(state_->tree.get()), 0, text);
  return text;
}

}  // namespace rota
