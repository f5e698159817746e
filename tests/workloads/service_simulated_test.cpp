// service, cpu-hog and producer on simulated machines, where the figures can be known beforehand.
#include <algorithm>

#include "tests/workloads/simulating.hpp"
#include "workloads/host/distribution.hpp"

namespace rota::workloads::testing {
namespace {

using namespace std::chrono_literals;

// Lindley's recursion over the same draws: the wait of each request of a FIFO queue with one server.
double mean_wait(host::Shape shape, double load, std::uint64_t requests) {
  Random services = Random::stream(1, 1);
  const host::Distribution service(shape, 10us);
  host::PoissonArrivals arrivals(Random::stream(1, 0), 10'000 / load);
  Duration free{0};
  double sum = 0;
  for (std::uint64_t i = 0; i < requests; ++i) {
    const Duration at = arrivals.next();
    const Duration begin = std::max(at, free);
    if (i >= requests / 10) sum += static_cast<double>((begin - at).count());
    free = begin + service(services);
  }
  return sum / static_cast<double>(requests - requests / 10);
}

TEST(SimulatedService, WaitsExactlyAsLindleysRecursionSaysOnAnIdealMachine) {
  for (const auto& shape : host::shapes) {
    const Figures got =
        measure(ideal("core:1 pu:1"),
                {.workload = "service",
                 .settings = {{"distribution", std::string(shape.name)}, {"load", 0.8}, {"requests", 3000}}});
    const double wait = mean_wait(shape.value, 0.8, 3000);
    EXPECT_NEAR(got.at("wait_mean"), wait, 1 + wait * 1e-6) << shape.name;
    EXPECT_EQ(got.at("never_sent"), 0) << shape.name;
  }
}

// M/D/1 at half load waits half a service on average (Pollaczek and Khinchine). Waits that follow one another are
// alike, so 18 000 of them know the mean to some 2 %.
TEST(SimulatedService, OneServerWithConstantServiceIsMD1) {
  const Figures got =
      measure(ideal("core:1 pu:1"), {.workload = "service", .settings = {{"distribution", std::string("constant")}}});
  EXPECT_NEAR(got.at("wait_mean"), 5'000, 500);
  EXPECT_NEAR(got.at("achieved_load"), 0.5, 0.02);
  EXPECT_EQ(got.at("actual_p99"), got.at("latency_p99"));
}

TEST(SimulatedService, GivesTheSameTwiceAndAnotherForAnotherSeed) {
  simulated::Model model = ideal("pack:2 numa:1 core:4 pu:1");
  model.costs.load.fill(20'000);
  model.costs.update.fill(40'000);
  model.costs.store.fill(40'000);
  model.costs.wake_up = 1'000'000;
  Cell cell{.workload = "service", .settings = {{"requests", 500}}, .policy = "work-stealing", .workers = 8};
  const Figures first = measure(model, cell);
  EXPECT_EQ(first, measure(model, cell));
  cell.settings["seed"] = 2;
  EXPECT_NE(first.at("trace_hash"), measure(model, cell).at("trace_hash"));
  cell.settings["generators"] = 4;
  EXPECT_EQ(measure(model, cell).at("never_sent"), 0);
}

// The policy learns how long each request takes: the shortest first makes the mean latency less.
TEST(SimulatedService, ShortestFirstBeatsFirstComeOnTheSameRequests) {
  Cell cell{.workload = "service", .settings = {{"distribution", std::string("bimodal-1")}, {"load", 0.8}}};
  const Figures fifo = measure(ideal("core:1 pu:1"), cell);
  cell.policy = "srpt";
  const Figures srpt = measure(ideal("core:1 pu:1"), cell);
  EXPECT_LT(srpt.at("latency_mean"), 0.7 * fifo.at("latency_mean"));
  EXPECT_EQ(srpt.at("achieved_load"), fifo.at("achieved_load"));
}

// A busy worker looks at the reactor every poll_interval runs: so long an elapsed timer waits for it to look.
TEST(SimulatedCpuHog, TheProbeWaitsForALookAndForOneChunkOfEachHogOrForAllIfTheyDoNotYield) {
  Cell cell{
      .workload = "cpu-hog",
      .settings = {{"hogs", 2}, {"chunk", std::string("100us")}, {"chunks", 50}, {"interval", std::string("1ms")}}};
  cell.runtime.poll_interval = 1;
  const Figures polite = measure(ideal("core:1 pu:1"), cell);
  EXPECT_LE(polite.at("probe_max"), 300'000);
  EXPECT_EQ(polite.at("wall"), 10'000'000);
  cell.runtime.poll_interval = 20;
  const Figures rare = measure(ideal("core:1 pu:1"), cell);
  EXPECT_GE(rare.at("probe_max"), 1'000'000);
  EXPECT_LE(rare.at("probe_max"), 2'300'000);
  cell.settings["yield"] = false;
  const Figures rude = measure(ideal("core:1 pu:1"), cell);
  EXPECT_NEAR(rude.at("probe_max"), 9'000'000, 1'000'000);
  EXPECT_NEAR(rude.at("probe_p50"), 4'500'000, 1'000'000);  // of the ten instants that passed meanwhile
}

TEST(SimulatedProducer, KnowsHowManyTasksRanAwayFromTheirData) {
  const Cell cell{.workload = "producer", .settings = {{"tasks", 400}}, .policy = "fifo", .workers = 4};
  const Figures one = measure(ideal("numa:1 core:4 pu:1"), cell);
  EXPECT_EQ(one.at("away"), 0);
  EXPECT_EQ(one.at("sim_away"), 0);
  simulated::Model two = ideal("numa:2 core:2 pu:1");
  two.costs.away_package = 2;
  two.costs.away_remote = 2;
  const Figures got = measure(two, cell);
  EXPECT_GT(got.at("away"), 0.2);  // two of four workers take 10 us of work at half the pace of the others
  EXPECT_LT(got.at("away"), 0.5);
  EXPECT_DOUBLE_EQ(got.at("sim_away"), got.at("away") * 400 * 10'000);
  EXPECT_LT(got.at("tasks_per_s"), one.at("tasks_per_s"));
}

// A request every 4 ns, and this long to send one: how fast a host sends would decide it on real threads.
Figures serve_with(std::int64_t requests, simulated::Ps spawn) {
  simulated::Model model = ideal("core:1 pu:1");
  model.costs.spawn = spawn;
  return measure(model, {.workload = "service",
                         .settings = {{"distribution", std::string("constant")},
                                      {"mean", std::string("4ns")},
                                      {"load", 0.99},
                                      {"requests", requests}}});
}

TEST(SimulatedService, AGeneratorThatIsHopelesslyLateSaysWhatItNeverSent) {
  const Figures figures = serve_with(2000, 8000);
  EXPECT_GT(figures.at("never_sent"), 0.3 * 2000);
  EXPECT_LT(figures.at("never_sent"), 0.6 * 2000);
  EXPECT_LT(figures.at("achieved_load"), 0.6);
  EXPECT_GT(figures.at("latency_p99"), 100 * figures.at("actual_p99"));
}

TEST(SimulatedService, RefusesToGiveFiguresOfNoRequestAtAll) {
  EXPECT_THROW((void)serve_with(2000, 800'000), std::runtime_error);
}

TEST(SimulatedService, HasTheRequestsOfItsOwnSeedOrElseOfTheRuns) {
  const auto mean = [](std::int64_t own, std::uint64_t run) {
    return measure(ideal("core:1 pu:1"), {.workload = "service",
                                          .settings = {{"requests", std::int64_t{500}}, {"seed", own}},
                                          .runtime = {.seed = run}})
        .at("latency_mean");
  };
  EXPECT_NE(mean(0, 1), mean(0, 2));
  EXPECT_EQ(mean(7, 1), mean(7, 2));
  EXPECT_EQ(mean(0, 7), mean(7, 1));
}

}  // namespace
}  // namespace rota::workloads::testing
