// Random task graphs on an ideal machine: greedy schedules stay within Graham's and Brent's bounds.
#include "checks/theory/graphs.hpp"

#include "support.hpp"

namespace rota::checks::theory {
namespace {

TEST(Graphs, WorkAndCriticalPathAreWhatIsFoundByHand) {
  const TaskGraph graph{.work = {3, 5, 2, 7}, .next = {{1, 2}, {3}, {3}, {}}, .needs = {0, 1, 1, 2}};
  EXPECT_EQ(graph.all(), 17);
  EXPECT_EQ(graph.longest(), 15);
}

TEST(Graphs, ARandomGraphIsWhole) {
  const TaskGraph graph = random_graph(500, 4, 30, 3);
  std::vector<std::uint32_t> needs(500, 0);
  for (std::uint32_t i = 0; i < 500; ++i) {
    for (const std::uint32_t next : graph.next[i]) {
      EXPECT_GT(next, i);
      ++needs[next];
    }
  }
  EXPECT_EQ(needs, graph.needs);
}

struct Shape {
  std::uint32_t most, reach;
};
constexpr Shape shapes[] = {{1, 1}, {2, 8}, {3, 60}, {4, 400}};  // from a chain to a wide graph

TEST(Graphs, GreedySchedulesStayWithinTheBoundsOfGrahamAndBrent) {
  for_each_in(conserves_work, "Graham", [](const Subject& subject) {
    for (const auto [most, reach] : shapes) {
      const TaskGraph graph = random_graph(600, most, reach, 21 + reach);
      for (const unsigned workers : {1U, 2U, 3U, 8U, 32U}) {
        const std::string where = fmt::format("{} needs within {}, {} workers", most, reach, workers);
        const GraphRun run = run_graph(subject, graph, {.workers = workers, .settings = uncut(subject)});
        expect_holds(within_graham(graph.all(), graph.longest(), workers, run.makespan), where);
        expect_holds(keeps_workers_busy(run.rows, workers), where);
        if (workers == 1) EXPECT_EQ(run.makespan, graph.all()) << where;
      }
    }
  });
}

// Who gives way is still greedy.
TEST(Graphs, QuantaDoNotChangeTheBounds) {
  for_each_in([](const Subject& s) { return conserves_work(s) && s.knows("quantum"); }, "Graham, in quanta",
              [](const Subject& subject) {
                const TaskGraph graph = random_graph(600, 3, 60, 2);
                for (const unsigned workers : {1U, 3U, 8U}) {
                  const GraphRun run = run_graph(subject, graph, {.workers = workers, .settings = cut(subject, 700)});
                  EXPECT_EQ(run.quantum.count(), 700);
                  expect_holds(within_graham(graph.all(), graph.longest(), workers, run.makespan), "cut");
                }
              });
}

}  // namespace
}  // namespace rota::checks::theory
