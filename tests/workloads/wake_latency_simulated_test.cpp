// wake-latency on simulated machines, where what a woken task waits for can be known beforehand.
#include "tests/workloads/simulating.hpp"

namespace rota::workloads::testing {
namespace {

// Only waking a thread takes time there, beside declared work.
constexpr simulated::Ps unpark = 700'000;
constexpr simulated::Ps wake_up = 2'500'000;

simulated::Model two_cores() {
  simulated::Model model = ideal("core:2 pu:1");
  model.costs.unpark = unpark;
  model.costs.wake_up = wake_up;
  return model;
}

Cell cell(const std::string& how, const std::string& policy) {
  return {.workload = "wake-latency", .settings = {{"how", how}, {"wakes", 200}}, .policy = policy, .workers = 2};
}

// The waker stays busy for so long after each wake.
Figures with_busy_waker(const std::string& policy, const std::string& busy, const SettingValues& policy_settings = {}) {
  Cell one = cell("busy", policy);
  one.settings["busy"] = busy;
  one.policy_settings = policy_settings;
  return measure(two_cores(), one);
}

TEST(SimulatedWakeLatency, LastsAsLongAsTheWakerIsBusyIfNobodyMayTakeFromItsSlot) {
  const SettingValues own{{"steal", false}, {"limit", 1'000'000}};
  for (const auto& [busy, ns] : {std::pair{"100us", 100'000}, std::pair{"300us", 300'000}}) {
    const Figures got = with_busy_waker("lifo-slot", busy, own);
    EXPECT_EQ(got.at("wake_p50"), ns);
    EXPECT_EQ(got.at("wake_p99"), ns);
    EXPECT_EQ(got.at("call_p50"), 0);  // it wakes no thread
    EXPECT_EQ(got.at("stolen"), 0);
  }
}

// The usual limit lets one wake pass by the slot now and then. The other worker then has the woken task, which answers
// in time, so that the waker goes on without a pick, and past its slot, until it has spent its budget.
TEST(SimulatedWakeLatency, OfASlotThatNobodyElseSeesIsMostlyTheSameWithItsUsualLimit) {
  Cell one = cell("busy", "lifo-slot");
  one.settings["wakes"] = std::int64_t{500};
  one.policy_settings = {{"steal", false}};
  const Figures got = measure(two_cores(), one);
  EXPECT_EQ(got.at("wake_p50"), 100'000);
  EXPECT_GT(got.at("stolen"), 0);
}

TEST(SimulatedWakeLatency, DoesNotDependOnABusyWakerIfAnIdleWorkerMayTakeTheTask) {
  for (const char* policy : {"lifo-slot", "work-stealing", "fifo"}) {
    const Figures got = with_busy_waker(policy, "100us");
    EXPECT_LE(got.at("wake_p50"), (unpark + wake_up) / 1000) << policy;
    EXPECT_EQ(got.at("wake_p50"), with_busy_waker(policy, "300us").at("wake_p50")) << policy;
  }
}

TEST(SimulatedWakeLatency, FromOutsideIsWhatItTakesToWakeAThread) {
  for (const char* policy : {"fifo", "work-stealing", "lifo-slot"}) {
    const Figures got = measure(two_cores(), cell("foreign", policy));
    EXPECT_EQ(got.at("wake_p50"), (unpark + wake_up) / 1000) << policy;
    EXPECT_EQ(got.at("call_p50"), unpark / 1000) << policy;
    EXPECT_GT(got.at("sim_time"), 200 * 200'000) << policy;  // it slept before each wake
  }
}

// With one worker, who wakes must stop before the woken task can begin: by waiting, or after its work.
TEST(SimulatedWakeLatency, WithOneWorkerIsWhatTheWakerStillDoes) {
  Cell one = cell("task", "fifo");
  one.workers = 1;
  EXPECT_EQ(measure(two_cores(), one).at("wake_p50"), 0);
  one.settings["how"] = std::string("busy");
  EXPECT_EQ(measure(two_cores(), one).at("wake_p50"), 100'000);
}

TEST(SimulatedWakeLatency, IsTheSameAgain) {
  simulated::Model model = two_cores();
  model.costs.load.fill(20'000);
  model.costs.update.fill(40'000);
  model.costs.store.fill(40'000);
  for (const char* how : {"foreign", "task", "busy"}) {
    EXPECT_EQ(measure(model, cell(how, "work-stealing")), measure(model, cell(how, "work-stealing"))) << how;
  }
}

}  // namespace
}  // namespace rota::workloads::testing
