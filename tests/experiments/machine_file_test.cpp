// Machine files: what is read from them, what is refused and in which words, and what is shipped.
#include "experiments/machine/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "experiments/machine/costs.hpp"
#include "experiments/machine/picoseconds.hpp"
#include "experiments/machine/text.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

using simulated::Level;
using simulated::Ps;

// The line numbers of errors below are those of this text.
constexpr std::string_view good = R"(summary = "two nodes"
[topology]
source = "made up"
synthetic = "pack:2 numa:1 core:4 pu:1"
distances = [[10, 21], [21, 10]]
[load]
source = "made up"
self = "0.4ns"
core = "2ns"
l2 = "2ns"
l3 = "20ns"
node = "40ns"
package = "80ns"
remote = "120ns"
[store]
source = "made up"
self = "1ps"
core = "2ns"
l2 = "2ns"
l3 = "20ns"
node = "40ns"
package = "80ns"
remote = "120ns"
[update]
source = "made up"
self = "5ns"
core = "2ns"
l2 = "2ns"
l3 = "20ns"
node = "40ns"
package = "80ns"
remote = "0.1ms"
[costs]
source = "made up"
fence = "0ns"
memory = "90ns"
relax = "10ns"
park = "1.5us"
unpark = "1us"
wake_up = "5us"
clock = "20ns"
spawn = "15ns"
look = "2ns"
resume = "5ns"
preempt = "1us"
allocate = "1s"
[away]
source = "made up"
package = 1.25
remote = 2
[[speed]]
source = "made up"
units = "0,6-7"
factor = 0.5
)";

std::string with(std::string_view what, std::string_view instead) {
  std::string text(good);
  const std::size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return text.replace(at, what.size(), instead);
}

