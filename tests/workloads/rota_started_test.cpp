// The workload `startup` with the program rota, and in a program that cannot be probed.
#include "tests/workloads/measuring.hpp"

namespace rota::workloads::testing {
namespace {

const RealPolicy& policy() { return real_policy("work-stealing"); }

TEST(RotaStarted, SaysWhenItsFirstTaskBegan) {
  for (const unsigned workers : {1U, 2U}) {
    const Result result =
        measure_with(workload("startup"), policy(), workers, {{"program", std::string(ROTA_PROGRAM)}});
    EXPECT_EQ(got(result, "exit"), "0");
    EXPECT_EQ(got(result, "reported"), "2");
    EXPECT_GT(value(result, "ready"), 0);
    EXPECT_LT(value(result, "ready"), value(result, "program"));
  }
}

// The main() of this test is not told to say when it begins.
TEST(RotaStarted, IsNoProbeIfItsMainDidNotSayWhenItBegan) {
  EXPECT_THROW((void)measure_with(workload("startup"), policy(), 1, {{"probe", true}}), std::logic_error);
}

}  // namespace
}  // namespace rota::workloads::testing
