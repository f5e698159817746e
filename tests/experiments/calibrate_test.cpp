// Calibration: what it measures makes a machine file. How long things take is for no test to say.
#include "experiments/calibrate/calibrate.hpp"

#include <gtest/gtest.h>

#include "experiments/machine/costs.hpp"
#include "record/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

TEST(Calibrate, WritesAMachineFileThatParsesWithPositiveCosts) {
  std::size_t told = 0;
  const auto progress = [&](const std::string&, std::size_t step, std::size_t steps) {
    EXPECT_EQ(step, ++told);
    EXPECT_LE(step, steps);
  };
  const Calibration calibration = calibrate("mine", find_machine("2s-64c"), {true, progress});
  EXPECT_GE(told, 5U);
  const rota::testing::TemporaryFolder folder;
  const MachineFile machine = find_machine(folder.write("mine.toml", calibration.machine.text));
  EXPECT_EQ(machine.name, "mine");
  EXPECT_EQ(machine.model.topology.pu_count(), Topology::host().pu_count());
  for (const auto& table : named_levels) {
    for (const auto cost : machine.model.costs.*table.field) EXPECT_GT(cost, 0) << table.name;
  }
  for (const auto& cost : named_costs) EXPECT_GT(machine.model.costs.*cost.field, 0) << cost.name;
}

// What the host cannot show stands in the source, and is the other machine's where nothing measured is beside it.
TEST(Calibrate, SaysWhatItDidNotMeasure) {
  const MachineFile other = find_machine("2s-64c");
  const Calibration calibration = calibrate("mine", other, {true});
  ASSERT_FALSE(calibration.not_measured.empty());
  EXPECT_EQ(calibration.machine.model.costs.preempt, other.model.costs.preempt);
  for (const auto& name : calibration.not_measured) {
    const std::string table = name.substr(0, name.find('.'));
    const std::string key = name.substr(name.find('.') + 1);
    for (const auto& source : calibration.machine.sources) {
      if (source.table != table) continue;
      EXPECT_NE(source.sentence.find("Not measurable here: "), std::string::npos) << name;
      EXPECT_NE(source.sentence.find(key), std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace rota::experiments