std::string refusal(const std::string& text) {
  try {
    (void)parse_machine(text, "m.toml");
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Picoseconds, AreReadExactly) {
  const std::vector<std::pair<const char*, Ps>> cases{{"0.4ns", 400},
                                                      {"1ps", 1},
                                                      {"0ns", 0},
                                                      {"1.001us", 1'001'000},
                                                      {"2.500ns", 2500},
                                                      {"0.1000000ns", 100},
                                                      {"1s", 1'000'000'000'000},
                                                      {"0.000000000001s", 1}};
  for (const auto& [text, expected] : cases) {
    Ps value = -1;
    EXPECT_TRUE(parse_picoseconds(text, value)) << text;
    EXPECT_EQ(value, expected) << text;
  }
}

TEST(Picoseconds, RefuseWhatIsNoneOrNotWhole) {
  for (const auto* text : {"", "ns", "1", "-1ns", "1.ns", ".5ns", "0.0004ns", "0.5ps", "1 ns", "1NS", "1e3ns", "1min",
                           "99999999999999999999ns", "1001s"}) {
    Ps value = 0;
    EXPECT_FALSE(parse_picoseconds(text, value)) << text;
  }
}

TEST(Picoseconds, AreWrittenAsTheyAreRead) {
  for (const Ps value :
       std::initializer_list<Ps>{0, 1, 999, 1000, 1001, 1200, 53'700, 1'500'000, 999'999'999, 1'000'000'000'000}) {
    Ps again = -1;
    EXPECT_TRUE(parse_picoseconds(picoseconds_text(value), again)) << picoseconds_text(value);
    EXPECT_EQ(again, value);
  }
  EXPECT_EQ(picoseconds_text(1200), "1.2ns");
}

TEST(MachineFile, IsReadWhole) {
  const MachineFile machine = parse_machine_file(good, "some/where/m.toml");
  EXPECT_EQ(machine.name, "m");
  EXPECT_EQ(machine.model.name, "m");
  EXPECT_EQ(machine.summary, "two nodes");
  EXPECT_EQ(machine.text, good);
  EXPECT_EQ(machine.sources.size(), 7U);
  EXPECT_EQ(machine.model.topology.pu_count(), 8U);
  EXPECT_EQ(machine.model.topology.node_distance(0, 1), 21U);
  EXPECT_EQ(machine.model.costs.load[0], 400);
  EXPECT_EQ(machine.model.costs.store[0], 1);
  EXPECT_EQ(machine.model.costs.update[6], 100'000'000);
  EXPECT_EQ(machine.model.costs.fence, 0);
  EXPECT_EQ(machine.model.costs.wake_up, 5'000'000);
  EXPECT_EQ(machine.model.costs.away_package, 1.25);
  EXPECT_EQ(machine.model.costs.away_remote, 2);
  EXPECT_EQ(machine.model.speed, (std::vector<double>{0.5, 1, 1, 1, 1, 1, 0.5, 0.5}));
}

TEST(MachineFile, RefusesWhatIsMissing) {
  EXPECT_EQ(refusal(with("l3 = \"20ns\"\n", "")),
            "m.toml:6: load.l3: expected a duration such as \"1.2ns\", more than 0ns, at most 1s, got nothing");
  EXPECT_EQ(refusal(with("wake_up = \"5us\"\n", "")),
            "m.toml:33: costs.wake_up: expected a duration such as \"1.2ns\", from 0ns, at most 1s, got nothing");
  EXPECT_EQ(refusal(with("remote = 2\n", "")), "m.toml:47: away.remote: expected a number from 1 to 100, got nothing");
  EXPECT_EQ(refusal(with("[update]\nsource = \"made up\"\n", "[update]\n")),
            "m.toml:24: update.source: expected a sentence that says where these figures come from, got nothing");
  EXPECT_EQ(refusal("summary = \"x\"\n"),
            "m.toml:1: topology: expected a table that begins with [topology], got nothing");
  EXPECT_EQ(refusal(with("synthetic = \"pack:2 numa:1 core:4 pu:1\"\n", "")),
            "m.toml:2: topology.synthetic: expected either synthetic or xml, got neither");
}

TEST(MachineFile, RefusesUnknownLevelsAndKeys) {
  EXPECT_EQ(refusal(with("l3 = \"20ns\"", "l4 = \"20ns\"")),
            "m.toml:11: load.l4: expected one of the keys source, self, core, l2, l3, node, package, remote, got an "
            "unknown key (did you mean l2?)");
  EXPECT_NE(refusal(with("relax =", "pause =")).find("m.toml:37: costs.pause: expected one of the keys"),
            std::string::npos);
  EXPECT_NE(refusal(with("[away]", "[far]")).find("m.toml:47: far: expected one of the keys"), std::string::npos);
}

TEST(MachineFile, RefusesAbsurdValues) {
  const std::string expected =
      "m.toml:8: load.self: expected a duration such as \"1.2ns\", more than 0ns, at most 1s, got ";
  for (const std::string bad : {"0ns", "-1ns", "1.1s", "0.0001ns", "soon", ""})
    EXPECT_EQ(refusal(with("self = \"0.4ns\"", "self = \"" + bad + "\"")), expected + "\"" + bad + "\"");
  EXPECT_EQ(refusal(with("self = \"0.4ns\"", "self = 4")), expected + "4");
  for (const std::string needed : {"memory = \"90ns\"", "relax = \"10ns\"", "clock = \"20ns\""})
    EXPECT_NE(refusal(with(needed, needed.substr(0, needed.find('"')) + "\"0ns\"")).find("more than 0ns"),
              std::string::npos);
  EXPECT_EQ(refusal(with("package = 1.25", "package = 0.9")),
            "m.toml:49: away.package: expected a number from 1 to 100, got 0.9");
  EXPECT_EQ(refusal(with("package = 1.25", "package = nan")),
            "m.toml:49: away.package: expected a number from 1 to 100, got nan");
  EXPECT_EQ(refusal(with("factor = 0.5", "factor = 0")),
            "m.toml:54: speed.factor: expected a number from 0.01 to 100, got 0");
}

TEST(MachineFile, RefusesATopologyThatHwlocRefuses) {
  EXPECT_EQ(refusal(with("pack:2 numa:1 core:4 pu:1", "cores:many")),
            "m.toml:4: topology.synthetic: expected an hwloc synthetic string such as \"pack:2 numa:1 l3:4 core:8 "
            "pu:1\", got \"cores:many\"");
  EXPECT_EQ(refusal(with("synthetic = \"pack:2 numa:1 core:4 pu:1\"", "xml = \"nowhere.xml\"")),
            "m.toml:4: topology.xml: expected the name of an XML file written by hwloc, or such XML itself, got "
            "\"nowhere.xml\"");
  EXPECT_EQ(refusal(with("pack:2 numa:1 core:4 pu:1", "core:257 pu:1")),
            "m.toml:4: topology.synthetic: expected at most 256 processing units, got 257");
}

TEST(MachineFile, RefusesADistanceMatrixThatDoesNotFit) {
  const std::string expected =
      "m.toml:5: topology.distances: expected 2 rows of 2 integers from 1 to 1000, one for each NUMA node (10: the "
      "node "
      "itself), got ";
  const std::string fitting = "[[10, 21], [21, 10]]";
  EXPECT_EQ(refusal(with(fitting, "[[10]]")), expected + "1 rows");
  EXPECT_EQ(refusal(with(fitting, "[[10, 21], [21]]")), expected + "a row of 1");
  EXPECT_EQ(refusal(with(fitting, "[[10, 21], [21, -1]]")), expected + "-1");
  EXPECT_EQ(refusal(with(fitting, "\"far\"")), expected + "\"far\"");
}

TEST(MachineFile, RefusesUnitsThatAreNotThere) {
  const std::string expected =
      "m.toml:53: speed.units: expected a list of processing units from 0 to 7, such as \"0,2,4-7\", got ";
  for (const std::string bad : {"0,8", "compact", "", "3-1"})
    EXPECT_EQ(refusal(with("0,6-7", bad)), expected + "\"" + bad + "\"");
  EXPECT_EQ(refusal(std::string(good) + "[[speed]]\nsource = \"x\"\nunits = \"7\"\nfactor = 2\n"),
            "m.toml:57: speed.units: expected each unit once, got unit 7 again");
}

TEST(MachineFile, ATextStandsByItselfAlsoWhereTheTopologyIsAnXmlFile) {
  const rota::testing::TemporaryFolder folder;
  (void)folder.write("t.xml", Topology::synthetic("pack:2 numa:1 core:4 pu:1").xml());
  const auto file =
      folder.write("m.toml", with("synthetic = \"pack:2 numa:1 core:4 pu:1\"", "xml = \"t.xml\"  # größer"));
  const MachineFile machine = find_machine(file);
  EXPECT_NE(machine.text.find("größer"), std::string::npos);
  const simulated::Model model = parse_machine(machine.text, "elsewhere");
  EXPECT_EQ(model.topology.pu_count(), 8U);
  EXPECT_EQ(model.topology.node_distance(1, 0), 21U);
  EXPECT_EQ(model.speed, machine.model.speed);
}

TEST(MachineFile, IsWrittenAsItIsRead) {
  for (const auto& shipped : shipped_machines()) {
    const MachineFile machine = find_machine(shipped.name);
    const MachineFile again = parse_machine_file(machine_text(machine), shipped.name + ".toml");
    for (const auto& table : named_levels)
      EXPECT_EQ(machine.model.costs.*table.field, again.model.costs.*table.field) << shipped.name << table.name;
    for (const auto& cost : named_costs)
      EXPECT_EQ(machine.model.costs.*cost.field, again.model.costs.*cost.field) << shipped.name << cost.name;
    EXPECT_EQ(machine.model.speed, again.model.speed) << shipped.name;
    EXPECT_EQ(machine.model.costs.away_remote, again.model.costs.away_remote) << shipped.name;
    const auto a = machine.model.topology.pus();
    const auto b = again.model.topology.pus();
    ASSERT_EQ(a.size(), b.size()) << shipped.name;
    for (unsigned unit = 0; unit < a.size(); ++unit) {
      EXPECT_EQ(machine.model.topology.distance(0, unit), again.model.topology.distance(0, unit)) << shipped.name;
      EXPECT_EQ(a[unit].l2, b[unit].l2) << shipped.name;
    }
  }
}

TEST(Machines, AreShippedWithTheUnitsOfTheirNames) {
  std::vector<std::pair<std::string, unsigned>> seen;
  for (const auto& shipped : shipped_machines())
    seen.emplace_back(shipped.name, find_machine(shipped.name).model.topology.pu_count());
  const std::vector<std::pair<std::string, unsigned>> expected{{"1s-8c", 8},     {"2s-64c", 64},       {"4s-128c", 128},
                                                               {"8s-256c", 256}, {"big-little-8c", 8}, {"host", 2},
                                                               {"snc-96c", 96}};
  EXPECT_EQ(seen, expected);
}

std::set<Level> levels_of(const Topology& topology) {
  const simulated::Distances distances(topology);
  std::set<Level> seen{Level::self};
  for (unsigned unit = 1; unit < topology.pu_count(); ++unit) seen.insert(distances.between(0, unit));
  return seen;
}

// Never less for a level that is farther, and more for each that two units of the machine really have between them.
TEST(Machines, CostMoreTheFartherALineIs) {
  for (const auto& shipped : shipped_machines()) {
    const simulated::Model model = find_machine(shipped.name).model;
    for (const auto& table : named_levels) {
      const simulated::ByLevel& costs = model.costs.*table.field;
      EXPECT_TRUE(std::ranges::is_sorted(costs)) << shipped.name << " " << table.name;
      std::vector<Ps> here;
      for (const Level level : levels_of(model.topology)) here.push_back(costs[static_cast<std::size_t>(level)]);
      EXPECT_TRUE(std::ranges::is_sorted(here, std::ranges::less_equal())) << shipped.name << " " << table.name;
    }
  }
}

TEST(Machines, AnUnknownNameListsTheNames) {
  std::string message;
  try {
    (void)find_machine("3s");
  } catch (const record::InputError& error) {
    message = error.what();
  }
  EXPECT_EQ(
      message,
      "3s: expected the path of a machine file or one of the machines 1s-8c, 2s-64c, 4s-128c, 8s-256c, big-little-8c, "
      "host, snc-96c, got neither");
}

}  // namespace
}  // namespace rota::experiments
