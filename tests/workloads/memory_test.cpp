// The workload `memory`: what its tasks wait for, how they end, and that what they cost is seen.
#include "tests/workloads/measuring.hpp"

namespace rota::workloads::testing {
namespace {

const SettingValue nothing = std::string("nothing");

Result parked(const SettingValues& values, const char* policy = "work-stealing") {
  return measure_with(workload("memory"), real_policy(policy), 2, values);
}

// Each is cancelled once, by its handle: one that ended by itself, or by the end of the runtime, would not be counted.
TEST(Memory, EndsTasksThatAreParkedOnNothingByTheirHandles) {
  for (const char* body : {"coroutine", "fiber"}) {
    EXPECT_EQ(got(parked({{"tasks", 300}, {"on", nothing}, {"body", std::string(body)}}), "tasks"), "300") << body;
  }
  EXPECT_EQ(got(parked({{"tasks", 300}, {"on", nothing}}, "fifo"), "tasks"), "300");
}

TEST(Memory, CountsAtLeastTheControlBlockAndTheHandleOfATaskParkedOnNothing) {
  using E = env::Real;
  const Result result = parked({{"tasks", 100'000}, {"on", nothing}});
  EXPECT_GE(value(result, "bytes_per_task"), sizeof(Task<E>) + sizeof(JoinHandle<E>));
}

}  // namespace
}  // namespace rota::workloads::testing
