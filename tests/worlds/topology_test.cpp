// Topology: what is read from a description, distances, and refusals.
#include "worlds/topology.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdio>
#include <fstream>
#include <functional>

#include "tests/worlds/machines.hpp"

namespace rota {
namespace {

std::string refusal_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const TopologyError& error) {
    return error.what();
  }
  return "nothing was refused";
}

std::vector<std::uint64_t> ring_distances(unsigned nodes) {
  std::vector<std::uint64_t> matrix;
  for (unsigned from = 0; from < nodes; ++from) {
    for (unsigned to = 0; to < nodes; ++to) {
      const unsigned clockwise = (to + nodes - from) % nodes;
      matrix.push_back(10 + 6 * std::min(clockwise, nodes - clockwise));
    }
  }
  return matrix;
}

RC_GTEST_PROP(Topology, CountsWhatTheDescriptionSays, ()) {
  const Shape shape = any_shape();
  const Topology machine = Topology::synthetic(shape.text());
  RC_ASSERT(machine.name() == shape.text());
  RC_ASSERT(machine.pu_count() == shape.all_units());
  RC_ASSERT(machine.core_count() == shape.all_cores());
  RC_ASSERT(machine.node_count() == shape.all_nodes());
  RC_ASSERT(machine.package_count() == shape.packages);
}

RC_GTEST_PROP(Topology, PlacesEachUnitInTheRightParts, ()) {
  const Shape shape = any_shape();
  const Topology machine = Topology::synthetic(shape.text());
  unsigned index = 0;
  for (const Pu& pu : machine.pus()) {
    RC_ASSERT(pu.core == index / shape.threads);
    RC_ASSERT(pu.l3 == pu.core / shape.cores);
    RC_ASSERT(pu.node == pu.l3 / shape.l3);
    RC_ASSERT(pu.package == pu.node / shape.nodes);
    ++index;
  }
}

RC_GTEST_PROP(Topology, HasASymmetricDistanceThatIsZeroOnlyToItself, ()) {
  const Topology machine = Topology::synthetic(any_shape().text());
  for (unsigned a = 0; a < machine.pu_count(); ++a) {
    for (unsigned b = 0; b < machine.pu_count(); ++b) {
      RC_ASSERT(machine.distance(a, b) == machine.distance(b, a));
      RC_ASSERT((machine.distance(a, b) == 0) == (a == b));
    }
  }
}

RC_GTEST_PROP(Topology, PutsWhatSharesMoreNearer, ()) {
  const Topology machine = Topology::synthetic(any_shape().text());
  const auto shared = [&](unsigned a, unsigned b) {  // how many levels two units have in common
    const Pu& x = machine.pus()[a];
    const Pu& y = machine.pus()[b];
    return (x.core == y.core) + (x.l3 == y.l3) + (x.node == y.node) + (x.package == y.package);
  };
  for (unsigned b = 1; b < machine.pu_count(); ++b) {
    for (unsigned c = 1; c < machine.pu_count(); ++c) {
      if (shared(0, b) > shared(0, c)) RC_ASSERT(machine.distance(0, b) < machine.distance(0, c));
      if (shared(0, b) == shared(0, c)) RC_ASSERT(machine.distance(0, b) == machine.distance(0, c));
    }
  }
}

TEST(Topology, HasDistancesOfTenAndTwentyWhereTheDescriptionDoesNotTell) {
  const Topology machine = Topology::synthetic("numa:4 core:8 pu:2");
  EXPECT_FALSE(machine.has_node_distances());
  EXPECT_EQ(machine.node_distance(2, 2), 10U);
  EXPECT_EQ(machine.node_distance(0, 3), 20U);
}

TEST(Topology, TakesDistancesAndKeepsThemThroughXml) {
  const Topology plain = Topology::synthetic("numa:4 core:2 pu:2");
  const Topology ring = plain.with_distances(ring_distances(4));
  EXPECT_FALSE(plain.has_node_distances());
  for (const Topology& machine :
       {ring, Topology::xml_text(ring.xml()), Topology::xml_text(ring.xml()).with_distances(ring_distances(4))}) {
    EXPECT_TRUE(machine.has_node_distances());
    EXPECT_EQ(machine.node_distance(0, 0), 10U);
    EXPECT_EQ(machine.node_distance(0, 1), 16U);
    EXPECT_EQ(machine.node_distance(0, 2), 22U);
    EXPECT_EQ(machine.node_distance(3, 0), 16U);
    EXPECT_LT(machine.distance(0, 4), machine.distance(0, 8));
  }
}

