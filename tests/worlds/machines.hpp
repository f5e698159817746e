// Machines for the tests of topology and placement: fixed ones, and random regular ones.
#pragma once

#include <fmt/format.h>
#include <rapidcheck.h>

#include <string>

#include "worlds/topology.hpp"

namespace rota {

// A regular machine: packages, NUMA nodes in each, shared L3 caches, cores, hyper-threads; 1 to 128 units.
struct Shape {
  unsigned packages, nodes, l3, cores, threads;
  [[nodiscard]] std::string text() const {
    return fmt::format("pack:{} numa:{} l3:{} core:{} pu:{}", packages, nodes, l3, cores, threads);
  }
  [[nodiscard]] unsigned all_nodes() const { return packages * nodes; }
  [[nodiscard]] unsigned all_cores() const { return all_nodes() * l3 * cores; }
  [[nodiscard]] unsigned all_units() const { return all_cores() * threads; }
};

inline Shape any_shape() {
  const auto up_to = [](unsigned most) { return *rc::gen::inRange(1U, most + 1); };
  return {up_to(3), up_to(2), up_to(2), up_to(4), up_to(2)};
}

}  // namespace rota
