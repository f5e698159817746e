// The graph of a tiled Cholesky factorisation, and the factorisation itself.
#include "workloads/cholesky.hpp"

#include "tests/workloads/measuring.hpp"

namespace rota::workloads::testing {
namespace {

using graph::TileStep;
using Factorisation = graph::CholeskyTasks<env::Real>;

const graph::TileTimes no_time{};

const RealPolicy& policy(std::size_t which) { return real_policies()[which % real_policies().size()]; }

TEST(Cholesky, HasTheTasksOfTheFormulas) {
  for (const auto& [n, tasks] : {std::pair{1U, 1U}, {2U, 4U}, {8U, 120U}, {16U, 816U}, {32U, 5984U}}) {
    const Factorisation program(n, no_time, nullptr);
    EXPECT_EQ(program.graph().tasks(), tasks);
    EXPECT_EQ(program.count(TileStep::potrf), n);
    EXPECT_EQ(program.count(TileStep::trsm), n * (n - 1) / 2);
    EXPECT_EQ(program.count(TileStep::syrk), n * (n - 1) / 2);
    EXPECT_EQ(program.count(TileStep::gemm), n * (n - 1) * (n - 2 + (n == 1)) / 6);
    EXPECT_EQ(program.graph().sources().size(), 1U);
    EXPECT_EQ(program.graph().sinks(), 1U);
  }
}

TEST(Cholesky, WaitsForTheWritersThatTheMathematicsName) {
  const Factorisation program(6, no_time, nullptr);
  for (graph::TaskId task = 0; task < program.graph().tasks(); ++task) {
    std::vector<std::uint64_t> expected, got;
    program.each_input(task, [&](std::uint64_t label) { expected.push_back(label); });
    for (const graph::TaskId from : program.graph().inputs(task)) got.push_back(program.label(from));
    EXPECT_EQ(expected, got) << task;
  }
}

TEST(Cholesky, RunsAllTasksAlongItsCriticalPath) {
  std::size_t which = 0;
  for (const std::int64_t n : {1, 2, 3, 8, 16, 32}) {
    for (const unsigned workers : {1U, 2U}) {
      const SettingValues values{{"tiles", n},
                                 {"potrf", std::string("0ns")},
                                 {"trsm", std::string("0ns")},
                                 {"syrk", std::string("0ns")},
                                 {"gemm", std::string("0ns")}};
      const Result result = measure_with(workload("cholesky"), policy(which++), workers, values);
      for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << check.name << " n=" << n;
      EXPECT_EQ(got(result, "tasks"), std::to_string(n * (n + 1) * (n + 2) / 6));
      EXPECT_EQ(got(result, "longest_path"), std::to_string(3 * n - 2));
    }
  }
}

TEST(Cholesky, FactorsAMatrix) {
  for (const auto& [n, size] : {std::pair{1U, 1U}, {1U, 7U}, {5U, 1U}, {4U, 16U}, {9U, 11U}}) {
    graph::Tiles tiles(n, size, 5);
    EXPECT_GT(tiles.residual(), 1e6) << n;  // nothing is factored yet
    for (const auto& task : graph::TileTasks(n).tasks) {
      switch (task.step) {
        case TileStep::potrf:
          tiles.potrf(task.k);
          break;
        case TileStep::trsm:
          tiles.trsm(task.i, task.k);
          break;
        case TileStep::syrk:
          tiles.syrk(task.i, task.k);
          break;
        case TileStep::gemm:
          tiles.gemm(task.i, task.j, task.k);
          break;
      }
    }
    EXPECT_LE(tiles.residual(), 1) << n;
    tiles.reset();
    EXPECT_GT(tiles.residual(), 1e6) << n;
  }
}

TEST(Cholesky, SeesOneStepThatIsLeftOutOfAMatrix) {
  const auto tasks = graph::TileTasks(4).tasks;
  for (std::size_t left_out = 0; left_out < tasks.size(); ++left_out) {
    graph::Tiles tiles(4, 8, 5);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const auto& task = tasks[i];
      if (i == left_out) continue;
      if (task.step == TileStep::potrf) tiles.potrf(task.k);
      if (task.step == TileStep::trsm) tiles.trsm(task.i, task.k);
      if (task.step == TileStep::syrk) tiles.syrk(task.i, task.k);
      if (task.step == TileStep::gemm) tiles.gemm(task.i, task.j, task.k);
    }
    EXPECT_FALSE(tiles.residual() <= 1) << left_out;
  }
}

TEST(Cholesky, FactorsAMatrixInParallelAgainAndAgain) {
  for (std::size_t which = 0; which < real_policies().size(); ++which) {
    const SettingValues values{{"tiles", 8}, {"tile_size", 8}, {"kernel", std::string("real")}};
    const Result result = measure_with(workload("cholesky"), policy(which), 2, values, iterations(3));
    EXPECT_EQ(got(result, "small_residual"), "1") << policy(which).name;
  }
}

TEST(Cholesky, SeesAWrongEdge) {
  graph::TileTasks made(5);
  ASSERT_EQ(made.edges[7].to, 7U);  // GEMM(2,1,0), which reads the tiles of TRSM(2,0) and TRSM(1,0) …
  made.edges[7].from = 3;           // … and not that of TRSM(3,0)
  Factorisation program(5, no_time, nullptr, made);
  graph::GraphRun<env::Real, Factorisation> run(program);
  const auto executor = starter(policy(0), 1)();
  EXPECT_GE(run.run(*executor).wrong_inputs, 1U);
}

}  // namespace
}  // namespace rota::workloads::testing
