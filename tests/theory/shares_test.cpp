// Shares by weight on a simulated machine of several nodes: at every instant within the lag that the policy states.
#include "runtime/work.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

using namespace std::chrono_literals;

constexpr unsigned workers = 4, groups = 3;
constexpr std::array<std::uint32_t, groups> weights{1, 2, 4};
constexpr Duration quantum = 5us, endless = 1h;

// Each group has one task more than there are workers: it always waits. Tasks work until they are cancelled; what they
// have had is what their attributes lack.
struct Tenants {
  std::vector<Attributes> all;
  Tenants() {
    for (std::uint32_t i = 0; i < groups * (workers + 1); ++i)
      all.push_back({.remaining = endless, .weight = weights[i % groups], .group = i % groups});
  }
  [[nodiscard]] std::array<double, groups> served() const {
    std::array<double, groups> sum{};
    for (const Attributes& one : all) sum[one.group] += static_cast<double>((endless - one.remaining).count());
    return sum;
  }
};

// The largest lag between two groups over that many instants, as a share of what is stated for them.
double largest_lag(const Subject& subject, const Tenants& tenants,
                   const std::vector<std::array<double, groups>>& seen) {
  double most = 0;
  for (const auto& served : seen) {
    for (std::size_t a = 0; a < groups; ++a) {
      for (std::size_t b = a + 1; b < groups; ++b) {
        const double stated =
            2.0 * static_cast<double>(quantum.count()) * workers * (1.0 / weights[a] + 1.0 / weights[b]);
        most = std::max(most, std::abs(served[a] / weights[a] - served[b] / weights[b]) / stated);
      }
    }
  }
  EXPECT_FALSE(tenants.all.empty()) << subject.name;
  return most;
}

double lag_under(const Subject& subject) {
  Tenants tenants;
  std::vector<std::array<double, groups>> seen;
  const simulated::Model model{.name = "two nodes",
                               .topology = Topology::synthetic("numa:2 core:2 pu:1"),
                               .costs = simulated::Costs{},
                               .speed = {}};
  const Placement placement(model.topology, "compact", workers);
  simulated::Machine machine(model);
  machine.run([&] {
    const auto executor = subject.start(placement, RuntimeConfig{}, {{"quantum", to_text(quantum)}});
    World::thread observer({.name = "observer", .pu = std::nullopt}, [&] {
      World::parker clock;
      for (Attributes& attributes : tenants.all) {
        executor
            ->spawn(
                [](Executor<World>& on, Attributes& own) -> Job<World> { co_await work(on, {.work = endless}, &own); }(
                                                             *executor, attributes),
                &attributes)
            .detach();
      }
      for (int i = 1; i <= 2000; ++i) {
        (void)clock.park_until(TimePoint(i * 7us));
        seen.push_back(tenants.served());
      }
    });
    observer.join();
    executor->shutdown();
  });
  return largest_lag(subject, tenants, seen);
}

TEST(Shares, OfWeightsOneTwoAndFourStayWithinTheStatedLagAtEveryInstant) {
  Coverage coverage("shares by weight");
  for (const Subject& subject : subjects()) {
    if (!subject.guarantees.fair_shares) continue;
    coverage.add(subject);
    const double lag = lag_under(subject);
    EXPECT_LE(lag, 1) << subject.name;
    EXPECT_GT(lag, 0) << subject.name;
  }
}

TEST(Shares, AreNotKeptByAPolicyThatDoesNotLookAtWeights) {
  EXPECT_GT(lag_under(subject_named("processor-sharing")), 10);
}

}  // namespace
}  // namespace rota::checks::theory