TEST(Topology, ReplacesDistancesThatItHad) {
  const Topology machine = Topology::synthetic("numa:2 core:1 pu:1");
  const auto twice = machine.with_distances(std::vector<std::uint64_t>{10, 40, 40, 10})
                         .with_distances(std::vector<std::uint64_t>{10, 15, 15, 10});
  EXPECT_EQ(twice.node_distance(0, 1), 15U);
  EXPECT_EQ(Topology::xml_text(twice.xml()).node_distance(0, 1), 15U);
}

TEST(Topology, KeepsItsShapeThroughXml) {
  const Topology machine = Topology::synthetic("pack:2 [numa(memory=64GB)] l3:2(size=32MB) l2:4 core:1 pu:2");
  const Topology again = Topology::xml_text(machine.xml());
  ASSERT_EQ(again.pu_count(), 32U);
  for (unsigned i = 0; i < 32; ++i) {
    EXPECT_EQ(again.pus()[i].l2, machine.pus()[i].l2);
    EXPECT_EQ(again.pus()[i].l3, machine.pus()[i].l3);
    EXPECT_EQ(again.pus()[i].package, machine.pus()[i].package);
  }
  EXPECT_EQ(again.tree(), machine.tree());
}

TEST(Topology, ReadsAnXmlFile) {
  const std::string path = testing::TempDir() + "rota-topology-test.xml";
  std::ofstream(path) << Topology::synthetic("numa:2 core:3 pu:1").xml();
  const Topology machine = Topology::xml_file(path);
  std::remove(path.c_str());
  EXPECT_EQ(machine.name(), path);
  EXPECT_EQ(machine.core_count(), 6U);
}

TEST(Topology, DrawsItsPartsAndUnits) {
  const std::string tree = Topology::synthetic("pack:2 core:2 pu:2").tree();
  EXPECT_NE(tree.find("Package 1"), std::string::npos) << tree;
  EXPECT_NE(tree.find("Core 3: processing unit 6 7"), std::string::npos) << tree;
}

TEST(Topology, OfThisHostCanBeBoundAndOfADescriptionCannot) {
  const Topology host = Topology::host();
  EXPECT_TRUE(host.is_this_system());
  EXPECT_EQ(host.why_not_bindable(), "");
  EXPECT_GE(host.pu_count(), 1U);
  EXPECT_EQ(host.name(), "this host");
  for (const Topology& described : {Topology::synthetic("core:2 pu:1"), Topology::xml_text(host.xml())}) {
    EXPECT_FALSE(described.is_this_system());
    EXPECT_EQ(described.why_not_bindable().substr(0, 15), "not this system");
  }
}

TEST(Topology, RefusesWhatIsNoMachineInOneSentence) {
  testing::internal::CaptureStderr();
  for (const std::string bad : {"", "numa:", "numa:four", "core:2 pack:x", "nonsense"}) {
    const std::string refusal = refusal_of([&] { (void)Topology::synthetic(bad); });
    EXPECT_EQ(refusal.find("'" + bad + "' does not describe a machine"), 0U) << refusal;
    EXPECT_EQ(refusal.find('\n'), std::string::npos);
  }
  EXPECT_NE(refusal_of([] { (void)Topology::xml_text("<no"); }).find("not a topology"), std::string::npos);
  EXPECT_NE(refusal_of([] { (void)Topology::xml_file("/nowhere/x.xml"); }).find("no topology file"), std::string::npos);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");  // hwloc must not talk to the user behind our back
}

TEST(Topology, RefusesAMatrixThatDoesNotFit) {
  const Topology machine = Topology::synthetic("numa:2 core:1 pu:1");
  const std::vector<std::uint64_t> three(3, 10);
  EXPECT_EQ(refusal_of([&] { (void)machine.with_distances(three); }),
            "a distance matrix of 3 values does not fit 2 NUMA nodes: expected 4 values");
}

}  // namespace
}  // namespace rota
