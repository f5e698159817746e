// Task graphs that run: right under several policies, and every kind of wrong dependency is caught.
#include <cmath>

#include "tests/workloads/measuring.hpp"
#include "workloads/metg.hpp"
#include "workloads/task_graph.hpp"

namespace rota::workloads::testing {
namespace {

using World = env::Real;
using Program = graph::TaskBench<World>;

const RealPolicy& policy(std::string_view name) {
  for (const auto& entry : real_policies()) {
    if (entry.name == name) return entry;
  }
  throw std::logic_error("no policy " + std::string(name));
}

graph::TaskBenchConfig stencil(std::uint32_t width, std::uint32_t steps) {
  graph::TaskBenchConfig config;
  config.width = width;
  config.steps = steps;
  return config;
}

std::vector<graph::Edge> edges_of(const graph::Graph& graph) {
  std::vector<graph::Edge> result;
  for (graph::TaskId task = 0; task < graph.tasks(); ++task) {
    for (const graph::TaskId from : graph.inputs(task)) result.push_back({from, task});
  }
  return result;
}

// Runs a stencil whose graph was changed, twice, and gives the second round.
graph::RoundResult run_with(const std::vector<graph::Edge>& edges, std::string_view policy_name, unsigned workers = 1) {
  const auto config = stencil(8, 5);
  Program program(config, 8, graph::Graph(40, edges));
  program.set_length(Duration(100));
  graph::GraphRun<World, Program> run(program);
  const auto executor = starter(policy(policy_name), workers)();
  (void)run.run(*executor);
  return run.run(*executor);
}

std::vector<graph::Edge> right_edges() { return edges_of(Program::graph_of(stencil(8, 5).shape(8))); }

TEST(TaskGraph, DeliversEveryInputOfTheRightGraph) {
  for (const char* name : {"fifo", "lifo-slot", "work-stealing"}) {
    const auto round = run_with(right_edges(), name, 2);
    EXPECT_EQ(round.tasks, 40U);
    EXPECT_EQ(round.right_inputs, 4U * (3 * 8 - 2));
    EXPECT_EQ(round.wrong_inputs, 0U);
    EXPECT_EQ(round.longest_path, 5U);
  }
}

// One input of the last task is there at once, the other after a detour: 0 -> 4 and 1 -> 2 -> 3 -> 4.
struct Detour {
  graph::Graph whole{5, std::vector<graph::Edge>{{1, 2}, {2, 3}, {0, 4}, {3, 4}}};
  const graph::Graph& graph() const { return whole; }
  static std::uint64_t label(graph::TaskId task) { return 100 + task; }
  template <class F> static void each_input(graph::TaskId task, F visit) {
    if (task == 4) visit(label(0));
    if (task >= 2) visit(label(task - 1));
  }
  static Cost perform(graph::TaskId) { return {}; }
};

TEST(TaskGraph, BeginsATaskWhenItsLastInputIsThere) {
  Detour program;
  graph::GraphRun<World, Detour> run(program);
  const auto executor = starter(policy("fifo"), 1)();
  for (int round = 0; round < 3; ++round) {
    const graph::RoundResult result = run.run(*executor);
    EXPECT_EQ(result.wrong_inputs, 0U);
    EXPECT_EQ(result.right_inputs, 4U);
    EXPECT_EQ(result.tasks, 5U);
    EXPECT_EQ(result.longest_path, 4U);
  }
}

TEST(TaskGraph, SeesADependencyOnAnotherTask) {
  for (std::size_t which : {0U, 10U, 87U}) {
    auto edges = right_edges();
    graph::Edge& edge = edges[which];
    edge.from = edge.from / 8 * 8 + (edge.from + 4) % 8;  // of the same step
    const auto round = run_with(edges, "fifo");
    EXPECT_EQ(round.wrong_inputs, 1U) << which;
    EXPECT_EQ(round.right_inputs, 87U) << which;
  }
}

TEST(TaskGraph, SeesADependencyOnTheStepBeforeTheLast) {
  auto edges = right_edges();
  edges[80].from -= 8;
  EXPECT_EQ(run_with(edges, "fifo").wrong_inputs, 1U);
}

TEST(TaskGraph, SeesThatADependencyIsMissing) {
  auto edges = right_edges();
  edges.erase(edges.begin() + 30);
  const auto round = run_with(edges, "fifo");
  EXPECT_GE(round.wrong_inputs, 1U);
  EXPECT_LT(round.right_inputs, 88U);
}

TEST(TaskGraph, SeesADependencyTooMany) {
  auto edges = right_edges();
  edges.push_back({0, 39});
  EXPECT_EQ(run_with(edges, "fifo").wrong_inputs, 1U);
}

TEST(TaskGraph, ReportsAWrongInputAsAWrongAnswer) {
  TaskGraphRounds<World> rounds(stencil(4, 4));
  const auto executor = starter(policy("fifo"), 1)();
  graph::RoundResult round = rounds.run(*executor, Duration(1));
  Sample sample;
  rounds.check(round, 1, sample);
  for (const auto& answer : sample.answers()) EXPECT_EQ(answer.expected, answer.got) << answer.name;
  sample.next_iteration();
  --round.tasks;
  --round.right_inputs;
  ++round.wrong_inputs;
  rounds.check(round, 1, sample);
  for (const auto& answer : sample.answers()) EXPECT_NE(answer.expected, answer.got) << answer.name;
}

TEST(TaskGraph, DeclaresTheWorkThatItsKernelSays) {
  auto config = stencil(100, 100);
  for (const auto kernel : {graph::Kernel::compute, graph::Kernel::memory}) {
    config.kernel = kernel;
    Program program(config, 100);
    program.set_length(Duration(1000));
    EXPECT_EQ(program.total_work(), Duration(10'000'000));
  }
  config.kernel = graph::Kernel::empty;
  Program empty(config, 100);
  empty.set_length(Duration(1000));
  EXPECT_EQ(empty.total_work(), Duration(0));
}

TEST(TaskGraph, WithImbalanceDrawsFactorsFromZeroToTwo) {
  auto config = stencil(100, 100);
  config.kernel = graph::Kernel::imbalance;
  Program program(config, 100);
  program.set_length(Duration(1000));
  double sum = 0, squares = 0;
  Duration least{1'000'000}, most{0};
  for (graph::TaskId task = 0; task < 10'000; ++task) {
    const Duration work = program.perform(task).work;
    EXPECT_EQ(work, program.perform(task).work);
    sum += nanoseconds(work);
    squares += nanoseconds(work) * nanoseconds(work);
    least = std::min(least, work);
    most = std::max(most, work);
  }
  EXPECT_NEAR(sum / 1e4, 1000, 5 * 577 / 100.0);  // five standard errors of the mean
  EXPECT_NEAR(squares / 1e4 - 1e6, 1e6 / 3, 2e4);
  EXPECT_LT(least, Duration(5));
  EXPECT_GT(most, Duration(1995));
  EXPECT_LT(most, Duration(2001));
  EXPECT_EQ(nanoseconds(program.total_work()), sum);
}

TEST(TaskGraph, CountsItsEfficiency) {
  const SettingValues values{{"width", 8}, {"steps", 10}, {"task_length", std::string("50us")}};
  for (const unsigned workers : {1U, 2U}) {
    const Result result = measure_with(workload("task-graph"), policy("fifo"), workers, values);
    const double work = 80 * 50'000.0;
    EXPECT_NEAR(value(result, "efficiency"), work / workers / value(result, "makespan"), 1e-9);
    EXPECT_LE(value(result, "efficiency"), 1);
    EXPECT_NEAR(value(result, "tasks_per_s"), 80 * 1e9 / value(result, "makespan"), 1e-3);
  }
}

TEST(TaskGraph, IsAsWideAsThereAreWorkersIfToldSo) {
  const SettingValues values{{"width", 0}, {"steps", 10}};
  EXPECT_EQ(got(measure_with(workload("task-graph"), policy("fifo"), 2, values), "tasks"), "20");
  EXPECT_EQ(got(measure_with(workload("metg"), policy("fifo"), 1, {{"steps", 1}, {"longest", std::string("100ns")}}),
                "wrong_inputs"),
            "0");
}

TEST(TaskGraph, RefusesWhatDoesNotFit) {
  const auto refused = [](SettingValues values) {
    SettingValues all;
    SettingError error;
    EXPECT_FALSE(workload("task-graph").check(values, all, error));
    return error.key;
  };
  EXPECT_EQ(refused({{"width", 1000}, {"steps", 100'000}}), "steps");
  EXPECT_EQ(refused({{"pattern", std::string("all_to_all")}, {"width", 10'000}}), "steps");
  EXPECT_EQ(refused({{"kernel", std::string("memory")}, {"bytes", 100'000'000}}), "bytes");
}

TEST(Metg, FindsTheHalfBetweenTwoLengths) {
  HalfEfficiency half;
  EXPECT_FALSE(half.add(1600, 0.90));
  EXPECT_FALSE(half.add(800, 0.96));
  EXPECT_FALSE(half.add(400, 0.60));
  EXPECT_TRUE(half.add(200, 0.36));  // 0.48 is half way between 0.36 and 0.60
  EXPECT_NEAR(half.length(), 400 / std::sqrt(2.0), 1e-9);
  EXPECT_EQ(half.peak(), 0.96);
}

TEST(Metg, IsTheLastLengthIfNoneIsTooShort) {
  HalfEfficiency half;
  EXPECT_FALSE(half.add(4, 0.9));
  EXPECT_FALSE(half.add(2, 0.8));
  EXPECT_EQ(half.length(), 2);
}

// With a fixed overhead for each task the efficiency is length / (length + overhead), half of it at the overhead.
TEST(Metg, OfAFixedOverheadIsAboutThatOverhead) {
  for (const double overhead : {30.0, 500.0, 7000.0}) {
    HalfEfficiency half;
    double length = 1e7;
    while (!half.add(length, length / (length + overhead))) length /= 2;
    EXPECT_NEAR(half.length() / overhead, 1, 0.01);
  }
}

}  // namespace
}  // namespace rota::workloads::testing
