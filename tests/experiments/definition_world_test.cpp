// The worlds of a definition: real threads, simulated machines, and what those machines cannot do.
#include <gtest/gtest.h>

#include "experiments/definition/read.hpp"
#include "shipped_machines.hpp"

namespace rota::experiments {
namespace {

using rota::testing::TemporaryFolder;
using testing::ShippedMachines;

const std::string small = R"([[policy]]
use = "fifo"
[[workload]]
use = "spawn-join"
)";

std::string error_of(const std::string& text, const std::string& file = "x.toml",
                     const std::vector<std::string>& sets = {}) {
  try {
    (void)parse_definition(text, file, sets);
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

std::string world(const std::string& lines) { return small + "[world]\n" + lines; }

using Worlds = std::vector<Site>;
using record::World;

TEST(World, IsRealUnlessTheDefinitionSaysOtherwise) {
  EXPECT_EQ(parse_definition(small, "x.toml").worlds, (Worlds{{World::real, ""}}));
  EXPECT_TRUE(parse_definition(world("kind = \"real\"\n"), "x.toml").machines.empty());
}

TEST(World, ASimulatedOneKeepsTheTextOfItsMachine) {
  const ShippedMachines shipped;
  const Definition d = parse_definition(world("kind = \"sim\"\nmachine = \"four\"\n"), "x.toml");
  EXPECT_EQ(d.worlds, (Worlds{{World::simulated, "four"}}));
  ASSERT_EQ(d.machines.size(), 1U);
  EXPECT_EQ(d.machines.at("four").text, testing::machine_text(testing::four_cores));
  EXPECT_FALSE(d.machines.at("four").summary.empty());
  EXPECT_FALSE(d.machines.at("four").sources.empty());
}

TEST(World, SeveralStandInTheOrderOfTheDefinition) {
  const ShippedMachines shipped;
  const Definition d =
      parse_definition(world("kind = [\"sim\", \"real\"]\nmachine = [\"eight\", \"four\"]\n"), "x.toml");
  EXPECT_EQ(d.worlds, (Worlds{{World::simulated, "eight"}, {World::simulated, "four"}, {World::real, ""}}));
  EXPECT_EQ(d.machines.size(), 2U);
}

TEST(World, APathIsTakenFromTheDefinitionsFolder) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "mine");
  const auto file = folder.write("mine/own.toml", testing::machine_text(testing::four_cores));
  const std::string definition = (folder.path() / "x.toml").string();
  for (const std::string& path : {std::string("mine/own.toml"), file.string()}) {
    const Definition d = parse_definition(world("kind = \"sim\"\nmachine = \"" + path + "\"\n"), definition);
    EXPECT_EQ(d.worlds, (Worlds{{World::simulated, "own"}})) << path;
  }
}

TEST(World, AMachineFilesOwnErrorNamesThatFile) {
  const TemporaryFolder folder;
  const auto file = folder.write("own.toml", testing::machine_text("pack:many"));
  const std::string message =
      error_of(world("kind = \"sim\"\nmachine = \"own.toml\"\n"), (folder.path() / "x.toml").string());
  EXPECT_EQ(message.find(file.string() + ":"), 0U) << message;
}

struct Bad {
  const char* name;
  std::string text;
  std::string message;  // the beginning of the one line
};

class BadWorld : public ::testing::TestWithParam<Bad> {};

TEST_P(BadWorld, IsRefusedInOneLineWithFileLineKeyAndWhatWasExpected) {
  const ShippedMachines shipped;
  const std::string message = error_of(GetParam().text);
  EXPECT_EQ(message.substr(0, GetParam().message.size()), GetParam().message);
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

const std::string four = "kind = \"sim\"\nmachine = \"four\"\n";

INSTANTIATE_TEST_SUITE_P(
    All, BadWorld,
    ::testing::Values(
        Bad{"UnknownKind", world("kind = \"dream\"\n"),
            "x.toml:6: world.kind: expected real, sim, or an array of both, got \"dream\""},
        Bad{"KindIsANumber", world("kind = [\"real\",\n1]\n"),
            "x.toml:7: world.kind: expected real, sim, or an array of both, got 1"},
        Bad{"KindTwice", world("kind = [\"real\", \"real\"]\n"),
            "x.toml:6: world.kind: expected each kind once, got \"real\" again"},
        Bad{"NoKind", world("kind = []\n"), "x.toml:6: world.kind: expected at least one value, got an empty array"},
        Bad{"UnknownKey", world("kinds = 1\n"),
            "x.toml:6: world.kinds: expected one of the keys kind, machine, got an unknown key (did you mean kind?)"},
        Bad{"SimWithoutMachine", world("kind = \"sim\"\n"),
            "x.toml:5: world.machine: expected one of the machines eight, four, or the path of a machine file, got "
            "nothing"},
        Bad{"MachineWithoutSim", world("machine = \"four\"\n"),
            "x.toml:6: world.machine: expected no machine unless world.kind is sim, got \"four\""},
        Bad{"MachineOfRealThreads", world("kind = \"real\"\nmachine = \"four\"\n"),
            "x.toml:7: world.machine: expected no machine unless world.kind is sim, got \"four\""},
        Bad{"UnknownMachine", world("kind = \"sim\"\nmachine = \"five\"\n"),
            "x.toml:7: world.machine: expected one of the machines eight, four, or the path of a machine file, got "
            "\"five\""},
        Bad{"NoSuchMachineFile", world("kind = \"sim\"\nmachine = [\"four\",\n\"no/where.toml\"]\n"),
            "x.toml:8: world.machine: expected one of the machines eight, four, or the path of a machine file, got "
            "\"no/where.toml\""},
        Bad{"MachineIsANumber", world("kind = \"sim\"\nmachine = 4\n"),
            "x.toml:7: world.machine: expected one of the machines"},
        Bad{"MachineTwice", world("kind = \"sim\"\nmachine = [\"four\", \"four\"]\n"),
            "x.toml:7: world.machine: expected each machine once, got \"four\" again"},
        Bad{"MoreWorkersThanUnits", world(four) + "[sweep]\nworkers = [1,\n5]\n",
            "x.toml:10: sweep.workers: expected at most 4, the processing units of machine four, got 5"},
        Bad{"MoreWorkersThanOneOfTheMachinesHas",
            world("kind = [\"real\", \"sim\"]\nmachine = [\"eight\", \"four\"]\n[sweep]\nworkers = 8\n"),
            "x.toml:9: sweep.workers: expected at most 4, the processing units of machine four, got 8"},
        Bad{"PlacementOutsideTheMachine", world(four) + "[sweep]\nplacement = \"0-4\"\n",
            "x.toml:9: sweep.placement: expected compact, scatter, per-node, none or a list such as \"0,2,4-7\", got "
            "\"0-4\" ("},
        Bad{"TwoWorkersOnAUnit", world(four) + "[sweep]\nplacement = \"0-2\"\nworkers = 4\n",
            "x.toml:9: sweep.placement: expected a processing unit of machine four for each of 4 workers, got \"0-2\""},
        Bad{"RealWorkload", world(four) + "[[workload]]\nuse = \"sockets\"\n",
            "x.toml:9: workload.use: expected a workload that can be simulated: one of spawn-join, yield, got "
            "\"sockets\""},
        Bad{"SimulatedMetricOfARealRun", small + "[[report]]\nmetric = \"sim_time\"\n",
            "x.toml:6: report.metric: expected one of ns_per_task, got \"sim_time\""},
        Bad{"TooManyCells",
            world("kind = [\"real\", \"sim\"]\nmachine = \"four\"\n[sweep]\nworkers = [1,2,3,4]\n"
                  "placement = [\"compact\", \"scatter\"]\nrepetitions = 7000\n"),
            "x.toml:8: sweep: expected at most 100000 cells, got 112000"}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(World, PlacementsAndWorkersOfAMachineAreItsOwnNotTheHosts) {
  const ShippedMachines shipped;
  const Definition d = parse_definition(
      world("kind = \"sim\"\nmachine = \"eight\"\n[sweep]\nworkers = 8\nplacement = [\"7,0-6\", \"scatter\"]\n"),
      "x.toml");
  EXPECT_EQ(d.placements.size(), 2U);
  EXPECT_EQ(d.workers, std::vector<std::uint32_t>{8});
}

TEST(World, ChartsOfASimulatedRunMayShowWhatTheMachineSaw) {
  const ShippedMachines shipped;
  const Definition d = parse_definition(
      world(four) + "[[report]]\nmetric = \"steals_far\"\n[[report]]\nx = \"workers\"\ny = \"speedup(sim_time)\"\n",
      "x.toml");
  EXPECT_EQ(d.report[1].y, "speedup(sim_time)");
}

TEST(World, ASetChangesTheMachineAndTheKind) {
  const ShippedMachines shipped;
  const std::string text = world(four);
  EXPECT_EQ(parse_definition(text, "x.toml", {"world.machine=eight"}).worlds, (Worlds{{World::simulated, "eight"}}));
  EXPECT_EQ(parse_definition(text, "x.toml", {"world.machine=[\"eight\",\"four\"]"}).worlds.size(), 2U);
  EXPECT_EQ(parse_definition(text, "x.toml", {"world.kind=real"}).worlds, (Worlds{{World::real, ""}}));
  EXPECT_EQ(parse_definition(text, "x.toml", {"world.kind=[\"real\",\"sim\"]"}).worlds,
            (Worlds{{World::real, ""}, {World::simulated, "four"}}));
  EXPECT_EQ(parse_definition(small, "x.toml", {"world.kind=sim", "world.machine=four"}).worlds,
            (Worlds{{World::simulated, "four"}}));
  EXPECT_EQ(error_of(text, "x.toml", {"world.machine=five"}),
            "--set world.machine=five: world.machine: expected one of the machines eight, four, or the path of a "
            "machine file, got \"five\"");
}

TEST(World, APathInASetIsTakenFromTheCurrentFolder) {
  const ShippedMachines shipped;
  const auto path = std::filesystem::relative(shipped.file("four"));
  const Definition d = parse_definition(world(four), "/no/where/x.toml", {"world.machine=" + path.string()});
  EXPECT_EQ(d.worlds, (Worlds{{World::simulated, "four"}}));
}

TEST(World, OnlyKeepsTheWorlds) {
  const ShippedMachines shipped;
  Definition d = parse_definition(world(four) +
                                      "[[workload]]\nuse = \"yield\"\n[[report]]\ny = "
                                      "\"speedup(ns_per_yield)\"\n[[report]]\nmetric = \"accesses\"\n",
                                  "x.toml");
  keep_only(d, {"spawn-join"});
  EXPECT_EQ(d.worlds, (Worlds{{World::simulated, "four"}}));
  ASSERT_EQ(d.report.size(), 1U);  // nobody measures ns_per_yield any more
  EXPECT_EQ(d.report[0].metric, "accesses");
}

}  // namespace
}  // namespace rota::experiments
