// The universal scalability law, fitted to what the simulated machine does: a queue that all share must bend it, queues
// of one worker each must not.
#include "checks/theory/scaling.hpp"

#include "checks/theory/graphs.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

// Of the order of a server's: a hit 1 ns, a line of another core 40 ns.
simulated::Costs server_costs() {
  simulated::Costs costs;
  costs.load = {500, 2'000, 5'000, 40'000, 60'000, 90'000, 140'000};
  costs.store = {500, 2'000, 5'000, 40'000, 60'000, 90'000, 140'000};
  costs.update = {5'000, 7'000, 10'000, 45'000, 65'000, 95'000, 150'000};
  costs.fence = 5'000, costs.memory = 80'000, costs.relax = 10'000, costs.park = 500'000, costs.unpark = 300'000;
  costs.wake_up = 2'000'000, costs.spawn = 10'000, costs.look = 2'000, costs.resume = 5'000;
  return costs;
}

// Workers fill it from the first core on: the more there are, the farther a line travels.
constexpr const char* server = "pack:2 numa:2 l3:2 core:8 pu:1";

std::vector<Throughput> throughputs(const Subject& subject) {
  std::vector<Throughput> points;
  const Storm storm{.tasks = 4, .rounds = 250, .work = 5000};
  for (const unsigned workers : {1U, 2U, 3U, 4U, 6U, 8U, 12U, 16U, 24U, 32U, 48U, 64U}) {
    const Ns took = run_storm(subject, storm, {.workers = workers, .costs = server_costs(), .topology = server});
    points.push_back({double(workers), double(storm.tasks * storm.rounds * workers) / static_cast<double>(took)});
  }
  return points;
}

std::string told(const Subject& subject, std::span<const Throughput> points, const ScalingFit& fit) {
  std::string text =
      fmt::format("             {}: sigma {}, kappa {}; C(n)", subject.name, fit.sigma.text(), fit.kappa.text());
  for (const Throughput& point : points) text += fmt::format(" {:.2f}", point.rate / points.front().rate);
  return text + "\n";
}

TEST(Scaling, OneQueueForAllHasAPeakWhereTheLawPutsIt) {
  const Subject& subject = subject_named("fifo");
  const auto points = throughputs(subject);
  const ScalingFit fit = fit_scaling(points);
  fmt::print("{}", told(subject, points, fit));
  EXPECT_GT(fit.kappa.estimate, fit.kappa.half) << "kappa is above 0: " << fit.kappa.text();
  const auto best = std::ranges::max_element(points, {}, &Throughput::rate);
  EXPECT_GT(fit.peak(), best->workers / 2);
  EXPECT_LT(fit.peak(), best->workers * 2);
}

TEST(Scaling, QueuesOfOneWorkerEachScaleOn) {
  const Subject& subject = subject_named("work-stealing");
  const auto points = throughputs(subject);
  const ScalingFit fit = fit_scaling(points);
  fmt::print("{}", told(subject, points, fit));
  EXPECT_LT(fit.sigma.estimate, .02) << fit.sigma.text();
  EXPECT_LT(fit.kappa.estimate, 2e-4) << fit.kappa.text();
  EXPECT_GT(points.back().rate, 40 * points.front().rate) << "64 workers";
}

}  // namespace
}  // namespace rota::checks::theory
