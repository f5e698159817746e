// service, cpu-hog and producer on real threads: what does not depend on how fast this machine is.
#include "workloads/service.hpp"

#include <set>

#include "schedulers/fifo.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/workloads/measuring.hpp"

namespace rota::workloads::testing {
namespace {

using namespace std::chrono_literals;
using E = env::Real;

const RealPolicy& fifo() { return real_policy("fifo"); }

Result serve(const SettingValues& values, const RealPolicy& policy = fifo()) {
  return measure_with(workload("service"), policy, 2, values);
}

void expect_right(const Result& result) {
  for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << check.name;
}

TEST(Service, NoRequestIsFasterThanItsServiceAndNoneIsLost) {
  const Result result = serve(
      {{"distribution", std::string("constant")}, {"mean", std::string("20us")}, {"requests", 500}, {"load", 0.3}});
  expect_right(result);
  EXPECT_EQ(got(result, "requests"), "500");
  EXPECT_EQ(got(result, "work"), std::to_string(500 * 20'000));
  EXPECT_GE(value(result, "latency_p50"), 20'000 * 0.999);
  EXPECT_GE(value(result, "latency_p99"), value(result, "latency_p50"));
  EXPECT_GE(value(result, "latency_p999"), value(result, "latency_p99"));
  EXPECT_GE(value(result, "wait_mean"), 0);
  EXPECT_NEAR(value(result, "latency_mean"), value(result, "wait_mean") + 20'000, 1);
  EXPECT_GE(value(result, "latency_p99"), value(result, "actual_p99"));
  EXPECT_GT(value(result, "achieved_load"), 0);
}

TEST(Service, SeveralGeneratorsShareTheRequests) {
  for (const std::int64_t requests : {1, 2, 100, 101}) {
    const Result result = serve({{"generators", 3}, {"requests", requests}});
    expect_right(result);
    EXPECT_EQ(got(result, "requests"), std::to_string(requests));
  }
}

// Common random numbers: the work that a seed asks for is the same under every policy, and that of another is not.
TEST(Service, AsksTheSameOfEveryPolicy) {
  std::set<std::string> works;
  for (const auto& policy : real_policies()) {
    const Result result = serve({{"requests", 300}, {"mean", std::string("2us")}}, policy);
    expect_right(result);
    works.insert(got(result, "work"));
  }
  EXPECT_EQ(works.size(), 1U);
  works.insert(got(serve({{"requests", 300}, {"mean", std::string("2us")}, {"seed", 2}}), "work"));
  EXPECT_EQ(works.size(), 2U);
}

// One queue that writes down what the tasks' authors told.
template <Env World> class Reading : public schedulers::Fifo<World> {
 public:
  static constexpr std::string_view name = "reading";
  struct Config : schedulers::Fifo<World>::Config {
    std::vector<Attributes>* seen = nullptr;
  };
  Reading(const Placement& placement, const Config& config)
      : schedulers::Fifo<World>(placement, config), seen_(config.seen) {}
  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    if (const Attributes* attributes = attributes_of(*task.get());
        attributes != nullptr && info.origin == Origin::spawn)
      seen_->push_back(*attributes);
    return schedulers::Fifo<World>::enqueue(self, std::move(task), info);
  }

 private:
  std::vector<Attributes>* seen_;  // only the generator spawns
};

TEST(Service, TellsThePolicyTheSizeTheDeadlineAndTheClassOfEachRequest) {
  std::vector<Attributes> seen;
  typename Reading<E>::Config config;
  config.seen = &seen;
  {
    Runtime<E, Reading<E>> runtime(Placement(Topology::host(), "none", 2), {}, config, reactors()[0].make());
    Sample sample;
    Service<E>({.distribution = host::Shape::tpc_c, .mean = 10us, .requests = 300, .slack = 5})
        .iterate(runtime, sample);
  }
  ASSERT_EQ(seen.size(), 300U);
  Random services = Random::stream(1, 1);
  const host::Distribution drawn(host::Shape::tpc_c, 10us);
  host::PoissonArrivals arrivals(Random::stream(1, 0), 10'000 / (0.5 * 2));
  const Duration first = arrivals.next();
  TimePoint start{};
  Duration at = first;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Duration service = drawn(services);
    EXPECT_EQ(seen[i].remaining, service);
    if (i == 0) start = seen[0].deadline - 5 * service - first;
    EXPECT_EQ(seen[i].deadline, start + at + 5 * service);
    const std::uint32_t size_class = service < 10us ? 0 : service < 20us ? 1 : 3;  // 10.6 us; 46.5 and 52.9 us
    EXPECT_EQ(seen[i].priority, size_class) << service.count();
    at = arrivals.next();
  }
}

TEST(CpuHog, CountsEveryInstantThatTheProbeSleptThrough) {
  const Result result = measure_with(
      workload("cpu-hog"), fifo(), 1,
      {{"hogs", 1}, {"chunk", std::string("20ms")}, {"chunks", 1}, {"yield", false}, {"interval", std::string("1ms")}});
  expect_right(result);
  // One worker, and one hog that does not give way: some twenty instants pass, and half of them by 10 ms and more.
  EXPECT_GT(value(result, "probe_p50"), 4e6);
  EXPECT_GT(value(result, "probe_max"), 15e6);
  EXPECT_GE(value(result, "wall"), 20e6);
}

TEST(Producer, RunsAllTasksAndOnOneNodeNoneIsAway) {
  const Result result = measure_with(workload("producer"), fifo(), 2, {{"tasks", 200}, {"work", std::string("1us")}});
  expect_right(result);
  EXPECT_EQ(got(result, "tasks"), "200");
  if (Topology::host().node_count() == 1) EXPECT_EQ(value(result, "away"), 0);
}

}  // namespace
}  // namespace rota::workloads::testing
